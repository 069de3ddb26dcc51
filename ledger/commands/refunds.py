"""Money that goes back to a donor."""

from ledger.commands.desk import Desk, Draft, Key, amount, new_id, put_content, write


def record_refund(
    desk: Desk, *, key: Key, donation_id: bytes, amount_minor: int, date: str | None = None, reason: str | None = None
) -> Draft:
    """Records that a donation, or a part of it, was paid back."""
    refund_id = new_id(desk, "refund", key)
    content = put_content(desk, "refund", date=date, reason=reason)
    return write(desk, "FundLedger", "recordRefund", refund_id, (refund_id, donation_id, amount(amount_minor), content))
