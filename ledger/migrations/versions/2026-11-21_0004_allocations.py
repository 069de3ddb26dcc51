"""Create the tables of allocations."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "allocation",
        sa.Column("allocation_id", sa.String(length=64), nullable=False),
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reduced_minor", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("redesignation_id", sa.String(length=64), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("pool_minor", sa.BigInteger(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("approver_id", sa.BigInteger(), nullable=True),
        sa.Column("closer_id", sa.BigInteger(), nullable=True),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.Column("approved_journal_no", sa.BigInteger(), nullable=True),
        sa.Column("ended_journal_no", sa.BigInteger(), nullable=True),
        sa.Column("returned_minor", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("allocation_id"),
    )
    op.create_index(op.f("ix_allocation_fund_id"), "allocation", ["fund_id"], unique=False)
    op.create_index(op.f("ix_allocation_journal_no"), "allocation", ["journal_no"], unique=False)
    op.create_index(op.f("ix_allocation_redesignation_id"), "allocation", ["redesignation_id"], unique=False)
    op.create_index(op.f("ix_allocation_state"), "allocation", ["state"], unique=False)
    op.create_table(
        "allocation_return",
        sa.Column("return_id", sa.String(length=64), nullable=False),
        sa.Column("allocation_id", sa.String(length=64), nullable=False),
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("recorded_minor", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("return_id"),
    )
    op.create_index(op.f("ix_allocation_return_allocation_id"), "allocation_return", ["allocation_id"], unique=False)
    op.create_index(op.f("ix_allocation_return_fund_id"), "allocation_return", ["fund_id"], unique=False)
    op.create_table(
        "conversion",
        sa.Column("conversion_id", sa.String(length=64), nullable=False),
        sa.Column("from_fund_id", sa.String(length=64), nullable=False),
        sa.Column("to_fund_id", sa.String(length=64), nullable=False),
        sa.Column("from_amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("to_amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("rate_date", sa.BigInteger(), nullable=False),
        sa.Column("rate_source", sa.Text(), nullable=True),
        sa.Column("rate_source_digest", sa.String(length=64), nullable=True),
        sa.Column("evidence_digest", sa.String(length=64), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("conversion_id"),
    )
    op.create_index(op.f("ix_conversion_from_fund_id"), "conversion", ["from_fund_id"], unique=False)
    op.create_index(op.f("ix_conversion_journal_no"), "conversion", ["journal_no"], unique=False)
    op.create_index(op.f("ix_conversion_to_fund_id"), "conversion", ["to_fund_id"], unique=False)
    op.create_table(
        "disbursement",
        sa.Column("disbursement_id", sa.String(length=64), nullable=False),
        sa.Column("allocation_id", sa.String(length=64), nullable=False),
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("child_fund_id", sa.String(length=64), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("redesignation_id", sa.String(length=64), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("rejection_reason", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("answer_digest", sa.String(length=64), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("receiver_id", sa.BigInteger(), nullable=True),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.Column("answered_journal_no", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("disbursement_id"),
    )
    op.create_index(op.f("ix_disbursement_allocation_id"), "disbursement", ["allocation_id"], unique=False)
    op.create_index(op.f("ix_disbursement_child_fund_id"), "disbursement", ["child_fund_id"], unique=False)
    op.create_index(op.f("ix_disbursement_fund_id"), "disbursement", ["fund_id"], unique=False)
    op.create_index(op.f("ix_disbursement_journal_no"), "disbursement", ["journal_no"], unique=False)
    op.create_table(
        "expenditure",
        sa.Column("expenditure_id", sa.String(length=64), nullable=False),
        sa.Column("allocation_id", sa.String(length=64), nullable=False),
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("recorded_minor", sa.BigInteger(), nullable=False),
        sa.Column("reduced_minor", sa.BigInteger(), nullable=False),
        sa.Column("delivered_minor", sa.BigInteger(), nullable=False),
        sa.Column("order_digest", sa.String(length=64), nullable=True),
        sa.Column("invoice_digest", sa.String(length=64), nullable=True),
        sa.Column("supplier", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("expenditure_id"),
    )
    op.create_index(op.f("ix_expenditure_allocation_id"), "expenditure", ["allocation_id"], unique=False)
    op.create_index(op.f("ix_expenditure_fund_id"), "expenditure", ["fund_id"], unique=False)
    op.create_index(op.f("ix_expenditure_journal_no"), "expenditure", ["journal_no"], unique=False)
    op.create_table(
        "expenditure_delivery",
        sa.Column("lot_id", sa.String(length=64), nullable=False),
        sa.Column("expenditure_id", sa.String(length=64), nullable=False),
        sa.Column("cost_minor", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("lot_id"),
    )
    op.create_index(
        op.f("ix_expenditure_delivery_expenditure_id"), "expenditure_delivery", ["expenditure_id"], unique=False
    )
    op.create_table(
        "redesignation",
        sa.Column("redesignation_id", sa.String(length=64), nullable=False),
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reduced_minor", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("approver_id", sa.BigInteger(), nullable=True),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.Column("approved_journal_no", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("redesignation_id"),
    )
    op.create_index(op.f("ix_redesignation_fund_id"), "redesignation", ["fund_id"], unique=False)
    op.create_table(
        "supplier_refund",
        sa.Column("refund_id", sa.String(length=64), nullable=False),
        sa.Column("expenditure_id", sa.String(length=64), nullable=False),
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("recorded_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("refund_id"),
    )
    op.create_index(op.f("ix_supplier_refund_expenditure_id"), "supplier_refund", ["expenditure_id"], unique=False)
    op.create_index(op.f("ix_supplier_refund_fund_id"), "supplier_refund", ["fund_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_supplier_refund_fund_id"), table_name="supplier_refund")
    op.drop_index(op.f("ix_supplier_refund_expenditure_id"), table_name="supplier_refund")
    op.drop_table("supplier_refund")
    op.drop_index(op.f("ix_redesignation_fund_id"), table_name="redesignation")
    op.drop_table("redesignation")
    op.drop_index(op.f("ix_expenditure_delivery_expenditure_id"), table_name="expenditure_delivery")
    op.drop_table("expenditure_delivery")
    op.drop_index(op.f("ix_expenditure_journal_no"), table_name="expenditure")
    op.drop_index(op.f("ix_expenditure_fund_id"), table_name="expenditure")
    op.drop_index(op.f("ix_expenditure_allocation_id"), table_name="expenditure")
    op.drop_table("expenditure")
    op.drop_index(op.f("ix_disbursement_journal_no"), table_name="disbursement")
    op.drop_index(op.f("ix_disbursement_fund_id"), table_name="disbursement")
    op.drop_index(op.f("ix_disbursement_child_fund_id"), table_name="disbursement")
    op.drop_index(op.f("ix_disbursement_allocation_id"), table_name="disbursement")
    op.drop_table("disbursement")
    op.drop_index(op.f("ix_conversion_to_fund_id"), table_name="conversion")
    op.drop_index(op.f("ix_conversion_journal_no"), table_name="conversion")
    op.drop_index(op.f("ix_conversion_from_fund_id"), table_name="conversion")
    op.drop_table("conversion")
    op.drop_index(op.f("ix_allocation_return_fund_id"), table_name="allocation_return")
    op.drop_index(op.f("ix_allocation_return_allocation_id"), table_name="allocation_return")
    op.drop_table("allocation_return")
    op.drop_index(op.f("ix_allocation_state"), table_name="allocation")
    op.drop_index(op.f("ix_allocation_redesignation_id"), table_name="allocation")
    op.drop_index(op.f("ix_allocation_journal_no"), table_name="allocation")
    op.drop_index(op.f("ix_allocation_fund_id"), table_name="allocation")
    op.drop_table("allocation")
