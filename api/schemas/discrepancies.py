"""What does not add up, what was answered, and how two persons resolved it (R11, R12)."""

from typing import ClassVar

from api.schemas.answers import Place, Proof, Record
from api.schemas.fields import Address, Code, Count, Digest, Id, Person, Text, View, about


class DiscrepancyView(Record):
    """Opened by the ledger itself, or by an auditor as a finding."""

    CONTRACT: ClassVar[str] = "Discrepancies"
    PATH: ClassVar[str] = "discrepancies"
    KEY: ClassVar[str] = "discrepancy_id"

    discrepancy_id: Id = about("Id of the discrepancy.")
    subject_id: Id = about("The record that it is about.")
    kind: Code = about("damaged, lost, over, outstanding, overdue, deficit, shortage, finding ...", "lost")
    line_no: Count = about("Line of the record, or 0.", 0)
    quantity: Count = about("How much, in the record's unit; 0 for a finding.", 12)
    state: Code = about("open, answered, resolution_proposed or resolved.", "open")
    code: Code = about("The resolution's code; none until there is one.", "none")
    opened_times: Count = about("How often it was opened, or its quantity became another.", 1)
    proposals: Count = about("How many resolutions were proposed.", 1)
    note: Text | None = about("A finding's text, as published; null: none.")
    actor_id: Person = about("Who acted when it was opened.")


class AnswerView(View):
    """What the organisation says to it."""

    answer_id: Id = about("Id of the answer.")
    note: Text | None = about("As published; null while its document is missing.")
    content_digest: Digest | None = about("SHA-256 of its document; null: it has none.")
    actor_id: Person = about("Who answered.")
    proof: Proof = about("Its raw log.")


class ResolutionView(View):
    """A step of resolving it: proposed by one person, confirmed or rejected by another."""

    step: Code = about("proposed, rejected or confirmed.", "proposed")
    proposal_no: Count = about("Which proposal of the discrepancy, from 1.", 1)
    quantity: Count = about("What the discrepancy was about, as the proposer saw it.", 12)
    code: Code = about("explained, found_later, written_off ...; none for a rejection.", "explained")
    note: Text | None = about("As published; null: none.")
    content_digest: Digest | None = about("SHA-256 of its document; null: it has none.")
    actor_id: Person = about("Who took the step.")
    proof: Proof = about("Its raw log.")


class DiscrepancyDetail(DiscrepancyView):
    """A discrepancy with its answers and every step of resolving it."""

    place: Place = about("Where on the chain it was opened.")
    content_digest: Digest | None = about("SHA-256 of a finding's document; null: it has none.")
    answers: list[AnswerView] = about("What the organisation says to it.")
    resolutions: list[ResolutionView] = about("Steps of resolving it.")
    all_evidence: Address = about("Evidence on it.", "/v1/evidence?subject=" + "00000002" + "ab" * 28)
