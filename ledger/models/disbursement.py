"""Money that goes on to another fund: to another member (R4), or into another currency (R3)."""

from sqlmodel import SQLModel

from ledger.models.columns import (
    flag,
    integer,
    optional_integer,
    optional_ref,
    published,
    record_key,
    record_ref,
    text,
)


class Disbursement(SQLModel, table=True):
    """Money sent to another organisation's fund; it counts there when the receiver acknowledges it."""

    __tablename__ = "disbursement"

    disbursement_id: str = record_key("Id of the disbursement.")
    allocation_id: str = record_ref("The allocation that it is taken from.", index=True)
    fund_id: str = record_ref("The parent: the fund that it leaves.", index=True)
    child_fund_id: str = record_ref("The child: the fund that it goes to.", index=True)
    amount_minor: int = integer("Amount.")
    redesignation_id: str | None = optional_ref("The redesignation that it needs.")
    state: str = text("sent, acknowledged or rejected.")
    description: str | None = published("What it is for, as published.")
    date: str | None = published("When, as published.")
    rejection_reason: str | None = published("Why it was rejected, as published.")
    content_digest: str = record_ref("SHA-256 of the content document.")
    answer_digest: str | None = optional_ref("SHA-256 of why it was rejected.")
    actor_id: int = integer("Who sent it.")
    receiver_id: int | None = optional_integer("Who acknowledged or rejected it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of FundLedger.", index=True)
    answered_journal_no: int | None = optional_integer("Where it was acknowledged or rejected.")


class Conversion(SQLModel, table=True):
    """Money changed into another currency, between two funds of one organisation."""

    __tablename__ = "conversion"

    conversion_id: str = record_key("Id of the conversion.")
    from_fund_id: str = record_ref("The fund that it leaves.", index=True)
    to_fund_id: str = record_ref("The fund that it goes to.", index=True)
    from_amount_minor: int = integer("What was paid.")
    to_amount_minor: int = integer("What was got.")
    rate_date: int = integer("yyyymmdd of the rate.")
    rate_source: str | None = published("Where the rate is from.")
    rate_source_digest: str | None = optional_ref("SHA-256 of where the rate is from.")
    evidence_digest: str | None = optional_ref("SHA-256 of the evidence.")
    actor_id: int = integer("Who recorded it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of FundLedger.", index=True)
