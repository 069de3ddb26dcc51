"""Create the tables of needs and consignments."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consignment",
        sa.Column("consignment_id", sa.String(length=64), nullable=False),
        sa.Column("from_facility_id", sa.String(length=64), nullable=False),
        sa.Column("to_facility_id", sa.String(length=64), nullable=False),
        sa.Column("carrier_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("return_of_id", sa.String(length=64), nullable=True),
        sa.Column("waybill_no", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("waybill_digest", sa.String(length=64), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("receipts", sa.BigInteger(), nullable=False),
        sa.Column("finals", sa.BigInteger(), nullable=False),
        sa.Column("custodies", sa.BigInteger(), nullable=False),
        sa.Column("custodian_id", sa.BigInteger(), nullable=False),
        sa.Column("receiver_id", sa.BigInteger(), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("dispatcher_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("consignment_id"),
    )
    op.create_index(op.f("ix_consignment_from_facility_id"), "consignment", ["from_facility_id"], unique=False)
    op.create_index(op.f("ix_consignment_journal_no"), "consignment", ["journal_no"], unique=False)
    op.create_index(op.f("ix_consignment_return_of_id"), "consignment", ["return_of_id"], unique=False)
    op.create_index(op.f("ix_consignment_state"), "consignment", ["state"], unique=False)
    op.create_index(op.f("ix_consignment_to_facility_id"), "consignment", ["to_facility_id"], unique=False)
    op.create_table(
        "consignment_line",
        sa.Column("consignment_id", sa.String(length=64), nullable=False),
        sa.Column("line_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lot_id", sa.String(length=64), nullable=False),
        sa.Column("allocation_id", sa.String(length=64), nullable=True),
        sa.Column("recorded_quantity", sa.BigInteger(), nullable=False),
        sa.Column("dispatched", sa.BigInteger(), nullable=False),
        sa.Column("good", sa.BigInteger(), nullable=False),
        sa.Column("damaged", sa.BigInteger(), nullable=False),
        sa.Column("lost", sa.BigInteger(), nullable=False),
        sa.Column("over", sa.BigInteger(), nullable=False),
        sa.Column("written_off", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("dispatched - good - damaged - lost - written_off >= 0", name="r11_outstanding"),
        sa.CheckConstraint("good >= 0 AND damaged >= 0 AND lost >= 0 AND over >= 0", name="r11_none_negative"),
        sa.PrimaryKeyConstraint("consignment_id", "line_no"),
    )
    op.create_index(op.f("ix_consignment_line_allocation_id"), "consignment_line", ["allocation_id"], unique=False)
    op.create_index(op.f("ix_consignment_line_lot_id"), "consignment_line", ["lot_id"], unique=False)
    op.create_table(
        "custody",
        sa.Column("custody_id", sa.String(length=64), nullable=False),
        sa.Column("consignment_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("custodian_id", sa.BigInteger(), nullable=False),
        sa.Column("before_id", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("custody_id"),
    )
    op.create_index(op.f("ix_custody_consignment_id"), "custody", ["consignment_id"], unique=False)
    op.create_table(
        "demand",
        sa.Column("facility_id", sa.String(length=64), nullable=False),
        sa.Column("item_id", sa.String(length=64), nullable=False),
        sa.Column("needs", sa.BigInteger(), nullable=False),
        sa.Column("allocated", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("facility_id", "item_id"),
    )
    op.create_index(op.f("ix_demand_item_id"), "demand", ["item_id"], unique=False)
    op.create_table(
        "goods_allocation",
        sa.Column("allocation_id", sa.String(length=64), nullable=False),
        sa.Column("lot_id", sa.String(length=64), nullable=False),
        sa.Column("from_facility_id", sa.String(length=64), nullable=False),
        sa.Column("to_facility_id", sa.String(length=64), nullable=False),
        sa.Column("need_id", sa.String(length=64), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("dispatched", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("without_request", sa.Boolean(), nullable=False),
        sa.Column("over_coverage", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reason_digest", sa.String(length=64), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("approver_id", sa.BigInteger(), nullable=True),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.Column("approved_journal_no", sa.BigInteger(), nullable=True),
        sa.Column("ended_journal_no", sa.BigInteger(), nullable=True),
        sa.Column("released", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("allocation_id"),
    )
    op.create_index(
        op.f("ix_goods_allocation_from_facility_id"), "goods_allocation", ["from_facility_id"], unique=False
    )
    op.create_index(op.f("ix_goods_allocation_journal_no"), "goods_allocation", ["journal_no"], unique=False)
    op.create_index(op.f("ix_goods_allocation_lot_id"), "goods_allocation", ["lot_id"], unique=False)
    op.create_index(op.f("ix_goods_allocation_need_id"), "goods_allocation", ["need_id"], unique=False)
    op.create_index(op.f("ix_goods_allocation_state"), "goods_allocation", ["state"], unique=False)
    op.create_index(op.f("ix_goods_allocation_to_facility_id"), "goods_allocation", ["to_facility_id"], unique=False)
    op.create_table(
        "need",
        sa.Column("need_id", sa.String(length=64), nullable=False),
        sa.Column("facility_id", sa.String(length=64), nullable=False),
        sa.Column("item_id", sa.String(length=64), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("recorded_quantity", sa.BigInteger(), nullable=False),
        sa.Column("allocated", sa.BigInteger(), nullable=False),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("list_name", sa.Text(), nullable=True),
        sa.Column("row_no", sa.BigInteger(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("approver_id", sa.BigInteger(), nullable=True),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.Column("approved_journal_no", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("need_id"),
    )
    op.create_index(op.f("ix_need_facility_id"), "need", ["facility_id"], unique=False)
    op.create_index(op.f("ix_need_item_id"), "need", ["item_id"], unique=False)
    op.create_index(op.f("ix_need_journal_no"), "need", ["journal_no"], unique=False)
    op.create_index(op.f("ix_need_state"), "need", ["state"], unique=False)
    op.create_table(
        "receipt",
        sa.Column("receipt_id", sa.String(length=64), nullable=False),
        sa.Column("consignment_id", sa.String(length=64), nullable=False),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("completeness", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("receiver_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("receipt_id"),
    )
    op.create_index(op.f("ix_receipt_consignment_id"), "receipt", ["consignment_id"], unique=False)
    op.create_table(
        "receipt_line",
        sa.Column("receipt_id", sa.String(length=64), nullable=False),
        sa.Column("line_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("consignment_id", sa.String(length=64), nullable=False),
        sa.Column("good", sa.BigInteger(), nullable=False),
        sa.Column("damaged", sa.BigInteger(), nullable=False),
        sa.Column("lost", sa.BigInteger(), nullable=False),
        sa.Column("over", sa.BigInteger(), nullable=False),
        sa.Column("good_recorded", sa.BigInteger(), nullable=False),
        sa.Column("damaged_recorded", sa.BigInteger(), nullable=False),
        sa.Column("lost_recorded", sa.BigInteger(), nullable=False),
        sa.Column("over_recorded", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("receipt_id", "line_no"),
    )
    op.create_index(op.f("ix_receipt_line_consignment_id"), "receipt_line", ["consignment_id"], unique=False)
    op.create_table(
        "write_off",
        sa.Column("discrepancy_id", sa.String(length=64), nullable=False),
        sa.Column("consignment_id", sa.String(length=64), nullable=False),
        sa.Column("line_no", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("discrepancy_id"),
    )
    op.create_index(op.f("ix_write_off_consignment_id"), "write_off", ["consignment_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_write_off_consignment_id"), table_name="write_off")
    op.drop_table("write_off")
    op.drop_index(op.f("ix_receipt_line_consignment_id"), table_name="receipt_line")
    op.drop_table("receipt_line")
    op.drop_index(op.f("ix_receipt_consignment_id"), table_name="receipt")
    op.drop_table("receipt")
    op.drop_index(op.f("ix_need_state"), table_name="need")
    op.drop_index(op.f("ix_need_journal_no"), table_name="need")
    op.drop_index(op.f("ix_need_item_id"), table_name="need")
    op.drop_index(op.f("ix_need_facility_id"), table_name="need")
    op.drop_table("need")
    op.drop_index(op.f("ix_goods_allocation_to_facility_id"), table_name="goods_allocation")
    op.drop_index(op.f("ix_goods_allocation_state"), table_name="goods_allocation")
    op.drop_index(op.f("ix_goods_allocation_need_id"), table_name="goods_allocation")
    op.drop_index(op.f("ix_goods_allocation_lot_id"), table_name="goods_allocation")
    op.drop_index(op.f("ix_goods_allocation_journal_no"), table_name="goods_allocation")
    op.drop_index(op.f("ix_goods_allocation_from_facility_id"), table_name="goods_allocation")
    op.drop_table("goods_allocation")
    op.drop_index(op.f("ix_demand_item_id"), table_name="demand")
    op.drop_table("demand")
    op.drop_index(op.f("ix_custody_consignment_id"), table_name="custody")
    op.drop_table("custody")
    op.drop_index(op.f("ix_consignment_line_lot_id"), table_name="consignment_line")
    op.drop_index(op.f("ix_consignment_line_allocation_id"), table_name="consignment_line")
    op.drop_table("consignment_line")
    op.drop_index(op.f("ix_consignment_to_facility_id"), table_name="consignment")
    op.drop_index(op.f("ix_consignment_state"), table_name="consignment")
    op.drop_index(op.f("ix_consignment_return_of_id"), table_name="consignment")
    op.drop_index(op.f("ix_consignment_journal_no"), table_name="consignment")
    op.drop_index(op.f("ix_consignment_from_facility_id"), table_name="consignment")
    op.drop_table("consignment")
