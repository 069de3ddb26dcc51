"""Who imports, and under which organisation what a publisher published is recorded (R20)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from ledger.canonical import canonical_bytes, record_id
from ledger.database import writing
from ledger.documents import JSON, DocumentStore
from ledger.errors import BadInput
from ledger.imports.lists import ListName
from ledger.outbox import Entry, Outcome, enqueue

Progress = Callable[[str, int, int], None]
LINES_PER_DOCUMENT = 200


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """For those who do not watch."""


@dataclass(frozen=True)
class Importer:
    """Everything an import needs. `organisations` are the numbers of the publishers, by name.

    `send` drains the outbox; it is given what to tell how many entries were recorded so far. `progress` is told the
    stage, how much of it is done and of how much.
    """

    engine: Engine
    documents: DocumentStore
    account: str
    organisations: Mapping[str, int]
    donor_secret: bytes = field(repr=False)
    send: Callable[[Callable[[int], None]], Outcome] = field(repr=False)
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

    def record(self, entries: Sequence[Entry], stage: str) -> Outcome:
        """Afterwards these writes are recorded or refused, as the outcome says. Raises Conflict, and as `drain`."""
        with Session(writing(self.engine)) as session, session.begin():
            enqueue(session, entries)
        return self.send(lambda done: self.progress(stage, min(done, len(entries)), len(entries)))

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

    def single(self, record: bytes, contract: str, function: str, args: tuple[Any, ...]) -> Entry:
        """The write that makes `record`. Asked for again it is recognised by the id."""
        return Entry(f"{function}/{record.hex()}", self.account, contract, function, args)

    def batch(
        self,
        contract: str,
        function: str,
        head: tuple[Any, ...],
        lines: Iterable[tuple[bytes, tuple[Any, ...]]],
    ) -> list[Entry]:
        """The writes of a batch function, given as (record id, line)."""
        return [
            Entry(f"{function}/{record.hex()}", self.account, contract, function, head, line) for record, line in lines
        ]
