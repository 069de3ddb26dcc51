"""The import report of a list: what was read, recorded, held back and refused, and what the list does not say.

It is a public document, anchored on the chain as evidence about the list. The index projects it into the tables
import_list, held_back_row and refused_row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ledger.canonical import canonical_bytes
from ledger.commands import Desk
from ledger.commands.evidence import Evidence, anchor_evidence
from ledger.documents import JSON
from ledger.imports.importer import Importer
from ledger.imports.lists import ListName
from ledger.imports.validation import Refusal

IMPORT_REPORT = "import-report"


@dataclass(frozen=True)
class Report:
    """What is published about the import of one list. Held-back rows are as docs/records.md describes them."""

    name: ListName
    file_name: str
    file_sha256: bytes
    rows: int
    recorded: int
    recorded_minor: Mapping[str, int] = field(default_factory=dict)
    # How many records of each sort the list made, in words.
    records: Mapping[str, int] = field(default_factory=dict)
    held_back: Sequence[Mapping[str, Any]] = ()
    # Rows that repeat another list and are recorded all the same, and the release that two persons signed for it.
    released: Sequence[Mapping[str, Any]] = ()
    release_id: bytes | None = None
    refused: Sequence[Refusal] = ()
    gaps: Sequence[str] = ()

    def content(self) -> dict[str, Any]:
        """The report as a JSON object. The same file gives the same report."""
        released = {
            "released": [dict(row) for row in self.released],
            "release_id": self.release_id.hex() if self.release_id else None,
        }
        return {
            "kind": "import_report",
            "publisher": self.name.publisher,
            "list": self.name.list_name,
            "file_name": self.file_name,
            "file_sha256": self.file_sha256.hex(),
            "rows": self.rows,
            "recorded": self.recorded,
            "recorded_minor": dict(self.recorded_minor),
            "records": dict(self.records),
            "held_back": [dict(row) for row in self.held_back],
            "refused": [
                {key: value for key, value in one._asdict().items() if value is not None}
                for one in sorted_refusals(self)
            ],
            "gaps": list(self.gaps),
        } | (released if self.release_id else {})


def sorted_refusals(report: Report) -> list[Refusal]:
    """The refused lines in the file's order."""
    return sorted(report.refused, key=lambda one: (one.line, one.column, one.reason))


def anchor_reports(importer: Importer, reports: Sequence[Report]) -> None:
    """Afterwards each report is a document whose digest is on the chain. Raises TransactionRefused if it may not be."""
    drafts = []
    for report in reports:
        desk = importer.desk(report.name.publisher)
        digest = put_document(desk, report.content())
        key = ("import_report", *report.name, digest.hex())
        drafts.append(anchor_evidence(desk, [Evidence(key, importer.list_id(report.name), digest, IMPORT_REPORT)]))
    importer.record("reports", drafts).raise_refusals()


def put_document(desk: Desk, content: Mapping[str, Any]) -> bytes:
    """Keeps a public document and returns its digest."""
    return desk.documents.put(canonical_bytes(content), JSON).digest
