"""Money passed on to another member organisation (R4)."""

from ledger.canonical import NO_RECORD
from ledger.commands.desk import Desk, Draft, Key, act, amount, new_id, put_content, write

CONTRACT = "FundLedger"


def record_disbursement(
    desk: Desk,
    *,
    key: Key,
    allocation_id: bytes,
    child_fund_id: bytes,
    amount_minor: int,
    redesignation_id: bytes = NO_RECORD,
    date: str | None = None,
    description: str | None = None,
) -> Draft:
    """Records that money of an allocation was sent to another organisation's fund, which has to acknowledge it."""
    disbursement_id = new_id(desk, "disbursement", key)
    content = put_content(desk, "disbursement", date=date, description=description)
    args = (disbursement_id, allocation_id, child_fund_id, amount(amount_minor), redesignation_id, content)
    return write(desk, CONTRACT, "recordDisbursement", disbursement_id, args)


def acknowledge_disbursement(desk: Desk, disbursement_id: bytes) -> Draft:
    """The receiving organisation has the money."""
    return act(desk, CONTRACT, "acknowledgeDisbursement", disbursement_id)


def reject_disbursement(desk: Desk, disbursement_id: bytes, *, reason: str) -> Draft:
    """The receiving organisation did not get it, or does not take it: it goes back to the allocation."""
    content = put_content(desk, "rejection", reason=reason)
    return act(desk, CONTRACT, "rejectDisbursement", disbursement_id, (disbursement_id, content))
