"""The document store: documents and lines by digest, from whichever shelf has them.

put(bytes) ──▶ the shelf, under the digest          ──▶ get(digest), read back and hashed again
put_lines  ──▶ one document of JSON lines + where each line is ──▶ get(digest of one line)
"""

import hashlib
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from ledger.cid import LEAF_BYTES, cid_of, cid_of_leaf
from ledger.documents.document import (
    DOCUMENT_BYTES_MAX,
    JSON,
    JSON_LINES,
    Document,
    Shelf,
    require_known,
)
from ledger.documents.folder import FolderShelf
from ledger.documents.line_index import SQL_VARIABLES_MAX, Line, LineIndex
from ledger.errors import BadInput, CheckFailed, DocumentCorrupt, DocumentMissing, DocumentUnpinned

LISTING_AGE_MAX_S = 5.0


class DocumentStore:
    """Content-addressed documents. Every byte that leaves it was hashed again on the way out.

    Without a shelf of another kind they are files in the store's own folder. With one, new documents go there, and
    those that are still in the folder are found as well. Nothing is recorded of a document that a shelf did not keep.
    """

    def __init__(self, folder: Path, shelf: Shelf | None = None) -> None:
        """Opens the store in `folder`, making it if it is not there, and indexes the files that the index lacks.

        Another shelf is asked nothing yet.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = FolderShelf(folder)
        self.shelf: Shelf = shelf or self.folder
        self._shelves: tuple[Shelf, ...] = (self.folder, shelf) if shelf else (self.folder,)
        self._index = LineIndex(folder / "lines.sqlite")
        self._listed_s = float("-inf")
        self._catch_up(self.folder)

    def close(self) -> None:
        """Closes the index. The documents stay."""
        self._index.close()

    def put(self, content: bytes, media_type: str = JSON) -> Document:
        """Keeps `content`. Putting the same bytes again changes nothing, and mends them if they had been damaged.

        Raises BadInput for a media type that is not known here or more than 64 MiB, PartAway when the shelf is away.
        """
        require_known(media_type)
        if len(content) > DOCUMENT_BYTES_MAX:
            raise BadInput(f"A document has at most {DOCUMENT_BYTES_MAX} bytes, not {len(content)}.")
        digest = hashlib.sha256(content).digest()
        # Bytes that are known under another media type keep it.
        document = self._index.document(digest) or Document(digest, cid_of(content), len(content), media_type)
        # The shelf first, then the index: an index that lacks a document is mended from the shelf.
        self.shelf.keep(document, content)
        self._index.remember(document, content, in_lines=media_type == JSON_LINES)
        return document

    def put_lines(self, contents: Sequence[bytes]) -> tuple[bytes, list[bytes]]:
        """Keeps `contents`, canonical JSON objects, as one document of lines, each of them to be had by its own digest.

        Returns the document's digest and each line's. The document has no newline at its end.
        Raises BadInput if there is no line or one holds a newline, PartAway when the shelf is away.
        """
        if not contents or any(b"\n" in content or not content for content in contents):
            raise BadInput("A document of lines needs at least one line, and no line may be empty or hold a newline.")
        document = self.put(b"\n".join(contents), JSON_LINES)
        return document.digest, [hashlib.sha256(content).digest() for content in contents]

    def get(self, digest: bytes) -> bytes:
        """The document or line with this SHA-256.

        Raises DocumentMissing if there is none, DocumentCorrupt if the bytes that stand there have another digest,
        PartAway when the shelf that may have it is away.
        """
        return self.get_many([digest])[digest]

    def get_many(self, digests: Iterable[bytes], *, missing_ok: bool = False) -> dict[bytes, bytes]:
        """The documents and lines with these digests, reading each document once.

        Raises as `get`; with `missing_ok` what is not here is left out.
        """
        wanted = list(dict.fromkeys(digests))
        self._look_again_for(wanted)
        found: dict[bytes, bytes] = {}
        for start in range(0, len(wanted), SQL_VARIABLES_MAX):
            self._get_some(wanted[start : start + SQL_VARIABLES_MAX], found)
        if not missing_ok and (absent := [digest for digest in wanted if digest not in found]):
            raise DocumentMissing(
                f"{len(absent)} of {len(wanted)} documents are missing, the first has SHA-256 {absent[0].hex()}."
            )
        return {digest: found[digest] for digest in wanted if digest in found}

    def lines(self, document_digest: bytes) -> dict[bytes, bytes]:
        """The lines of a document of JSON lines by their digests, in order. Raises as `get`."""
        content = self.get(document_digest)
        return {hashlib.sha256(line).digest(): line for line in content.split(b"\n")}

    def stat(self, digest: bytes) -> Document:
        """What is known of a document or line without reading it. Raises DocumentMissing, or PartAway as `get`."""
        self._look_again_for([digest])
        if document := self._index.document(digest):
            return document
        size = self._index.line_bytes(digest)
        if size is None:
            raise DocumentMissing(f"No document with SHA-256 {digest.hex()} is here.")
        content = self.get(digest) if size > LEAF_BYTES else None
        return Document(digest, cid_of(content) if content else cid_of_leaf(digest), size, JSON)

    def documents(self) -> list[Document]:
        """Every document that is known, by digest."""
        self._catch_up(self.shelf)
        return self._index.documents()

    def absent(self, digests: Iterable[bytes]) -> list[bytes]:
        """Those of the digests under which no document and no line is known, in order. Raises PartAway as `get`."""
        wanted = list(dict.fromkeys(digests))
        self._look_again_for(wanted)
        return list(self._index.absent(wanted))

    def check(self) -> list[CheckFailed]:
        """Reads every document, hashes it, and returns what is missing, corrupt or unpinned. Empty: all is as put."""
        problems: list[CheckFailed] = []
        documents = self.documents()
        kept = set().union(*(shelf.kept(documents) for shelf in self._shelves))
        for document in documents:
            if problem := self._problem(document, document.digest in kept):
                problems.append(problem)
        return problems

    def _problem(self, document: Document, is_kept: bool) -> CheckFailed | None:
        try:
            content, is_whole = self._content(document)
        except DocumentCorrupt as problem:
            return problem
        called = f"Document {document.digest.hex()} ({document.media_type}, {document.size} bytes, {document.cid})"
        if content is None:
            return DocumentMissing(f"{called} is missing: `ledger documents add` its file again.")
        if not is_whole or cid_of(content) != document.cid:
            return _changed(document)
        if not is_kept:
            return DocumentUnpinned(f"{called} may be collected as garbage: `ledger documents move` pins it.")
        return None

    def _get_some(self, digests: Sequence[bytes], found: dict[bytes, bytes]) -> None:
        """Finds what any document has whole. Raises DocumentCorrupt where one was changed and no other has it."""
        documents, lines = self._index.find(digests)
        changed: dict[bytes, DocumentCorrupt] = {}
        for document in documents:
            try:
                content, is_whole = self._content(document)
            except DocumentCorrupt as problem:
                changed[document.digest] = problem
                continue
            if is_whole and content is not None:
                found[document.digest] = content
            elif content is not None:
                changed[document.digest] = _changed(document)
        read: dict[bytes, bytes | None] = {}
        for line in lines:
            if line.digest in found:
                continue
            if line.document.digest not in read:
                read[line.document.digest] = self._remains(line.document)
            content = read[line.document.digest]
            if content is None:
                continue
            try:
                found[line.digest] = _cut_out(line, content)
            except DocumentCorrupt as problem:
                changed.setdefault(line.digest, problem)
        if problems := [problem for digest, problem in changed.items() if digest not in found]:
            raise problems[0]

    def _remains(self, document: Document) -> bytes | None:
        """What stands there as the document, whole or not; no bytes where the shelf sees itself that it was changed."""
        try:
            return self._content(document)[0]
        except DocumentCorrupt:
            return b""

    def _content(self, document: Document) -> tuple[bytes | None, bool]:
        """The bytes with the document's digest and True if any shelf has them, else what stands there instead."""
        damaged: bytes | None = None
        problem: DocumentCorrupt | None = None
        for shelf in self._shelves:
            try:
                content = shelf.fetch(document)
            except DocumentCorrupt as error:
                problem = error
                continue
            if content is not None and hashlib.sha256(content).digest() == document.digest:
                return content, True
            damaged = damaged if content is None else content
        if damaged is None and problem:
            raise problem
        return damaged, False

    def _look_again_for(self, digests: Sequence[bytes]) -> None:
        """Asks a shelf that others may write to what it has, before anything is called missing."""
        is_recent = time.monotonic() - self._listed_s < LISTING_AGE_MAX_S
        if self.shelf is self.folder or is_recent or next(self._index.absent(digests), None) is None:
            return
        self._catch_up(self.shelf)
        self._listed_s = time.monotonic()

    def _catch_up(self, shelf: Shelf) -> None:
        """Indexes the documents that stand on the shelf and are not in the index; a damaged one is left out."""
        known = {document.digest for document in self._index.documents()}
        for listed in shelf.listing():
            if listed.digest in known:
                continue
            try:
                content = shelf.fetch(listed)
            except DocumentCorrupt:
                continue
            if content is not None and hashlib.sha256(content).digest() == listed.digest:
                self._index.remember(listed._replace(cid=cid_of(content), size=len(content)), content)


def _changed(document: Document) -> DocumentCorrupt:
    return DocumentCorrupt(f"The bytes of document {document.digest.hex()} were changed; put the original again.")


def _cut_out(line: Line, content: bytes) -> bytes:
    """The line's bytes out of its document's."""
    found = content[line.start : line.start + line.size]
    if hashlib.sha256(found).digest() != line.digest:
        raise DocumentCorrupt(f"The line {line.digest.hex()} of document {line.document.digest.hex()} was changed.")
    return found
