"""Create the tables of chain."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chain_block",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("parent_hash", sa.Text(), nullable=False),
        sa.Column("timestamp_s", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "chain_identity",
        sa.Column("chain_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("genesis_hash", sa.Text(), nullable=False),
        sa.Column("addresses", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("chain_id"),
    )
    op.create_table(
        "chain_log",
        sa.Column("block_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("log_index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("transaction_index", sa.BigInteger(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("block_number", "log_index"),
    )
    op.create_index("ix_chain_log_journal", "chain_log", ["contract", "journal_no"], unique=True)
    op.create_table(
        "chain_transaction",
        sa.Column("block_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("transaction_index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("block_number", "transaction_index"),
    )
    op.create_index("ix_chain_transaction_hash", "chain_transaction", ["hash"], unique=False)
    op.create_table(
        "journal_head",
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("block_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("contract", "block_number"),
    )
    op.create_table(
        "missing_document",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", "contract", "journal_no", "field"),
    )


def downgrade() -> None:
    op.drop_table("missing_document")
    op.drop_table("journal_head")
    op.drop_index("ix_chain_transaction_hash", table_name="chain_transaction")
    op.drop_table("chain_transaction")
    op.drop_index("ix_chain_log_journal", table_name="chain_log")
    op.drop_table("chain_log")
    op.drop_table("chain_identity")
    op.drop_table("chain_block")
