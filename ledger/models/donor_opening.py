"""Donors' names: off chain, against the salted commitments that are on chain (R25). Erasing a row erases the name."""

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel

from ledger.models.columns import record_key, text


class DonorOpening(SQLModel, table=True):
    """What opens a donation's or a promise's donor commitment. Not rebuilt from the chain, but checked against it."""

    __tablename__ = "donor_opening"

    record_id: str = record_key("The donation, pledge or commitment.")
    name: str = text("The donor as published.")
    salt: bytes = Field(sa_column=Column(LargeBinary, nullable=False), description="The 32 bytes that blind the name.")
