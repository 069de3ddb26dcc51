"""What others published: lines of goods handed out, documents about records, lists and their rows (R20, R22)."""

from typing import ClassVar

from api.schemas.answers import Proof, Record
from api.schemas.fields import (
    Address,
    Code,
    Count,
    Currency,
    Day,
    Digest,
    Flag,
    Id,
    Minor,
    Person,
    Position,
    Quantity,
    Text,
    View,
    about,
)
from api.schemas.goods import ItemFields
from api.schemas.history import Change, Detail


class ReportedDistributionView(Record, ItemFields):
    """A publisher's statement that goods were handed out. It moves no stock (R20)."""

    CONTRACT: ClassVar[str] = "Publications"
    PATH: ClassVar[str] = "reported-distributions"
    KEY: ClassVar[str] = "report_id"

    report_id: Id = about("Id of the report.")
    lot_id: Id | None = about("The lot that the publisher says it came from; null: it does not say.")
    quantity: Quantity | None = about("In effect; null: not published.")
    recorded_quantity: Quantity | None = about("As it was recorded first; null: not published.")
    publisher: Text | None = about("Who published it; null while its document is missing.", "Hubei Red Cross")
    list_name: Text | None = about("In which list.", "goods_distributed")
    row_no: int | None = about("The list's own number of the line.", 14)
    date: Day | None = about("As published; null: not published.")
    recipient: Text | None = about("As published; null: not published.", "Wuhan Union Hospital")
    actor_id: Person = about("Who recorded it here.")
    in_effect: Flag = about("False: declared never to have been published.")


class ReportedDistributionDetail(ReportedDistributionView, Detail):
    """A published line with its history."""

    note: Text | None = about("As published; null: none.")
    content_digest: Digest | None = about("SHA-256 of its content document; null: it has none.")


class EvidenceView(View):
    """A document that was anchored on a record."""

    evidence_id: Id = about("Id of the evidence.")
    organisation_id: Count = about("The organisation that anchored it.", 2)
    exercise: Flag = about("Part of a marked exercise.", False)
    subject_id: Id = about("The record that it is about.")
    doc_type: Code = about("IATI DocumentCategory, EPCIS BTT, or one of this ledger's own.", "import-report")
    document_digest: Digest = about("SHA-256 of the document.")
    document: Address = about("Where its bytes are.", "/v1/evidence/" + "9f" * 32)
    actor_id: Person = about("Who anchored it.")
    in_effect: Flag = about("False: declared not to belong there.")
    proof: Proof = about("Its raw log.")


class DocumentView(View):
    """What is known of a document without reading it."""

    digest: Digest = about("SHA-256 of its bytes.")
    cid: str = about(
        "The CID under which IPFS has the same bytes.", "bafkreie7q3idv3bojk3pybuq7ggsdotbbjlr3gkimpnf4mczlmk7wsz7ae"
    )
    media_type: str = about("Media type.", "application/json")
    size_bytes: Count = about("How many bytes it has.", 512)
    document: Address = about("Where its bytes are.", "/v1/evidence/" + "9f" * 32)
    evidence: list[EvidenceView] = about("Where it was anchored, the first 200 places; none for a record's content.")


class MissingDocumentView(View):
    """A digest on chain whose document is not here, or is damaged."""

    digest: Digest = about("SHA-256 of the document.")
    field: str = about("Field of the event that cites it.", "content_digest")
    problem: Text = about("missing, or corrupt.", "missing")
    proof: Proof = about("The raw log that cites it.")


class ListTotalView(View):
    """What is recorded and in effect of a list of donations, in one fund."""

    fund_id: Id = about("The fund.")
    currency: Currency = about("ISO 4217.")
    donations: Count = about("Donations in effect.", 1_995)
    amount_minor: Minor = about("Their sum, maintained with every event.")


class ListView(View):
    """A published list as it was read: every row is recorded, held back or refused, and says which."""

    list_id: Id = about("The evidence that anchors the import report: the address of its rows.")
    organisation_id: Count = about("The publisher's organisation.", 2)
    exercise: Flag = about("Part of a marked exercise.", False)
    publisher: Text | None = about("Who published it; null while the report is missing.", "Hubei Red Cross")
    list_name: Text | None = about("The list.", "hubei_04")
    file_name: Text | None = about("Name of the file.", "cash_donations.csv")
    file_sha256: Text | None = about("SHA-256 of the file.", "9f" * 32)
    rows: Count | None = about("Rows that the list published.", 1_995)
    recorded: Count | None = about("Rows recorded.", 0)
    held_back: Count | None = about("Rows held back as a suspected repetition (R22).", 1_995)
    refused: Count | None = about("Rows that could not be used.", 0)
    silent_changes: Count = about("Held-back rows that differ from the row they repeat.", 0)
    gaps: Text | None = about("What the list does not say, a line each; null: nothing is missing, or the report is.")
    is_last: Flag = about("The last report of this list; earlier ones stay to be seen.")
    recorded_totals: list[ListTotalView] = about("What is in effect of it now, by fund; none for lists of goods.")
    held_back_rows: Address = about("The rows held back.", "/v1/lists/" + "00000002" + "ab" * 28 + "/held-back")
    refused_rows: Address = about("The rows refused.", "/v1/lists/" + "00000002" + "ab" * 28 + "/refused")
    proof: Proof = about("The raw log that anchors the report.")


class HeldBackRowView(View):
    """A row that repeats another list's, with what was silently changed in it (R22)."""

    row_no: int = about("The list's own number of the line.", 43)
    amount_minor: Minor | None = about("Its amount; null: not readable.")
    of_publisher: Text | None = about("Publisher of the list that it repeats.", "Hubei Red Cross")
    of_list: Text | None = about("The list that it repeats.", "hubei_01")
    of_row: int | None = about("The row that it repeats.", 43)
    changes: list[Change] = about("What differs: as it was there, and as it is here. Donors only as 'changed'.")


class RefusedRowView(View):
    """A row that could not be used, and why."""

    position: Count = about("Position in the report, from 0.", 0)
    line_no: Position | None = about("Line of the file.")
    row_no: int | None = about("The list's own number of the line.", 17)
    column: Text | None = about("The column.", "amount_cny")
    reason: Text | None = about("Why, and what would be right.", "no amount")
