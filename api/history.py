"""Reads what stands on a record: where it was made, corrections, evidence, discrepancies."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.index_state import moment
from api.reader import Reader
from api.schemas.answers import Place, proof_of
from api.schemas.history import (
    AdjustmentStep,
    Change,
    CorrectionStep,
    DiscrepancyStep,
    EvidenceStep,
    History,
    ReversalStep,
)
from ledger.queries import chain, corrections, discrepancies, evidence, history
from ledger.queries.slices import LIMIT_MAX

CORRECTIONS, DISCREPANCIES, PUBLICATIONS = "Corrections", "Discrepancies", "Publications"
Row = Mapping[str, Any]


def history_of(reader: Reader, contract: str, journal_no: int, record_id: str) -> History:
    """What happened to the record since it was made, each list cut at LIMIT_MAX."""
    read = reader.snapshot
    row = read.only(history.overview(contract, journal_no, record_id), f"log {journal_no} of {contract}")
    # Nothing stands on most records, and one query said so of all five.
    declared = read.rows(corrections.of_target(record_id, LIMIT_MAX)) if row["has_corrections"] else []
    anchored = read.rows(evidence.of_subject(record_id, LIMIT_MAX)) if row["has_evidence"] else []
    opened = read.rows(discrepancies.of_subject(record_id, LIMIT_MAX)) if row["has_discrepancies"] else []
    changes = changes_of(reader, [one["correction_id"] for one in declared])
    return History(
        place=_place(row),
        corrections=[_correction(one, changes.get(one["correction_id"], [])) for one in declared],
        adjustments=adjustments_of(reader, record_id) if row["has_adjustments"] else [],
        reversals=reversals_of(reader, record_id) if row["has_reversals"] else [],
        evidence=[_evidence(one) for one in anchored],
        discrepancies=[_discrepancy(one) for one in opened],
        all_corrections=f"/v1/corrections?target={record_id}",
        all_evidence=f"/v1/evidence?subject={record_id}",
        all_discrepancies=f"/v1/discrepancies?subject={record_id}",
    )


def place_of(reader: Reader, contract: str, journal_no: int) -> Place:
    """Where on the chain the record at that position of the contract's journal was made."""
    return _place(reader.snapshot.only(chain.log(contract, journal_no), f"log {journal_no} of {contract}"))


def changes_of(reader: Reader, correction_ids: Sequence[str]) -> dict[str, list[Change]]:
    """What the texts of corrections say was and is, by correction."""
    found: dict[str, list[Change]] = {}
    for row in reader.snapshot.rows(corrections.changes_of(correction_ids)) if correction_ids else ():
        found.setdefault(row["correction_id"], []).append(Change.model_validate(row))
    return found


def adjustments_of(reader: Reader, record_id: str) -> list[AdjustmentStep]:
    """The differences that were posted on the record."""
    rows = reader.snapshot.rows(corrections.adjustments_of(record_id, LIMIT_MAX))
    return [
        AdjustmentStep.model_validate(
            {**row, "approver_id": row["actor_id"], "proof": proof_of(row["part"], row["journal_no"])}
        )
        for row in rows
    ]


def reversals_of(reader: Reader, record_id: str) -> list[ReversalStep]:
    """Where the record was taken out of effect."""
    rows: Iterable[Row] = reader.snapshot.rows(corrections.reversals_of(record_id))
    return [
        ReversalStep.model_validate(
            {**row, "approver_id": row["actor_id"], "proof": proof_of(row["part"], row["journal_no"])}
        )
        for row in rows
    ]


def _place(row: Row) -> Place:
    return Place(
        block_number=row["block_number"],
        block_hash=row["block_hash"],
        block_time=moment(row["timestamp_s"]),
        transaction_hash=row["transaction_hash"],
        log_index=row["log_index"],
    )


def _correction(row: Row, changes: list[Change]) -> CorrectionStep:
    said = {
        "changes": changes,
        "author_id": row["actor_id"],
        "url": f"/v1/corrections/{row['correction_id']}",
        "proof": proof_of(CORRECTIONS, row["journal_no"]),
    }
    return CorrectionStep.model_validate({**row, **said})


def _evidence(row: Row) -> EvidenceStep:
    said = {
        "document": f"/v1/evidence/{row['document_digest']}",
        "proof": proof_of(PUBLICATIONS, row["journal_no"]),
    }
    return EvidenceStep.model_validate({**row, **said})


def _discrepancy(row: Row) -> DiscrepancyStep:
    return DiscrepancyStep.model_validate({**row, "url": f"/v1/discrepancies/{row['discrepancy_id']}"})
