"""Four validators, each on a host of its own: the network is parted 3|1 and 2|2, and healed.

├── 3|1  → the three go on, the one stands still; healed it soon has the same blocks, its first fetching since it began
├── 2|2  → all stand still, no block on either side; healed they go on together
└── a member's key on a host outside of the allowed networks → no validator talks to it
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest

from ledger.errors import PartAway
from ledger.files import write_whole
from ledger.settings import Settings
from network import processes, validators
from network.ballots import ask_operator
from network.description import Network
from network.processes import Part
from network.validators import Place
from tests.network.consortium import wait_for
from tests.network.namespaces import Hosts, hosts

NAMES = ("a", "b", "c", "d")
# Has the key of a member that does not run meanwhile: it differs from that member by its address alone.
STRANGER, IMPERSONATED = "z", "d"
FULL = os.environ.get("DRILLS") == "full"
STAND_STILL_S = 60 if FULL else 5
FOLLOWS_WITHIN_S = 30
RPC_PORT, P2P_PORT = 8_551, 32_323

pytestmark = [pytest.mark.alone, pytest.mark.timeout(900)]


class Spread:
    """Validators on hosts of their own, kept running by one supervisor; asked through their operators' sockets."""

    def __init__(self, spread: Hosts, settings: Settings) -> None:
        self.hosts, self.settings = spread, settings
        self._give_key(IMPERSONATED, STRANGER)
        allowed = [f"{spread.address(name)}/32" for name in NAMES]
        keys = {name: validators.own_key(settings, name).public_key.hex() for name in (*NAMES, STRANGER)}
        tables = [
            {
                "name": name,
                "organisation": 1,
                "host": spread.address(name),
                "p2p_port": P2P_PORT,
                "rpc_port": RPC_PORT,
                "public_key": keys[name],
            }
            for name in NAMES
        ]
        chain = {"chain_id": 4_242, "genesis_time_s": 1_700_000_000, "allowed_networks": allowed}
        self.network = Network.model_validate({"chain": chain, "validator": tables})
        self.places = {place.name: place for place in self._places(keys)}

    def _give_key(self, owner: str, thief: str) -> None:
        """Afterwards the second is the first to everybody who asks for no more than a key."""
        validators.own_key(self.settings, owner)
        folder = validators.validators_dir(self.settings)
        (folder / thief).mkdir(mode=0o700)
        shutil.copy(folder / owner / "nodekey", folder / thief / "nodekey")

    def _places(self, keys: dict[str, str]) -> Iterator[Place]:
        for name, key in keys.items():
            folder = validators.validators_dir(self.settings) / name
            identity = validators.own_key(self.settings, name)
            assert identity.public_key.hex() == key
            yield Place(name, True, self.hosts.address(name), P2P_PORT, "127.0.0.1", RPC_PORT, folder, identity)

    def start(self, names: tuple[str, ...]) -> None:
        executable = validators.build(validators.NODE)
        path = validators.genesis_file(self.settings)
        if not path.exists():
            addresses = [self.places[name].identity.address for name in NAMES]
            made = validators.genesis(self.network.chain, addresses, 1_700_000_000)
            write_whole(path, json.dumps(made))
        members, parts = [self.places[name] for name in NAMES], []
        for name in names:
            place = self.places[name]
            validators.make_data(place, executable, path)
            command = (*self.hosts.prefix(name), *validators.command(place, members, self.network, executable))
            parts.append(Part(name, place.folder, command))
        processes.supervise(validators.supervised_dir(self.settings), parts)

    def stop(self) -> None:
        processes.stop(validators.supervised_dir(self.settings))

    def ask(self, name: str, method: str, *params: object) -> object:
        return ask_operator(self.places[name].folder, method, *params).get("result")

    def height(self, name: str) -> int:
        with suppress(PartAway):
            return int(str(self.ask(name, "eth_blockNumber")), 16)
        return -1

    def log(self, name: str) -> str:
        return (self.places[name].folder / "output.log").read_text(errors="replace")

    def heights(self) -> dict[str, int]:
        return {name: self.height(name) for name in NAMES}

    def hashes(self, name: str, last: int) -> list[object]:
        blocks = [self.ask(name, "eth_getBlockByNumber", hex(number), False) for number in range(last + 1)]
        return [block["hash"] for block in blocks if isinstance(block, dict)]

    def agree(self) -> int:
        """Waits until all have as many blocks as any; they are the same on all four, from the first on."""
        last = max(self.heights().values())
        wait_for(lambda: min(self.heights().values()) >= last, 180)
        hashes = [self.hashes(name, last) for name in NAMES]
        assert len(hashes[0]) == last + 1
        assert all(one == hashes[0] for one in hashes)
        return last


@pytest.fixture(scope="module")
def spread(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spread]:
    with ExitStack() as ending:
        try:
            made = ending.enter_context(hosts((*NAMES, STRANGER)))
        except OSError as error:
            pytest.skip(f"network namespaces are not allowed here: {error}")
        running = Spread(made, Settings(state_dir=tmp_path_factory.mktemp("spread")))
        ending.callback(running.stop)
        running.start(NAMES)
        wait_for(lambda: min(running.heights().values()) > 5, 120)
        yield running


def said(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def test_partition__three_and_one__three_go_on_and_the_one_follows_after(spread: Spread):
    logged = len(spread.log("d"))
    spread.hosts.part(["d"])
    wait_for(lambda: spread.height("a") > spread.height("d") + STAND_STILL_S, 180)
    parted = spread.heights()
    spread.hosts.part([])
    healed_s = wait_for(lambda: spread.height("d") >= spread.height("a") - 1, FOLLOWS_WITHIN_S)
    last = spread.agree()
    said(f"3|1: parted at {parted}, together again after {healed_s:.1f} s; {last} blocks, the same on all four")
    assert parted["d"] < parted["a"]
    # It fetched blocks, and took part meanwhile.
    assert "Starting mining" in spread.log("d")[:logged]
    assert "Mining aborted" not in spread.log("d")[logged:]


def test_partition__two_and_two__stand_still_and_go_on_together(spread: Spread):
    spread.hosts.part(["c", "d"])
    # What was under way when the cut came may still be made.
    settled = {"at": spread.heights()}

    def is_still() -> bool:
        before, settled["at"] = settled["at"], spread.heights()
        return before == settled["at"]

    wait_for(is_still, 60, every_s=4)
    still = spread.heights()
    with pytest.raises(AssertionError, match="did not come about"):
        wait_for(lambda: spread.heights() != still, STAND_STILL_S)
    spread.hosts.part([])
    healed_s = wait_for(lambda: min(spread.heights().values()) > max(still.values()) + 1, 240)
    last = spread.agree()
    said(f"2|2: stood still at {still}, blocks again after {healed_s:.1f} s; {last} blocks, the same on all four")
    assert max(still.values()) - min(still.values()) <= 1


def test_stranger__key_of_a_member_on_a_host_outside_of_the_allowed_networks__nobody_talks_to_it(spread: Spread):
    others = tuple(name for name in NAMES if name != IMPERSONATED)
    spread.start((*others, STRANGER))
    try:
        wait_for(lambda: spread.height(STRANGER) == 0)
        began = spread.height("a")
        wait_for(lambda: spread.height("a") > began + 4)
        assert spread.ask(STRANGER, "net_peerCount") == "0x0"
        assert spread.height(STRANGER) == 0
        assert {spread.ask(name, "net_peerCount") for name in others} == {"0x2"}
    finally:
        spread.start(NAMES)
