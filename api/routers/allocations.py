"""Allocations of money: proposed by one person, approved by another."""

from collections.abc import Mapping
from typing import Any

from api.history import history_of
from api.parameters import CodeQuery, IdPath, IdQuery, InEffect, Part
from api.problems import CURRENT, CURRENT_ONE
from api.reader import Current
from api.routing import Router
from api.schemas.allocations import AllocationDetail, AllocationView
from api.schemas.answers import Page, Proof, Single, proof_of, proven
from ledger.queries import allocations

router = Router(prefix="/allocations", tags=["money"])
PART = AllocationView.CONTRACT


@router.get("", responses=CURRENT)
def list_allocations(
    reader: Current, part: Part, fund: IdQuery = None, state: CodeQuery = None, in_effect: InEffect = None
) -> Page[AllocationView]:
    """Allocations in the order in which they were proposed."""
    rows = reader.snapshot.rows(allocations.page(part, fund_id=fund, state=state, in_effect=in_effect))
    return reader.page(AllocationView, lambda row: AllocationView.of(row, **_who(row)), rows, part.limit, "journal_no")


@router.get("/{allocation_id}", responses=CURRENT_ONE)
def read_allocation(reader: Current, allocation_id: IdPath) -> Single[AllocationDetail]:
    """An allocation with what came back of it, and the change of earmark it stands on."""
    read = reader.snapshot
    row = read.only(allocations.one(allocation_id), f"allocation {allocation_id}")
    redesignation = row["redesignation_id"] and read.row(allocations.redesignation(row["redesignation_id"]))
    detail = AllocationDetail.of(
        row,
        **_who(row),
        approved=_proof(row["approved_journal_no"]),
        ended=_proof(row["ended_journal_no"]),
        returns=[proven(PART, one) for one in read.rows(allocations.returns_of(allocation_id))],
        redesignation=proven(PART, redesignation, proposer_id=redesignation["actor_id"]) if redesignation else None,
        history=history_of(reader, PART, row["journal_no"], allocation_id),
    )
    return reader.single(detail)


def _who(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"proposer_id": row["actor_id"], "ender_id": row["closer_id"]}


def _proof(journal_no: int | None) -> Proof | None:
    return proof_of(PART, journal_no) if journal_no else None
