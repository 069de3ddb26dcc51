"""Needs and goods allocations to rows; what is set aside moves in the balances of the lots (R9, R10)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from ledger.balances import LotBalance
from ledger.bindings import need_ledger as bindings
from ledger.events import Event
from ledger.models.correction import Adjustment
from ledger.models.need import Demand, GoodsAllocation, Need
from ledger.projections.adjustments import find_adjustment, insert_adjustment, insert_reversal
from ledger.projections.contents import ContentColumns, insert_event, listed, texts
from ledger.rows import add_to_columns, add_to_row, find_row, get_row, set_columns

PART = "NeedLedger"
WITHOUT_REQUEST, OVER_COVERAGE = 1, 2
CONTENTS = {
    bindings.NeedPublished: ContentColumns(Need, listed("date", "note"), lambda event: event.fields.need_id),
    bindings.GoodsAllocationProposed: ContentColumns(
        GoodsAllocation, texts("reason"), lambda event: event.fields.allocation_id
    ),
}


def on_need_published(session: Session, events: Sequence[Event]) -> None:
    """Adds the needs; a repeated one adds no demand."""
    for event in events:
        fields = event.fields
        rule = CONTENTS[bindings.NeedPublished]
        insert_event(session, Need, event, rule, recorded_quantity=fields.quantity, state="published")
        add_to_row(session, Demand, {"facility_id": fields.facility_id, "item_id": fields.item_id}, needs=1)


def on_need_approved(session: Session, events: Sequence[Event]) -> None:
    """Another person approved the need, for this quantity."""
    for event in events:
        fields = event.fields
        approved = {"approver_id": fields.actor_id, "approved_journal_no": event.journal_no}
        set_columns(session, Need, fields.need_id, state="approved", quantity=fields.quantity, **approved)


def on_goods_allocation_proposed(session: Session, events: Sequence[Event]) -> None:
    """Adds the goods allocation; nothing is set aside yet."""
    for event in events:
        rule = CONTENTS[bindings.GoodsAllocationProposed]
        insert_event(session, GoodsAllocation, event, rule, state="proposed")


def on_goods_allocation_approved(session: Session, events: Sequence[Event]) -> None:
    """Sets the goods aside, with the flags that the contract computed."""
    for event in events:
        fields = event.fields
        row = get_row(session, GoodsAllocation, fields.allocation_id)
        set_columns(
            session,
            GoodsAllocation,
            fields.allocation_id,
            state="approved",
            without_request=bool(fields.flags & WITHOUT_REQUEST),
            over_coverage=bool(fields.flags & OVER_COVERAGE),
            approver_id=fields.actor_id,
            approved_journal_no=event.journal_no,
        )
        _allocate(session, row["need_id"], row["quantity"])
        balance = LotBalance(session, row["lot_id"])
        balance.reserve(row["from_facility_id"], row["quantity"])
        balance.save()


def on_goods_allocation_cancelled(session: Session, events: Sequence[Event]) -> None:
    """The proposal came to nothing."""
    for event in events:
        ended = {"state": "cancelled", "ended_journal_no": event.journal_no}
        set_columns(session, GoodsAllocation, event.fields.allocation_id, **ended)


def on_goods_allocation_released(session: Session, events: Sequence[Event]) -> None:
    """What was not dispatched is free again."""
    for event in events:
        fields = event.fields
        row = get_row(session, GoodsAllocation, fields.allocation_id)
        ended = {"state": "released", "ended_journal_no": event.journal_no, "released": fields.quantity}
        set_columns(session, GoodsAllocation, fields.allocation_id, **ended)
        free_allocation(session, row, fields.quantity)


def on_record_adjusted(session: Session, events: Sequence[Event]) -> None:
    """Posts the difference on the need's quantity."""
    for event in events:
        insert_adjustment(session, event, delta=event.fields.delta)
        add_to_columns(session, Need, event.fields.record_id, quantity=event.fields.delta)


def on_record_reversed(session: Session, events: Sequence[Event]) -> None:
    """Takes a need, goods allocation or adjustment out of effect."""
    for event in events:
        record_id = event.fields.record_id
        insert_reversal(session, event, amount=None, shortage=None)
        if adjustment := find_adjustment(session, PART, record_id):
            set_columns(session, Adjustment, {"part": PART, "adjustment_id": record_id}, in_effect=False)
            _unadjust(session, adjustment)
        elif need := find_row(session, Need, record_id):
            key = {"facility_id": need["facility_id"], "item_id": need["item_id"]}
            add_to_columns(session, Demand, key, needs=-1)
            set_columns(session, Need, record_id, in_effect=False)
        else:
            allocation = get_row(session, GoodsAllocation, record_id)
            if allocation["state"] == "approved":
                free_allocation(session, allocation, allocation["quantity"])
            set_columns(session, GoodsAllocation, record_id, in_effect=False)


def _unadjust(session: Session, adjustment: Mapping[str, Any]) -> None:
    need = get_row(session, Need, adjustment["record_id"])
    # Taken back, a difference from before the approval changes what was asked; what was approved stands.
    if need["state"] == "published" or adjustment["journal_no"] > need["approved_journal_no"]:
        add_to_columns(session, Need, adjustment["record_id"], quantity=-adjustment["delta"])


def correct_consumption(session: Session, allocation_id: str, quantity: int) -> int:
    """So much more of it was dispatched than was recorded. Returns how much of that was set aside for it."""
    before = get_row(session, GoodsAllocation, allocation_id)
    reserved = _coverage(before) - int(before["dispatched"])
    add_to_columns(session, GoodsAllocation, allocation_id, dispatched=quantity)
    after = get_row(session, GoodsAllocation, allocation_id)
    _allocate(session, before["need_id"], _coverage(after) - _coverage(before))
    return min(quantity, reserved)


def restore_allocation(session: Session, allocation_id: str, quantity: int) -> None:
    """What was dispatched of it came back: set aside again; free, where it was released or had been exceeded."""
    before = get_row(session, GoodsAllocation, allocation_id)
    add_to_columns(session, GoodsAllocation, allocation_id, dispatched=-quantity)
    after = get_row(session, GoodsAllocation, allocation_id)
    free_allocation(session, after, _coverage(before) - _coverage(after))


def _coverage(allocation: Mapping[str, Any]) -> int:
    # What went and, while it is approved, the rest.
    dispatched = int(allocation["dispatched"])
    stands = allocation["in_effect"] and allocation["state"] == "approved"
    return max(dispatched, allocation["quantity"]) if stands else dispatched


def free_allocation(session: Session, row: Mapping[str, Any], quantity: int) -> None:
    """So much is no longer set aside, and no longer covers the need."""
    if not quantity:
        return
    _allocate(session, row["need_id"], -quantity)
    balance = LotBalance(session, row["lot_id"])
    balance.unreserve(row["from_facility_id"], quantity)
    balance.save()


def _allocate(session: Session, need_id: str | None, quantity: int) -> None:
    if need_id is None:
        return
    need = get_row(session, Need, need_id)
    add_to_columns(session, Need, need_id, allocated=quantity)
    key = {"facility_id": need["facility_id"], "item_id": need["item_id"]}
    add_to_columns(session, Demand, key, allocated=quantity)


HANDLERS = {
    bindings.NeedPublished: on_need_published,
    bindings.NeedApproved: on_need_approved,
    bindings.GoodsAllocationProposed: on_goods_allocation_proposed,
    bindings.GoodsAllocationApproved: on_goods_allocation_approved,
    bindings.GoodsAllocationCancelled: on_goods_allocation_cancelled,
    bindings.GoodsAllocationReleased: on_goods_allocation_released,
    bindings.RecordAdjusted: on_record_adjusted,
    bindings.RecordReversed: on_record_reversed,
}
