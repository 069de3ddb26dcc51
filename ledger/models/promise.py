"""Pledges and commitments: promised, not counted until paid (R2)."""

from sqlmodel import SQLModel

from ledger.models.columns import flag, integer, optional_ref, published, record_key, record_ref, running


class Pledge(SQLModel, table=True):
    """A public promise. Open is what no payment or commitment in effect has reduced yet."""

    __tablename__ = "pledge"

    pledge_id: str = record_key("Id of the pledge.")
    fund_id: str = record_ref("The fund it is for.", index=True)
    amount_minor: int = integer("Amount in effect.")
    recorded_minor: int = integer("Amount as recorded.")
    reduced_minor: int = running("Payments and commitments in effect that cite it.")
    donor_commitment: str = record_ref("SHA-256 of salt and name.")
    reference: str | None = published("The organisation's own reference.")
    date: str | None = published("When, as published.")
    note: str | None = published("As published.")
    content_digest: str = record_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who recorded it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of FundLedger.", index=True)


class Commitment(SQLModel, table=True):
    """A signed agreement, which may take the place of a pledge."""

    __tablename__ = "commitment"

    commitment_id: str = record_key("Id of the commitment.")
    fund_id: str = record_ref("The fund it is for.", index=True)
    pledge_id: str | None = optional_ref("The pledge that it takes the place of.", index=True)
    amount_minor: int = integer("Amount in effect.")
    recorded_minor: int = integer("Amount as recorded.")
    reduced_minor: int = running("Payments in effect that cite it.")
    donor_commitment: str = record_ref("SHA-256 of salt and name.")
    reference: str | None = published("The organisation's own reference.")
    date: str | None = published("When, as published.")
    note: str | None = published("As published.")
    content_digest: str = record_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who recorded it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of FundLedger.", index=True)
