"""Adjustments and reversals to rows, alike for every contract whose records can be corrected."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from ledger.database import insert
from ledger.events import Event
from ledger.models.correction import Adjustment, Reversal
from ledger.rows import find_row


def insert_adjustment(
    session: Session, event: Event, *, delta: int, shortage: int = 0, line_no: int = 0, field: int = 0
) -> None:
    """Adds the adjustment."""
    fields = event.fields
    insert(
        session,
        Adjustment,
        part=event.contract,
        adjustment_id=fields.adjustment_id,
        record_id=fields.record_id,
        line_no=line_no,
        field=field,
        delta=delta,
        shortage=shortage,
        actor_id=fields.actor_id,
        journal_no=event.journal_no,
    )


def insert_reversal(session: Session, event: Event, *, amount: int | None, shortage: int | None) -> None:
    """Adds that the record is out of effect."""
    insert(
        session,
        Reversal,
        part=event.contract,
        journal_no=event.journal_no,
        record_id=event.fields.record_id,
        amount=amount,
        shortage=shortage,
        actor_id=event.fields.actor_id,
    )


def find_adjustment(session: Session, part: str, adjustment_id: str) -> Mapping[str, Any] | None:
    """The adjustment of that contract, or None."""
    return find_row(session, Adjustment, {"part": part, "adjustment_id": adjustment_id})


def root_of(session: Session, part: str, record_id: str) -> str:
    """The record that a chain of adjustments ends in."""
    while adjustment := find_adjustment(session, part, record_id):
        record_id = adjustment["record_id"]
    return record_id
