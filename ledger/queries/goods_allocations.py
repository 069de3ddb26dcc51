"""Goods set aside for a facility, with the flags that the contract computed (R10)."""

from functools import cache
from typing import Any

from sqlalchemy import Select, select

from ledger.database import table_of
from ledger.models.catalogue import Facility, Item
from ledger.models.lot import Lot
from ledger.models.need import GoodsAllocation
from ledger.queries.slices import Slice, cut, exercise, facility_name, item_columns, matching

_ALLOCATION, _LOT, _ITEM = table_of(GoodsAllocation), table_of(Lot), table_of(Item)
_FROM, _TO = table_of(Facility).alias("from_facility"), table_of(Facility).alias("to_facility")


def page(
    part: Slice,
    *,
    lot_id: str | None = None,
    to_facility_id: str | None = None,
    need_id: str | None = None,
    state: str | None = None,
    without_request: bool | None = None,
    over_coverage: bool | None = None,
) -> Select[Any]:
    """Goods allocations in the order in which they were proposed."""
    flags = {"without_request": without_request, "over_coverage": over_coverage}
    wanted = {"lot_id": lot_id, "to_facility_id": to_facility_id, "need_id": need_id, "state": state}
    query = matching(_allocations(), _ALLOCATION, **wanted, **flags)
    return cut(query, part, _ALLOCATION.c.allocation_id, _ALLOCATION.c.journal_no)


def one(allocation_id: str) -> Select[Any]:
    """One goods allocation."""
    return _allocations().where(_ALLOCATION.c.allocation_id == allocation_id)


@cache
def _allocations() -> Select[Any]:
    query = select(
        *_ALLOCATION.c,
        _LOT.c.item_id,
        *item_columns(),
        facility_name("from_facility_name", _FROM),
        facility_name("to_facility_name", _TO),
        exercise(_ALLOCATION.c.allocation_id),
    )
    return query.select_from(
        _ALLOCATION.join(_LOT, _LOT.c.lot_id == _ALLOCATION.c.lot_id)
        .outerjoin(_ITEM, _ITEM.c.item_id == _LOT.c.item_id)
        .outerjoin(_FROM, _FROM.c.facility_id == _ALLOCATION.c.from_facility_id)
        .outerjoin(_TO, _TO.c.facility_id == _ALLOCATION.c.to_facility_id)
    )
