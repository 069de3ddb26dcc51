"""Goods set aside for facilities, with the flags that the contract computed."""

from collections.abc import Mapping
from typing import Any

from api.history import history_of
from api.parameters import CodeQuery, FlagQuery, IdPath, IdQuery, Part
from api.problems import CURRENT, CURRENT_ONE
from api.reader import Current
from api.routing import Router
from api.schemas.answers import Page, Proof, Single, proof_of
from api.schemas.needs import GoodsAllocationDetail, GoodsAllocationView
from ledger.queries import goods_allocations

router = Router(prefix="/goods-allocations", tags=["needs"])
PART = GoodsAllocationView.CONTRACT


@router.get("", responses=CURRENT)
def list_goods_allocations(
    reader: Current,
    part: Part,
    lot: IdQuery = None,
    to_facility: IdQuery = None,
    need: IdQuery = None,
    state: CodeQuery = None,
    without_request: FlagQuery = None,
    over_coverage: FlagQuery = None,
) -> Page[GoodsAllocationView]:
    """Goods allocations in the order in which they were proposed."""
    query = goods_allocations.page(
        part,
        lot_id=lot,
        to_facility_id=to_facility,
        need_id=need,
        state=state,
        without_request=without_request,
        over_coverage=over_coverage,
    )
    return reader.page(GoodsAllocationView, _view, reader.snapshot.rows(query), part.limit, "journal_no")


@router.get("/{allocation_id}", responses=CURRENT_ONE)
def read_goods_allocation(reader: Current, allocation_id: IdPath) -> Single[GoodsAllocationDetail]:
    """A goods allocation with its history."""
    row = reader.snapshot.only(goods_allocations.one(allocation_id), f"goods allocation {allocation_id}")
    detail = GoodsAllocationDetail.of(
        row,
        proposer_id=row["actor_id"],
        approved=_proof(row["approved_journal_no"]),
        ended=_proof(row["ended_journal_no"]),
        history=history_of(reader, PART, row["journal_no"], allocation_id),
    )
    return reader.single(detail)


def _view(row: Mapping[str, Any]) -> GoodsAllocationView:
    return GoodsAllocationView.of(row, proposer_id=row["actor_id"])


def _proof(journal_no: int | None) -> Proof | None:
    return proof_of(PART, journal_no) if journal_no else None
