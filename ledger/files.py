"""Files that are whole or not there, whenever the machine stops."""

import os
from pathlib import Path


def write_whole(path: Path, content: str | bytes, *, mode: int = 0o600) -> None:
    """Afterwards the file holds `content`, with these rights: its owner's alone unless others are named.

    A crash leaves what was there before, or all of the new one. Raises OSError, with the old one in its place.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}.fresh")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
