"""Copies documents from another member's IPFS node to the own one: a second place in which they are kept for good.

a list ──what is not here──▶ asked for from the peers ──hashed──▶ kept, pinned, indexed
"""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from ledger.documents.document import DOCUMENT_BYTES_MAX, Document, require_known
from ledger.documents.store import DocumentStore
from ledger.errors import BadInput, CheckFailed, DocumentCorrupt, DocumentMissing

Progress = Callable[[int, int], None]
"""Told how many documents are done, and of how many."""


class Copied(NamedTuple):
    """How many documents and bytes were copied, how many were here before, and what is wrong."""

    documents: int
    size: int
    here_before: int
    problems: list[CheckFailed]


class _Listed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    digest: str = Field(pattern="^[0-9a-f]{64}$")
    cid: str = Field(pattern="^b[a-z2-7]{58}$")
    size: int = Field(ge=0, le=DOCUMENT_BYTES_MAX)
    media_type: str


_LIST = TypeAdapter(list[_Listed])


def read_list(text: bytes) -> list[Document]:
    """The documents that `ledger documents list --json` named. Raises BadInput saying what is not right and where."""
    try:
        listed = _LIST.validate_json(text)
    except ValidationError as error:
        first: Any = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        raise BadInput(
            f"This is not a list of documents: {place}: {first['msg']}.",
            hint="It has to be what `ledger documents list --json` prints.",
        ) from error
    for one in listed:
        require_known(one.media_type)
    return [Document(bytes.fromhex(one.digest), one.cid, one.size, one.media_type) for one in listed]


def copy(store: DocumentStore, listed: Iterable[Document], progress: Progress = lambda _done, _of: None) -> Copied:
    """Afterwards every listed document that a peer gave whole is here, pinned under its name.

    Run again it asks for what is still not here. Raises BadInput when the store is not on IPFS, PartAway when the own
    daemon goes away; what was copied until then stays.
    """
    if store.shelf is store.folder:
        raise BadInput("No IPFS daemon is configured to copy the documents to.", hint="Set LEDGER_IPFS_ADDRESS.")
    # A list may be wrong: of a document that is known here, what is known here holds.
    known = {document.digest: document for document in store.documents()}
    documents = list(dict.fromkeys(known.get(one.digest, one) for one in listed))
    here = store.shelf.kept(one for one in documents if one.digest in known)
    copied = size = 0
    problems: list[CheckFailed] = []
    for done, document in enumerate(documents, 1):
        if document.digest not in here:
            try:
                size += _copy_one(store, document)
                copied += 1
            except CheckFailed as problem:
                problems.append(problem)
        progress(done, len(documents))
    return Copied(copied, size, len(here), problems)


def _copy_one(store: DocumentStore, document: Document) -> int:
    content = store.shelf.fetch(document, from_peers=True)
    if content is None:
        raise DocumentMissing(f"No peer gave document {document.digest.hex()} ({document.cid}).")
    if hashlib.sha256(content).digest() != document.digest:
        raise DocumentCorrupt(
            f"The list calls {document.cid} the document {document.digest.hex()} of {document.size} bytes, "
            "which it is not."
        )
    store.put(content, document.media_type)
    return len(content)
