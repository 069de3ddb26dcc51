"""Corrections of money to rows: a difference posted on a record, or a record taken out of effect (R15).

The rules are those of contracts/fund/FundCorrections.sol; a record's amount in effect is zero afterwards.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, SQLModel

from ledger.bindings.fund_ledger import RecordAdjusted, RecordReversed
from ledger.errors import CheckFailed
from ledger.events import Event
from ledger.fund_changes import RECORDS, FundChange
from ledger.models.allocation import Allocation, AllocationReturn, Redesignation
from ledger.models.correction import Adjustment
from ledger.models.disbursement import Conversion, Disbursement
from ledger.models.donation import Donation, Refund
from ledger.models.expenditure import Expenditure, SupplierRefund
from ledger.models.fund import Fund
from ledger.projections.adjustments import find_adjustment, insert_adjustment, insert_reversal, root_of
from ledger.projections.donations import change_list
from ledger.projections.money import arrive
from ledger.rows import add_to_columns, find_in, get_row, key_name, set_columns
from ledger.totals import change_summary

PART = "FundLedger"
Row = Mapping[str, Any]


def on_record_adjusted(session: Session, events: Sequence[Event]) -> None:
    """Posts the difference on the record that the chain of adjustments ends in."""
    for event in events:
        fields = event.fields
        insert_adjustment(session, event, delta=fields.delta_minor, shortage=fields.deficit_minor)
        _adjust(session, event, fields.record_id, fields.delta_minor)


def on_record_reversed(session: Session, events: Sequence[Event]) -> None:
    """Takes the record out of effect, and back what it did to the totals."""
    for event in events:
        fields = event.fields
        insert_reversal(session, event, amount=fields.amount_minor, shortage=fields.deficit_minor)
        if adjustment := find_adjustment(session, PART, fields.record_id):
            key = {"part": PART, "adjustment_id": fields.record_id}
            set_columns(session, Adjustment, key, in_effect=False)
            _adjust(session, event, adjustment["record_id"], -adjustment["delta"])
        elif found := find_in(session, RECORDS, fields.record_id):
            _reverse(session, event, *found)


def _adjust(session: Session, event: Event, record_id: str, delta: int) -> None:
    found = find_in(session, RECORDS, root_of(session, PART, record_id))
    if found is None:
        raise _unknown(record_id)
    model, row = found
    change = FundChange(session, row["fund_id"], event, _source_of(session, model, row))
    change.change(model, row, delta)
    change.save()
    if model is not Expenditure:
        add_to_columns(session, model, row[key_name(model)], amount_minor=delta)
    if model is Donation:
        change_list(session, row, delta)


def _reverse(session: Session, event: Event, model: type[SQLModel], row: Row) -> None:
    key = row[key_name(model)]
    if model is Fund:
        change_summary(session, row["currency"], bool(row["exercise"]), event.block_number, {"funds": -1})
        set_columns(session, Fund, key, in_effect=False)
        return
    fund_id = row["from_fund_id"] if model is Conversion else row["fund_id"]
    change = FundChange(session, fund_id, event, _source_of(session, model, row))
    if model is Allocation:
        _undo_allocation(session, change, row)
    elif model is Disbursement:
        if row["state"] != "rejected":
            change.change(Disbursement, row, -row["amount_minor"])
    elif model is Conversion:
        change.change(Conversion, row, -row["from_amount_minor"])
    else:
        change.change(model, row, -row["amount_minor"])
    if model is Donation:
        change.add(donations=-1)
        change_list(session, row, -row["amount_minor"], donations=-1)
    change.save()
    if model is Disbursement and row["state"] == "acknowledged":
        arrive(session, row["child_fund_id"], event, key, -row["amount_minor"])
    if model is Conversion:
        arrive(session, row["to_fund_id"], event, key, -row["to_amount_minor"])
    cleared = {"from_amount_minor": 0, "to_amount_minor": 0} if model is Conversion else {"amount_minor": 0}
    set_columns(session, model, key, in_effect=False, **cleared)


def _undo_allocation(session: Session, change: FundChange, row: Row) -> None:
    if row["state"] == "approved":
        change.add(flow_minor=row["amount_minor"], allocated_unspent_minor=-row["amount_minor"])
    if row["state"] in ("approved", "closed") and row["redesignation_id"]:
        reduced = {"reduced_minor": -row["amount_minor"]}
        add_to_columns(session, Redesignation, row["redesignation_id"], **reduced)


def _source_of(session: Session, model: type[SQLModel], row: Row) -> str:
    """Whose money a correction of the record moves (R5)."""
    if model is Refund:
        return str(row["donation_id"])
    if model is SupplierRefund:
        return str(get_row(session, Expenditure, row["expenditure_id"])["allocation_id"])
    if model in (AllocationReturn, Expenditure, Disbursement):
        return str(row["allocation_id"])
    return str(row[key_name(model)])


def _unknown(record_id: str) -> CheckFailed:
    return CheckFailed(f"The index has no record {record_id} of {PART}, though the chain corrected it.")


HANDLERS = {RecordAdjusted: on_record_adjusted, RecordReversed: on_record_reversed}
