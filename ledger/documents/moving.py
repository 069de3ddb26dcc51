"""Moves documents from the store's folder to IPFS. Each is a step of its own, so an interrupted move just goes on.

a file ──hashed──▶ pinned on IPFS ──read back, compared──▶ the file is removed
  └──damaged──▶ stays as it is, and is told
"""

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from ledger.cid import cid_of
from ledger.documents.document import Document
from ledger.documents.store import DocumentStore
from ledger.errors import BadInput, CheckFailed, DocumentCorrupt

Progress = Callable[[int, int], None]
"""Told how many documents are done, and of how many."""


class Moved(NamedTuple):
    """How many documents and bytes were moved, how many that were there already were pinned, and what is wrong."""

    documents: int
    size: int
    pinned: int
    problems: list[CheckFailed]


def move(store: DocumentStore, progress: Progress = lambda _done, _of: None) -> Moved:
    """Afterwards every document that is whole is on IPFS, pinned, and no longer a file.

    Raises BadInput when the store has no shelf to move to, PartAway when IPFS goes away: what was moved until then
    stays moved, and nothing is in neither place.
    """
    if store.shelf is store.folder:
        raise BadInput(
            "No IPFS daemon is configured to move the documents to.",
            hint="Set LEDGER_IPFS_ADDRESS, or run `ledger up --profile consortium`.",
        )
    files = list(store.folder.listing())
    unpinned = _unpinned(store, {file.digest for file in files})
    total = len(files) + len(unpinned)
    moved = size = pinned = 0
    problems: list[CheckFailed] = []
    for done, document in enumerate([*files, *unpinned], 1):
        try:
            if done <= len(files):
                bytes_moved = _move_file(store, document)
                moved, size = moved + (bytes_moved is not None), size + (bytes_moved or 0)
            else:
                store.shelf.keep(document, store.get(document.digest))
                pinned += 1
        except CheckFailed as problem:
            problems.append(problem)
        progress(done, total)
    return Moved(moved, size, pinned, problems)


def _unpinned(store: DocumentStore, files: set[bytes]) -> list[Document]:
    """Documents that are neither files nor pinned."""
    documents = [document for document in store.documents() if document.digest not in files]
    kept = store.shelf.kept(documents)
    return [document for document in documents if document.digest not in kept]


def _move_file(store: DocumentStore, file: Document) -> int | None:
    """Moves one document and says its size; None if another process did meanwhile."""
    content = store.folder.fetch(file)
    if content is None:
        return None
    if hashlib.sha256(content).digest() != file.digest:
        # Raises DocumentCorrupt unless IPFS has it whole: then the damaged file is of no more use.
        content = store.get(file.digest)
    document = file._replace(cid=cid_of(content), size=len(content))
    store.shelf.keep(document, content)
    if store.shelf.fetch(document) != content:
        raise DocumentCorrupt(f"IPFS gives other bytes for document {file.digest.hex()}; its file was left in place.")
    store.folder.drop(file)
    return len(content)
