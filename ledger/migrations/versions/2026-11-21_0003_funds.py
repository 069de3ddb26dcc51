"""Create the tables of funds."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "commitment",
        sa.Column("commitment_id", sa.String(length=64), nullable=False),
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("pledge_id", sa.String(length=64), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("recorded_minor", sa.BigInteger(), nullable=False),
        sa.Column("reduced_minor", sa.BigInteger(), nullable=False),
        sa.Column("donor_commitment", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("commitment_id"),
    )
    op.create_index(op.f("ix_commitment_fund_id"), "commitment", ["fund_id"], unique=False)
    op.create_index(op.f("ix_commitment_journal_no"), "commitment", ["journal_no"], unique=False)
    op.create_index(op.f("ix_commitment_pledge_id"), "commitment", ["pledge_id"], unique=False)
    op.create_table(
        "donation",
        sa.Column("donation_id", sa.String(length=64), nullable=False),
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("recorded_minor", sa.BigInteger(), nullable=False),
        sa.Column("reduced_minor", sa.BigInteger(), nullable=False),
        sa.Column("donor_commitment", sa.String(length=64), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("list_name", sa.Text(), nullable=True),
        sa.Column("row_no", sa.BigInteger(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("donor_kind", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reduced_minor >= 0", name="refunds_not_negative"),
        sa.PrimaryKeyConstraint("donation_id"),
    )
    op.create_index("ix_donation_fund", "donation", ["fund_id", "journal_no"], unique=False)
    op.create_index("ix_donation_journal", "donation", ["journal_no"], unique=True)
    op.create_table(
        "donation_batch",
        sa.Column("journal_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document_digest", sa.String(length=64), nullable=False),
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("journal_no"),
    )
    op.create_index(op.f("ix_donation_batch_fund_id"), "donation_batch", ["fund_id"], unique=False)
    op.create_table(
        "fund",
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("exercise", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("fund_id"),
    )
    op.create_index(op.f("ix_fund_journal_no"), "fund", ["journal_no"], unique=False)
    op.create_index(op.f("ix_fund_organisation_id"), "fund", ["organisation_id"], unique=False)
    op.create_table(
        "fund_delta",
        sa.Column("received_minor", sa.BigInteger(), nullable=False),
        sa.Column("transfers_in_minor", sa.BigInteger(), nullable=False),
        sa.Column("interest_minor", sa.BigInteger(), nullable=False),
        sa.Column("sale_proceeds_minor", sa.BigInteger(), nullable=False),
        sa.Column("deficit_minor", sa.BigInteger(), nullable=False),
        sa.Column("unallocated_minor", sa.BigInteger(), nullable=False),
        sa.Column("allocated_unspent_minor", sa.BigInteger(), nullable=False),
        sa.Column("spent_on_lots_minor", sa.BigInteger(), nullable=False),
        sa.Column("spent_on_services_minor", sa.BigInteger(), nullable=False),
        sa.Column("prepaid_minor", sa.BigInteger(), nullable=False),
        sa.Column("transferred_out_minor", sa.BigInteger(), nullable=False),
        sa.Column("refunded_minor", sa.BigInteger(), nullable=False),
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("block_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("donations", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "received_minor + transfers_in_minor + interest_minor + sale_proceeds_minor + deficit_minor = unallocated_minor + allocated_unspent_minor + spent_on_lots_minor + spent_on_services_minor + prepaid_minor + transferred_out_minor + refunded_minor",
            name="r1_balances",
        ),
        sa.CheckConstraint(
            "received_minor >= 0 AND transfers_in_minor >= 0 AND interest_minor >= 0 AND sale_proceeds_minor >= 0 AND deficit_minor >= 0 AND unallocated_minor >= 0 AND allocated_unspent_minor >= 0 AND spent_on_lots_minor >= 0 AND spent_on_services_minor >= 0 AND prepaid_minor >= 0 AND transferred_out_minor >= 0 AND refunded_minor >= 0",
            name="r1_none_negative",
        ),
        sa.PrimaryKeyConstraint("fund_id", "block_number"),
    )
    op.create_table(
        "fund_total",
        sa.Column("received_minor", sa.BigInteger(), nullable=False),
        sa.Column("transfers_in_minor", sa.BigInteger(), nullable=False),
        sa.Column("interest_minor", sa.BigInteger(), nullable=False),
        sa.Column("sale_proceeds_minor", sa.BigInteger(), nullable=False),
        sa.Column("deficit_minor", sa.BigInteger(), nullable=False),
        sa.Column("unallocated_minor", sa.BigInteger(), nullable=False),
        sa.Column("allocated_unspent_minor", sa.BigInteger(), nullable=False),
        sa.Column("spent_on_lots_minor", sa.BigInteger(), nullable=False),
        sa.Column("spent_on_services_minor", sa.BigInteger(), nullable=False),
        sa.Column("prepaid_minor", sa.BigInteger(), nullable=False),
        sa.Column("transferred_out_minor", sa.BigInteger(), nullable=False),
        sa.Column("refunded_minor", sa.BigInteger(), nullable=False),
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("donations", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "received_minor + transfers_in_minor + interest_minor + sale_proceeds_minor + deficit_minor = unallocated_minor + allocated_unspent_minor + spent_on_lots_minor + spent_on_services_minor + prepaid_minor + transferred_out_minor + refunded_minor",
            name="r1_balances",
        ),
        sa.CheckConstraint(
            "received_minor >= 0 AND transfers_in_minor >= 0 AND interest_minor >= 0 AND sale_proceeds_minor >= 0 AND deficit_minor >= 0 AND unallocated_minor >= 0 AND allocated_unspent_minor >= 0 AND spent_on_lots_minor >= 0 AND spent_on_services_minor >= 0 AND prepaid_minor >= 0 AND transferred_out_minor >= 0 AND refunded_minor >= 0",
            name="r1_none_negative",
        ),
        sa.PrimaryKeyConstraint("fund_id"),
    )
    op.create_table(
        "income",
        sa.Column("income_id", sa.String(length=64), nullable=False),
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("recorded_minor", sa.BigInteger(), nullable=False),
        sa.Column("sale_id", sa.String(length=64), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("income_id"),
    )
    op.create_index(op.f("ix_income_fund_id"), "income", ["fund_id"], unique=False)
    op.create_index(op.f("ix_income_sale_id"), "income", ["sale_id"], unique=False)
    op.create_table(
        "list_total",
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("list_name", sa.String(), nullable=False),
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("donations", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("publisher", "list_name", "fund_id"),
    )
    op.create_index("ix_list_total_fund", "list_total", ["fund_id"], unique=False)
    op.create_table(
        "payment",
        sa.Column("donation_id", sa.String(length=64), nullable=False),
        sa.Column("promise_id", sa.String(length=64), nullable=False),
        sa.Column("applied_minor", sa.BigInteger(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("donation_id"),
    )
    op.create_index(op.f("ix_payment_promise_id"), "payment", ["promise_id"], unique=False)
    op.create_table(
        "pledge",
        sa.Column("pledge_id", sa.String(length=64), nullable=False),
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("recorded_minor", sa.BigInteger(), nullable=False),
        sa.Column("reduced_minor", sa.BigInteger(), nullable=False),
        sa.Column("donor_commitment", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("pledge_id"),
    )
    op.create_index(op.f("ix_pledge_fund_id"), "pledge", ["fund_id"], unique=False)
    op.create_index(op.f("ix_pledge_journal_no"), "pledge", ["journal_no"], unique=False)
    op.create_table(
        "pool_flow",
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("flow_minor", sa.BigInteger(), nullable=False),
        sa.Column("position_minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("fund_id", "journal_no"),
    )
    op.create_table(
        "refund",
        sa.Column("refund_id", sa.String(length=64), nullable=False),
        sa.Column("donation_id", sa.String(length=64), nullable=False),
        sa.Column("fund_id", sa.String(length=64), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("recorded_minor", sa.BigInteger(), nullable=False),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("refund_id"),
    )
    op.create_index(op.f("ix_refund_donation_id"), "refund", ["donation_id"], unique=False)
    op.create_index(op.f("ix_refund_fund_id"), "refund", ["fund_id"], unique=False)
    op.create_table(
        "summary_delta",
        sa.Column("received_minor", sa.BigInteger(), nullable=False),
        sa.Column("transfers_in_minor", sa.BigInteger(), nullable=False),
        sa.Column("interest_minor", sa.BigInteger(), nullable=False),
        sa.Column("sale_proceeds_minor", sa.BigInteger(), nullable=False),
        sa.Column("deficit_minor", sa.BigInteger(), nullable=False),
        sa.Column("unallocated_minor", sa.BigInteger(), nullable=False),
        sa.Column("allocated_unspent_minor", sa.BigInteger(), nullable=False),
        sa.Column("spent_on_lots_minor", sa.BigInteger(), nullable=False),
        sa.Column("spent_on_services_minor", sa.BigInteger(), nullable=False),
        sa.Column("prepaid_minor", sa.BigInteger(), nullable=False),
        sa.Column("transferred_out_minor", sa.BigInteger(), nullable=False),
        sa.Column("refunded_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("exercise", sa.Boolean(), nullable=False),
        sa.Column("block_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("funds", sa.BigInteger(), nullable=False),
        sa.Column("donations", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "received_minor + transfers_in_minor + interest_minor + sale_proceeds_minor + deficit_minor = unallocated_minor + allocated_unspent_minor + spent_on_lots_minor + spent_on_services_minor + prepaid_minor + transferred_out_minor + refunded_minor",
            name="r1_balances",
        ),
        sa.CheckConstraint(
            "received_minor >= 0 AND transfers_in_minor >= 0 AND interest_minor >= 0 AND sale_proceeds_minor >= 0 AND deficit_minor >= 0 AND unallocated_minor >= 0 AND allocated_unspent_minor >= 0 AND spent_on_lots_minor >= 0 AND spent_on_services_minor >= 0 AND prepaid_minor >= 0 AND transferred_out_minor >= 0 AND refunded_minor >= 0",
            name="r1_none_negative",
        ),
        sa.PrimaryKeyConstraint("currency", "exercise", "block_number"),
    )
    op.create_table(
        "summary_total",
        sa.Column("received_minor", sa.BigInteger(), nullable=False),
        sa.Column("transfers_in_minor", sa.BigInteger(), nullable=False),
        sa.Column("interest_minor", sa.BigInteger(), nullable=False),
        sa.Column("sale_proceeds_minor", sa.BigInteger(), nullable=False),
        sa.Column("deficit_minor", sa.BigInteger(), nullable=False),
        sa.Column("unallocated_minor", sa.BigInteger(), nullable=False),
        sa.Column("allocated_unspent_minor", sa.BigInteger(), nullable=False),
        sa.Column("spent_on_lots_minor", sa.BigInteger(), nullable=False),
        sa.Column("spent_on_services_minor", sa.BigInteger(), nullable=False),
        sa.Column("prepaid_minor", sa.BigInteger(), nullable=False),
        sa.Column("transferred_out_minor", sa.BigInteger(), nullable=False),
        sa.Column("refunded_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("exercise", sa.Boolean(), nullable=False),
        sa.Column("funds", sa.BigInteger(), nullable=False),
        sa.Column("donations", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "received_minor + transfers_in_minor + interest_minor + sale_proceeds_minor + deficit_minor = unallocated_minor + allocated_unspent_minor + spent_on_lots_minor + spent_on_services_minor + prepaid_minor + transferred_out_minor + refunded_minor",
            name="r1_balances",
        ),
        sa.CheckConstraint(
            "received_minor >= 0 AND transfers_in_minor >= 0 AND interest_minor >= 0 AND sale_proceeds_minor >= 0 AND deficit_minor >= 0 AND unallocated_minor >= 0 AND allocated_unspent_minor >= 0 AND spent_on_lots_minor >= 0 AND spent_on_services_minor >= 0 AND prepaid_minor >= 0 AND transferred_out_minor >= 0 AND refunded_minor >= 0",
            name="r1_none_negative",
        ),
        sa.PrimaryKeyConstraint("currency", "exercise"),
    )


def downgrade() -> None:
    op.drop_table("summary_total")
    op.drop_table("summary_delta")
    op.drop_index(op.f("ix_refund_fund_id"), table_name="refund")
    op.drop_index(op.f("ix_refund_donation_id"), table_name="refund")
    op.drop_table("refund")
    op.drop_table("pool_flow")
    op.drop_index(op.f("ix_pledge_journal_no"), table_name="pledge")
    op.drop_index(op.f("ix_pledge_fund_id"), table_name="pledge")
    op.drop_table("pledge")
    op.drop_index(op.f("ix_payment_promise_id"), table_name="payment")
    op.drop_table("payment")
    op.drop_index("ix_list_total_fund", table_name="list_total")
    op.drop_table("list_total")
    op.drop_index(op.f("ix_income_sale_id"), table_name="income")
    op.drop_index(op.f("ix_income_fund_id"), table_name="income")
    op.drop_table("income")
    op.drop_table("fund_total")
    op.drop_table("fund_delta")
    op.drop_index(op.f("ix_fund_organisation_id"), table_name="fund")
    op.drop_index(op.f("ix_fund_journal_no"), table_name="fund")
    op.drop_table("fund")
    op.drop_index(op.f("ix_donation_batch_fund_id"), table_name="donation_batch")
    op.drop_table("donation_batch")
    op.drop_index("ix_donation_journal", table_name="donation")
    op.drop_index("ix_donation_fund", table_name="donation")
    op.drop_table("donation")
    op.drop_index(op.f("ix_commitment_pledge_id"), table_name="commitment")
    op.drop_index(op.f("ix_commitment_journal_no"), table_name="commitment")
    op.drop_index(op.f("ix_commitment_fund_id"), table_name="commitment")
    op.drop_table("commitment")
