"""Consignments: what left, who has it, what arrived, and what is outstanding."""

from collections.abc import Mapping
from typing import Any

from api.history import history_of
from api.index_state import moment
from api.parameters import CodeQuery, FlagQuery, IdPath, IdQuery, Part
from api.problems import CURRENT, CURRENT_ONE
from api.reader import Current, Reader
from api.routing import Router
from api.schemas.answers import Page, Single, proven
from api.schemas.consignments import ConsignmentDetail, ConsignmentView, ReceiptView
from ledger.queries import consignments

router = Router(prefix="/consignments", tags=["goods"])
PART = ConsignmentView.CONTRACT
_COUNTED = ("good", "damaged", "lost", "over")


@router.get("", responses=CURRENT)
def list_consignments(
    reader: Current,
    part: Part,
    from_facility: IdQuery = None,
    to_facility: IdQuery = None,
    lot: IdQuery = None,
    state: CodeQuery = None,
    outstanding: FlagQuery = None,
) -> Page[ConsignmentView]:
    """Consignments in the order of their dispatch."""
    query = consignments.page(
        part,
        from_facility_id=from_facility,
        to_facility_id=to_facility,
        lot_id=lot,
        state=state,
        outstanding=outstanding,
    )
    rows = reader.snapshot.rows(query)
    return reader.page(
        ConsignmentView, lambda row: ConsignmentView.of(row, **_said(row)), rows, part.limit, "journal_no"
    )


@router.get("/{consignment_id}", responses=CURRENT_ONE)
def read_consignment(reader: Current, consignment_id: IdPath) -> Single[ConsignmentDetail]:
    """A consignment with lines, receipts (both versions), chain of custody and what is outstanding."""
    read = reader.snapshot
    row = read.only(consignments.one(consignment_id), f"consignment {consignment_id}")
    detail = ConsignmentDetail.of(
        row,
        **_said(row),
        lines=read.rows(consignments.lines_of(consignment_id)),
        receipts=receipts_of(reader, consignment_id),
        custody=[proven(PART, one) for one in read.rows(consignments.custody_of(consignment_id))],
        write_offs=[proven(PART, one) for one in read.rows(consignments.write_offs_of(consignment_id))],
        history=history_of(reader, PART, row["journal_no"], consignment_id),
    )
    return reader.single(detail)


def receipts_of(reader: Reader, consignment_id: str) -> list[ReceiptView]:
    """The receiver's counts with their lines."""
    lines: dict[str, list[dict[str, Any]]] = {}
    for row in reader.snapshot.rows(consignments.receipt_lines_of(consignment_id)):
        line = {
            "line_no": row["line_no"],
            "recorded": {name: row[f"{name}_recorded"] for name in _COUNTED},
            "in_effect": {name: row[name] for name in _COUNTED},
        }
        lines.setdefault(row["receipt_id"], []).append(line)
    return [
        ReceiptView.model_validate(proven(PART, row, lines=lines.get(row["receipt_id"], [])))
        for row in reader.snapshot.rows(consignments.receipts_of(consignment_id))
    ]


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "due_at": moment(row["due_at"]) if row["due_at"] else None,
        "receipts_in_effect": row["receipts"],
        "final_receipts": row["finals"],
        "possessor_id": row["custodian_id"],
    }
