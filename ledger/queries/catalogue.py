"""Items with what became of all their lots (R6), and facilities."""

from functools import cache
from typing import Any

from sqlalchemy import Select, func, select

from ledger.database import table_of
from ledger.models.catalogue import Facility, Item
from ledger.models.lot import QUANTITIES, GoodsTotal, Stock
from ledger.queries.slices import Slice, cut, exercise, matching

_ITEM, _FACILITY, _GOODS, _STOCK = table_of(Item), table_of(Facility), table_of(GoodsTotal), table_of(Stock)
_FIGURES = (*QUANTITIES, "lots", "reported", "reports")


def items(part: Slice, *, name: str | None = None, unit: str | None = None) -> Select[Any]:
    """Items in the order in which they were registered, with their maintained totals."""
    query = matching(_items(), _ITEM, name=name, unit=unit)
    return cut(query, part, _ITEM.c.item_id, _ITEM.c.journal_no)


def item(item_id: str) -> Select[Any]:
    """One item."""
    return _items().where(_ITEM.c.item_id == item_id)


def facilities(part: Slice, *, name: str | None = None, city: str | None = None) -> Select[Any]:
    """Facilities in the order in which they were registered."""
    query = matching(_facilities(), _FACILITY, name=name, city=city)
    return cut(query, part, _FACILITY.c.facility_id, _FACILITY.c.journal_no)


def facility(facility_id: str) -> Select[Any]:
    """One facility."""
    return _facilities().where(_FACILITY.c.facility_id == facility_id)


@cache
def _items() -> Select[Any]:
    figures = [func.coalesce(_GOODS.c[name], 0).label(name) for name in _FIGURES]
    query = select(*_ITEM.c, *figures, exercise(_ITEM.c.item_id))
    return query.select_from(_ITEM.outerjoin(_GOODS, _GOODS.c.item_id == _ITEM.c.item_id))


@cache
def _facilities() -> Select[Any]:
    lots = select(func.count()).where(_STOCK.c.facility_id == _FACILITY.c.facility_id).scalar_subquery()
    return select(*_FACILITY.c, lots.label("lots_here"), exercise(_FACILITY.c.facility_id))
