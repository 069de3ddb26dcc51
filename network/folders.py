"""The folder that a part has to itself: one process changes it at a time, and what it takes on the disk."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Holds off every other process that changes this folder; the system lets it in when this one ends, however."""
    with (folder / "change.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def disk_bytes(folder: Path) -> int:
    """What the folder takes on the disk; 0 where there is none."""
    size = 0
    for path, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                size += (Path(path) / name).lstat().st_blocks * 512
    return size
