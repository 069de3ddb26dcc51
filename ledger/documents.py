"""Everything public that is text, kept under the SHA-256 of its bytes, which is what the chain holds of it.

    put(bytes) ──▶ a file of its own, named by its digest          ──▶ get(digest), read back and hashed again
    put_lines  ──▶ one document of JSON lines + where each line is ──▶ get(digest of one line)

A document is written beside its place, flushed and renamed, so a crash leaves all of it or nothing. The line index is
an SQLite file in the same folder; it can be deleted while nothing runs and is rebuilt from the documents.
"""

import contextlib
import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from ledger.cid import LEAF_BYTES, cid_of, cid_of_leaf
from ledger.errors import BadInput, CheckFailed, DocumentCorrupt, DocumentMissing

DOCUMENT_BYTES_MAX = 64 * 1024 * 1024
JSON_LINES = "application/jsonl"
JSON = "application/json"
_SUFFIXES = {
    JSON_LINES: "jsonl",
    JSON: "json",
    "text/csv": "csv",
    "text/plain": "txt",
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/octet-stream": "bin",
}
_MEDIA_TYPES = {suffix: media_type for media_type, suffix in _SUFFIXES.items()}
_STALE_S = 3_600
_SQL_VARIABLES_MAX = 500
_SCHEMA = """
create table if not exists document (
    no integer primary key,
    digest blob not null unique,
    cid text not null,
    size integer not null,
    media_type text not null
);
create table if not exists line (
    digest blob primary key,
    document_no integer not null references document,
    start integer not null,
    size integer not null
) without rowid;
"""


class Document(NamedTuple):
    """What is known of a document without reading it. `digest` is 32 bytes, `size` in bytes."""

    digest: bytes
    cid: str
    size: int
    media_type: str


class Shelf(Protocol):
    """Where whole documents stand. The folder below is one; an IPFS node can be another."""

    def keep(self, document: Document, content: bytes) -> None:
        """Afterwards `content` is there for good, also after a crash."""

    def fetch(self, document: Document) -> bytes | None:
        """The bytes that stand there now, unchecked; None if there are none."""

    def listing(self) -> Iterator[tuple[bytes, str]]:
        """The digest and media type of every document."""


class FolderShelf:
    """Documents as files: `ab/abcd....json` for the digest abcd..."""

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

    def fetch(self, document: Document) -> bytes | None:
        try:
            return self._place(document).read_bytes()
        except FileNotFoundError:
            return None

    def listing(self) -> Iterator[tuple[bytes, str]]:
        for path in self._folder.glob("[0-9a-f][0-9a-f]/*.*"):
            media_type = _MEDIA_TYPES.get(path.suffix[1:])
            if media_type and len(path.stem) == 64:
                yield bytes.fromhex(path.stem), media_type

    def _place(self, document: Document) -> Path:
        name = document.digest.hex()
        return self._folder / name[:2] / f"{name}.{_SUFFIXES[document.media_type]}"


class DocumentStore:
    """Content-addressed documents. Every byte that leaves it was hashed again on the way out."""

    def __init__(self, folder: Path, shelf: Shelf | None = None) -> None:
        """Opens the store in `folder`, making it if it is not there, and indexes documents that the index lacks."""
        folder.mkdir(parents=True, exist_ok=True)
        self._shelf: Shelf = shelf or FolderShelf(folder)
        self._lock = threading.Lock()
        self._index = sqlite3.connect(
            folder / "lines.sqlite", timeout=30, isolation_level=None, check_same_thread=False
        )
        self._index.execute("pragma journal_mode = wal")
        self._index.execute("pragma synchronous = normal")
        self._index.executescript(_SCHEMA)
        self._catch_up()

    def close(self) -> None:
        """Closes the index. The documents stay."""
        self._index.close()

    def put(self, content: bytes, media_type: str = JSON) -> Document:
        """Keeps `content`. Putting the same bytes again changes nothing, and mends them if they had been damaged.

        Raises BadInput for a media type that is not known here or more than 64 MiB.
        """
        return self._put(content, media_type, ())

    def put_lines(self, contents: Sequence[bytes]) -> tuple[bytes, list[bytes]]:
        """Keeps `contents`, canonical JSON objects, as one document of lines, each of them to be had by its own digest.

        Returns the document's digest and each line's. The document has no newline at its end.
        Raises BadInput if there is no line or one holds a newline.
        """
        if not contents or any(b"\n" in content or not content for content in contents):
            raise BadInput("A document of lines needs at least one line, and no line may be empty or hold a newline.")
        digests = [hashlib.sha256(content).digest() for content in contents]
        document = self._put(b"\n".join(contents), JSON_LINES, list(zip(digests, contents, strict=True)))
        return document.digest, digests

    def get(self, digest: bytes) -> bytes:
        """The document or line with this SHA-256.

        Raises DocumentMissing if there is none, DocumentCorrupt if the bytes that stand there have another digest.
        """
        return self.get_many([digest])[digest]

    def get_many(self, digests: Iterable[bytes], *, missing_ok: bool = False) -> dict[bytes, bytes]:
        """The documents and lines with these digests, reading each document once.

        Raises as `get`; with `missing_ok` what is not here is left out.
        """
        wanted = list(dict.fromkeys(digests))
        found: dict[bytes, bytes] = {}
        for start in range(0, len(wanted), _SQL_VARIABLES_MAX):
            self._get_some(wanted[start : start + _SQL_VARIABLES_MAX], found)
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
        """What is known of a document or line without reading it. Raises DocumentMissing."""
        if document := self._known(digest):
            return document
        with self._lock:
            line = self._index.execute("select size from line where digest = ?", [digest]).fetchone()
        if line is None:
            raise DocumentMissing(f"No document with SHA-256 {digest.hex()} is here.")
        content = self.get(digest) if line[0] > LEAF_BYTES else None
        return Document(digest, cid_of(content) if content else cid_of_leaf(digest), line[0], JSON)

    def check(self) -> list[CheckFailed]:
        """Reads every document, hashes it, and returns what is missing or corrupt. An empty list: all is as put."""
        problems: list[CheckFailed] = []
        with self._lock:
            digests = [row[0] for row in self._index.execute("select digest from document order by digest")]
        for digest in digests:
            try:
                self.get(digest)
            except (DocumentMissing, DocumentCorrupt) as problem:
                problems.append(problem)
        return problems

    def _put(self, content: bytes, media_type: str, lines: Sequence[tuple[bytes, bytes]]) -> Document:
        if media_type not in _SUFFIXES:
            raise BadInput(f"{media_type!r} is not a media type that documents have here: {', '.join(_SUFFIXES)}.")
        if len(content) > DOCUMENT_BYTES_MAX:
            raise BadInput(f"A document has at most {DOCUMENT_BYTES_MAX} bytes, not {len(content)}.")
        digest = hashlib.sha256(content).digest()
        # Bytes that are known under another media type keep it.
        document = self._known(digest) or Document(digest, cid_of(content), len(content), media_type)
        # The file first, then the index: an index that lacks a document is mended when the store is opened.
        if self._shelf.fetch(document) != content:
            self._shelf.keep(document, content)
        self._remember(document, lines)
        return document

    def _known(self, digest: bytes) -> Document | None:
        with self._lock:
            row = self._index.execute(
                "select digest, cid, size, media_type from document where digest = ?", [digest]
            ).fetchone()
        return Document(*row) if row else None

    def _remember(self, document: Document, lines: Sequence[tuple[bytes, bytes]]) -> None:
        with self._lock:
            self._index.execute("begin immediate")
            try:
                self._index.execute(
                    "insert or ignore into document (digest, cid, size, media_type) values (?, ?, ?, ?)", document
                )
                no = self._index.execute("select no from document where digest = ?", [document.digest]).fetchone()[0]
                places, start = [], 0
                for digest, line in lines:
                    places.append((digest, no, start, len(line)))
                    start += len(line) + 1
                self._index.executemany("insert or ignore into line values (?, ?, ?, ?)", places)
                self._index.execute("commit")
            except BaseException:
                self._index.execute("rollback")
                raise

    def _get_some(self, digests: Sequence[bytes], found: dict[bytes, bytes]) -> None:
        marks = ",".join("?" * len(digests))
        with self._lock:
            documents = self._index.execute(
                f"select digest, cid, size, media_type from document where digest in ({marks})",  # noqa: S608
                digests,
            ).fetchall()
            lines = self._index.execute(
                "select d.digest, d.cid, d.size, d.media_type, line.digest, line.start, line.size"  # noqa: S608
                f" from line join document d on d.no = line.document_no where line.digest in ({marks})",
                digests,
            ).fetchall()
        for row in documents:
            document = Document(*row)
            content = self._shelf.fetch(document)
            if content is not None:
                found[document.digest] = _hashed(document, content)
        whole: dict[bytes, bytes | None] = {}
        for *row, digest, start, size in lines:
            if digest in found:
                continue
            document = Document(*row)
            if document.digest not in whole:
                whole[document.digest] = self._shelf.fetch(document)
            content = whole[document.digest]
            if content is not None:
                line = content[start : start + size]
                if hashlib.sha256(line).digest() != digest:
                    raise DocumentCorrupt(f"The line {digest.hex()} of document {document.digest.hex()} was changed.")
                found[digest] = line

    def _catch_up(self) -> None:
        """Indexes the documents that stand on the shelf and are not in the index; a damaged one is left out."""
        with self._lock:
            known = {row[0] for row in self._index.execute("select digest from document")}
        for digest, media_type in self._shelf.listing():
            if digest in known:
                continue
            content = self._shelf.fetch(Document(digest, "", 0, media_type))
            if content is None or hashlib.sha256(content).digest() != digest:
                continue
            lines = content.split(b"\n") if media_type == JSON_LINES else []
            self._remember(
                Document(digest, cid_of(content), len(content), media_type),
                [(hashlib.sha256(line).digest(), line) for line in lines],
            )


def _hashed(document: Document, content: bytes) -> bytes:
    """`content` if it is what the document's digest and CID say."""
    if hashlib.sha256(content).digest() != document.digest or cid_of(content) != document.cid:
        raise DocumentCorrupt(f"The bytes of document {document.digest.hex()} were changed; put the original again.")
    return content
