"""The embedded chain: one anvil on loopback, its state on disk. For trying out, not for records that matter.

    start ──▶ running (holds the lock, answers at the endpoint) ──stop──▶ stopped, state written
                      └──kill -9, power cut──▶ stopped, the last seconds lost: the outbox has them (`ledger recover`)

anvil rewrites its state file in place, so a crash can leave half of it; and it writes while it mines, so the file can
hold accounts that are a block ahead of its blocks. Every start therefore keeps a copy of the file that it came up from;
a file that anvil refuses, or whose accounts are not those of its last block, is put aside and the copy used, or the
chain begins again from its genesis, which is the same block each time. Nothing is lost in any of these: the outbox
keeps every signed byte.

Whether it runs is told by a lock that the process inherits and the system releases when it ends, however it ends. So
there is no stale lock, and the noted process id is never another program's.
"""

import fcntl
import json
import os
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any, NamedTuple

from ledger.chain import ChainClient
from ledger.errors import BadInput, PartAway
from ledger.files import write_whole
from ledger.journal import keccak
from ledger.rpc import RpcClient, RpcError
from ledger.settings import ROOT, Settings
from network.folders import changing
from network.ports import LOOPBACK, free_port, is_free
from network.processes import end_of, is_running, wait_until

START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 120
STATE_INTERVAL_S = 20
BLOCK_GAS = 300_000_000
GENESIS_SPREAD_S = 1_000_000
_LOCK = "running.lock"
_PROCESS = "process.json"
_GENESIS = "genesis.json"
_STATE = "state.json"
_GOOD = "state.good.json"
_NEXT = "state.next.json"
_REFUSED = "state.refused.json"
_LOG = "anvil.log"


class ChainStatus(NamedTuple):
    """What is known of the embedded chain. `began_from` says which state its last start found."""

    running: bool
    url: str | None
    process_id: int | None
    head: int | None
    began_from: str | None


def start(settings: Settings) -> ChainStatus:
    """Afterwards the embedded chain answers at the endpoint; where it runs already, nothing changes.

    Raises PartAway when anvil is not installed or does not come up, BadInput when the configured port is taken or the
    state folder was made for another chain id.
    """
    folder = settings.chain_dir
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    with changing(folder):
        running = status(settings)
        if running.running:
            return running
        genesis_s = _genesis_time_s(folder, settings.chain_id)
        port = _port(settings, folder)
        began_from = _come_up(settings, port, genesis_s)
        return status(settings)._replace(began_from=began_from)


def stop(settings: Settings) -> bool:
    """Afterwards the embedded chain does not run and its whole state is on disk. False when it did not run.

    Raises PartAway when it does not end in time; it is not killed, because that would lose its last blocks.
    """
    folder = settings.chain_dir
    if not folder.exists():
        return False
    with changing(folder):
        if not is_running(folder):
            return False
        process_id = _process(folder)["process_id"]
        os.kill(process_id, signal.SIGTERM)
        if not wait_until(lambda: not is_running(folder, process_id), STOP_TIMEOUT_S):
            raise PartAway(
                f"The embedded chain (process {process_id}) does not end; it may still be writing its state."
            )
        settings.endpoint_file.unlink(missing_ok=True)
        return True


def status(settings: Settings) -> ChainStatus:
    """Whether the embedded chain runs, where, and how far it is. Nothing is changed."""
    folder = settings.chain_dir
    noted = _process(folder)
    if not noted or not is_running(folder):
        return ChainStatus(False, None, None, None, noted.get("began_from"))
    url = f"http://{LOOPBACK}:{noted['port']}"
    return ChainStatus(True, url, noted["process_id"], _head(url), noted["began_from"])


def anvil_binary() -> Path:
    """The anvil program itself, not a script that starts it: its process id is the one to end. Raises PartAway."""
    found = ROOT / "build" / "bin" / "anvil"
    if not found.exists():
        raise PartAway(f"anvil is not installed: {found} is missing.", hint="Run `make setup`.")
    return found.resolve()


def _come_up(settings: Settings, port: int, genesis_s: int) -> str:
    """Starts anvil from the best state that it accepts and says which that was."""
    folder = settings.chain_dir
    state, good, following = folder / _STATE, folder / _GOOD, folder / _NEXT
    if state.exists():
        # Copied before anvil may rewrite it; it becomes the good copy once anvil accepted it.
        shutil.copyfile(state, following)
        if _launch(settings, port, genesis_s, "its last state"):
            following.replace(good)
            return "its last state"
        state.replace(folder / _REFUSED)
    if good.exists():
        shutil.copyfile(good, state)
        if _launch(settings, port, genesis_s, "the copy of an earlier state"):
            return "the copy of an earlier state"
        state.unlink()
    if _launch(settings, port, genesis_s, "its genesis"):
        return "its genesis"
    log = folder / _LOG
    raise PartAway(f"The embedded chain does not come up. It said: {end_of(log)}", hint=f"See {log}.")


def _launch(settings: Settings, port: int, genesis_s: int, began_from: str) -> bool:
    """Starts anvil and waits until it answers; False when it ended instead."""
    folder = settings.chain_dir
    with (folder / _LOCK).open("w") as lock, (folder / _LOG).open("wb") as log:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        process = subprocess.Popen(
            _arguments(settings, port, genesis_s),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            env={"HOME": str(folder), "TMPDIR": str(folder), "PATH": "/usr/bin:/bin"},
            start_new_session=True,
            pass_fds=[lock.fileno()],
        )
        noted = {"process_id": process.pid, "port": port, "began_from": began_from}
        write_whole(folder / _PROCESS, json.dumps(noted))
    url = f"http://{LOOPBACK}:{port}"
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            return False
        if _head(url) is not None:
            if not _is_the_noted_chain(folder, url) or not _is_whole(url):
                break
            write_whole(settings.endpoint_file, url + "\n")
            return True
        time.sleep(0.02)
    process.kill()
    process.wait()
    return False


def _arguments(settings: Settings, port: int, genesis_s: int) -> list[str | Path]:
    return [
        anvil_binary(),
        *("--host", LOOPBACK, "--port", str(port), "--no-cors", "--quiet"),
        *("--chain-id", str(settings.chain_id), "--timestamp", str(genesis_s), "--hardfork", "cancun"),
        # Room for batches, and no fees: full blocks may not raise a base fee that waiting transactions do not pay.
        *("--gas-limit", str(BLOCK_GAS), "--gas-price", "0", "--base-fee", "0"),
        # In the order of arrival, because the journals are; mined at once, because nobody waits for company.
        *("--order", "fifo", "--accounts", "0", "--prune-history", "64"),
        *("--state", settings.chain_dir / _STATE, "--state-interval", str(STATE_INTERVAL_S)),
    ]


def _is_the_noted_chain(folder: Path, url: str) -> bool:
    """Whether it began with the block 0 that the first start noted; sets its clock to the real time.

    anvil makes up another block 0 from a state that it wrote before there was a block 1.
    """
    rpc = RpcClient(url)
    chain = ChainClient(rpc)
    genesis = json.loads((folder / _GENESIS).read_text())
    if "hash" not in genesis:
        genesis["hash"] = chain.genesis_hash()
        write_whole(folder / _GENESIS, json.dumps(genesis))
    chain.set_clock(int(time.time()))
    is_noted = genesis["hash"] == chain.genesis_hash()
    rpc.close()
    return bool(is_noted)


def _is_whole(url: str) -> bool:
    """Whether its accounts are those that its last block has the state root of.

    Where they are ahead of it, a transaction counts as mined and its logs are nowhere.
    """
    rpc = RpcClient(url)
    newest = rpc.call("eth_getBlockByNumber", "latest", False)
    proof = rpc.call("eth_getProof", "0x" + "00" * 20, [], "latest")["accountProof"]
    rpc.close()
    # anvil's block 0 has no state root.
    return int(newest["number"], 16) == 0 or newest["stateRoot"] == "0x" + keccak(bytes.fromhex(proof[0][2:])).hex()


def _genesis_time_s(folder: Path, chain_id: int) -> int:
    """The time of block 0, noted at the first start, so that a chain that begins again has the same block 0."""
    path = folder / _GENESIS
    if not path.exists():
        # Some days back, by chance, so that two chains that are begun in one second do not begin alike.
        genesis_s = int(time.time()) - secrets.randbelow(GENESIS_SPREAD_S)
        write_whole(path, json.dumps({"chain_id": chain_id, "timestamp_s": genesis_s}))
    genesis = json.loads(path.read_text())
    if genesis["chain_id"] != chain_id:
        raise BadInput(
            f"LEDGER_CHAIN_ID is {chain_id}, but {folder} holds chain {genesis['chain_id']}.",
            hint="Set it back, or name another LEDGER_STATE_DIR.",
        )
    return int(genesis["timestamp_s"])


def _port(settings: Settings, folder: Path) -> int:
    """The configured port; else the one used last time if it is free, else any free one."""
    if not settings.chain_port:
        return free_port(_process(folder).get("port", 0))
    if not is_free(settings.chain_port):
        raise BadInput(f"LEDGER_CHAIN_PORT: port {settings.chain_port} is taken by another program.")
    return settings.chain_port


def _head(url: str) -> int | None:
    rpc = RpcClient(url, timeout_s=30)
    try:
        return int(rpc.call("eth_blockNumber"), 16)
    except (PartAway, RpcError):
        return None
    finally:
        rpc.close()


def _process(folder: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((folder / _PROCESS).read_text()))
    except (OSError, ValueError):
        return {}
