"""Who imports, and under which organisation what a publisher published is recorded (R20)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Engine
from sqlmodel import Session

from ledger.canonical import record_id
from ledger.commands import Desk, Draft, keep
from ledger.database import writing
from ledger.documents import DocumentStore
from ledger.errors import BadInput
from ledger.imports.lists import ListName
from ledger.outbox import Outcome

Progress = Callable[[str, int, int], None]
LINES_PER_DOCUMENT = 200


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """For those who do not watch."""


@dataclass(frozen=True)
class Importer:
    """Everything an import needs. `organisations` are the numbers of the publishers, by name.

    `send` drains the outbox; it is given what to tell how many entries were recorded so far. `today` is the last date
    that is not in the future. `progress` is told the stage, how much of it is done and of how much.
    """

    engine: Engine
    documents: DocumentStore
    account: str
    organisations: Mapping[str, int]
    donor_secret: bytes = field(repr=False)
    send: Callable[[Callable[[int], None]], Outcome] = field(repr=False)
    today: date
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

    def desk(self, publisher: str) -> Desk:
        """Where the publisher's publications are recorded. Raises BadInput when it takes no part."""
        return Desk(self.account, self.organisation_of(publisher), self.documents, self.donor_secret)

    def list_id(self, name: ListName) -> bytes:
        """The id of the list itself: the subject of its import report."""
        return record_id(self.organisation_of(name.publisher), "list", *name)

    def keep(self, *drafts: Draft) -> None:
        """Afterwards the drafts are in the outbox, all or none. Raises Conflict."""
        with Session(writing(self.engine)) as session, session.begin():
            keep(session, *drafts)

    def record(self, stage: str, drafts: Sequence[Draft]) -> Outcome:
        """Afterwards these writes are recorded, or refused as the outcome says. Raises Conflict, and as `send_all`."""
        self.keep(*drafts)
        return self.send_all(stage, sum(len(draft.entries) for draft in drafts))

    def send_all(self, stage: str, total: int) -> Outcome:
        """Empties the outbox, showing how far it is of `total`. Raises as `drain`.

        Raises TransactionRefused when writing is paused: what was not recorded stays queued, and the import goes on
        from there when it is run again.
        """
        outcome = self.send(lambda done: self.progress(stage, min(done, total), total))
        if outcome.paused:
            raise outcome.paused
        return outcome
