"""Create the tables of outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "donor_opening",
        sa.Column("record_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("record_id"),
    )
    op.create_table(
        "outbox_transaction",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("genesis_hash", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("nonce", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("function", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=True),
        sa.Column("block_timestamp_s", sa.BigInteger(), nullable=True),
        sa.Column("contract_address", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("address", "nonce"),
        sa.UniqueConstraint("hash"),
    )
    op.create_index(op.f("ix_outbox_transaction_state"), "outbox_transaction", ["state"], unique=False)
    op.create_table(
        "published_list",
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("list_name", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("row_count", sa.BigInteger(), nullable=False),
        sa.Column("before_count", sa.BigInteger(), nullable=False),
        sa.Column("prints", sa.LargeBinary(), nullable=False),
        sa.Column("donor_prints", sa.LargeBinary(), nullable=False),
        sa.Column("amounts", sa.LargeBinary(), nullable=False),
        sa.Column("row_numbers", sa.LargeBinary(), nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("publisher", "list_name"),
    )
    op.create_table(
        "outbox_entry",
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("function", sa.Text(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=True),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("transaction_sequence", sa.BigInteger(), nullable=True),
        sa.Column("refused_name", sa.String(), nullable=True),
        sa.Column("refused_args", sa.String(), nullable=True),
        sa.Column("refused_sentence", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["transaction_sequence"],
            ["outbox_transaction.sequence"],
        ),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("key"),
    )
    op.create_index(
        op.f("ix_outbox_entry_transaction_sequence"), "outbox_entry", ["transaction_sequence"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_outbox_entry_transaction_sequence"), table_name="outbox_entry")
    op.drop_table("outbox_entry")
    op.drop_table("published_list")
    op.drop_index(op.f("ix_outbox_transaction_state"), table_name="outbox_transaction")
    op.drop_table("outbox_transaction")
    op.drop_table("donor_opening")
