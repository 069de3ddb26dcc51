"""Lots, what became of them (R7), and what of them is at which facility."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from ledger.database import table_of
from ledger.models.catalogue import Facility, Item
from ledger.models.lot import Lot, Stock, Transformation, TransformationPart
from ledger.models.stock import RecalledLot, StockCount, StockMovement
from ledger.queries.slices import Slice, cut, exercise, facility_name, is_exercise, item_columns, matching

_LOT, _ITEM, _STOCK, _FACILITY = table_of(Lot), table_of(Item), table_of(Stock), table_of(Facility)
_MOVEMENT, _COUNT, _RECALLED = table_of(StockMovement), table_of(StockCount), table_of(RecalledLot)
_PART, _TRANSFORMATION = table_of(TransformationPart), table_of(Transformation)


def page(
    part: Slice,
    *,
    item_id: str | None = None,
    source_id: str | None = None,
    facility_id: str | None = None,
    origin: str | None = None,
    in_effect: bool | None = None,
) -> Select[Any]:
    """Lots in the order in which they were recorded; `facility_id` is where they began."""
    wanted = {"item_id": item_id, "source_id": source_id, "facility_id": facility_id, "origin": origin}
    query = matching(_lots(), _LOT, **wanted, in_effect=in_effect)
    return cut(query, part, _LOT.c.lot_id, _LOT.c.journal_no)


def one(lot_id: str) -> Select[Any]:
    """One lot."""
    return _lots().where(_LOT.c.lot_id == lot_id)


def of_source(source_id: str, limit: int) -> Select[Any]:
    """The lots of a donation in kind or an expenditure, the first `limit` of them."""
    return _lots().where(_LOT.c.source_id == source_id).order_by(_LOT.c.journal_no).limit(limit)


def balances(
    after: tuple[str, str] | None,
    limit: int,
    *,
    of_exercise: bool = False,
    lot_id: str | None = None,
    facility_id: str | None = None,
    item_id: str | None = None,
) -> Select[Any]:
    """What of each lot is at each facility, by facility and lot, one more than `limit`."""
    query: Select[Any] = select(
        *_STOCK.c, _LOT.c.item_id, *item_columns(), facility_name("facility_name"), exercise(_STOCK.c.lot_id)
    ).select_from(
        _STOCK.join(_LOT, _LOT.c.lot_id == _STOCK.c.lot_id)
        .outerjoin(_ITEM, _ITEM.c.item_id == _LOT.c.item_id)
        .outerjoin(_FACILITY, _FACILITY.c.facility_id == _STOCK.c.facility_id)
    )
    query = matching(matching(query, _STOCK, lot_id=lot_id, facility_id=facility_id), _LOT, item_id=item_id)
    mine = is_exercise(_STOCK.c.lot_id)
    query = query.where(mine if of_exercise else ~mine)
    if after is not None:
        query = query.where(_after(_STOCK.c.facility_id, _STOCK.c.lot_id, after))
    return query.order_by(_STOCK.c.facility_id, _STOCK.c.lot_id).limit(limit + 1)


def movements_of(lot_id: str, limit: int) -> Select[Any]:
    """What happened to the lot in stores, the last `limit` movements."""
    query = select(*_MOVEMENT.c).where(_MOVEMENT.c.lot_id == lot_id)
    return query.order_by(_MOVEMENT.c.journal_no.desc()).limit(limit)


def counts_of(lot_id: str, limit: int) -> Select[Any]:
    """The counts of the lot, the last `limit`."""
    query = select(*_COUNT.c).where(_COUNT.c.lot_id == lot_id)
    return query.order_by(_COUNT.c.journal_no.desc()).limit(limit)


def recalls_of(lot_id: str) -> Select[Any]:
    """The recalls that are, or were, on the lot (R13)."""
    return select(*_RECALLED.c).where(_RECALLED.c.lot_id == lot_id).order_by(_RECALLED.c.journal_no)


def transformations_of(lot_id: str) -> Select[Any]:
    """The transformations that the lot went into, or came out of."""
    return (
        select(*_PART.c, _TRANSFORMATION.c.in_effect, _TRANSFORMATION.c.journal_no)
        .select_from(_PART.join(_TRANSFORMATION, _TRANSFORMATION.c.transformation_id == _PART.c.transformation_id))
        .where(_PART.c.lot_id == lot_id)
        .order_by(_TRANSFORMATION.c.journal_no, _PART.c.side, _PART.c.line_no)
    )


@cache
def _lots() -> Select[Any]:
    query = select(*_LOT.c, *item_columns(), facility_name("facility_name"), exercise(_LOT.c.lot_id))
    return query.select_from(
        _LOT.outerjoin(_ITEM, _ITEM.c.item_id == _LOT.c.item_id).outerjoin(
            _FACILITY, _FACILITY.c.facility_id == _LOT.c.facility_id
        )
    )


def _after(first: ColumnElement[Any], second: ColumnElement[Any], after: tuple[str, str]) -> ColumnElement[bool]:
    return or_(first > after[0], and_(first == after[0], second > after[1]))
