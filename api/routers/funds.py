"""Funds: what came in, where it is, and as it was after an earlier block."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query, Request, Response

from api import caching
from api.history import history_of
from api.parameters import CurrencyQuery, IdPath, Part
from api.problems import CURRENT, CURRENT_ONE
from api.reader import Current, Reader, Unmarked
from api.routing import Router
from api.schemas.answers import Fixed, Page, Single
from api.schemas.fields import INTEGER_MAX
from api.schemas.funds import FundAtBlock, FundDetail, FundView, Totals
from ledger.errors import NotFound
from ledger.models.fund import TERMS
from ledger.queries import chain, funds

router = Router(prefix="/funds", tags=["money"])
AtBlock = Annotated[
    int | None, Query(ge=0, le=INTEGER_MAX, description="The totals as they were after this block.", examples=[41])
]


@router.get("", responses=CURRENT)
def list_funds(reader: Current, part: Part, currency: CurrencyQuery = None) -> Page[FundView]:
    """Funds with their totals, in the order in which they were opened."""
    rows = reader.snapshot.rows(funds.page(part, currency=currency))
    return reader.page(FundView, _view, rows, part.limit, "journal_no")


@router.get("/{fund_id}", responses=CURRENT_ONE)
def read_fund(
    request: Request, response: Response, reader: Unmarked, fund_id: IdPath, at_block: AtBlock = None
) -> Single[FundDetail] | Fixed[FundAtBlock]:
    """A fund with its totals and history; with `at_block` its totals after that block, which never change."""
    row = reader.snapshot.only(funds.one(fund_id), f"fund {fund_id}")
    if at_block is not None:
        caching.mark_immutable(response)
        return _at_block(reader, row, at_block)
    caching.mark_current(request, response, reader.tag(request))
    history = history_of(reader, FundView.CONTRACT, row["journal_no"], fund_id)
    return reader.single(FundDetail.of(row, totals=row, history=history))


def _view(row: Mapping[str, Any]) -> FundView:
    return FundView.of(row, totals=row)


def _at_block(reader: Reader, fund: Mapping[str, Any], number: int) -> Fixed[FundAtBlock]:
    block = reader.snapshot.row(chain.block(number))
    if block is None:
        raise NotFound(f"Block {number} was not indexed yet.", hint=f"The last one is {reader.state.number}.")
    row = reader.snapshot.row(funds.at_block(fund["fund_id"], number))
    found = FundAtBlock(
        fund_id=fund["fund_id"],
        currency=fund["currency"],
        totals=Totals.model_validate(row if row else dict.fromkeys((*TERMS, "donations"), 0)),
        moved_at_block=row["block_number"] if row else None,
    )
    return reader.fixed(found, block)
