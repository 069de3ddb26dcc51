"""Discrepancies, their answers and the steps of their resolution, to rows."""

from collections.abc import Sequence

from sqlmodel import Session

from ledger.bindings import discrepancies as bindings
from ledger.events import Event
from ledger.models.discrepancy import Discrepancy, DiscrepancyAnswer, Resolution
from ledger.projections.contents import ContentColumns, insert_event, texts
from ledger.rows import find_row, get_row, optional, set_columns

_STATES = {"proposed": "resolution_proposed", "rejected": "open", "confirmed": "resolved"}
CONTENTS = {
    bindings.DiscrepancyOpened: ContentColumns(Discrepancy, texts("note"), lambda event: event.fields.discrepancy_id),
    bindings.ResolutionProposed: ContentColumns(Resolution, texts("note"), lambda event: event.journal_no),
    bindings.ResolutionRejected: ContentColumns(Resolution, texts(note="reason"), lambda event: event.journal_no),
    bindings.DiscrepancyAnswered: ContentColumns(
        DiscrepancyAnswer, texts("note"), lambda event: event.fields.answer_id
    ),
}


def on_discrepancy_opened(session: Session, events: Sequence[Event]) -> None:
    """Opens it, or opens it again: after it had been resolved, or with another quantity."""
    for event in events:
        fields = event.fields
        rule = CONTENTS[bindings.DiscrepancyOpened]
        before = find_row(session, Discrepancy, fields.discrepancy_id)
        if before is None:
            insert_event(session, Discrepancy, event, rule, state="open", code="none", opened=1, proposals=0)
            continue
        set_columns(
            session,
            Discrepancy,
            fields.discrepancy_id,
            state="open",
            code="none",
            opened=before["opened"] + 1,
            quantity=fields.quantity,
            content_digest=optional(fields.content_digest),
            actor_id=fields.actor_id,
            journal_no=event.journal_no,
            **rule.columns(event.content or {}),
        )


def on_note_contents(session: Session, events: Sequence[Event]) -> None:
    """Fills in a note that was missing, unless the discrepancy was opened again since: then it says something else."""
    for event in events:
        before = get_row(session, Discrepancy, event.fields.discrepancy_id)
        if before["journal_no"] == event.journal_no:
            columns = CONTENTS[bindings.DiscrepancyOpened].columns(event.content or {})
            set_columns(session, Discrepancy, event.fields.discrepancy_id, **columns)


def on_discrepancy_answered(session: Session, events: Sequence[Event]) -> None:
    """The organisation said something to it."""
    for event in events:
        insert_event(session, DiscrepancyAnswer, event, CONTENTS[bindings.DiscrepancyAnswered])
        set_columns(session, Discrepancy, event.fields.discrepancy_id, state="answered")


def on_resolution_proposed(session: Session, events: Sequence[Event]) -> None:
    """One person says how it is to be resolved."""
    _step(session, events, "proposed")


def on_resolution_rejected(session: Session, events: Sequence[Event]) -> None:
    """Another person did not agree: it is open again."""
    _step(session, events, "rejected")


def on_discrepancy_resolved(session: Session, events: Sequence[Event]) -> None:
    """Another person agreed."""
    _step(session, events, "confirmed")


def _step(session: Session, events: Sequence[Event], step: str) -> None:
    for event in events:
        fields = event.fields
        discrepancy = get_row(session, Discrepancy, fields.discrepancy_id)
        # Only the proposal that stands is decided, and it falls when the quantity becomes another.
        number = discrepancy["proposals"] + (step == "proposed")
        code = "none" if step == "rejected" else fields.code
        rule = CONTENTS.get(type(fields))
        about = {"proposal_no": number, "quantity": discrepancy["quantity"]}
        insert_event(session, Resolution, event, rule, step=step, code=code, **about)
        set_columns(session, Discrepancy, fields.discrepancy_id, state=_STATES[step], code=code, proposals=number)


HANDLERS = {
    bindings.DiscrepancyOpened: on_discrepancy_opened,
    bindings.DiscrepancyAnswered: on_discrepancy_answered,
    bindings.ResolutionProposed: on_resolution_proposed,
    bindings.ResolutionRejected: on_resolution_rejected,
    bindings.DiscrepancyResolved: on_discrepancy_resolved,
}
