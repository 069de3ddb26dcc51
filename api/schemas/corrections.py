"""Errors that were declared: nothing is edited, both versions stay (R15, R16)."""

from typing import ClassVar

from api.schemas.answers import Place, Proof, Record
from api.schemas.fields import Code, Count, Digest, Id, Person, Signed, Text, about
from api.schemas.history import AdjustmentStep, Change, ReversalStep


class CorrectionView(Record):
    """An error declared about a record: what, why, by whom, approved by whom."""

    CONTRACT: ClassVar[str] = "Corrections"
    PATH: ClassVar[str] = "corrections"
    KEY: ClassVar[str] = "correction_id"

    correction_id: Id = about("Id of the correction.")
    target_id: Id = about("The record that it is about.")
    part: str = about("The contract that holds the record.", "Publications")
    reason: Code = about("words, did_not_occur or incorrect_data.", "incorrect_data")
    reason_code: Code = about("The declared code.", "misprint")
    state: Code = about("proposed, approved or rejected. Only an approved one changed anything.")
    note: Text | None = about("The published note; null while its document is missing.", "The notice had a misprint.")
    changes: list[Change] = about("Texts and figures, as they were and as they are right.")
    line_no: Count = about("The line that it is about, or 0.", 0)
    field: Count = about("Which quantity of the line, or 0.", 0)
    delta: Signed = about("By how much an amount or quantity changes; 0 for words and did_not_occur.", 2_000)
    corrective_id: Id | None = about("The adjustment it posts, or the record in place of the target; null: none.")
    author_id: Person = about("Who declared it.")
    approver_id: Person | None = about("Who approved or rejected it: another person; null: nobody yet.")


class CorrectionDetail(CorrectionView):
    """A correction with what it changed."""

    place: Place = about("Where on the chain it was declared.")
    note_digest: Digest = about("SHA-256 of the note's document.")
    decided: Proof | None = about("The raw log of the decision; null: none yet.")
    adjustments: list[AdjustmentStep] = about("Differences posted on the target.")
    reversals: list[ReversalStep] = about("Where the target was taken out of effect.")
