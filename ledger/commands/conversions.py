"""Money that crosses currencies (R3)."""

from ledger.commands.desk import Desk, Draft, Key, amount, day, new_id, put_content, write
from ledger.errors import BadInput


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
    evidence_digest: bytes,
) -> Draft:
    """Records a conversion between two funds: both amounts, the rate's date and source, and evidence, a kept document.

    Raises BadInput when date or source is missing, DocumentMissing when the evidence is not kept here.
    """
    conversion_id = new_id(desk, "conversion", key)
    if not rate_date or not rate_source.strip():
        raise BadInput("A conversion needs the date of its rate and where that was published (R3).")
    desk.documents.stat(evidence_digest)
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
