"""Who imports, and under which organisation what a publisher published is recorded (R20)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from ledger.canonical import canonical_bytes, hex_of, record_id
from ledger.database import writing
from ledger.documents import JSON, DocumentStore
from ledger.errors import BadInput
from ledger.imports.lists import ListName
from ledger.outbox import Entry, enqueue

Progress = Callable[[str, int, int], None]
LINES_PER_DOCUMENT = 200


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """For those who do not watch."""


@dataclass(frozen=True)
class Importer:
    """Everything an import needs. `organisations` are the numbers of the publishers, by name.

    `send` empties the outbox and returns why entries were refused, by their keys.
    """

    engine: Engine
    documents: DocumentStore
    account: str
    organisations: Mapping[str, int]
    donor_secret: bytes = field(repr=False)
    send: Callable[[Callable[[int], None]], Mapping[str, str]] = field(repr=False)
    progress: Progress = no_progress

    def organisation_of(self, publisher: str) -> int:
        """The number of the publisher's organisation. Raises BadInput when none of that name takes part."""
        if publisher not in self.organisations:
            known = ", ".join(sorted(self.organisations)) or "none"
            raise BadInput(
                f"No organisation is named {publisher!r}; those that take part are: {known}.",
                hint="Register it, or say under which one its publications are recorded: --organisation NUMBER.",
            )
        return self.organisations[publisher]

    def list_id(self, name: ListName) -> bytes:
        """The id of the list itself: the subject of its import report."""
        return record_id(self.organisation_of(name.publisher), "list", *name)

    def enqueue(self, entries: Sequence[Entry], total: int = 0) -> None:
        """Afterwards these entries are in the outbox, all or none. Raises Conflict."""
        with Session(writing(self.engine)) as session, session.begin():
            enqueue(session, entries)
        if total:
            self.progress("queueing", len(entries), total)

    def put(self, content: Mapping[str, Any]) -> bytes:
        """Keeps a single record's content, and returns its digest."""
        return self.documents.put(canonical_bytes(content), JSON).digest

    def put_lines(self, contents: Sequence[Mapping[str, Any]]) -> list[bytes]:
        """Keeps the contents of many records, some hundred to a document, and returns their digests in order."""
        digests: list[bytes] = []
        for start in range(0, len(contents), LINES_PER_DOCUMENT):
            part = [canonical_bytes(content) for content in contents[start : start + LINES_PER_DOCUMENT]]
            digests += self.documents.put_lines(part)[1]
        return digests

    def entry(
        self, record: bytes, contract: str, function: str, head: tuple[Any, ...], line: tuple[Any, ...] | bytes | None
    ) -> Entry:
        """The write that makes `record`; its id is the idempotency key."""
        return Entry(hex_of(record), self.account, contract, function, head, line)
