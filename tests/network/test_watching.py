"""How validators on other hosts are told to be, by one who can ask only the own one.

├── it signs                           → ok, whatever answers at its address here
├── it signs nothing                   → silent
└── and nobody shows what was signed   → unknown
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ledger.keys import make_node_key
from ledger.settings import Settings
from network import validators
from network.description import Network
from network.ports import free_port
from network.watching import await_blocks, validator_statuses
from tests.network.consortium import Consortium, wait_for

pytestmark = [pytest.mark.validators, pytest.mark.timeout(300)]
NAMES = ("a", "b", "c")
NEVER_STARTED = """
[[validator]]
name = "d"
organisation = 1
host = "127.0.0.9"
p2p_port = 32323
public_key = "{}"
"""


@pytest.fixture
def consortium(tmp_path: Path) -> Iterator[Consortium]:
    """Three of four validators, making blocks; the fourth is nowhere."""
    made = Consortium(tmp_path / "others", NAMES, chain_id=20_200_127)
    made.describe(NAMES, chain="genesis_time_s = 1")
    key = make_node_key(tmp_path / "nodekey of d").public_key.hex()
    made.described.write_text(made.described.read_text() + NEVER_STARTED.format(key))
    with ExitStack() as running:
        for name in NAMES:
            running.enter_context(made.running("network", "run", name, "--consortium", made.described))
            # The first one makes the genesis and chooses the ports.
            wait_for(lambda: validators.noted_network(made.settings))
        await_blocks(made.places())
        yield made


def on_host_of_a(consortium: Consortium, settings: Settings) -> Network:
    """The network as it is described where only a's key is; b's port for questions is the same as a's, each on its host.

    The key is put there.
    """
    network = validators.noted_network(consortium.settings)
    assert network is not None
    tables = []
    for number, place in enumerate(consortium.places(), 1):
        table = {"name": place.name, "organisation": 1, "public_key": place.identity.public_key.hex()}
        rpc_port = consortium.place("a").rpc_port if place.name in "ab" else free_port()
        tables.append(table | {"host": f"127.0.0.{number}", "p2p_port": place.p2p_port, "rpc_port": rpc_port})
    own = validators.validators_dir(settings) / "a"
    own.mkdir(parents=True)
    shutil.copy(consortium.place("a").folder / "nodekey", own)
    return Network.model_validate({"chain": network.chain.model_dump(), "validator": tables})


def test_statuses__others_answer_on_their_own_hosts_only__judged_by_what_they_signed(
    consortium: Consortium, tmp_path: Path
):
    settings = Settings(state_dir=tmp_path / "host of a")
    network = on_host_of_a(consortium, settings)
    own, *others = validator_statuses(settings, network)
    assert (own.state, own.peers, own.url) == ("ok", 2, consortium.place("a").url)
    assert [(one.name, one.state, one.signed > 0) for one in others] == [
        ("b", "ok", True),
        ("c", "ok", True),
        ("d", "silent", False),
    ]
    assert {(one.height, one.peers, one.url, one.disk_bytes, one.restarts) for one in others} == {(None,) * 5}


def test_statuses__the_own_one_away__of_others_nothing_is_known(tmp_path: Path):
    settings = Settings(state_dir=tmp_path / "host of a")
    validators.own_key(settings, "a")
    keys = [make_node_key(tmp_path / name).public_key.hex() for name in "bc"]
    own = {"name": "a", "organisation": 1, "rpc_port": free_port()}
    place = {"organisation": 1, "p2p_port": 32_323}
    tables = [
        place | {"name": f"other-{number}", "public_key": key, "host": f"127.0.0.{number}"}
        for number, key in enumerate(keys, 2)
    ]
    chain = {"chain_id": 20_200_127, "genesis_time_s": 1}
    network = Network.model_validate({"chain": chain, "validator": [own, *tables]})
    assert [one.state for one in validator_statuses(settings, network)] == ["away", "unknown", "unknown"]
