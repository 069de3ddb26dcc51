"""Reads the events of FundLedger. Written by `python -m ledger.binding_writer`; do not edit."""

from ledger import words
from ledger.bindings import fund_ledger as events

EXPENDITURE_KIND = ("goods", "services", "fees", "overhead")
INCOME_KIND = ("interest", "sale_proceeds")


def _allocation_approved(text: str, actor: str) -> events.AllocationApproved:
    words.require_digits("AllocationApproved", text, 320)
    return events.AllocationApproved(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        words.uint(text[256:320], 64),
    )


def _allocation_cancelled(text: str, actor: str) -> events.AllocationCancelled:
    words.require_digits("AllocationCancelled", text, 192)
    return events.AllocationCancelled(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


def _allocation_closed(text: str, actor: str) -> events.AllocationClosed:
    words.require_digits("AllocationClosed", text, 256)
    return events.AllocationClosed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


def _allocation_proposed(text: str, actor: str) -> events.AllocationProposed:
    words.require_digits("AllocationProposed", text, 512)
    return events.AllocationProposed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        words.code(text[256:320]),
        words.code(text[320:384]),
        text[384:448],
        text[448:512],
    )


def _allocation_returned(text: str, actor: str) -> events.AllocationReturned:
    words.require_digits("AllocationReturned", text, 256)
    return events.AllocationReturned(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


def _commitment_recorded(text: str, actor: str) -> events.CommitmentRecorded:
    words.require_digits("CommitmentRecorded", text, 448)
    return events.CommitmentRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        text[256:320],
        text[320:384],
        text[384:448],
    )


def _conversion_recorded(text: str, actor: str) -> events.ConversionRecorded:
    words.require_digits("ConversionRecorded", text, 576)
    return events.ConversionRecorded(
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


def _disbursement_acknowledged(text: str, actor: str) -> events.DisbursementAcknowledged:
    words.require_digits("DisbursementAcknowledged", text, 256)
    return events.DisbursementAcknowledged(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


def _disbursement_recorded(text: str, actor: str) -> events.DisbursementRecorded:
    words.require_digits("DisbursementRecorded", text, 448)
    return events.DisbursementRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        text[320:384],
        text[384:448],
    )


def _disbursement_rejected(text: str, actor: str) -> events.DisbursementRejected:
    words.require_digits("DisbursementRejected", text, 256)
    return events.DisbursementRejected(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
    )


def _donation_batch_recorded(text: str, actor: str) -> events.DonationBatchRecorded:
    words.require_digits("DonationBatchRecorded", text, 192)
    return events.DonationBatchRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


def _donation_recorded(text: str, actor: str) -> events.DonationRecorded:
    words.require_digits("DonationRecorded", text, 384)
    return events.DonationRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        text[256:320],
        text[320:384],
    )


def _expenditure_delivered(text: str, actor: str) -> events.ExpenditureDelivered:
    words.require_digits("ExpenditureDelivered", text, 256)
    return events.ExpenditureDelivered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


def _expenditure_recorded(text: str, actor: str) -> events.ExpenditureRecorded:
    words.require_digits("ExpenditureRecorded", text, 512)
    return events.ExpenditureRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.member(text[192:256], EXPENDITURE_KIND),
        words.uint(text[256:320], 64),
        text[320:384],
        text[384:448],
        text[448:512],
    )


def _expenditure_undelivered(text: str, actor: str) -> events.ExpenditureUndelivered:
    words.require_digits("ExpenditureUndelivered", text, 256)
    return events.ExpenditureUndelivered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


def _fund_opened(text: str, actor: str) -> events.FundOpened:
    words.require_digits("FundOpened", text, 448)
    return events.FundOpened(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.code(text[192:256]),
        words.code(text[256:320]),
        words.code(text[320:384]),
        text[384:448],
    )


def _income_recorded(text: str, actor: str) -> events.IncomeRecorded:
    words.require_digits("IncomeRecorded", text, 448)
    return events.IncomeRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.member(text[192:256], INCOME_KIND),
        words.uint(text[256:320], 64),
        text[320:384],
        text[384:448],
    )


def _payment_applied(text: str, actor: str) -> events.PaymentApplied:
    words.require_digits("PaymentApplied", text, 256)
    return events.PaymentApplied(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


def _pledge_recorded(text: str, actor: str) -> events.PledgeRecorded:
    words.require_digits("PledgeRecorded", text, 384)
    return events.PledgeRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        text[256:320],
        text[320:384],
    )


def _record_adjusted(text: str, actor: str) -> events.RecordAdjusted:
    words.require_digits("RecordAdjusted", text, 320)
    return events.RecordAdjusted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.sint(text[192:256], 64),
        words.uint(text[256:320], 64),
    )


def _record_reversed(text: str, actor: str) -> events.RecordReversed:
    words.require_digits("RecordReversed", text, 320)
    return events.RecordReversed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        words.uint(text[256:320], 64),
    )


def _redesignation_approved(text: str, actor: str) -> events.RedesignationApproved:
    words.require_digits("RedesignationApproved", text, 192)
    return events.RedesignationApproved(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


def _redesignation_proposed(text: str, actor: str) -> events.RedesignationProposed:
    words.require_digits("RedesignationProposed", text, 448)
    return events.RedesignationProposed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        words.code(text[256:320]),
        words.code(text[320:384]),
        text[384:448],
    )


def _refund_recorded(text: str, actor: str) -> events.RefundRecorded:
    words.require_digits("RefundRecorded", text, 320)
    return events.RefundRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        text[256:320],
    )


def _supplier_refund_recorded(text: str, actor: str) -> events.SupplierRefundRecorded:
    words.require_digits("SupplierRefundRecorded", text, 320)
    return events.SupplierRefundRecorded(
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
