"""What does not add up, what was answered, and how two persons resolved it."""

from sqlmodel import SQLModel

from ledger.models.columns import integer, optional_ref, published, record_key, record_ref, running, text


class Discrepancy(SQLModel, table=True):
    """Opened by the ledger itself, or by an auditor as a finding."""

    __tablename__ = "discrepancy"

    discrepancy_id: str = record_key("Id of the discrepancy.")
    subject_id: str = record_ref("The record that it is about.", index=True)
    kind: str = text("damaged, lost, over, outstanding, overdue, deficit, shortage, finding ...", index=True)
    organisation_id: int = integer("Who has to answer.", index=True)
    line_no: int = integer("Line of the record, or 0.")
    quantity: int = integer("How much, in the record's unit; 0 for a finding.")
    state: str = text("open, answered, resolution_proposed or resolved.", index=True)
    code: str = text("The resolution's code; none until there is one.")
    opened: int = running("How often it was opened, or its quantity became another.")
    proposals: int = running("How many resolutions were proposed, which is the number of the last.")
    note: str | None = published("A finding's text, as published.")
    content_digest: str | None = optional_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who acted when it was opened.")
    journal_no: int = integer("Position in the journal of Discrepancies, of its last opening.", index=True)


class DiscrepancyAnswer(SQLModel, table=True):
    """What the organisation says to it."""

    __tablename__ = "discrepancy_answer"

    answer_id: str = record_key("Id of the answer.")
    discrepancy_id: str = record_ref("The discrepancy.", index=True)
    note: str | None = published("As published.")
    content_digest: str | None = optional_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who answered.")
    journal_no: int = integer("Position in the journal of Discrepancies.")


class Resolution(SQLModel, table=True):
    """A step of resolving it: proposed, rejected or confirmed by another person."""

    __tablename__ = "resolution"

    journal_no: int = integer("Position in the journal of Discrepancies.", primary_key=True)
    discrepancy_id: str = record_ref("The discrepancy.", index=True)
    step: str = text("proposed, rejected or confirmed.")
    proposal_no: int = integer("Which proposal of the discrepancy, from 1.")
    quantity: int = integer("What the discrepancy was about, as the proposer saw it.")
    code: str = text("explained, found_later, written_off ...; none for a rejection.")
    note: str | None = published("As published.")
    content_digest: str | None = optional_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who took the step.")
