"""Create the tables of corrections and publications."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "adjustment",
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("adjustment_id", sa.String(length=64), nullable=False),
        sa.Column("record_id", sa.String(length=64), nullable=False),
        sa.Column("line_no", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.BigInteger(), nullable=False),
        sa.Column("delta", sa.BigInteger(), nullable=False),
        sa.Column("shortage", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("part", "adjustment_id"),
    )
    op.create_index(op.f("ix_adjustment_record_id"), "adjustment", ["record_id"], unique=False)
    op.create_table(
        "correction",
        sa.Column("correction_id", sa.String(length=64), nullable=False),
        sa.Column("target_id", sa.String(length=64), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reason_code", sa.Text(), nullable=False),
        sa.Column("corrective_id", sa.String(length=64), nullable=True),
        sa.Column("line_no", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.BigInteger(), nullable=False),
        sa.Column("delta", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("note_digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("approver_id", sa.BigInteger(), nullable=True),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.Column("decided_journal_no", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("correction_id"),
    )
    op.create_index(op.f("ix_correction_corrective_id"), "correction", ["corrective_id"], unique=False)
    op.create_index(op.f("ix_correction_journal_no"), "correction", ["journal_no"], unique=False)
    op.create_index(op.f("ix_correction_state"), "correction", ["state"], unique=False)
    op.create_index(op.f("ix_correction_target_id"), "correction", ["target_id"], unique=False)
    op.create_table(
        "correction_change",
        sa.Column("correction_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("was", sa.Text(), nullable=True),
        sa.Column("now", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("correction_id", "position"),
    )
    op.create_table(
        "discrepancy",
        sa.Column("discrepancy_id", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("line_no", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("opened", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("discrepancy_id"),
    )
    op.create_index(op.f("ix_discrepancy_journal_no"), "discrepancy", ["journal_no"], unique=False)
    op.create_index(op.f("ix_discrepancy_kind"), "discrepancy", ["kind"], unique=False)
    op.create_index(op.f("ix_discrepancy_organisation_id"), "discrepancy", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_discrepancy_state"), "discrepancy", ["state"], unique=False)
    op.create_index(op.f("ix_discrepancy_subject_id"), "discrepancy", ["subject_id"], unique=False)
    op.create_table(
        "discrepancy_answer",
        sa.Column("answer_id", sa.String(length=64), nullable=False),
        sa.Column("discrepancy_id", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("answer_id"),
    )
    op.create_index(
        op.f("ix_discrepancy_answer_discrepancy_id"), "discrepancy_answer", ["discrepancy_id"], unique=False
    )
    op.create_table(
        "evidence",
        sa.Column("evidence_id", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("document_digest", sa.String(length=64), nullable=False),
        sa.Column("doc_type", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("evidence_id"),
    )
    op.create_index(op.f("ix_evidence_doc_type"), "evidence", ["doc_type"], unique=False)
    op.create_index(op.f("ix_evidence_document_digest"), "evidence", ["document_digest"], unique=False)
    op.create_index(op.f("ix_evidence_journal_no"), "evidence", ["journal_no"], unique=False)
    op.create_index(op.f("ix_evidence_subject_id"), "evidence", ["subject_id"], unique=False)
    op.create_table(
        "held_back_change",
        sa.Column("evidence_id", sa.String(length=64), nullable=False),
        sa.Column("row_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("was", sa.Text(), nullable=True),
        sa.Column("now", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("evidence_id", "row_no", "position"),
    )
    op.create_table(
        "held_back_row",
        sa.Column("evidence_id", sa.String(length=64), nullable=False),
        sa.Column("row_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("of_publisher", sa.Text(), nullable=True),
        sa.Column("of_list", sa.Text(), nullable=True),
        sa.Column("of_row", sa.BigInteger(), nullable=True),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("evidence_id", "row_no"),
    )
    op.create_table(
        "import_list",
        sa.Column("evidence_id", sa.String(length=64), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("list_name", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("file_sha256", sa.Text(), nullable=True),
        sa.Column("rows", sa.BigInteger(), nullable=True),
        sa.Column("recorded", sa.BigInteger(), nullable=True),
        sa.Column("held_back", sa.BigInteger(), nullable=True),
        sa.Column("refused", sa.BigInteger(), nullable=True),
        sa.Column("gaps", sa.Text(), nullable=True),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("evidence_id"),
    )
    op.create_index(op.f("ix_import_list_journal_no"), "import_list", ["journal_no"], unique=False)
    op.create_index(op.f("ix_import_list_list_name"), "import_list", ["list_name"], unique=False)
    op.create_table(
        "refused_row",
        sa.Column("evidence_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("line_no", sa.BigInteger(), nullable=True),
        sa.Column("row_no", sa.BigInteger(), nullable=True),
        sa.Column("column", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("evidence_id", "position"),
    )
    op.create_table(
        "reported_distribution",
        sa.Column("report_id", sa.String(length=64), nullable=False),
        sa.Column("item_id", sa.String(length=64), nullable=False),
        sa.Column("lot_id", sa.String(length=64), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("recorded_quantity", sa.BigInteger(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("list_name", sa.Text(), nullable=True),
        sa.Column("row_no", sa.BigInteger(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("in_effect", sa.Boolean(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("report_id"),
    )
    op.create_index(op.f("ix_reported_distribution_item_id"), "reported_distribution", ["item_id"], unique=False)
    op.create_index(op.f("ix_reported_distribution_journal_no"), "reported_distribution", ["journal_no"], unique=False)
    op.create_index("ix_reported_distribution_list", "reported_distribution", ["list_name", "row_no"], unique=False)
    op.create_index(op.f("ix_reported_distribution_lot_id"), "reported_distribution", ["lot_id"], unique=False)
    op.create_index(op.f("ix_reported_distribution_recipient"), "reported_distribution", ["recipient"], unique=False)
    op.create_table(
        "resolution",
        sa.Column("journal_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("discrepancy_id", sa.String(length=64), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("journal_no"),
    )
    op.create_index(op.f("ix_resolution_discrepancy_id"), "resolution", ["discrepancy_id"], unique=False)
    op.create_table(
        "reversal",
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("journal_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.String(length=64), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("shortage", sa.BigInteger(), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("part", "journal_no"),
    )
    op.create_index(op.f("ix_reversal_record_id"), "reversal", ["record_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_reversal_record_id"), table_name="reversal")
    op.drop_table("reversal")
    op.drop_index(op.f("ix_resolution_discrepancy_id"), table_name="resolution")
    op.drop_table("resolution")
    op.drop_index(op.f("ix_reported_distribution_recipient"), table_name="reported_distribution")
    op.drop_index(op.f("ix_reported_distribution_lot_id"), table_name="reported_distribution")
    op.drop_index("ix_reported_distribution_list", table_name="reported_distribution")
    op.drop_index(op.f("ix_reported_distribution_journal_no"), table_name="reported_distribution")
    op.drop_index(op.f("ix_reported_distribution_item_id"), table_name="reported_distribution")
    op.drop_table("reported_distribution")
    op.drop_table("refused_row")
    op.drop_index(op.f("ix_import_list_list_name"), table_name="import_list")
    op.drop_index(op.f("ix_import_list_journal_no"), table_name="import_list")
    op.drop_table("import_list")
    op.drop_table("held_back_row")
    op.drop_table("held_back_change")
    op.drop_index(op.f("ix_evidence_subject_id"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_journal_no"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_document_digest"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_doc_type"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_index(op.f("ix_discrepancy_answer_discrepancy_id"), table_name="discrepancy_answer")
    op.drop_table("discrepancy_answer")
    op.drop_index(op.f("ix_discrepancy_subject_id"), table_name="discrepancy")
    op.drop_index(op.f("ix_discrepancy_state"), table_name="discrepancy")
    op.drop_index(op.f("ix_discrepancy_organisation_id"), table_name="discrepancy")
    op.drop_index(op.f("ix_discrepancy_kind"), table_name="discrepancy")
    op.drop_index(op.f("ix_discrepancy_journal_no"), table_name="discrepancy")
    op.drop_table("discrepancy")
    op.drop_table("correction_change")
    op.drop_index(op.f("ix_correction_target_id"), table_name="correction")
    op.drop_index(op.f("ix_correction_state"), table_name="correction")
    op.drop_index(op.f("ix_correction_journal_no"), table_name="correction")
    op.drop_index(op.f("ix_correction_corrective_id"), table_name="correction")
    op.drop_table("correction")
    op.drop_index(op.f("ix_adjustment_record_id"), table_name="adjustment")
    op.drop_table("adjustment")
