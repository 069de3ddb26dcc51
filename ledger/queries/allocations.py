"""What a fund's money was set aside for, and what came back of it (R1)."""

from functools import cache
from typing import Any

from sqlalchemy import Select, select

from ledger.database import table_of
from ledger.models.allocation import Allocation, AllocationReturn, Redesignation
from ledger.models.fund import Fund
from ledger.queries.slices import Slice, cut, exercise, matching

_ALLOCATION, _RETURN, _FUND = table_of(Allocation), table_of(AllocationReturn), table_of(Fund)
_REDESIGNATION = table_of(Redesignation)


def page(
    part: Slice, *, fund_id: str | None = None, state: str | None = None, in_effect: bool | None = None
) -> Select[Any]:
    """Allocations in the order in which they were proposed."""
    query = matching(_allocations(), _ALLOCATION, fund_id=fund_id, state=state, in_effect=in_effect)
    return cut(query, part, _ALLOCATION.c.allocation_id, _ALLOCATION.c.journal_no)


def one(allocation_id: str) -> Select[Any]:
    """One allocation."""
    return _allocations().where(_ALLOCATION.c.allocation_id == allocation_id)


def returns_of(allocation_id: str) -> Select[Any]:
    """What went back to the fund while the allocation was open."""
    query = select(*_RETURN.c).where(_RETURN.c.allocation_id == allocation_id)
    return query.order_by(_RETURN.c.journal_no)


def redesignation(redesignation_id: str) -> Select[Any]:
    """The change of earmark that an allocation or disbursement stands on (R4)."""
    return select(*_REDESIGNATION.c).where(_REDESIGNATION.c.redesignation_id == redesignation_id)


@cache
def _allocations() -> Select[Any]:
    query = select(*_ALLOCATION.c, _FUND.c.currency, exercise(_ALLOCATION.c.allocation_id))
    return query.select_from(_ALLOCATION.join(_FUND, _FUND.c.fund_id == _ALLOCATION.c.fund_id))
