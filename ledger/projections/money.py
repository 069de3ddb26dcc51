"""Promises, income, refunds, allocations, expenditures and transfers to rows and to the totals of their funds."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from ledger.bindings import fund_ledger as bindings
from ledger.errors import CheckFailed
from ledger.events import Event
from ledger.fund_changes import FundChange
from ledger.models.allocation import Allocation, AllocationReturn, Redesignation
from ledger.models.disbursement import Conversion, Disbursement
from ledger.models.donation import Donation, Income, Refund
from ledger.models.expenditure import Expenditure, ExpenditureDelivery, SupplierRefund
from ledger.models.fund import Fund, FundTotal
from ledger.models.promise import Commitment, Pledge
from ledger.projections.contents import ContentColumns, insert_event, texts
from ledger.rows import add_to_columns, get_row, optional, set_columns

Row = Mapping[str, Any]

CONTENTS = {
    bindings.PledgeRecorded: ContentColumns(
        Pledge, texts("reference", "date", "note"), lambda event: event.fields.pledge_id
    ),
    bindings.CommitmentRecorded: ContentColumns(
        Commitment, texts("reference", "date", "note"), lambda event: event.fields.commitment_id
    ),
    bindings.IncomeRecorded: ContentColumns(Income, texts("date", "note"), lambda event: event.fields.income_id),
    bindings.RefundRecorded: ContentColumns(Refund, texts("date", "reason"), lambda event: event.fields.refund_id),
    bindings.RedesignationProposed: ContentColumns(
        Redesignation, texts("reason"), lambda event: event.fields.redesignation_id
    ),
    bindings.AllocationProposed: ContentColumns(
        Allocation, texts("description"), lambda event: event.fields.allocation_id
    ),
    bindings.ExpenditureRecorded: ContentColumns(
        Expenditure, texts("supplier", "description", "date"), lambda event: event.fields.expenditure_id
    ),
    bindings.SupplierRefundRecorded: ContentColumns(
        SupplierRefund, texts("reason", "date"), lambda event: event.fields.refund_id
    ),
    bindings.DisbursementRecorded: ContentColumns(
        Disbursement, texts("description", "date"), lambda event: event.fields.disbursement_id
    ),
    bindings.DisbursementRejected: ContentColumns(
        Disbursement, texts(rejection_reason="reason"), lambda event: event.fields.disbursement_id
    ),
    bindings.ConversionRecorded: ContentColumns(
        Conversion, texts(rate_source="source"), lambda event: event.fields.conversion_id
    ),
}


def on_pledge_recorded(session: Session, events: Sequence[Event]) -> None:
    """Adds the pledge, which counts in no total (R2)."""
    for event in events:
        rule = CONTENTS[bindings.PledgeRecorded]
        insert_event(session, Pledge, event, rule, recorded_minor=event.fields.amount_minor)


def on_commitment_recorded(session: Session, events: Sequence[Event]) -> None:
    """Adds the commitment, which takes the place of its pledge."""
    for event in events:
        fields = event.fields
        rule = CONTENTS[bindings.CommitmentRecorded]
        insert_event(session, Commitment, event, rule, recorded_minor=fields.amount_minor)
        if pledge_id := optional(fields.pledge_id):
            add_to_columns(session, Pledge, pledge_id, reduced_minor=fields.amount_minor)


def on_income_recorded(session: Session, events: Sequence[Event]) -> None:
    """Adds interest or the proceeds of a sale."""
    for event in events:
        fields = event.fields
        rule = CONTENTS[bindings.IncomeRecorded]
        insert_event(session, Income, event, rule, recorded_minor=fields.amount_minor)
        change = FundChange(session, fields.fund_id, event, fields.income_id)
        change.change(Income, {"kind": fields.kind}, fields.amount_minor)
        change.save()


def on_refund_recorded(session: Session, events: Sequence[Event]) -> None:
    """Money goes back to a donor."""
    for event in events:
        fields = event.fields
        fund_id = get_row(session, Donation, fields.donation_id)["fund_id"]
        rule = CONTENTS[bindings.RefundRecorded]
        insert_event(session, Refund, event, rule, recorded_minor=fields.amount_minor, fund_id=fund_id)
        change = FundChange(session, fund_id, event, fields.donation_id)
        change.change(Refund, {"donation_id": fields.donation_id}, fields.amount_minor)
        change.save()


def on_conversion_recorded(session: Session, events: Sequence[Event]) -> None:
    """Money leaves one fund and arrives in another, in another currency."""
    for event in events:
        fields = event.fields
        insert_event(session, Conversion, event, CONTENTS[bindings.ConversionRecorded])
        change = FundChange(session, fields.from_fund_id, event, fields.conversion_id)
        change.change(Conversion, {}, fields.from_amount_minor)
        change.save()
        arrive(session, fields.to_fund_id, event, fields.conversion_id, fields.to_amount_minor)


def on_redesignation_proposed(session: Session, events: Sequence[Event]) -> None:
    """Adds the redesignation."""
    for event in events:
        insert_event(session, Redesignation, event, CONTENTS[bindings.RedesignationProposed], state="proposed")


def on_redesignation_approved(session: Session, events: Sequence[Event]) -> None:
    """Another person signed it."""
    for event in events:
        approved = {"state": "approved", "approver_id": event.fields.actor_id, "approved_journal_no": event.journal_no}
        set_columns(session, Redesignation, event.fields.redesignation_id, **approved)


def on_allocation_proposed(session: Session, events: Sequence[Event]) -> None:
    """Adds the allocation; no money is set aside yet."""
    for event in events:
        fund = get_row(session, Fund, event.fields.fund_id)
        needed = _needed_redesignation(event.fields._asdict(), fund, event.fields.redesignation_id)
        rule = CONTENTS[bindings.AllocationProposed]
        insert_event(session, Allocation, event, rule, state="proposed", redesignation_id=needed)


def on_allocation_approved(session: Session, events: Sequence[Event]) -> None:
    """Sets the money aside. The pool that bears it freezes here (R5)."""
    for event in events:
        fields = event.fields
        allocation = get_row(session, Allocation, fields.allocation_id)
        pool_minor = fields.unallocated_minor + fields.amount_minor
        set_columns(
            session,
            Allocation,
            fields.allocation_id,
            state="approved",
            approver_id=fields.actor_id,
            approved_journal_no=event.journal_no,
            pool_minor=pool_minor,
        )
        if allocation["redesignation_id"]:
            reduced = {"reduced_minor": fields.amount_minor}
            add_to_columns(session, Redesignation, allocation["redesignation_id"], **reduced)
        change = FundChange(session, fields.fund_id, event, fields.allocation_id)
        change.add(flow_minor=-fields.amount_minor, allocated_unspent_minor=fields.amount_minor)
        change.save()
        left_minor = get_row(session, FundTotal, fields.fund_id)["unallocated_minor"]
        if left_minor != fields.unallocated_minor:
            raise CheckFailed(
                f"After allocation {fields.allocation_id} the contract has {fields.unallocated_minor} unallocated in "
                f"fund {fields.fund_id}, the index {left_minor}."
            )


def on_allocation_cancelled(session: Session, events: Sequence[Event]) -> None:
    """The proposal came to nothing."""
    for event in events:
        ended = {"state": "cancelled", "closer_id": event.fields.actor_id, "ended_journal_no": event.journal_no}
        set_columns(session, Allocation, event.fields.allocation_id, **ended)


def on_allocation_returned(session: Session, events: Sequence[Event]) -> None:
    """Unspent money is free again."""
    for event in events:
        fields = event.fields
        fund_id = get_row(session, Allocation, fields.allocation_id)["fund_id"]
        insert_event(session, AllocationReturn, event, recorded_minor=fields.amount_minor, fund_id=fund_id)
        change = FundChange(session, fund_id, event, fields.allocation_id)
        change.change(AllocationReturn, {"allocation_id": fields.allocation_id}, fields.amount_minor)
        change.save()


def on_allocation_closed(session: Session, events: Sequence[Event]) -> None:
    """What was not spent is free again."""
    for event in events:
        fields = event.fields
        change = FundChange(session, fields.fund_id, event, fields.allocation_id)
        change.charge(fields.allocation_id, fields.returned_minor)
        change.add(flow_minor=fields.returned_minor)
        change.save()
        ended = {"state": "closed", "closer_id": fields.actor_id, "ended_journal_no": event.journal_no}
        set_columns(session, Allocation, fields.allocation_id, returned_minor=fields.returned_minor, **ended)


def on_expenditure_recorded(session: Session, events: Sequence[Event]) -> None:
    """Money of an allocation is spent."""
    for event in events:
        fields = event.fields
        fund_id = get_row(session, Allocation, fields.allocation_id)["fund_id"]
        rule = CONTENTS[bindings.ExpenditureRecorded]
        values = {"recorded_minor": fields.amount_minor, "amount_minor": 0, "fund_id": fund_id}
        insert_event(session, Expenditure, event, rule, **values)
        change = FundChange(session, fund_id, event, fields.allocation_id)
        change.change_expenditure(fields.expenditure_id, paid_minor=fields.amount_minor)
        change.save()


def on_expenditure_delivered(session: Session, events: Sequence[Event]) -> None:
    """Prepaid goods arrived as a lot."""
    for event in events:
        insert_event(session, ExpenditureDelivery, event)
        _deliver(session, event, event.fields.cost_minor)


def on_expenditure_undelivered(session: Session, events: Sequence[Event]) -> None:
    """The lot was declared never to have been: its cost is prepaid again."""
    for event in events:
        set_columns(session, ExpenditureDelivery, event.fields.lot_id, in_effect=False)
        _deliver(session, event, -event.fields.cost_minor)


def on_supplier_refund_recorded(session: Session, events: Sequence[Event]) -> None:
    """A supplier gave money back."""
    for event in events:
        fields = event.fields
        expenditure = get_row(session, Expenditure, fields.expenditure_id)
        fund_id = expenditure["fund_id"]
        rule = CONTENTS[bindings.SupplierRefundRecorded]
        insert_event(session, SupplierRefund, event, rule, recorded_minor=fields.amount_minor, fund_id=fund_id)
        change = FundChange(session, fund_id, event, expenditure["allocation_id"])
        change.change_expenditure(fields.expenditure_id, refunded_minor=fields.amount_minor)
        change.save()


def on_disbursement_recorded(session: Session, events: Sequence[Event]) -> None:
    """Money of an allocation is sent to another member's fund."""
    for event in events:
        fields = event.fields
        allocation = get_row(session, Allocation, fields.allocation_id)
        fund_id = allocation["fund_id"]
        child = get_row(session, Fund, fields.child_fund_id)
        needed = _needed_redesignation(child, allocation, fields.redesignation_id)
        rule = CONTENTS[bindings.DisbursementRecorded]
        insert_event(session, Disbursement, event, rule, state="sent", fund_id=fund_id, redesignation_id=needed)
        change = FundChange(session, fund_id, event, fields.allocation_id)
        change.change(Disbursement, get_row(session, Disbursement, fields.disbursement_id), fields.amount_minor)
        change.save()


def on_disbursement_acknowledged(session: Session, events: Sequence[Event]) -> None:
    """The receiver has it: it counts in the child fund."""
    for event in events:
        fields = event.fields
        answered = {"receiver_id": fields.actor_id, "answered_journal_no": event.journal_no}
        set_columns(session, Disbursement, fields.disbursement_id, state="acknowledged", **answered)
        arrive(session, fields.child_fund_id, event, fields.disbursement_id, fields.amount_minor)


def on_disbursement_rejected(session: Session, events: Sequence[Event]) -> None:
    """The money is the allocation's again; the record keeps its amount."""
    for event in events:
        fields = event.fields
        row = get_row(session, Disbursement, fields.disbursement_id)
        change = FundChange(session, row["fund_id"], event, row["allocation_id"])
        change.change(Disbursement, row, -row["amount_minor"])
        change.save()
        set_columns(
            session,
            Disbursement,
            fields.disbursement_id,
            state="rejected",
            receiver_id=fields.actor_id,
            answer_digest=optional(fields.content_digest),
            answered_journal_no=event.journal_no,
            **CONTENTS[bindings.DisbursementRejected].columns(event.content or {}),
        )


def arrive(session: Session, fund_id: str, event: Event, source_id: str, delta: int) -> None:
    """Money arrives in a fund from another one or, below zero, never did."""
    change = FundChange(session, fund_id, event, source_id)
    change.add(flow_minor=delta, transfers_in_minor=delta)
    change.save()


def _needed_redesignation(earmark: Row, outer: Row, cited_id: str) -> str | None:
    """The redesignation that counts: none where purpose and place keep to those they come from, though one be cited."""
    keeps = all(earmark[end].startswith(outer[end]) for end in ("purpose", "place"))
    return None if keeps else optional(cited_id)


def _deliver(session: Session, event: Event, cost_minor: int) -> None:
    expenditure = get_row(session, Expenditure, event.fields.expenditure_id)
    change = FundChange(session, expenditure["fund_id"], event, expenditure["allocation_id"])
    change.change_expenditure(event.fields.expenditure_id, delivered_minor=cost_minor)
    change.save()


HANDLERS = {
    bindings.PledgeRecorded: on_pledge_recorded,
    bindings.CommitmentRecorded: on_commitment_recorded,
    bindings.IncomeRecorded: on_income_recorded,
    bindings.RefundRecorded: on_refund_recorded,
    bindings.ConversionRecorded: on_conversion_recorded,
    bindings.RedesignationProposed: on_redesignation_proposed,
    bindings.RedesignationApproved: on_redesignation_approved,
    bindings.AllocationProposed: on_allocation_proposed,
    bindings.AllocationApproved: on_allocation_approved,
    bindings.AllocationCancelled: on_allocation_cancelled,
    bindings.AllocationReturned: on_allocation_returned,
    bindings.AllocationClosed: on_allocation_closed,
    bindings.ExpenditureRecorded: on_expenditure_recorded,
    bindings.ExpenditureDelivered: on_expenditure_delivered,
    bindings.ExpenditureUndelivered: on_expenditure_undelivered,
    bindings.SupplierRefundRecorded: on_supplier_refund_recorded,
    bindings.DisbursementRecorded: on_disbursement_recorded,
    bindings.DisbursementAcknowledged: on_disbursement_acknowledged,
    bindings.DisbursementRejected: on_disbursement_rejected,
}
