"""What is remembered of each imported list, so that a repetition is recognised when a later one comes (R22).

Not rebuilt from the chain, and not public: the fingerprints are keyed with this deployment's donor secret. Importing
the same file again makes the same rows.
"""

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel

from ledger.models.columns import flag, integer, text


class PublishedList(SQLModel, table=True):
    """One list of donations, row by row, without a name in it."""

    __tablename__ = "published_list"

    publisher: str = Field(primary_key=True, description="Who published it.")
    list_name: str = Field(primary_key=True, description="Its name.")
    sequence: int = integer("Position in the order in which lists were imported, from 1.")
    file_sha256: str = text("SHA-256 of the file it was last read from.")
    finished: bool = flag("Whether its rows are in the outbox. Only such a list is one that others can repeat.")
    row_count: int = integer("How many lines it has, refused ones included.")
    before_count: int = integer("How many of them, the first ones, were imported before from another file.")
    prints: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False),
        description="8 bytes a row: keyed fingerprint of donor and amount.",
    )
    donor_prints: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False), description="8 bytes a row: keyed fingerprint of the donor."
    )
    amounts: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False), description="8 bytes a row: minor units, 0 where unreadable."
    )
    row_numbers: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False),
        description="4 bytes a row: the list's own number, 0 where unreadable.",
    )
    fields: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False), description="Gzipped JSON lines: what else each row states."
    )
