"""Declarations of errors to rows (R15, R16). What they change, the ledgers that hold the records tell themselves."""

from collections.abc import Sequence

from sqlmodel import Session

from ledger.bindings import corrections as bindings
from ledger.database import insert
from ledger.events import Event
from ledger.models.correction import Correction, CorrectionChange
from ledger.projections.contents import ContentColumns, insert_event, text_of, texts
from ledger.rows import set_columns

CONTENTS = {
    bindings.CorrectionProposed: ContentColumns(Correction, texts("note"), lambda event: event.fields.correction_id)
}


def on_correction_proposed(session: Session, events: Sequence[Event]) -> None:
    """Adds the declaration; it changes nothing before another person approves it."""
    for event in events:
        insert_event(session, Correction, event, CONTENTS[bindings.CorrectionProposed], state="proposed")
        _insert_changes(session, event)


def on_note_contents(session: Session, events: Sequence[Event]) -> None:
    """Fills in what a note says that was missing when its correction was indexed."""
    for event in events:
        columns = CONTENTS[bindings.CorrectionProposed].columns(event.content or {})
        set_columns(session, Correction, event.fields.correction_id, **columns)
        _insert_changes(session, event)


def _insert_changes(session: Session, event: Event) -> None:
    changes = (event.content or {}).get("changes")
    for position, change in enumerate(changes if isinstance(changes, list) else ()):
        if isinstance(change, dict):
            values = {name: text_of(change, name) for name in ("field", "was", "now")}
            key = {"correction_id": event.fields.correction_id, "position": position}
            insert(session, CorrectionChange, **key, **values)


def on_error_declared(session: Session, events: Sequence[Event]) -> None:
    """The correction is in effect."""
    _decide(session, events, "approved")


def on_correction_rejected(session: Session, events: Sequence[Event]) -> None:
    """The declaration came to nothing."""
    _decide(session, events, "rejected")


def _decide(session: Session, events: Sequence[Event], state: str) -> None:
    for event in events:
        decided = {"state": state, "approver_id": event.fields.actor_id, "decided_journal_no": event.journal_no}
        set_columns(session, Correction, event.fields.correction_id, **decided)


HANDLERS = {
    bindings.CorrectionProposed: on_correction_proposed,
    bindings.ErrorDeclared: on_error_declared,
    bindings.CorrectionRejected: on_correction_rejected,
}
