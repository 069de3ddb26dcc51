"""Resolves the documents behind events before their handlers run, and keeps the list of those that are missing.

A content is used only if its SHA-256 is the digest on chain: the store hashes what it reads, and the lines of a batch
are hashed here.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Protocol

import orjson
from sqlmodel import Session

from ledger.bindings.fund_ledger import DonationBatchRecorded
from ledger.bindings.publications import EvidenceAnchored
from ledger.database import insert_rows
from ledger.errors import DocumentCorrupt, DocumentMissing
from ledger.events import Event
from ledger.models.chain import MissingDocument
from ledger.rows import NO_RECORD

CONTENT_FIELDS = ("content_digest", "reason_digest", "note_digest", "waybill_digest", "rate_source_digest")
"""Fields that name an event's own content, a JSON object; no event has two of them."""
IMPORT_REPORT = "import-report"
_DIGEST_SUFFIX = "_digest"
_EVIDENCE_FIELD = "document_digest"
_NUL = b"\\u0000"


class DocumentSource(Protocol):
    """The part of the document store that the index needs. Digests are 32 bytes."""

    def get_many(self, digests: Iterable[bytes], *, missing_ok: bool = False) -> dict[bytes, bytes]:
        """Documents and lines by digest, hashed; what is not here is left out when `missing_ok`."""

    def lines(self, document_digest: bytes) -> dict[bytes, bytes]:
        """The lines of a document by their digests."""


class ContentResolver:
    """Reads contents for one run of the indexer; remembers the lines of the batch that is being indexed."""

    def __init__(self, documents: DocumentSource) -> None:
        self._documents = documents
        self._lines: dict[bytes, bytes] = {}
        self._problems: dict[str, str] = {}
        self._whole: set[str] = set()

    def resolve(self, fields: Sequence[Any]) -> list[dict[str, Any] | None]:
        """The content of each of these events, in order; None for one without, or whose document is missing."""
        self._problems = {}
        self._whole = set()
        digests: list[bytes | None] = []
        # A block can hold several batches; the last one may go on in the next block.
        contents = dict(self._lines)
        for event in fields:
            if type(event) is DonationBatchRecorded:
                self._read_lines(event.document_digest)
                contents.update(self._lines)
            digest = content_digest_of(event)
            digests.append(None if digest is None else bytes.fromhex(digest))
        contents.update(self._read([digest for digest in digests if digest is not None and digest not in contents]))
        parsed = self._parsed
        return [None if digest is None else parsed(digest, contents.get(digest)) for digest in digests]

    def note_missing(self, session: Session, events: Sequence[Event]) -> None:
        """Lists what these events of one type cite and the store does not have, or has damaged."""
        kind: Any = type(events[0].fields)
        if _digest_fields(kind) == (_content_field(kind),):
            events = [event for event in events if event.content is None]
        rows = []
        for event in events:
            for field, digest in cited(event.fields):
                if event.content is not None and content_digest_of(event.fields) == digest:
                    continue
                if problem := self._problem(digest):
                    rows.append((digest, event.contract, event.journal_no, field, problem))
        insert_rows(session, MissingDocument, ("digest", "contract", "journal_no", "field", "problem"), rows)

    def readable(self, digests: Sequence[str]) -> set[str]:
        """Which of these digests have a document that is here and whole."""
        found = self._read([bytes.fromhex(digest) for digest in dict.fromkeys(digests)])
        return {digest.hex() for digest in found}

    def _problem(self, digest: str) -> str | None:
        if digest in self._whole or (digest not in self._problems and self._read([bytes.fromhex(digest)])):
            return None
        return self._problems.get(digest, "missing")

    def _parsed(self, digest: bytes, content: bytes | None) -> dict[str, Any] | None:
        if content is None:
            return None
        try:
            parsed = orjson.loads(content)
        except orjson.JSONDecodeError:
            parsed = None
        if not isinstance(parsed, dict):
            self._problems[digest.hex()] = "not a JSON object"
            return None
        return _without_nul(parsed) if _NUL in content else parsed

    def _read_lines(self, document_digest: str) -> None:
        try:
            self._lines = self._documents.lines(bytes.fromhex(document_digest))
            self._whole.add(document_digest)
        except DocumentMissing:
            self._lines = {}
        except DocumentCorrupt:
            self._lines = {}
            self._problems[document_digest] = "corrupt"

    def _read(self, digests: Sequence[bytes]) -> Mapping[bytes, bytes]:
        if not digests:
            return {}
        try:
            return self._documents.get_many(digests, missing_ok=True)
        except DocumentCorrupt:
            return self._read_each(digests)

    def _read_each(self, digests: Sequence[bytes]) -> Mapping[bytes, bytes]:
        found = {}
        for digest in digests:
            try:
                found.update(self._documents.get_many([digest], missing_ok=True))
            except DocumentCorrupt:
                self._problems[digest.hex()] = "corrupt"
        return found


def content_digest_of(fields: Any) -> str | None:
    """The digest of the event's own content, or None if it has none."""
    name = _content_field(type(fields))  # type: ignore[arg-type] # a class can be a key
    if name is None or (name == _EVIDENCE_FIELD and fields.doc_type != IMPORT_REPORT):
        return None
    digest: str = getattr(fields, name)
    return None if digest == NO_RECORD else digest


def cited(fields: Any) -> list[tuple[str, str]]:
    """Every (field, digest) of a document that the event cites."""
    names = _digest_fields(type(fields))  # type: ignore[arg-type]
    return [(name, digest) for name in names if (digest := getattr(fields, name)) != NO_RECORD]


def _without_nul(value: Any) -> Any:
    """The same with U+FFFD for U+0000, which PostgreSQL keeps in no text: a document must not stop the index."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, list):
        return [_without_nul(part) for part in value]
    return {_without_nul(key): _without_nul(part) for key, part in value.items()} if isinstance(value, dict) else value


@cache
def _content_field(kind: Any) -> str | None:
    if kind is EvidenceAnchored:
        return _EVIDENCE_FIELD
    return next((name for name in CONTENT_FIELDS if name in kind._fields), None)


@cache
def _digest_fields(kind: Any) -> tuple[str, ...]:
    return tuple(name for name in kind._fields if name.endswith(_DIGEST_SUFFIX))
