"""What the tests of IPFS do with a daemon: settings, a store on it, its process, and ending that."""

import base64
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.documents import DocumentStore, open_documents
from ledger.settings import Settings
from network import ipfs, processes

PATIENCE_S = 0.3
BYTES = "application/octet-stream"
_NUMBERS = random.Random(7)


def settings_in(folder: Path) -> Settings:
    """Settings whose state is in that folder, as a command reads them: anew, with what is noted there."""
    return Settings(state_dir=folder)


@contextmanager
def store_of(settings: Settings, patience_s: float = PATIENCE_S) -> Iterator[DocumentStore]:
    """The document store that a command on this state folder opens."""
    store = open_documents(settings_in(settings.state_dir), patience_s=patience_s)
    yield store
    store.close()


def process_id_of(settings: Settings) -> int:
    """The daemon's own process."""
    (status,) = processes.statuses(ipfs.folder_of(settings))
    assert status.process_id is not None
    return status.process_id


def kill(settings: Settings) -> int:
    """Ends the daemon as a power cut would, and says which process it was; its supervisor starts it again."""
    process_id = process_id_of(settings)
    os.kill(process_id, signal.SIGKILL)
    wait_for(lambda: not processes.is_running(ipfs.folder_of(settings)) or process_id_of(settings) != process_id)
    return process_id


def wait_for(is_so: Callable[[], object], timeout_s: float = 30) -> None:
    """Returns when it is so; fails when it is not in time."""
    deadline = time.monotonic() + timeout_s
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.02)


def fresh_bytes(size: int) -> bytes:
    """Bytes that no other test has put."""
    return _NUMBERS.randbytes(size)


def block_of(daemon: Settings, cid: str) -> Path:
    """The file in which kubo has the block with that CID: named by the multihash, in capitals."""
    cid_bytes = base64.b32decode(cid[1:].upper() + "=" * (-len(cid[1:]) % 8))
    multihash = base64.b32encode(cid_bytes[2:]).decode().rstrip("=")
    (path,) = (ipfs.folder_of(daemon) / "repo" / "blocks").glob(f"*/{multihash}.data")
    return path


def damage(path: Path) -> None:
    """Changes one bit of a file."""
    path.chmod(0o644)
    changed = bytearray(path.read_bytes())
    changed[len(changed) // 2] ^= 1
    path.write_bytes(changed)
