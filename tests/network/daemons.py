"""What the tests of IPFS do with a daemon: settings, a store on it, its process, and ending that."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.documents import DocumentStore, open_documents
from ledger.settings import Settings
from network import ipfs, processes

PATIENCE_S = 0.3


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
