"""Corrections by declaration, and what they changed in the ledger that holds the record (R15, R16)."""

from sqlmodel import Field, SQLModel

from ledger.models.columns import integer, optional_integer, optional_ref, published, record_key, record_ref, text


class Correction(SQLModel, table=True):
    """An error declared about a record: what, why, by whom, approved by whom."""

    __tablename__ = "correction"

    correction_id: str = record_key("Id of the correction.")
    target_id: str = record_ref("The record that it is about.", index=True)
    part: str = text("The contract that holds the record.")
    reason: str = text("words, did_not_occur or incorrect_data.")
    reason_code: str = text("The declared code.")
    corrective_id: str | None = optional_ref("The adjustment it posts, or the record in place.", index=True)
    line_no: int = integer("The line that it is about, or 0.")
    field: int = integer("Which quantity of the line, or 0.")
    delta: int = integer("By how much an amount or quantity changes.")
    note: str | None = published("The published note.")
    note_digest: str = record_ref("SHA-256 of the note's document.")
    state: str = text("proposed, approved or rejected.", index=True)
    actor_id: int = integer("Who declared it.")
    approver_id: int | None = optional_integer("Who approved or rejected it.")
    journal_no: int = integer("Position in the journal of Corrections.", index=True)
    decided_journal_no: int | None = optional_integer("Where it was decided.")


class CorrectionChange(SQLModel, table=True):
    """A text that a correction changes, as its note says."""

    __tablename__ = "correction_change"

    correction_id: str = record_key("The correction.")
    position: int = integer("Position in the note, from 0.", primary_key=True)
    field: str | None = published("Which text.")
    was: str | None = published("As it was.")
    now: str | None = published("As it is now.")


class Adjustment(SQLModel, table=True):
    """A difference that was posted on a record, under an id of its own."""

    __tablename__ = "adjustment"

    part: str = Field(primary_key=True, description="The contract that posted it.")
    adjustment_id: str = record_key("Id of the adjustment.")
    record_id: str = record_ref("The record (or adjustment) that it changes.", index=True)
    line_no: int = integer("The line, or 0.")
    field: int = integer("Which quantity of the line, or 0.")
    delta: int = integer("By how much.")
    shortage: int = integer("What was not free to be taken back: deficit of money, shortage of goods.")
    in_effect: bool = Field(True, description="False: taken back.")
    actor_id: int = integer("Who approved it.")
    journal_no: int = integer("Position in that contract's journal.")


class Reversal(SQLModel, table=True):
    """A record that was taken out of effect: it did not occur."""

    __tablename__ = "reversal"

    part: str = Field(primary_key=True, description="The contract that holds the record.")
    journal_no: int = integer("Position in that contract's journal.", primary_key=True)
    record_id: str = record_ref("The record.", index=True)
    amount: int | None = optional_integer("Its amount or quantity until then.")
    shortage: int | None = optional_integer("What was not free to be taken back.")
    actor_id: int = integer("Who approved it.")
