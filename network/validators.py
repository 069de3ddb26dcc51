"""The validators that run on this machine: their keys, folders, ports and commands.

    state/validators/genesis.json           made once, the same on every host
                     network.json           the description that was used last
                     ports.json             what was chosen where the description says 0
                     <name>/nodekey         the validator's private key, 0600; back it up
                     <name>/data/           its blocks, written aside and renamed: it is whole or not there
                     <name>/operator.ipc    the operator's socket, where votes are cast
                     <name>/output.log      what it says

Over HTTP it answers questions and takes signed transactions; voting and administration need the socket, which only this
machine's user can open. It listens to the other validators on one address, and to nobody outside `allowed_networks`.
"""

import hashlib
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

from pydantic import ValidationError

from ledger.consortium import first_problem
from ledger.errors import BadInput, PartAway
from ledger.files import write_whole
from ledger.keys import NodeIdentity, make_node_key, node_identity
from ledger.settings import ROOT, Settings
from network.building import Program, Progress, build
from network.description import Network, Validator
from network.folders import changing
from network.genesis import genesis, read_genesis
from network.ports import free_port, is_free
from network.processes import Part, end_of, execute, is_running

NODE = Program("validator", ROOT / "network" / "node", linker_flags="-checklinkname=0", needs_c=True)
# Questions, signed transactions and headers with their seals; not debug, admin, personal or governance.
RPC_APIS = "eth,net,web3,kaia"
SOCKET = "operator.ipc"
STOP_TIMEOUT_S = 60.0
INIT_TIMEOUT_S = 60.0
REQUEST_BYTES_MAX = 8_000_000
ACCOUNT_TRANSACTIONS_MAX = 20_000
POOL_TRANSACTIONS_MAX = 40_000
# Of one transaction, a unit is about a nanosecond. The dearest of ours takes 110 million (a receipt of the largest
# consignment), the engine's own limit is 150. Gas limits nothing: it is free. All validators must have the same.
COMPUTATION_MAX = 400_000_000
LOGS_MAX = 1_000_000
_NETWORK = "network.json"
_BLOCKS = "klay/chaindata"


class Place(NamedTuple):
    """A validator with everything decided: its ports, its folder here, and who it is to the others."""

    name: str
    here: bool
    host: str
    p2p_port: int
    rpc_host: str
    rpc_port: int
    folder: Path
    identity: NodeIdentity

    @property
    def url(self) -> str:
        """Where its JSON-RPC answers."""
        return f"http://{self.rpc_host}:{self.rpc_port}"

    @property
    def peer(self) -> str:
        """How the other validators name it."""
        return f"kni://{self.identity.public_key.hex()}@{self.host}:{self.p2p_port}?discport=0&ntype=cn"

    @property
    def address(self) -> str:
        """The address that it makes blocks as."""
        return "0x" + self.identity.address.hex()


def validators_dir(settings: Settings) -> Path:
    """Where the validators of this machine have their folders."""
    return settings.state_dir / "validators"


def supervised_dir(settings: Settings) -> Path:
    """Where the supervisor of this machine's parts notes what it keeps running."""
    return settings.state_dir / "supervised"


def noted_network(settings: Settings) -> Network | None:
    """The network whose validators were prepared here; None before that.

    Raises BadInput when it was noted before something that it says was ruled out.
    """
    path = validators_dir(settings) / _NETWORK
    try:
        return Network.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise BadInput(
            f"{path}, {first_problem(error)}.",
            hint="Mend the description, and name it to `ledger up --profile consortium --consortium FILE`.",
        ) from error


def save_network(settings: Settings, network: Network) -> None:
    """Afterwards `noted_network` is this one."""
    write_whole(validators_dir(settings) / _NETWORK, network.model_dump_json(indent=2) + "\n")


def genesis_file(settings: Settings) -> Path:
    """Where the genesis stands. A network has one for ever."""
    return validators_dir(settings) / "genesis.json"


def own_key(settings: Settings, name: str) -> NodeIdentity:
    """The identity of a validator whose key is on this machine. The key is made where it is missing."""
    folder = validators_dir(settings) / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return make_node_key(folder / "nodekey")


def places(settings: Settings, network: Network, *, as_noted: bool = False) -> list[Place]:
    """Every validator's place. Keys that belong to this machine are made where they are missing, and ports chosen.

    `as_noted` changes nothing: the ports are those that were chosen, whoever has them now. Raises BadInput when a port
    that the description names is taken by another program, or a key cannot be used; then no key was made.
    """
    folder, home = validators_dir(settings), _at_home(settings, network)
    noted = _read_ports(folder)
    ports = dict(noted)
    taken = {port for one in network.validator for port in (one.p2p_port, one.rpc_port) if port}
    for one in network.validator:
        if one.name in home:
            ports[one.name] = _ports(one, folder / one.name, noted.get(one.name, [0, 0]), taken, as_noted)
    # Those whose key is described may be refused: they come before any key is made.
    identities = {
        one.name: _identity(one, folder / one.name, one.name in home, as_noted)
        for one in sorted(network.validator, key=lambda one: one.public_key is None)
    }
    if not as_noted and ports != noted:
        write_whole(folder / "ports.json", json.dumps(ports))
    found = []
    for one in network.validator:
        here = one.name in home
        p2p_port, rpc_port = ports[one.name] if here else (one.p2p_port, one.rpc_port)
        hosts = str(one.host), p2p_port, str(one.rpc_host), rpc_port
        found.append(Place(one.name, here, *hosts, folder / one.name, identities[one.name]))
    return found


def noted_places(settings: Settings) -> list[Place]:
    """The validators as they were prepared here. Raises PartAway before that."""
    network = noted_network(settings)
    if network is None:
        raise PartAway("No validator was ever started here.", hint="Run `ledger up --profile consortium`.")
    return places(settings, network, as_noted=True)


def prepare(settings: Settings, network: Network, progress: Progress = lambda *_: None) -> list[Part]:
    """Afterwards every validator of this machine can be started, by what is returned.

    Builds the node where it is not built, makes the genesis where there is none, and gives each validator its data
    folder. Raises PartAway when the node cannot be built, BadInput when something is of another network; the network
    that was noted before is then still noted. One process prepares at a time, others wait.
    """
    folder, path = validators_dir(settings), genesis_file(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with changing(folder):
        known = read_genesis(path, network.chain)
        if not _at_home(settings, network):
            raise BadInput(
                f"None of the described validators is at home here: no host is this machine's, its key in {folder}.",
                hint="`ledger network key NAME` makes a key; its public part belongs into the description.",
            )
        executable = build(NODE, progress)
        placed = places(settings, network)
        if known is None:
            time_s = network.chain.genesis_time_s or int(time.time())
            made = genesis(network.chain, [place.identity.address for place in placed], time_s)
            write_whole(path, json.dumps(made, indent=2) + "\n")
        own = [place for place in placed if place.here]
        for place in own:
            make_data(place, executable, path)
        # Last: what was refused is not watched and voted on afterwards.
        save_network(settings, network)
    return [
        Part(place.name, place.folder, command(place, placed, network, executable), stop_timeout_s=STOP_TIMEOUT_S)
        for place in own
    ]


def become(settings: Settings, network: Network, name: str) -> NoReturn:
    """Becomes the validator of that name, which then has this process's id.

    Raises BadInput when it runs already, or is not at home on this machine.
    """
    network.named(name)
    part = next((one for one in prepare(settings, network) if one.name == name), None)
    if part is None:
        raise BadInput(f"Validator {name} is not at home here: its host is none of this machine's addresses.")
    execute(part)


def command(place: Place, peers: Sequence[Place], network: Network, executable: Path) -> tuple[str, ...]:
    """What starts the validator, in its own folder."""
    chain = network.chain
    return (
        *(str(executable), "--datadir", "data", "--nodekey", "nodekey", "--ipcpath", f"./{SOCKET}"),
        *("--networkid", str(chain.chain_id), "--syncmode", "full"),
        # Every block's state is on disk when the block is: a power cut of all validators loses nothing that was final.
        *("--gcmode", "archive"),
        *("--srvtype", "http", "--rpc", "--rpcaddr", place.rpc_host, "--rpcport", str(place.rpc_port)),
        *("--rpcapi", RPC_APIS, "--maxRequestContentLength", str(REQUEST_BYTES_MAX)),
        *("--listen", f"{place.host}:{place.p2p_port}", "--nodiscover", "--nat", "none", "--maxconnections", "100"),
        *("--peers", ",".join(other.peer for other in peers if other.name != place.name)),
        *("--netrestrict", ",".join(map(str, chain.allowed_networks))),
        *("--block-generation-interval", str(chain.block_interval_s)),
        *("--round-timeout", f"{round(chain.round_timeout_s * 1000)}ms", "--ntp.disable"),
        *("--txpool.exec-slots.account", str(ACCOUNT_TRANSACTIONS_MAX)),
        *("--txpool.exec-slots.all", str(POOL_TRANSACTIONS_MAX), "--txpool.nolocals"),
        *("--opcode-computation-cost-limit", str(COMPUTATION_MAX)),
        # Running every transaction twice, to have its state in memory, costs more than it saves where state is small.
        *("--statedb.cache.num-fetcher-prefetch-worker", "0"),
        # All logs of a block are asked for at once, however full it is.
        *("--api.filter.getLogs.maxitems", str(LOGS_MAX), "--api.filter.getLogs.deadline", "60s"),
    )


def is_here(host: str) -> bool:
    """Whether that address is one of this machine's."""
    with socket.socket() as probe:
        try:
            probe.bind((host, 0))
        except OSError:
            return False
    return True


def _at_home(settings: Settings, network: Network) -> set[str]:
    """The names of the validators that belong to this machine."""
    folder = validators_dir(settings)
    return {
        one.name
        for one in network.validator
        # A described key that is not in this folder is somebody else's, though the address may be this machine's.
        if is_here(str(one.host)) and (one.public_key is None or (folder / one.name / "nodekey").exists())
    }


def _identity(one: Validator, own: Path, here: bool, as_noted: bool) -> NodeIdentity:
    key = own / "nodekey"
    if one.public_key is None:
        if as_noted and not key.exists():
            raise BadInput(
                f"Validator {one.name} has no key here, and the description names no public_key.",
                hint=f"`ledger network key {one.name}` makes one, on its host; one that was lost is in the backup.",
            )
        return make_node_key(key)
    try:
        named = node_identity(bytes.fromhex(one.public_key))
    except ValueError as error:
        raise BadInput(f"Validator {one.name}: public_key cannot be used, {error}.") from error
    if here and make_node_key(key) != named:
        raise BadInput(
            f"Validator {one.name}: the key in {key} is not that of the description's public_key.",
            hint="Put its own key back, or describe the public key that `ledger network key` prints.",
        )
    return named


def _ports(one: Validator, own: Path, kept: Sequence[int], taken: set[int], as_noted: bool) -> list[int]:
    """The ports of a validator of this machine: those described, else those of last time, else any that are free."""
    described = ((str(one.host), one.p2p_port, kept[0]), (str(one.rpc_host), one.rpc_port, kept[1]))
    if as_noted or is_running(own):
        return [described[0][1] or kept[0], described[1][1] or kept[1]]
    chosen = []
    for host, port, before in described:
        if port and not is_free(port, host):
            raise BadInput(f"Validator {one.name}: port {port} of {host} is taken by another program.")
        if not port:
            port = free_port(before, host, taken)
        taken.add(port)
        chosen.append(port)
    return chosen


def _read_ports(folder: Path) -> dict[str, list[int]]:
    try:
        return dict(json.loads((folder / "ports.json").read_text()))
    except FileNotFoundError:
        return {}


def make_data(place: Place, executable: Path, genesis_file: Path) -> None:
    """Afterwards the validator's data folder is there and begins with this genesis."""
    data, mark = place.folder / "data", hashlib.sha256(genesis_file.read_bytes()).hexdigest()
    if data.exists():
        noted, what = data / "genesis.sha256", None
        if not noted.exists():
            what = "is not whole: nothing says what it begins with"
        elif noted.read_text() != mark:
            what = "begins with another genesis"
        elif not (data / _BLOCKS).is_dir():
            what = f"is not whole: its blocks are not there ({_BLOCKS})"
        if what:
            raise BadInput(
                f"Validator {place.name}: {data} {what}.",
                hint="Put back what belongs together, or move it away: the validator gets its blocks from the others.",
            )
        return
    aside = place.folder / "data.fresh"
    # What an earlier start left when it was interrupted.
    shutil.rmtree(aside, ignore_errors=True)
    log = place.folder / "init.log"
    with log.open("wb") as said:
        made = subprocess.run(
            [executable, "init", "--datadir", aside, genesis_file],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd=place.folder,
            env={"HOME": str(place.folder), "PATH": "/usr/bin:/bin"},
            timeout=INIT_TIMEOUT_S,
            check=False,
        )
    if made.returncode != 0 or not (aside / _BLOCKS).is_dir():
        raise PartAway(f"Validator {place.name}: its data folder cannot be made: {end_of(log)}", hint=f"See {log}.")
    write_whole(aside / "genesis.sha256", mark)
    aside.rename(data)
