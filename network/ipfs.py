"""A private IPFS daemon (kubo) on loopback for the documents. Its state is below the state folder.

    state/ipfs/address          where its API answers; stays while it is stopped, for its documents are not elsewhere
               repo/            kubo's repository, made aside and renamed: it is whole or not there
               repo/swarm.key   keeps all who do not have it out of its swarm, 0600
               output.log       what it says

It knows no public peers and asks nobody: no routing, no bootstrap, no gateway, no name service, no telemetry, no
discovery. It listens on its API alone until the operator names a swarm address and peers in `repo/config`, which
`prepare` leaves as they are. What it acknowledged is flushed to the disk.
"""

import json
import re
import secrets
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from ledger.errors import BadInput, PartAway
from ledger.files import write_whole
from ledger.settings import IPFS_ADDRESS_FILE, ROOT, Settings
from network import processes
from network.building import Program, Progress, build
from network.folders import changing, disk_bytes
from network.ports import LOOPBACK, free_port
from network.processes import Part

START_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 60.0
NAME = "ipfs"
KUBO = Program("ipfs", ROOT / "network" / "kubo")
_REPO = "repo"
_ADDRESS = IPFS_ADDRESS_FILE.name
_SWARM_KEY = "swarm.key"
_OWN = re.compile(re.escape(f"/ip4/{LOOPBACK}/tcp/") + "[0-9]{1,5}")
_NOBODY: dict[str, Any] = {
    "Bootstrap": [],
    "AutoConf": {"Enabled": False},
    "AutoNAT": {"ServiceMode": "disabled"},
    "AutoTLS": {"Enabled": False},
    "DNS": {"Resolvers": {}},
    "Discovery": {"MDNS": {"Enabled": False}},
    "HTTPRetrieval": {"Enabled": False},
    "Ipns": {"DelegatedPublishers": []},
    "Provide": {"Enabled": False},
    "Routing": {"Type": "none", "DelegatedRouters": []},
    "Plugins": {"Plugins": {"telemetry": {"Config": {"Mode": "off"}}}},
    "Version": {"SwarmCheckEnabled": False},
    "Swarm": {
        "DisableNatPortMap": True,
        "EnableHolePunching": False,
        "RelayClient": {"Enabled": False},
        "RelayService": {"Enabled": False},
        # The others cannot be used with a key of one's own.
        "Transports": {"Network": dict.fromkeys(("QUIC", "Relay", "WebRTCDirect", "Websocket", "WebTransport"), False)},
    },
    # Changed bytes are an error, for the ledger and for peers; and a block that is put again is written again, where a
    # cache would remember that it had been there once.
    "Datastore": {"HashOnRead": True, "BlockKeyCacheSize": 0},
}
"""What every start sets: whom the daemon does not ask, and how it treats blocks that were damaged."""


class IpfsStatus(NamedTuple):
    """What is known of the daemon. `address` is None before it was ever prepared; `size_bytes` is what it stores."""

    running: bool
    address: str | None
    version: str | None
    size_bytes: int


def prepare(settings: Settings, progress: Progress = lambda *_: None) -> Part:
    """Afterwards the daemon can be started, by what is returned, and settings find where it will answer.

    Raises PartAway when kubo cannot be built or makes no repository, BadInput when the repository is not private.
    """
    kubo = build(KUBO, progress)
    folder = folder_of(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with changing(folder):
        if not processes.is_running(folder):
            _make_repository(kubo, folder)
            # The port that is named, or was used last time, if it is free: others noted it.
            known = settings.ipfs_address or _address(folder) or "/0"
            address = _multiaddr(free_port(int(known.rpartition("/")[2])))
            _configure(folder / _REPO, _NOBODY | {"Addresses": {"API": address, "Gateway": []}})
            write_whole(folder / _ADDRESS, address + "\n")
    return Part(
        NAME,
        folder,
        (str(kubo), "daemon", "--migrate=false"),
        environment(folder / _REPO),
        stop_timeout_s=STOP_TIMEOUT_S,
    )


def await_answer(settings: Settings) -> None:
    """Returns when the daemon answers. Raises PartAway with what it said when it does not in time."""
    folder = folder_of(settings)
    if not processes.wait_until(lambda: _version(_address(folder)) is not None, START_TIMEOUT_S):
        log = Part(NAME, folder, ()).log
        raise PartAway(f"The IPFS daemon does not come up. It said: {processes.end_of(log)}", hint=f"See {log}.")


def start(settings: Settings, progress: Progress = lambda *_: None) -> IpfsStatus:
    """Afterwards the daemon answers, and is started again when it crashes. Where it runs already, nothing changes.

    Raises as `prepare` and `await_answer` do.
    """
    processes.supervise(folder_of(settings), [prepare(settings, progress)])
    await_answer(settings)
    return status(settings)


def become(settings: Settings, progress: Progress = lambda *_: None) -> NoReturn:
    """Becomes the daemon, at the address that the settings name; it then has this process's id.

    Raises as `prepare` does, and BadInput when it runs already, or cannot have that address.
    """
    named = settings.ipfs_address
    if named and not _OWN.fullmatch(named):
        raise BadInput(
            f"LEDGER_IPFS_ADDRESS is {named}, and the private daemon answers on loopback only.",
            hint=f"Name {_multiaddr(5001)}, or no address at all.",
        )
    part = prepare(settings, progress)
    if named and named != _address(part.folder) and not processes.is_running(part.folder):
        raise BadInput(f"{named} is taken by another program.", hint="Name another port in LEDGER_IPFS_ADDRESS.")
    processes.execute(part)


def stop(settings: Settings) -> bool:
    """Afterwards the daemon does not run; every document is on the disk. False when it did not run. Raises PartAway."""
    return processes.stop(folder_of(settings))


def status(settings: Settings) -> IpfsStatus:
    """Whether the daemon runs, where, and whether it answers: then its version is known. Nothing is changed."""
    folder = folder_of(settings)
    running, address = processes.is_running(folder), _address(folder)
    return IpfsStatus(running, address, _version(address) if running else None, disk_bytes(folder / _REPO))


def folder_of(settings: Settings) -> Path:
    """Where the daemon keeps everything."""
    return settings.state_dir / IPFS_ADDRESS_FILE.parent


def _make_repository(kubo: Path, folder: Path) -> None:
    """Afterwards `folder` holds a repository with a key of its own that keeps all others out of its swarm.

    A repository that is there already stays as it is. Raises PartAway with what kubo said when it cannot be made.
    """
    repo, fresh = folder / _REPO, folder / "repo.fresh"
    if repo.exists():
        _require_whole(repo)
        return
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    said = subprocess.run(
        [kubo, "init", "--profile=server,lowpower", "--empty-repo"],
        env=environment(fresh),
        capture_output=True,
        text=True,
        timeout=START_TIMEOUT_S,
        check=False,
    )
    if said.returncode != 0:
        raise PartAway(f"The IPFS repository {repo} cannot be made: {said.stderr.strip()[-500:]}")
    _configure(fresh, _at_first(json.loads((fresh / "config").read_text())))
    write_whole(fresh / _SWARM_KEY, f"/key/swarm/psk/1.0.0/\n/base16/\n{secrets.token_hex(32)}\n")
    fresh.rename(repo)


def environment(repo: Path) -> dict[str, str]:
    """What kubo is started with: it refuses to run without the swarm's key, and reports to nobody."""
    return {
        "IPFS_PATH": str(repo),
        "HOME": str(repo.parent),
        "PATH": "/usr/bin:/bin",
        "LIBP2P_FORCE_PNET": "1",
        "IPFS_TELEMETRY": "off",
    }


def _at_first(made: dict[str, Any]) -> dict[str, Any]:
    """What is set once and then the operator's: whom it listens to and talks to; and that what it kept is flushed."""
    spec = made["Datastore"]["Spec"]
    for mount in spec["mounts"]:
        if mount["type"] == "flatfs":
            mount["sync"] = True
    return {
        "Datastore": {"Spec": spec},
        "Addresses": {"Swarm": [], "Announce": [], "NoAnnounce": []},
        # A consortium's own networks have private addresses.
        "Swarm": {"AddrFilters": []},
        "Peering": {"Peers": []},
    }


def _configure(repo: Path, wanted: Mapping[str, Any]) -> None:
    path = repo / "config"
    try:
        config = json.loads(path.read_text())
    except ValueError as error:
        raise BadInput(f"{path} is not JSON: {error}.", hint="Mend it, or put back what stood there.") from error
    _merge(config, wanted)
    write_whole(path, json.dumps(config, indent=2) + "\n")


def _merge(config: dict[str, Any], wanted: Mapping[str, Any]) -> None:
    for name, value in wanted.items():
        if isinstance(value, Mapping) and value:
            if not isinstance(config.get(name), dict):
                config[name] = {}
            _merge(config[name], value)
        else:
            config[name] = value


def _require_whole(repo: Path) -> None:
    if not (repo / "config").exists():
        raise BadInput(f"{repo} has no config: the node's identity stands in it.", hint="Put it back from a copy.")
    if not (repo / _SWARM_KEY).exists():
        raise BadInput(
            f"{repo} has no {_SWARM_KEY}: its daemon would talk to public peers.",
            hint="Put the consortium's key back.",
        )


def _version(address: str | None) -> str | None:
    if address is None:
        return None
    # Only now: importing the client takes time, and most commands of an embedded ledger never need it.
    from ledger.documents.ipfs import IpfsShelf

    shelf = IpfsShelf(address, patience_s=0)
    try:
        return shelf.version()
    except PartAway:
        return None
    finally:
        shelf.close()


def _multiaddr(port: int) -> str:
    return f"/ip4/{LOOPBACK}/tcp/{port}"


def _address(folder: Path) -> str | None:
    with suppress(FileNotFoundError):
        return (folder / _ADDRESS).read_text(encoding="utf-8").strip()
    return None
