"""Money that crosses currencies (R3)."""

from ledger.canonical import NO_RECORD
from ledger.commands.desk import Desk, Draft, Key, amount, day, new_id, put_content, write


def record_conversion(
    desk: Desk,
    *,
    key: Key,
    from_fund_id: bytes,
    to_fund_id: bytes,
    from_amount_minor: int,
    to_amount_minor: int,
    rate_date: str,
    rate_source: str,
    evidence_digest: bytes = NO_RECORD,
) -> Draft:
    """Records a conversion between two funds: both amounts, the rate's date and source, and its evidence."""
    conversion_id = new_id(desk, "conversion", key)
    source = put_content(desk, "rate_source", source=rate_source, date=rate_date)
    args = (
        conversion_id,
        from_fund_id,
        to_fund_id,
        amount(from_amount_minor, "amount converted"),
        amount(to_amount_minor, "amount received"),
        day(rate_date, "date of the rate"),
        source,
        evidence_digest,
    )
    return write(desk, "FundLedger", "recordConversion", conversion_id, args)
