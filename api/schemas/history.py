"""What happened to a record after it was made: evidence, corrections with both versions, discrepancies."""

from api.schemas.answers import Place, Proof
from api.schemas.fields import Address, Code, Count, Digest, Flag, Id, Person, Signed, Text, View, about


class Change(View):
    """A text as it was, and as it is right. The record itself keeps what was recorded."""

    field: Text | None = about("Which field.", "item")
    was: Text | None = about("As it was.", "N95")
    now: Text | None = about("As it is right.", "KN95")


class CorrectionStep(View):
    """A correction that was declared about the record (R15, R16)."""

    correction_id: Id = about("Id of the correction.")
    reason: Code = about("words, did_not_occur or incorrect_data.", "incorrect_data")
    reason_code: Code = about("The declared code.", "misprint")
    state: Code = about("proposed, approved or rejected. Only an approved one changed anything.")
    note: Text | None = about("The published note; null while its document is missing.")
    changes: list[Change] = about("Texts, as they were and as they are right.")
    line_no: Count = about("The line that it is about, or 0.", 0)
    field: Count = about("Which quantity of the line, or 0.", 0)
    delta: Signed = about("By how much an amount or quantity changes.")
    corrective_id: Id | None = about("The adjustment it posts, or the record in place of this one.")
    author_id: Person = about("Who declared it.")
    approver_id: Person | None = about("Who approved or rejected it: another person.")
    url: Address = about("The correction.", "/v1/corrections/" + "00000002" + "ab" * 28)
    proof: Proof = about("Its raw log.")


class AdjustmentStep(View):
    """A difference that was posted on the record, under an id of its own."""

    adjustment_id: Id = about("Its id; it can be corrected in turn.")
    line_no: Count = about("The line, or 0.", 0)
    field: Count = about("Which quantity of the line, or 0.", 0)
    delta: Signed = about("By how much.")
    shortage: Count = about("What was not free to be taken back: a deficit of money, a shortage of goods.", 0)
    in_effect: Flag = about("False: taken back.")
    approver_id: Person = about("Who approved it.")
    proof: Proof = about("Its raw log.")


class ReversalStep(View):
    """The record was taken out of effect: it did not occur."""

    amount: Count | None = about("Its amount or quantity until then.", 1_000)
    shortage: Count | None = about("What was not free to be taken back.", 0)
    approver_id: Person = about("Who approved it.")
    proof: Proof = about("Its raw log.")


class EvidenceStep(View):
    """A document about the record."""

    evidence_id: Id = about("Id of the evidence.")
    doc_type: Code = about("IATI DocumentCategory, EPCIS BTT, or one of this ledger's own.", "A01")
    document_digest: Digest = about("SHA-256 of the document.")
    document: Address = about("Where its bytes are.", "/v1/evidence/" + "9f" * 32)
    in_effect: Flag = about("False: declared not to belong there.")
    proof: Proof = about("Its raw log.")


class DiscrepancyStep(View):
    """Something about the record that does not add up."""

    discrepancy_id: Id = about("Id of the discrepancy.")
    kind: Code = about("What kind it is.", "lost")
    state: Code = about("open, answered, resolution_proposed or resolved.", "open")
    line_no: Count = about("The line that it is about, or 0.", 0)
    quantity: Count = about("How much.", 12)
    url: Address = about("The discrepancy.", "/v1/discrepancies/" + "00000002" + "ab" * 28)


class History(View):
    """What stands on the record. Each list is cut at 200; the addresses give all of it, page by page."""

    place: Place = about("Where on the chain it was recorded.")
    corrections: list[CorrectionStep] = about("Corrections that were declared about it.")
    adjustments: list[AdjustmentStep] = about("Differences that were posted on it.")
    reversals: list[ReversalStep] = about("Where it was taken out of effect.")
    evidence: list[EvidenceStep] = about("Documents about it.")
    discrepancies: list[DiscrepancyStep] = about("Discrepancies about it.")
    all_corrections: Address = about("Every correction.", "/v1/corrections?target=" + "00000002" + "ab" * 28)
    all_evidence: Address = about("All evidence.", "/v1/evidence?subject=" + "00000002" + "ab" * 28)
    all_discrepancies: Address = about("Every discrepancy.", "/v1/discrepancies?subject=" + "00000002" + "ab" * 28)


class Detail(View):
    """A record with its history, for views to add their fields to."""

    history: History = about("What happened to it since.")
