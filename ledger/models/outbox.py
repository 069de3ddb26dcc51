"""What is to be recorded and what was signed for it. Not rebuilt from the chain: the chain can be rebuilt from it."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from ledger.models.columns import integer, optional_integer, text

# SQLite numbers rows by itself only in a column that is declared INTEGER.
_ROW_NUMBER = BigInteger().with_variant(Integer, "sqlite")

SIGNED, MINED, REVERTED = "signed", "mined", "reverted"


class OutboxTransaction(SQLModel, table=True):
    """A signed transaction, kept for ever. Sent again in the order of `sequence` it makes the same journals."""

    __tablename__ = "outbox_transaction"
    __table_args__ = (UniqueConstraint("address", "nonce"),)

    sequence: int = integer("Position among all accounts' transactions, from 1.", primary_key=True)
    account: str = text("Name of the account that signed.")
    genesis_hash: str = text("Block 0 of the chain that it was signed for, 0x and 64 hex digits.")
    address: str = text("Its address, 0x and 40 lower-case digits.")
    nonce: int = integer("Its position among the account's transactions, from 0.")
    hash: str = Field(max_length=64, unique=True, description="Hash of the signed bytes, 64 hex digits.")
    signed: bytes = Field(sa_column=Column(LargeBinary, nullable=False), description="The bytes that are sent.")
    contract: str = text("Name of the contract it calls or makes.")
    function: str = text("The function it calls; 'constructor' makes the contract.")
    state: str = text("signed (before it is known to be mined), mined, reverted (mined, and refused).", index=True)
    block_number: int | None = optional_integer("The block it was last seen in.")
    block_timestamp_s: int | None = optional_integer("That block's time: a recovery gives it the same one again.")
    contract_address: str | None = Field(None, description="Address of the contract that it made.")


class OutboxEntry(SQLModel, table=True):
    """One write that was asked for. Queued until a transaction carries it; recorded when that is mined."""

    __tablename__ = "outbox_entry"

    sequence: int | None = Field(
        None,
        sa_column=Column(_ROW_NUMBER, primary_key=True, autoincrement=True),
        description="Position in the order of asking.",
    )
    key: str = Field(unique=True, description="Idempotency key: the same write is asked for under the same key.")
    account: str = text("Name of the account that has to sign.")
    contract: str = text("Name of the contract.")
    function: str = text("The function, or 'constructor'.")
    head: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False),
        description="ABI-encoded arguments: all of them, or those before the lines.",
    )
    line: bytes | None = Field(
        None, sa_column=Column(LargeBinary), description="ABI-encoded line, for functions that take batches."
    )
    content: str = Field(max_length=64, description="SHA-256 over contract, function, head and line.")
    transaction_sequence: int | None = Field(
        None,
        sa_column=Column(BigInteger, ForeignKey("outbox_transaction.sequence"), index=True),
        description="The transaction that carries it; None while queued or refused.",
    )
    refused_name: str | None = Field(None, description="The contract's error, where it refused this write.")
    refused_args: str | None = Field(None, description="The error's arguments, as JSON.")
    refused_sentence: str | None = Field(None, description="The refusal for people.")
