"""Create the tables of participants."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("link_id", sa.String(length=64), nullable=False),
        sa.Column("person_record_id", sa.String(length=64), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("delay_s", sa.BigInteger(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.Column("unlinked_journal_no", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("link_id"),
    )
    op.create_index(op.f("ix_account_address"), "account", ["address"], unique=False)
    op.create_index(op.f("ix_account_person_record_id"), "account", ["person_record_id"], unique=False)
    op.create_table(
        "facility",
        sa.Column("facility_id", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("province", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("facility_kind", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("facility_id"),
    )
    op.create_index(op.f("ix_facility_journal_no"), "facility", ["journal_no"], unique=False)
    op.create_index(op.f("ix_facility_name"), "facility", ["name"], unique=False)
    op.create_index(op.f("ix_facility_organisation_id"), "facility", ["organisation_id"], unique=False)
    op.create_table(
        "item",
        sa.Column("item_id", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("specification", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("item_id"),
    )
    op.create_index(op.f("ix_item_journal_no"), "item", ["journal_no"], unique=False)
    op.create_index(op.f("ix_item_name"), "item", ["name"], unique=False)
    op.create_index(op.f("ix_item_organisation_id"), "item", ["organisation_id"], unique=False)
    op.create_table(
        "ledger_part",
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("successor", sa.Text(), nullable=True),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("part"),
    )
    op.create_table(
        "organisation",
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.String(length=64), nullable=False),
        sa.Column("exercise", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("organisation_kind", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id"),
    )
    op.create_table(
        "person",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.create_index(op.f("ix_person_organisation_id"), "person", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_person_record_id"), "person", ["record_id"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("grant_id", sa.String(length=64), nullable=False),
        sa.Column("person_record_id", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=True),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("delay_s", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.Column("ended_journal_no", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("grant_id"),
    )
    op.create_index(op.f("ix_role_grant_journal_no"), "role_grant", ["journal_no"], unique=False)
    op.create_index(op.f("ix_role_grant_organisation_id"), "role_grant", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_role_grant_person_record_id"), "role_grant", ["person_record_id"], unique=False)
    op.create_table(
        "safeguard",
        sa.Column("journal_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("journal_no"),
    )


def downgrade() -> None:
    op.drop_table("safeguard")
    op.drop_index(op.f("ix_role_grant_person_record_id"), table_name="role_grant")
    op.drop_index(op.f("ix_role_grant_organisation_id"), table_name="role_grant")
    op.drop_index(op.f("ix_role_grant_journal_no"), table_name="role_grant")
    op.drop_table("role_grant")
    op.drop_index(op.f("ix_person_record_id"), table_name="person")
    op.drop_index(op.f("ix_person_organisation_id"), table_name="person")
    op.drop_table("person")
    op.drop_table("organisation")
    op.drop_table("ledger_part")
    op.drop_index(op.f("ix_item_organisation_id"), table_name="item")
    op.drop_index(op.f("ix_item_name"), table_name="item")
    op.drop_index(op.f("ix_item_journal_no"), table_name="item")
    op.drop_table("item")
    op.drop_index(op.f("ix_facility_organisation_id"), table_name="facility")
    op.drop_index(op.f("ix_facility_name"), table_name="facility")
    op.drop_index(op.f("ix_facility_journal_no"), table_name="facility")
    op.drop_table("facility")
    op.drop_index(op.f("ix_account_person_record_id"), table_name="account")
    op.drop_index(op.f("ix_account_address"), table_name="account")
    op.drop_table("account")
