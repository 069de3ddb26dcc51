"""The embedded shelf: documents as files, `ab/abcd....json` for the digest abcd..."""

import contextlib
import os
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from ledger.documents.document import Document, document_named, name_of

_STALE_S = 3_600


class FolderShelf:
    """A document is written beside its place, flushed and renamed, so a crash leaves all of it or nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unfinished = folder / "unfinished"
        self._unfinished.mkdir(parents=True, exist_ok=True)
        for path in self._unfinished.iterdir():
            # Another process may be finishing it right now.
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime < time.time() - _STALE_S:
                    path.unlink()

    def keep(self, document: Document, content: bytes) -> None:
        """Afterwards `content` is a file, flushed to the disk. Where it is one already, nothing is written."""
        if self.fetch(document) == content:
            return
        place = self._place(document)
        written = self._unfinished / f"{place.name}.{os.getpid()}.{threading.get_ident()}"
        with written.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        place.parent.mkdir(exist_ok=True)
        written.replace(place)
        parent = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(parent)
        finally:
            os.close(parent)

    def fetch(self, document: Document, *, from_peers: bool = False) -> bytes | None:  # noqa: ARG002 -- it has none
        """The file's bytes, unchecked; None if there is no file."""
        try:
            return self._place(document).read_bytes()
        except FileNotFoundError:
            return None

    def listing(self) -> Iterator[Document]:
        """The documents that are files. Whatever else lies in the folder is passed over."""
        for path in self._folder.glob("[0-9a-f][0-9a-f]/*.*"):
            if document := document_named(path.name):
                yield document

    def kept(self, documents: Iterable[Document]) -> set[bytes]:
        """Those that are files: nothing takes them away but `drop`."""
        return {document.digest for document in documents if self._place(document).exists()}

    def drop(self, document: Document) -> None:
        """Afterwards there is no such file."""
        self._place(document).unlink(missing_ok=True)

    def _place(self, document: Document) -> Path:
        name = name_of(document)
        return self._folder / name[:2] / name
