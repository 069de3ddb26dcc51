"""Declarations of errors to rows (R15, R16). What they change, the ledgers that hold the records tell themselves."""

from collections.abc import Sequence

from sqlmodel import Session

from ledger.bindings import corrections as bindings
from ledger.events import Event
from ledger.models.correction import Correction
from ledger.projections.contents import ContentColumns, insert_event, texts
from ledger.rows import set_columns

CONTENTS = {
    bindings.CorrectionProposed: ContentColumns(
        Correction,
        texts("note", words_field="field", words_was="was", words_now="now"),
        lambda event: event.fields.correction_id,
    )
}


def on_correction_proposed(session: Session, events: Sequence[Event]) -> None:
    """Adds the declaration; it changes nothing before another person approves it."""
    for event in events:
        insert_event(session, Correction, event, CONTENTS[bindings.CorrectionProposed], state="proposed")


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
