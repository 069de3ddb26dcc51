"""Gifts of money, where the contents of their batches are, and what was refunded of them."""

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from ledger.models.columns import (
    flag,
    integer,
    optional_integer,
    optional_ref,
    published,
    record_key,
    record_ref,
    running,
    text,
)


class Donation(SQLModel, table=True):
    """A payment received from a donor, who appears only as a commitment."""

    __tablename__ = "donation"
    __table_args__ = (
        CheckConstraint("reduced_minor >= 0", name="refunds_not_negative"),
        Index("ix_donation_journal", "journal_no", unique=True),
        Index("ix_donation_fund", "fund_id", "journal_no"),
    )

    donation_id: str = record_key("Id of the donation.")
    fund_id: str = record_ref("The fund it was paid into.")
    amount_minor: int = integer("Its amount in effect, in minor units; corrections change it.")
    recorded_minor: int = integer("Its amount as it was recorded.")
    reduced_minor: int = running("What was refunded of it.")
    donor_commitment: str = record_ref("SHA-256 of salt and name (R25).")
    content_digest: str = record_ref("SHA-256 of the canonical content.")
    publisher: str | None = published("Who published it.")
    list_name: str | None = published("In which list.")
    row_no: int | None = optional_integer("The list's own number of the line.")
    date: str | None = published("YYYY-MM-DD as published; None: not published (R23).")
    donor_kind: str | None = published("individual or organisation.")
    reference: str | None = published("The organisation's own reference, where no list published it.")
    note: str | None = published("As published.")
    actor_id: int = integer("Who recorded it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of FundLedger.")


class DonationBatch(SQLModel, table=True):
    """The document that the donations after it cite, one content a line."""

    __tablename__ = "donation_batch"

    journal_no: int = integer("Position in the journal of FundLedger.", primary_key=True)
    document_digest: str = record_ref("SHA-256 of the document.")
    fund_id: str = record_ref("The fund.", index=True)
    actor_id: int = integer("Who recorded it.")


class Payment(SQLModel, table=True):
    """A donation that fulfils a pledge or commitment (R2)."""

    __tablename__ = "payment"

    donation_id: str = record_key("The donation.")
    promise_id: str = record_ref("The pledge or commitment.", index=True)
    applied_minor: int = integer("How much of the promise it fulfilled.")
    journal_no: int = integer("Position in the journal of FundLedger.")


class Refund(SQLModel, table=True):
    """Money given back to a donor."""

    __tablename__ = "refund"

    refund_id: str = record_key("Id of the refund.")
    donation_id: str = record_ref("The donation.", index=True)
    fund_id: str = record_ref("Its fund.", index=True)
    amount_minor: int = integer("Amount in effect.")
    recorded_minor: int = integer("Amount as recorded.")
    date: str | None = published("When, as published.")
    reason: str | None = published("Why, as published.")
    content_digest: str = record_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who recorded it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of FundLedger.")


class Income(SQLModel, table=True):
    """Money that no donor gave: interest, or the proceeds of a sale of goods."""

    __tablename__ = "income"

    income_id: str = record_key("Id of the income.")
    fund_id: str = record_ref("The fund.", index=True)
    kind: str = text("interest or sale_proceeds.")
    amount_minor: int = integer("Amount in effect.")
    recorded_minor: int = integer("Amount as recorded.")
    sale_id: str | None = optional_ref("The sale it was paid for.", index=True)
    date: str | None = published("When, as published.")
    note: str | None = published("As published.")
    content_digest: str = record_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who recorded it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of FundLedger.")
