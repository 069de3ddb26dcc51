"""Events of FundLedger. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple


class AllocationApproved(NamedTuple):
    """AllocationApproved(bytes32,bytes32,uint24,uint64,uint64)"""

    allocation_id: str
    fund_id: str
    actor_id: int
    amount_minor: int
    unallocated_minor: int


class AllocationCancelled(NamedTuple):
    """AllocationCancelled(bytes32,bytes32,uint24)"""

    allocation_id: str
    fund_id: str
    actor_id: int


class AllocationClosed(NamedTuple):
    """AllocationClosed(bytes32,bytes32,uint24,uint64)"""

    allocation_id: str
    fund_id: str
    actor_id: int
    returned_minor: int


class AllocationProposed(NamedTuple):
    """AllocationProposed(bytes32,bytes32,uint24,uint64,bytes16,bytes16,bytes32,bytes32)"""

    allocation_id: str
    fund_id: str
    actor_id: int
    amount_minor: int
    purpose: str
    place: str
    redesignation_id: str
    content_digest: str


class AllocationReturned(NamedTuple):
    """AllocationReturned(bytes32,bytes32,uint24,uint64)"""

    return_id: str
    allocation_id: str
    actor_id: int
    amount_minor: int


class CommitmentRecorded(NamedTuple):
    """CommitmentRecorded(bytes32,bytes32,uint24,uint64,bytes32,bytes32,bytes32)"""

    commitment_id: str
    fund_id: str
    actor_id: int
    amount_minor: int
    pledge_id: str
    donor_commitment: str
    content_digest: str


class ConversionRecorded(NamedTuple):
    """ConversionRecorded(bytes32,bytes32,uint24,bytes32,uint64,uint64,uint32,bytes32,bytes32)"""

    conversion_id: str
    from_fund_id: str
    actor_id: int
    to_fund_id: str
    from_amount_minor: int
    to_amount_minor: int
    rate_date: int
    rate_source_digest: str
    evidence_digest: str


class DisbursementAcknowledged(NamedTuple):
    """DisbursementAcknowledged(bytes32,bytes32,uint24,uint64)"""

    disbursement_id: str
    child_fund_id: str
    actor_id: int
    amount_minor: int


class DisbursementRecorded(NamedTuple):
    """DisbursementRecorded(bytes32,bytes32,uint24,bytes32,uint64,bytes32,bytes32)"""

    disbursement_id: str
    allocation_id: str
    actor_id: int
    child_fund_id: str
    amount_minor: int
    redesignation_id: str
    content_digest: str


class DisbursementRejected(NamedTuple):
    """DisbursementRejected(bytes32,bytes32,uint24,bytes32)"""

    disbursement_id: str
    child_fund_id: str
    actor_id: int
    content_digest: str


class DonationBatchRecorded(NamedTuple):
    """DonationBatchRecorded(bytes32,bytes32,uint24)"""

    document_digest: str
    fund_id: str
    actor_id: int


class DonationRecorded(NamedTuple):
    """DonationRecorded(bytes32,bytes32,uint24,uint64,bytes32,bytes32)"""

    donation_id: str
    fund_id: str
    actor_id: int
    amount_minor: int
    donor_commitment: str
    content_digest: str


class ExpenditureDelivered(NamedTuple):
    """ExpenditureDelivered(bytes32,bytes32,uint24,uint64)"""

    lot_id: str
    expenditure_id: str
    actor_id: int
    cost_minor: int


class ExpenditureRecorded(NamedTuple):
    """ExpenditureRecorded(bytes32,bytes32,uint24,uint8,uint64,bytes32,bytes32,bytes32)"""

    expenditure_id: str
    allocation_id: str
    actor_id: int
    kind: str
    amount_minor: int
    order_digest: str
    invoice_digest: str
    content_digest: str


class ExpenditureUndelivered(NamedTuple):
    """ExpenditureUndelivered(bytes32,bytes32,uint24,uint64)"""

    lot_id: str
    expenditure_id: str
    actor_id: int
    cost_minor: int


class FundOpened(NamedTuple):
    """FundOpened(bytes32,bytes32,uint24,bytes3,bytes16,bytes16,bytes32)"""

    fund_id: str
    ref: str
    actor_id: int
    currency: str
    purpose: str
    place: str
    content_digest: str


class IncomeRecorded(NamedTuple):
    """IncomeRecorded(bytes32,bytes32,uint24,uint8,uint64,bytes32,bytes32)"""

    income_id: str
    fund_id: str
    actor_id: int
    kind: str
    amount_minor: int
    sale_id: str
    content_digest: str


class PaymentApplied(NamedTuple):
    """PaymentApplied(bytes32,bytes32,uint24,uint64)"""

    donation_id: str
    promise_id: str
    actor_id: int
    applied_minor: int


class PledgeRecorded(NamedTuple):
    """PledgeRecorded(bytes32,bytes32,uint24,uint64,bytes32,bytes32)"""

    pledge_id: str
    fund_id: str
    actor_id: int
    amount_minor: int
    donor_commitment: str
    content_digest: str


class RecordAdjusted(NamedTuple):
    """RecordAdjusted(bytes32,bytes32,uint24,int64,uint64)"""

    adjustment_id: str
    record_id: str
    actor_id: int
    delta_minor: int
    deficit_minor: int


class RecordReversed(NamedTuple):
    """RecordReversed(bytes32,bytes32,uint24,uint64,uint64)"""

    record_id: str
    fund_id: str
    actor_id: int
    amount_minor: int
    deficit_minor: int


class RedesignationApproved(NamedTuple):
    """RedesignationApproved(bytes32,bytes32,uint24)"""

    redesignation_id: str
    fund_id: str
    actor_id: int


class RedesignationProposed(NamedTuple):
    """RedesignationProposed(bytes32,bytes32,uint24,uint64,bytes16,bytes16,bytes32)"""

    redesignation_id: str
    fund_id: str
    actor_id: int
    amount_minor: int
    purpose: str
    place: str
    content_digest: str


class RefundRecorded(NamedTuple):
    """RefundRecorded(bytes32,bytes32,uint24,uint64,bytes32)"""

    refund_id: str
    donation_id: str
    actor_id: int
    amount_minor: int
    content_digest: str


class SupplierRefundRecorded(NamedTuple):
    """SupplierRefundRecorded(bytes32,bytes32,uint24,uint64,bytes32)"""

    refund_id: str
    expenditure_id: str
    actor_id: int
    amount_minor: int
    content_digest: str
