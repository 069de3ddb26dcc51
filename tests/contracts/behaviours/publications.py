"""The writes of Publications, for the suite that every contract passes."""

from behaviours.writes import PartOnly, Write
from names import CHARITY, MASKS, PARTNER_CHARITY, ZERO, ascii_word, digest, record_id

REPORT, EVIDENCE = record_id(CHARITY, "report"), record_id(CHARITY, "evidence")
FOREIGN = record_id(PARTNER_CHARITY, "new")
INVOICE = ascii_word("inv", 16)


def _report(report_id: str, quantity: int = 16_000) -> tuple[int, list[tuple[str, str, str, int, str]]]:
    return (CHARITY, [(report_id, MASKS, ZERO, quantity, digest("row"))])


def _evidence(evidence_id: str, document: str = "invoice") -> tuple[int, list[tuple[str, str, str, str]]]:
    return (CHARITY, [(evidence_id, MASKS, digest(document), INVOICE)])


WRITES = [
    Write(
        "Publications",
        "reportDistributions",
        "importer",
        "IMPORTER",
        arguments=lambda _: _report(REPORT),
        again="allrounder",
        other=lambda _: _report(REPORT, 18_000),
        conflict_id=REPORT,
        foreign=lambda _: _report(FOREIGN),
        foreign_id=FOREIGN,
        is_batch=True,
    ),
    Write(
        "Publications",
        "anchorEvidence",
        "carrier",
        "",
        arguments=lambda _: _evidence(EVIDENCE),
        again="clerk",
        other=lambda _: _evidence(EVIDENCE, "another invoice"),
        conflict_id=EVIDENCE,
        foreign=lambda _: _evidence(FOREIGN),
        foreign_id=FOREIGN,
        is_batch=True,
    ),
]
PART_ONLY = [
    PartOnly("Publications", "reverseRecord", "Corrections", (REPORT, 1)),
    PartOnly("Publications", "adjustRecord", "Corrections", (REPORT, ZERO, 0, 0, 1, 1)),
]
