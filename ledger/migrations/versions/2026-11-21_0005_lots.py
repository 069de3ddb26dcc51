"""Create the tables of lots."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "donation_in_kind",
        sa.Column("donation_id", sa.String(length=64), nullable=False),
        sa.Column("facility_id", sa.String(length=64), nullable=False),
        sa.Column("donor_commitment", sa.String(length=64), nullable=False),
        sa.Column("donor_organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("list_name", sa.Text(), nullable=True),
        sa.Column("row_no", sa.BigInteger(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("donor_kind", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("donation_id"),
    )
    op.create_index(op.f("ix_donation_in_kind_facility_id"), "donation_in_kind", ["facility_id"], unique=False)
    op.create_index(op.f("ix_donation_in_kind_journal_no"), "donation_in_kind", ["journal_no"], unique=False)
    op.create_table(
        "goods_total",
        sa.Column("commissioned", sa.BigInteger(), nullable=False),
        sa.Column("found", sa.BigInteger(), nullable=False),
        sa.Column("transformed_in", sa.BigInteger(), nullable=False),
        sa.Column("shortage", sa.BigInteger(), nullable=False),
        sa.Column("usable", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("quarantined", sa.BigInteger(), nullable=False),
        sa.Column("in_transit", sa.BigInteger(), nullable=False),
        sa.Column("distributed", sa.BigInteger(), nullable=False),
        sa.Column("sold", sa.BigInteger(), nullable=False),
        sa.Column("lost", sa.BigInteger(), nullable=False),
        sa.Column("issued_without_record", sa.BigInteger(), nullable=False),
        sa.Column("disposed", sa.BigInteger(), nullable=False),
        sa.Column("returned_to_donor", sa.BigInteger(), nullable=False),
        sa.Column("transformed_out", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.String(length=64), nullable=False),
        sa.Column("lots", sa.BigInteger(), nullable=False),
        sa.Column("reported", sa.BigInteger(), nullable=False),
        sa.Column("reports", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "commissioned + found + transformed_in + shortage = usable + quarantined + in_transit + distributed + sold + lost + disposed + returned_to_donor + transformed_out",
            name="r7_balances",
        ),
        sa.CheckConstraint(
            "commissioned >= 0 AND found >= 0 AND transformed_in >= 0 AND shortage >= 0 AND usable >= 0 AND reserved >= 0 AND quarantined >= 0 AND in_transit >= 0 AND distributed >= 0 AND sold >= 0 AND lost >= 0 AND issued_without_record >= 0 AND disposed >= 0 AND returned_to_donor >= 0 AND transformed_out >= 0",
            name="r7_none_negative",
        ),
        sa.PrimaryKeyConstraint("item_id"),
    )
    op.create_table(
        "lot",
        sa.Column("commissioned", sa.BigInteger(), nullable=False),
        sa.Column("found", sa.BigInteger(), nullable=False),
        sa.Column("transformed_in", sa.BigInteger(), nullable=False),
        sa.Column("shortage", sa.BigInteger(), nullable=False),
        sa.Column("usable", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("quarantined", sa.BigInteger(), nullable=False),
        sa.Column("in_transit", sa.BigInteger(), nullable=False),
        sa.Column("distributed", sa.BigInteger(), nullable=False),
        sa.Column("sold", sa.BigInteger(), nullable=False),
        sa.Column("lost", sa.BigInteger(), nullable=False),
        sa.Column("issued_without_record", sa.BigInteger(), nullable=False),
        sa.Column("disposed", sa.BigInteger(), nullable=False),
        sa.Column("returned_to_donor", sa.BigInteger(), nullable=False),
        sa.Column("transformed_out", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.String(length=64), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("item_id", sa.String(length=64), nullable=False),
        sa.Column("facility_id", sa.String(length=64), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("cost_minor", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("expiry_date", sa.BigInteger(), nullable=False),
        sa.Column("lot_no", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("list_name", sa.Text(), nullable=True),
        sa.Column("row_no", sa.BigInteger(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.Column("recalls", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "commissioned + found + transformed_in + shortage = usable + quarantined + in_transit + distributed + sold + lost + disposed + returned_to_donor + transformed_out",
            name="r7_balances",
        ),
        sa.CheckConstraint(
            "commissioned >= 0 AND found >= 0 AND transformed_in >= 0 AND shortage >= 0 AND usable >= 0 AND reserved >= 0 AND quarantined >= 0 AND in_transit >= 0 AND distributed >= 0 AND sold >= 0 AND lost >= 0 AND issued_without_record >= 0 AND disposed >= 0 AND returned_to_donor >= 0 AND transformed_out >= 0",
            name="r7_none_negative",
        ),
        sa.PrimaryKeyConstraint("lot_id"),
    )
    op.create_index(op.f("ix_lot_facility_id"), "lot", ["facility_id"], unique=False)
    op.create_index(op.f("ix_lot_item_id"), "lot", ["item_id"], unique=False)
    op.create_index(op.f("ix_lot_journal_no"), "lot", ["journal_no"], unique=False)
    op.create_index(op.f("ix_lot_source_id"), "lot", ["source_id"], unique=False)
    op.create_table(
        "recall",
        sa.Column("recall_id", sa.String(length=64), nullable=False),
        sa.Column("lot_id", sa.String(length=64), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.Column("closed_journal_no", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("recall_id"),
    )
    op.create_index(op.f("ix_recall_lot_id"), "recall", ["lot_id"], unique=False)
    op.create_table(
        "recalled_lot",
        sa.Column("recall_id", sa.String(length=64), nullable=False),
        sa.Column("lot_id", sa.String(length=64), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("recall_id", "lot_id"),
    )
    op.create_table(
        "stock",
        sa.Column("lot_id", sa.String(length=64), nullable=False),
        sa.Column("facility_id", sa.String(length=64), nullable=False),
        sa.Column("usable", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("quarantined", sa.BigInteger(), nullable=False),
        sa.Column("shortage", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("usable >= reserved AND reserved >= 0 AND quarantined >= 0 AND shortage >= 0", name="there"),
        sa.PrimaryKeyConstraint("lot_id", "facility_id"),
    )
    op.create_index(op.f("ix_stock_facility_id"), "stock", ["facility_id"], unique=False)
    op.create_table(
        "stock_count",
        sa.Column("count_id", sa.String(length=64), nullable=False),
        sa.Column("lot_id", sa.String(length=64), nullable=False),
        sa.Column("facility_id", sa.String(length=64), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("count_id"),
    )
    op.create_index(op.f("ix_stock_count_facility_id"), "stock_count", ["facility_id"], unique=False)
    op.create_index(op.f("ix_stock_count_lot_id"), "stock_count", ["lot_id"], unique=False)
    op.create_table(
        "stock_movement",
        sa.Column("record_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lot_id", sa.String(length=64), nullable=False),
        sa.Column("facility_id", sa.String(length=64), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("recorded_quantity", sa.BigInteger(), nullable=False),
        sa.Column("reversed_quantity", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("recipients", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("item_id", sa.String(length=64), nullable=True),
        sa.Column("stands_on_id", sa.String(length=64), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("second_person_id", sa.BigInteger(), nullable=True),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_journal_no", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("record_id"),
    )
    op.create_index(op.f("ix_stock_movement_facility_id"), "stock_movement", ["facility_id"], unique=False)
    op.create_index(op.f("ix_stock_movement_kind"), "stock_movement", ["kind"], unique=False)
    op.create_index(op.f("ix_stock_movement_lot_id"), "stock_movement", ["lot_id"], unique=False)
    op.create_index(op.f("ix_stock_movement_stands_on_id"), "stock_movement", ["stands_on_id"], unique=False)
    op.create_table(
        "transformation",
        sa.Column("transformation_id", sa.String(length=64), nullable=False),
        sa.Column("facility_id", sa.String(length=64), nullable=False),
        sa.Column("evidence_digest", sa.String(length=64), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("transformation_id"),
    )
    op.create_index(op.f("ix_transformation_facility_id"), "transformation", ["facility_id"], unique=False)
    op.create_table(
        "transformation_part",
        sa.Column("transformation_id", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("line_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lot_id", sa.String(length=64), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("transformation_id", "side", "line_no"),
    )
    op.create_index(op.f("ix_transformation_part_lot_id"), "transformation_part", ["lot_id"], unique=False)
    op.create_table(
        "valuation",
        sa.Column("valuation_id", sa.String(length=64), nullable=False),
        sa.Column("donation_id", sa.String(length=64), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("value_date", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("valuation_id"),
    )
    op.create_index(op.f("ix_valuation_donation_id"), "valuation", ["donation_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_valuation_donation_id"), table_name="valuation")
    op.drop_table("valuation")
    op.drop_index(op.f("ix_transformation_part_lot_id"), table_name="transformation_part")
    op.drop_table("transformation_part")
    op.drop_index(op.f("ix_transformation_facility_id"), table_name="transformation")
    op.drop_table("transformation")
    op.drop_index(op.f("ix_stock_movement_stands_on_id"), table_name="stock_movement")
    op.drop_index(op.f("ix_stock_movement_lot_id"), table_name="stock_movement")
    op.drop_index(op.f("ix_stock_movement_kind"), table_name="stock_movement")
    op.drop_index(op.f("ix_stock_movement_facility_id"), table_name="stock_movement")
    op.drop_table("stock_movement")
    op.drop_index(op.f("ix_stock_count_lot_id"), table_name="stock_count")
    op.drop_index(op.f("ix_stock_count_facility_id"), table_name="stock_count")
    op.drop_table("stock_count")
    op.drop_index(op.f("ix_stock_facility_id"), table_name="stock")
    op.drop_table("stock")
    op.drop_table("recalled_lot")
    op.drop_index(op.f("ix_recall_lot_id"), table_name="recall")
    op.drop_table("recall")
    op.drop_index(op.f("ix_lot_source_id"), table_name="lot")
    op.drop_index(op.f("ix_lot_journal_no"), table_name="lot")
    op.drop_index(op.f("ix_lot_item_id"), table_name="lot")
    op.drop_index(op.f("ix_lot_facility_id"), table_name="lot")
    op.drop_table("lot")
    op.drop_table("goods_total")
    op.drop_index(op.f("ix_donation_in_kind_journal_no"), table_name="donation_in_kind")
    op.drop_index(op.f("ix_donation_in_kind_facility_id"), table_name="donation_in_kind")
    op.drop_table("donation_in_kind")
