"""Pledges: promises that never count as money (R2)."""

from ledger.commands.desk import Desk, Draft, Key, amount, commitment_to, new_id, put_content, reference_of, write


def record_pledge(
    desk: Desk,
    *,
    key: Key,
    fund_id: bytes,
    amount_minor: int,
    donor: str | None = None,
    date: str | None = None,
    note: str | None = None,
) -> Draft:
    """Records what a donor promised to a fund."""
    pledge_id = new_id(desk, "pledge", key)
    commitment, openings = commitment_to(desk, pledge_id, donor)
    content = put_content(desk, "pledge", reference=reference_of(key), date=date, note=note)
    args = (pledge_id, fund_id, amount(amount_minor), commitment, content)
    return write(desk, "FundLedger", "recordPledge", pledge_id, args)._replace(openings=openings)
