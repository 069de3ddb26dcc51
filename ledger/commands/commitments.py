"""Commitments: signed agreements, which do not count until they are paid (R2)."""

from ledger.canonical import NO_RECORD
from ledger.commands.desk import Desk, Draft, Key, amount, commitment_to, new_id, put_content, reference_of, write


def record_commitment(
    desk: Desk,
    *,
    key: Key,
    fund_id: bytes,
    amount_minor: int,
    pledge_id: bytes = NO_RECORD,
    donor: str | None = None,
    date: str | None = None,
    note: str | None = None,
) -> Draft:
    """Records an agreement with a donor; of a pledge that it replaces the open part shrinks."""
    commitment_id = new_id(desk, "commitment", key)
    commitment, openings = commitment_to(desk, commitment_id, donor)
    content = put_content(desk, "commitment", reference=reference_of(key), date=date, note=note)
    args = (commitment_id, fund_id, amount(amount_minor), pledge_id, commitment, content)
    return write(desk, "FundLedger", "recordCommitment", commitment_id, args)._replace(openings=openings)
