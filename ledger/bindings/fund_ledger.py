"""Events of FundLedger. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple

from ledger import words
from ledger.errors import UndecodableLog

EXPENDITURE_KIND = ("goods", "services", "fees", "overhead")
INCOME_KIND = ("interest", "sale_proceeds")


class AllocationApproved(NamedTuple):
    """AllocationApproved(bytes32,bytes32,uint24,uint64,uint64)"""

    allocation_id: str
    fund_id: str
    actor_id: int
    amount_minor: int
    unallocated_minor: int


def _allocation_approved(text: str, actor: str) -> AllocationApproved:
    if len(text) != 320:
        raise UndecodableLog(f"AllocationApproved has 320 digits, not {len(text)}.")
    return AllocationApproved(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        words.uint(text[256:320], 64),
    )


class AllocationCancelled(NamedTuple):
    """AllocationCancelled(bytes32,bytes32,uint24)"""

    allocation_id: str
    fund_id: str
    actor_id: int


def _allocation_cancelled(text: str, actor: str) -> AllocationCancelled:
    if len(text) != 192:
        raise UndecodableLog(f"AllocationCancelled has 192 digits, not {len(text)}.")
    return AllocationCancelled(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


class AllocationClosed(NamedTuple):
    """AllocationClosed(bytes32,bytes32,uint24,uint64)"""

    allocation_id: str
    fund_id: str
    actor_id: int
    returned_minor: int


def _allocation_closed(text: str, actor: str) -> AllocationClosed:
    if len(text) != 256:
        raise UndecodableLog(f"AllocationClosed has 256 digits, not {len(text)}.")
    return AllocationClosed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


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


def _allocation_proposed(text: str, actor: str) -> AllocationProposed:
    if len(text) != 512:
        raise UndecodableLog(f"AllocationProposed has 512 digits, not {len(text)}.")
    return AllocationProposed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        words.code(text[256:320]),
        words.code(text[320:384]),
        text[384:448],
        text[448:512],
    )


class AllocationReturned(NamedTuple):
    """AllocationReturned(bytes32,bytes32,uint24,uint64)"""

    return_id: str
    allocation_id: str
    actor_id: int
    amount_minor: int


def _allocation_returned(text: str, actor: str) -> AllocationReturned:
    if len(text) != 256:
        raise UndecodableLog(f"AllocationReturned has 256 digits, not {len(text)}.")
    return AllocationReturned(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


class CommitmentRecorded(NamedTuple):
    """CommitmentRecorded(bytes32,bytes32,uint24,uint64,bytes32,bytes32,bytes32)"""

    commitment_id: str
    fund_id: str
    actor_id: int
    amount_minor: int
    pledge_id: str
    donor_commitment: str
    content_digest: str


def _commitment_recorded(text: str, actor: str) -> CommitmentRecorded:
    if len(text) != 448:
        raise UndecodableLog(f"CommitmentRecorded has 448 digits, not {len(text)}.")
    return CommitmentRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        text[256:320],
        text[320:384],
        text[384:448],
    )


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


def _conversion_recorded(text: str, actor: str) -> ConversionRecorded:
    if len(text) != 576:
        raise UndecodableLog(f"ConversionRecorded has 576 digits, not {len(text)}.")
    return ConversionRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        words.uint(text[320:384], 64),
        words.uint(text[384:448], 32),
        text[448:512],
        text[512:576],
    )


class DisbursementAcknowledged(NamedTuple):
    """DisbursementAcknowledged(bytes32,bytes32,uint24,uint64)"""

    disbursement_id: str
    child_fund_id: str
    actor_id: int
    amount_minor: int


def _disbursement_acknowledged(text: str, actor: str) -> DisbursementAcknowledged:
    if len(text) != 256:
        raise UndecodableLog(f"DisbursementAcknowledged has 256 digits, not {len(text)}.")
    return DisbursementAcknowledged(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


class DisbursementRecorded(NamedTuple):
    """DisbursementRecorded(bytes32,bytes32,uint24,bytes32,uint64,bytes32,bytes32)"""

    disbursement_id: str
    allocation_id: str
    actor_id: int
    child_fund_id: str
    amount_minor: int
    redesignation_id: str
    content_digest: str


def _disbursement_recorded(text: str, actor: str) -> DisbursementRecorded:
    if len(text) != 448:
        raise UndecodableLog(f"DisbursementRecorded has 448 digits, not {len(text)}.")
    return DisbursementRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        text[320:384],
        text[384:448],
    )


class DisbursementRejected(NamedTuple):
    """DisbursementRejected(bytes32,bytes32,uint24,bytes32)"""

    disbursement_id: str
    child_fund_id: str
    actor_id: int
    content_digest: str


def _disbursement_rejected(text: str, actor: str) -> DisbursementRejected:
    if len(text) != 256:
        raise UndecodableLog(f"DisbursementRejected has 256 digits, not {len(text)}.")
    return DisbursementRejected(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
    )


class DonationBatchRecorded(NamedTuple):
    """DonationBatchRecorded(bytes32,bytes32,uint24)"""

    document_digest: str
    fund_id: str
    actor_id: int


def _donation_batch_recorded(text: str, actor: str) -> DonationBatchRecorded:
    if len(text) != 192:
        raise UndecodableLog(f"DonationBatchRecorded has 192 digits, not {len(text)}.")
    return DonationBatchRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


class DonationRecorded(NamedTuple):
    """DonationRecorded(bytes32,bytes32,uint24,uint64,bytes32,bytes32)"""

    donation_id: str
    fund_id: str
    actor_id: int
    amount_minor: int
    donor_commitment: str
    content_digest: str


def _donation_recorded(text: str, actor: str) -> DonationRecorded:
    if len(text) != 384:
        raise UndecodableLog(f"DonationRecorded has 384 digits, not {len(text)}.")
    return DonationRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        text[256:320],
        text[320:384],
    )


class ExpenditureDelivered(NamedTuple):
    """ExpenditureDelivered(bytes32,bytes32,uint24,uint64)"""

    lot_id: str
    expenditure_id: str
    actor_id: int
    cost_minor: int


def _expenditure_delivered(text: str, actor: str) -> ExpenditureDelivered:
    if len(text) != 256:
        raise UndecodableLog(f"ExpenditureDelivered has 256 digits, not {len(text)}.")
    return ExpenditureDelivered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


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


def _expenditure_recorded(text: str, actor: str) -> ExpenditureRecorded:
    if len(text) != 512:
        raise UndecodableLog(f"ExpenditureRecorded has 512 digits, not {len(text)}.")
    return ExpenditureRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.member(text[192:256], EXPENDITURE_KIND),
        words.uint(text[256:320], 64),
        text[320:384],
        text[384:448],
        text[448:512],
    )


class ExpenditureUndelivered(NamedTuple):
    """ExpenditureUndelivered(bytes32,bytes32,uint24,uint64)"""

    lot_id: str
    expenditure_id: str
    actor_id: int
    cost_minor: int


def _expenditure_undelivered(text: str, actor: str) -> ExpenditureUndelivered:
    if len(text) != 256:
        raise UndecodableLog(f"ExpenditureUndelivered has 256 digits, not {len(text)}.")
    return ExpenditureUndelivered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


class FundOpened(NamedTuple):
    """FundOpened(bytes32,bytes32,uint24,bytes3,bytes16,bytes16,bytes32)"""

    fund_id: str
    ref: str
    actor_id: int
    currency: str
    purpose: str
    place: str
    content_digest: str


def _fund_opened(text: str, actor: str) -> FundOpened:
    if len(text) != 448:
        raise UndecodableLog(f"FundOpened has 448 digits, not {len(text)}.")
    return FundOpened(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.code(text[192:256]),
        words.code(text[256:320]),
        words.code(text[320:384]),
        text[384:448],
    )


class IncomeRecorded(NamedTuple):
    """IncomeRecorded(bytes32,bytes32,uint24,uint8,uint64,bytes32,bytes32)"""

    income_id: str
    fund_id: str
    actor_id: int
    kind: str
    amount_minor: int
    sale_id: str
    content_digest: str


def _income_recorded(text: str, actor: str) -> IncomeRecorded:
    if len(text) != 448:
        raise UndecodableLog(f"IncomeRecorded has 448 digits, not {len(text)}.")
    return IncomeRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.member(text[192:256], INCOME_KIND),
        words.uint(text[256:320], 64),
        text[320:384],
        text[384:448],
    )


class PaymentApplied(NamedTuple):
    """PaymentApplied(bytes32,bytes32,uint24,uint64)"""

    donation_id: str
    promise_id: str
    actor_id: int
    applied_minor: int


def _payment_applied(text: str, actor: str) -> PaymentApplied:
    if len(text) != 256:
        raise UndecodableLog(f"PaymentApplied has 256 digits, not {len(text)}.")
    return PaymentApplied(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


class PledgeRecorded(NamedTuple):
    """PledgeRecorded(bytes32,bytes32,uint24,uint64,bytes32,bytes32)"""

    pledge_id: str
    fund_id: str
    actor_id: int
    amount_minor: int
    donor_commitment: str
    content_digest: str


def _pledge_recorded(text: str, actor: str) -> PledgeRecorded:
    if len(text) != 384:
        raise UndecodableLog(f"PledgeRecorded has 384 digits, not {len(text)}.")
    return PledgeRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        text[256:320],
        text[320:384],
    )


class RecordAdjusted(NamedTuple):
    """RecordAdjusted(bytes32,bytes32,uint24,int64,uint64)"""

    adjustment_id: str
    record_id: str
    actor_id: int
    delta_minor: int
    deficit_minor: int


def _record_adjusted(text: str, actor: str) -> RecordAdjusted:
    if len(text) != 320:
        raise UndecodableLog(f"RecordAdjusted has 320 digits, not {len(text)}.")
    return RecordAdjusted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.sint(text[192:256], 64),
        words.uint(text[256:320], 64),
    )


class RecordReversed(NamedTuple):
    """RecordReversed(bytes32,bytes32,uint24,uint64,uint64)"""

    record_id: str
    fund_id: str
    actor_id: int
    amount_minor: int
    deficit_minor: int


def _record_reversed(text: str, actor: str) -> RecordReversed:
    if len(text) != 320:
        raise UndecodableLog(f"RecordReversed has 320 digits, not {len(text)}.")
    return RecordReversed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        words.uint(text[256:320], 64),
    )


class RedesignationApproved(NamedTuple):
    """RedesignationApproved(bytes32,bytes32,uint24)"""

    redesignation_id: str
    fund_id: str
    actor_id: int


def _redesignation_approved(text: str, actor: str) -> RedesignationApproved:
    if len(text) != 192:
        raise UndecodableLog(f"RedesignationApproved has 192 digits, not {len(text)}.")
    return RedesignationApproved(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


class RedesignationProposed(NamedTuple):
    """RedesignationProposed(bytes32,bytes32,uint24,uint64,bytes16,bytes16,bytes32)"""

    redesignation_id: str
    fund_id: str
    actor_id: int
    amount_minor: int
    purpose: str
    place: str
    content_digest: str


def _redesignation_proposed(text: str, actor: str) -> RedesignationProposed:
    if len(text) != 448:
        raise UndecodableLog(f"RedesignationProposed has 448 digits, not {len(text)}.")
    return RedesignationProposed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        words.code(text[256:320]),
        words.code(text[320:384]),
        text[384:448],
    )


class RefundRecorded(NamedTuple):
    """RefundRecorded(bytes32,bytes32,uint24,uint64,bytes32)"""

    refund_id: str
    donation_id: str
    actor_id: int
    amount_minor: int
    content_digest: str


def _refund_recorded(text: str, actor: str) -> RefundRecorded:
    if len(text) != 320:
        raise UndecodableLog(f"RefundRecorded has 320 digits, not {len(text)}.")
    return RefundRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        text[256:320],
    )


class SupplierRefundRecorded(NamedTuple):
    """SupplierRefundRecorded(bytes32,bytes32,uint24,uint64,bytes32)"""

    refund_id: str
    expenditure_id: str
    actor_id: int
    amount_minor: int
    content_digest: str


def _supplier_refund_recorded(text: str, actor: str) -> SupplierRefundRecorded:
    if len(text) != 320:
        raise UndecodableLog(f"SupplierRefundRecorded has 320 digits, not {len(text)}.")
    return SupplierRefundRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        text[256:320],
    )


EVENTS = {
    "c45278d0a9e3ff205e2f385b5595547b4b40b1869deb52b20bb9c6c3c974325a": _allocation_approved,
    "fe43395b2ba23557806178b74af42e6601f15c529092fbba1ee05de9d68395f3": _allocation_cancelled,
    "4310cba9df35403c6263b86d18d77a427dedff8ab855e8b83ed90464dd3af4a9": _allocation_closed,
    "5eef11890cbee53dd1f55f234d595b33db8ffe8ea0215c6b5e5209287302f4af": _allocation_proposed,
    "1cabb978f7421975f11013db8bd9b98bca629238666c434afef224a3ef20be94": _allocation_returned,
    "a8ee18bca2de73eecae73de9795be98baf2160f9b14b3412d61aadd306aee53a": _commitment_recorded,
    "de8aaf13cde6861ac1a02da1706fa44e16a8f63091e010443db49ff72088d037": _conversion_recorded,
    "555ab338e735543d642e7592aa009dea041a20db27eb3874fcfdb771d1ec53e0": _disbursement_acknowledged,
    "fd713a319ecf25149e63974079f69b0471b72b61c2e1b9e4de8514d0a7cbfff5": _disbursement_recorded,
    "88a4569dbf82ab91f55081d1ad1c1810b6e71985ed8cebcad78017b865ccb907": _disbursement_rejected,
    "99cfc53ebbb78e3708447c819023f21fe1ce034a942b60a54cd7b711d80d9e36": _donation_batch_recorded,
    "5cae3b273b4d2f1fa0d9dff015c71d30415db61624b87d88778139ace6c33443": _donation_recorded,
    "e3d389db07c272ee8f089abadbe12f0e62cefe42eea9ec0314eb63e70d1a091b": _expenditure_delivered,
    "5ccb8c5620a537d3e68a0022fe5108d988f098fac1f908f6c7f54d84cbf76d46": _expenditure_recorded,
    "a65aa3f29dd76c68d2f7d78357cc7488a12d6f7dbe7b87f65e871f066e9d3b5e": _expenditure_undelivered,
    "fef0aabc53ed6d52939a48a8b9a47d613844f20123325041a2c24ece4884435d": _fund_opened,
    "99ccc3f72c09658e5ae474add9f984e64b1eda0cf787ba0c717aa9416fb233e9": _income_recorded,
    "4dcf6404af5a60d491149607e6e0b6f6a27e21a39516108e03c87aebe5509262": _payment_applied,
    "9821f05854cf79df106f1c3763e6522ab20103821445ac8b4260cd2ed8e78cc7": _pledge_recorded,
    "584a9c688878cf0791ccc8ab359ea2e1b32f305027c73db1ca8d6a3aa75a15e4": _record_adjusted,
    "f9bd6e3ab31df46dc34428df969ef46062ccfad5a7a9dc8af7b00da909a1d7b4": _record_reversed,
    "c362c098da306b5e668f29b52dd973ddca8fa417c6fbe9c9d524329396445feb": _redesignation_approved,
    "829f1685a216cdb543553aa57d4e5440c3e981d3ca508dbc30c816947dcf14b7": _redesignation_proposed,
    "66d03a5c27bf2cb7bf2771736f3374d27b6de6b93d13ddc40125fb7b23fe2496": _refund_recorded,
    "b1f45dae17a8702ddb83cc498816cc8fdaad1c63b6e401bd8d89f6b88f32b948": _supplier_refund_recorded,
}
