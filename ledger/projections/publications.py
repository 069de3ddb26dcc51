"""Published hand-outs and evidence to rows; an import report becomes its list, held back and refused rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from ledger.bindings import publications as bindings
from ledger.contents import IMPORT_REPORT
from ledger.database import insert, insert_rows
from ledger.events import Event
from ledger.models.correction import Adjustment
from ledger.models.lot import GoodsTotal
from ledger.models.publication import (
    Evidence,
    HeldBackChange,
    HeldBackRow,
    ImportList,
    RefusedRow,
    ReportedDistribution,
)
from ledger.projections.adjustments import find_adjustment, insert_adjustment, insert_reversal, root_of
from ledger.projections.contents import ContentColumns, insert_event, listed, number_of, text_of
from ledger.rows import add_to_columns, add_to_row, find_row, get_row, set_columns

PART = "Publications"
CONTENTS = {
    bindings.DistributionReported: ContentColumns(
        ReportedDistribution, listed("date", "recipient", "note"), lambda event: event.fields.report_id
    )
}
_HELD_BACK = ("evidence_id", "row_no", "amount_minor", "of_publisher", "of_list", "of_row", "changes")
_CHANGES = ("evidence_id", "row_no", "position", "field", "was", "now")
_REFUSED = ("evidence_id", "position", "line_no", "row_no", "column", "reason")


def on_distribution_reported(session: Session, events: Sequence[Event]) -> None:
    """Adds the statements to what was reported of their items; no stock moves."""
    for event in events:
        fields = event.fields
        rule = CONTENTS[bindings.DistributionReported]
        insert_event(session, ReportedDistribution, event, rule, recorded_quantity=fields.quantity)
        add_to_row(session, GoodsTotal, {"item_id": fields.item_id}, reported=fields.quantity, reports=1)


def on_evidence_anchored(session: Session, events: Sequence[Event]) -> None:
    """Adds the evidence; of an import report also what it says."""
    for event in events:
        insert_event(session, Evidence, event)
    on_report_contents(session, [event for event in events if event.fields.doc_type == IMPORT_REPORT])


def on_report_contents(session: Session, events: Sequence[Event]) -> None:
    """Adds what import reports say of their lists; a report whose document is missing waits for it."""
    for event in events:
        if event.content is None:
            continue
        evidence_id, report = event.fields.evidence_id, event.content
        insert(
            session,
            ImportList,
            evidence_id=evidence_id,
            publisher=text_of(report, "publisher"),
            list_name=text_of(report, "list"),
            file_name=text_of(report, "file_name"),
            file_sha256=text_of(report, "file_sha256"),
            rows=number_of(report, "rows"),
            recorded=number_of(report, "recorded"),
            held_back=len(_entries(report, "held_back")),
            refused=len(_entries(report, "refused")),
            gaps="\n".join(gap for gap in report.get("gaps") or () if isinstance(gap, str)),
            journal_no=event.journal_no,
        )
        held_back, changes = _held_back(evidence_id, report)
        insert_rows(session, HeldBackRow, _HELD_BACK, held_back)
        insert_rows(session, HeldBackChange, _CHANGES, changes)
        insert_rows(session, RefusedRow, _REFUSED, _refused(evidence_id, report))


def on_record_adjusted(session: Session, events: Sequence[Event]) -> None:
    """Posts the difference on the statement's quantity."""
    for event in events:
        insert_adjustment(session, event, delta=event.fields.delta)
        _change(session, event.fields.record_id, event.fields.delta)


def on_record_reversed(session: Session, events: Sequence[Event]) -> None:
    """Takes a statement, evidence or adjustment out of effect."""
    for event in events:
        record_id = event.fields.record_id
        insert_reversal(session, event, amount=None, shortage=None)
        if adjustment := find_adjustment(session, PART, record_id):
            set_columns(session, Adjustment, {"part": PART, "adjustment_id": record_id}, in_effect=False)
            _change(session, adjustment["record_id"], -adjustment["delta"])
        elif report := find_row(session, ReportedDistribution, record_id):
            set_columns(session, ReportedDistribution, record_id, in_effect=False)
            changes = {"reported": -report["quantity"], "reports": -1}
            add_to_columns(session, GoodsTotal, report["item_id"], **changes)
        else:
            set_columns(session, Evidence, record_id, in_effect=False)


def _change(session: Session, record_id: str, delta: int) -> None:
    report = get_row(session, ReportedDistribution, root_of(session, PART, record_id))
    add_to_columns(session, ReportedDistribution, report["report_id"], quantity=delta)
    add_to_columns(session, GoodsTotal, report["item_id"], reported=delta)


def _held_back(evidence_id: str, report: Mapping[str, Any]) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    rows: dict[int, tuple[Any, ...]] = {}
    changes: list[tuple[Any, ...]] = []
    for place, entry in enumerate(_entries(report, "held_back")):
        row_no = number_of(entry, "row")
        # A row without a number of its own is told apart by its place, below zero.
        key = -1 - place if row_no is None or row_no in rows else row_no
        changed = _entries(entry, "changes")
        of = (text_of(entry, "of_publisher"), text_of(entry, "of_list"), number_of(entry, "of_row"))
        rows[key] = (evidence_id, key, number_of(entry, "amount_minor"), *of, len(changed))
        changes += [
            (evidence_id, key, position, text_of(one, "field"), text_of(one, "was"), text_of(one, "now"))
            for position, one in enumerate(changed)
        ]
    return list(rows.values()), changes


def _refused(evidence_id: str, report: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (
            evidence_id,
            position,
            number_of(entry, "line"),
            number_of(entry, "row"),
            text_of(entry, "column"),
            text_of(entry, "reason"),
        )
        for position, entry in enumerate(_entries(report, "refused"))
    ]


def _entries(report: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    entries = report.get(name)
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


HANDLERS = {
    bindings.DistributionReported: on_distribution_reported,
    bindings.EvidenceAnchored: on_evidence_anchored,
    bindings.RecordAdjusted: on_record_adjusted,
    bindings.RecordReversed: on_record_reversed,
}
