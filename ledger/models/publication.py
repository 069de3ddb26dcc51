"""What others published, as they published it, and the evidence on any record (R20, R22)."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from ledger.models.columns import (
    flag,
    integer,
    optional_integer,
    optional_ref,
    published,
    record_key,
    record_ref,
    text,
)


class ReportedDistribution(SQLModel, table=True):
    """A publisher's statement that goods were handed out. It moves no stock (R20)."""

    __tablename__ = "reported_distribution"
    __table_args__ = (Index("ix_reported_distribution_list", "list_name", "row_no"),)

    report_id: str = record_key("Id of the report.")
    item_id: str = record_ref("The item, as written there.", index=True)
    lot_id: str | None = optional_ref("The lot that the publisher says it came from.", index=True)
    quantity: int = integer("In effect; 0: not published.")
    recorded_quantity: int = integer("As it was recorded; 0: not published.")
    publisher: str | None = published("Who published it.")
    list_name: str | None = published("In which list.")
    row_no: int | None = optional_integer("The list's own number of the line.")
    date: str | None = published("YYYY-MM-DD as published.")
    recipient: str | None = published("As published.", index=True)
    note: str | None = published("As published.")
    content_digest: str | None = optional_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who recorded it here.")
    in_effect: bool = flag("False: declared never to have been published.", default=True)
    journal_no: int = integer("Position in the journal of Publications.", index=True)


class Evidence(SQLModel, table=True):
    """A document about a record."""

    __tablename__ = "evidence"

    evidence_id: str = record_key("Id of the evidence.")
    subject_id: str = record_ref("The record that it is about.", index=True)
    document_digest: str = record_ref("SHA-256 of the document.", index=True)
    doc_type: str = text("IATI DocumentCategory, EPCIS BTT, or one of this ledger's own.", index=True)
    actor_id: int = integer("Who anchored it.")
    in_effect: bool = flag("False: declared not to belong there.", default=True)
    journal_no: int = integer("Position in the journal of Publications.", index=True)


class ImportList(SQLModel, table=True):
    """A published list that was read, and what became of its rows, as its anchored import report says."""

    __tablename__ = "import_list"

    evidence_id: str = record_key("The evidence that anchors the report.")
    publisher: str | None = published("Who published it.")
    list_name: str | None = published("The list.", index=True)
    file_name: str | None = published("Name of the file.")
    file_sha256: str | None = published("SHA-256 of the file.")
    rows: int | None = optional_integer("Rows read.")
    recorded: int | None = optional_integer("Rows recorded.")
    held_back: int | None = optional_integer("Rows held back as a suspected repetition (R22).")
    refused: int | None = optional_integer("Rows that could not be used.")
    gaps: str | None = published("What the list does not say, a line each.")
    journal_no: int = integer("Position in the journal of Publications.", index=True)


class HeldBackRow(SQLModel, table=True):
    """A row of a list that repeats another list's (R22), with what was silently changed in it."""

    __tablename__ = "held_back_row"

    evidence_id: str = record_key("The import report.")
    row_no: int = integer("The list's own number of the line.", primary_key=True)
    amount_minor: int | None = optional_integer("Its amount.")
    of_publisher: str | None = published("Who published that list, if another.")
    of_list: str | None = published("The list that it repeats.")
    of_row: int | None = optional_integer("The row that it repeats.")
    changes: int = integer("How many fields were silently changed.")


class HeldBackChange(SQLModel, table=True):
    """A field of a held-back row that differs from the row it repeats, without a word about it."""

    __tablename__ = "held_back_change"

    evidence_id: str = record_key("The import report.")
    row_no: int = integer("The list's own number of the line.", primary_key=True)
    position: int = integer("Position among the row's changes, from 0.", primary_key=True)
    field: str | None = published("The field; of a donor the commitments are shown.")
    was: str | None = published("In the row that it repeats.")
    now: str | None = published("In the held-back row.")


class RefusedRow(SQLModel, table=True):
    """A row that could not be used, and why."""

    __tablename__ = "refused_row"

    evidence_id: str = record_key("The import report.")
    position: int = integer("Position in the report, from 0.", primary_key=True)
    line_no: int | None = optional_integer("Its line in the file.")
    row_no: int | None = optional_integer("The list's own number of the line.")
    column: str | None = published("The column.")
    reason: str | None = published("Why, and what would be right.")
