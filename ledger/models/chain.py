"""What the chain said, as it said it: blocks, transactions, raw logs, and each contract's journal after each block.

These tables belong to one chain. They are compared with the node by `ledger verify` and are not in the index digest,
because the same records can stand in other blocks on another chain.
"""

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from ledger.models.columns import integer, optional_integer, text


class ChainIdentity(SQLModel, table=True):
    """The chain and the contracts that this database is about; it serves no others."""

    __tablename__ = "chain_identity"

    chain_id: int = integer("eth_chainId.", primary_key=True)
    genesis_hash: str = text("Hash of block 0.")
    addresses: str = text("Every contract and its address, as canonical JSON.")


class ChainBlock(SQLModel, table=True):
    """An indexed block. The last one is the cursor: everything up to it is in the other tables, nothing after it."""

    __tablename__ = "chain_block"

    number: int = integer("Position in the chain.", primary_key=True)
    hash: str = text("0x and 64 hex digits.")
    parent_hash: str = text("Hash of the block before.")
    timestamp_s: int = integer("Unix seconds, as the block's maker stated them.")


class ChainTransaction(SQLModel, table=True):
    """A transaction that logged something."""

    __tablename__ = "chain_transaction"
    __table_args__ = (Index("ix_chain_transaction_hash", "hash"),)

    block_number: int = integer("The block it is in.", primary_key=True)
    transaction_index: int = integer("Its position in the block.", primary_key=True)
    hash: str = text("0x and 64 hex digits.")


class ChainLog(SQLModel, table=True):
    """One log, byte for byte. `record` is topic 0, topic 1, topic 2 and data: what the journal folds."""

    __tablename__ = "chain_log"
    __table_args__ = (Index("ix_chain_log_journal", "contract", "journal_no", unique=True),)

    block_number: int = integer("The block it is in.", primary_key=True)
    log_index: int = integer("Its position among all logs of the block.", primary_key=True)
    transaction_index: int = integer("The transaction that logged it.")
    contract: str = text("Name of the contract.")
    journal_no: int | None = optional_integer("Position in that contract's journal, from 1; None: not a record.")
    actor_id: int = integer("Topic 3: the person who acted.")
    record: bytes = Field(sa_column=Column(LargeBinary, nullable=False), description="Topics 0 to 2, then data.")


class JournalHead(SQLModel, table=True):
    """A contract's journal after a block in which it recorded something (R24), folded from the raw logs."""

    __tablename__ = "journal_head"

    contract: str = Field(primary_key=True, description="Name of the contract.")
    block_number: int = integer("The block.", primary_key=True)
    count: int = integer("How many records the head folds.")
    head: str = text("The digest, 64 hex digits.")


class MissingDocument(SQLModel, table=True):
    """A digest on chain whose document is not here, or is damaged. `ledger index` looks for it again at every run."""

    __tablename__ = "missing_document"

    digest: str = Field(primary_key=True, max_length=64, description="SHA-256 of the document.")
    contract: str = Field(primary_key=True, description="Contract whose record cites it.")
    journal_no: int = integer("The record's position in that contract's journal.", primary_key=True)
    field: str = Field(primary_key=True, description="Field of the event that cites it.")
    problem: str = text("missing, or corrupt.")
