"""Corrections of dispatches, custody, receipts and write-offs to rows (R15)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from ledger.balances import LotBalance
from ledger.bindings.consignment_ledger import RecordAdjusted, RecordReversed
from ledger.database import insert
from ledger.events import Event
from ledger.models.consignment import Consignment, ConsignmentLine, Custody, Receipt, ReceiptLine, WriteOff
from ledger.models.correction import Adjustment
from ledger.projections.adjustments import find_adjustment, insert_adjustment, insert_reversal
from ledger.projections.consignments import (
    COUNTED,
    add_count,
    lines_of,
    load_more,
    set_state,
    subtract_count,
    unload,
    unload_all,
)
from ledger.rows import add_to_columns, find_row, get_row, set_columns

PART = "ConsignmentLedger"


def on_record_adjusted(session: Session, events: Sequence[Event]) -> None:
    """Posts the difference on a line of a receipt, or on what was dispatched."""
    for event in events:
        fields = event.fields
        place = {"line_no": fields.line_no, "field": fields.field}
        insert_adjustment(session, event, delta=fields.delta, shortage=fields.shortage, **place)
        _apply(session, fields.record_id, fields.line_no, fields.field, fields.delta)


def on_record_reversed(session: Session, events: Sequence[Event]) -> None:
    """Takes a dispatch, custody, receipt, write-off or adjustment out of effect."""
    for event in events:
        record_id = event.fields.record_id
        shortage = sum(line.good + line.damaged for line in event.fields.shortages)
        insert_reversal(session, event, amount=None, shortage=shortage)
        if adjustment := find_adjustment(session, PART, record_id):
            set_columns(session, Adjustment, {"part": PART, "adjustment_id": record_id}, in_effect=False)
            place = (adjustment["line_no"], adjustment["field"])
            _apply(session, adjustment["record_id"], *place, -adjustment["delta"])
        elif find_row(session, Consignment, record_id):
            unload_all(session, record_id)
            set_columns(session, Consignment, record_id, state="reversed", in_effect=False)
        elif custody := find_row(session, Custody, record_id):
            _reverse_custody(session, custody)
        elif receipt := find_row(session, Receipt, record_id):
            _reverse_receipt(session, receipt)
        else:
            _reverse_write_off(session, get_row(session, WriteOff, record_id))


def _apply(session: Session, record_id: str, line_no: int, field: int, delta: int) -> None:
    consignment = find_row(session, Consignment, record_id)
    if consignment:
        change = load_more if delta > 0 else unload
        change(session, consignment, line_no, abs(delta))
        set_state(session, record_id)
        return
    consignment_id = get_row(session, Receipt, record_id)["consignment_id"]
    key = {"receipt_id": record_id, "line_no": line_no}
    if not find_row(session, ReceiptLine, key):
        insert(session, ReceiptLine, **key, consignment_id=consignment_id)
    count = add_count if delta > 0 else subtract_count
    count(session, consignment_id, record_id, line_no, {COUNTED[field]: abs(delta)})
    set_state(session, consignment_id)


def _reverse_custody(session: Session, custody: Mapping[str, Any]) -> None:
    set_columns(session, Custody, custody["custody_id"], in_effect=False)
    before = {"custodies": custody["position"] - 1, "custodian_id": custody["before_id"]}
    set_columns(session, Consignment, custody["consignment_id"], **before)


def _reverse_receipt(session: Session, receipt: Mapping[str, Any]) -> None:
    receipt_id, consignment_id = receipt["receipt_id"], receipt["consignment_id"]
    set_columns(session, Receipt, receipt_id, in_effect=False)
    add_to_columns(session, Consignment, consignment_id, receipts=-1, finals=-int(receipt["is_final"]))
    if not get_row(session, Consignment, consignment_id)["receipts"]:
        set_columns(session, Consignment, consignment_id, receiver_id=0)
    for line in lines_of(session, consignment_id):
        counted = find_row(session, ReceiptLine, {"receipt_id": receipt_id, "line_no": line["line_no"]})
        if counted:
            stated = {name: counted[name] for name in COUNTED}
            subtract_count(session, consignment_id, receipt_id, line["line_no"], stated)
    set_state(session, consignment_id)


def _reverse_write_off(session: Session, write_off: Mapping[str, Any]) -> None:
    consignment_id, quantity = write_off["consignment_id"], write_off["quantity"]
    set_columns(session, WriteOff, write_off["discrepancy_id"], in_effect=False, quantity=0)
    key = {"consignment_id": consignment_id, "line_no": write_off["line_no"]}
    add_to_columns(session, ConsignmentLine, key, written_off=-quantity)
    balance = LotBalance(session, get_row(session, ConsignmentLine, key)["lot_id"])
    balance.unarrive(get_row(session, Consignment, consignment_id)["to_facility_id"], 0, 0, quantity)
    balance.save()
    set_state(session, consignment_id)


HANDLERS = {RecordAdjusted: on_record_adjusted, RecordReversed: on_record_reversed}
