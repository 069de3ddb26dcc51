"""What facilities ask for, and how much of it is covered (R9, R10)."""

from functools import cache
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select, union

from ledger.database import table_of
from ledger.models.catalogue import Facility, Item
from ledger.models.consignment import Consignment, ConsignmentLine
from ledger.models.lot import Lot
from ledger.models.need import Demand, GoodsAllocation, Need
from ledger.queries.slices import Slice, cut, exercise, facility_name, is_exercise, item_columns, matching

_NEED, _FACILITY, _ITEM, _DEMAND = table_of(Need), table_of(Facility), table_of(Item), table_of(Demand)
_ALLOCATION, _LOT = table_of(GoodsAllocation), table_of(Lot)
_CONSIGNMENT, _LINE = table_of(Consignment), table_of(ConsignmentLine)
_STANDS = ("approved", "released")


def page(
    part: Slice,
    *,
    facility_id: str | None = None,
    item_id: str | None = None,
    state: str | None = None,
    repeated: bool | None = None,
    in_effect: bool | None = None,
) -> Select[Any]:
    """Needs in the order in which they were published."""
    wanted = {"facility_id": facility_id, "item_id": item_id, "state": state, "repeated": repeated}
    query = matching(_needs(), _NEED, **wanted, in_effect=in_effect)
    return cut(query, part, _NEED.c.need_id, _NEED.c.journal_no)


def one(need_id: str) -> Select[Any]:
    """One need."""
    return _needs().where(_NEED.c.need_id == need_id)


def coverage(
    after: tuple[str, str] | None,
    limit: int,
    *,
    of_exercise: bool = False,
    facility_id: str | None = None,
    item_id: str | None = None,
) -> Select[Any]:
    """By facility and item: what was asked for, or set aside for it without being asked for; one more than `limit`.

    Repeated needs are counted and not added up: what is asked is the largest number among them (R9). None: no number
    was given. Coverage is of that number only.
    """
    unasked = select(_ALLOCATION.c.to_facility_id.label("facility_id"), _LOT.c.item_id)
    unasked = unasked.select_from(_ALLOCATION.join(_LOT, _LOT.c.lot_id == _ALLOCATION.c.lot_id)).where(_stands())
    pairs = union(select(_DEMAND.c.facility_id, _DEMAND.c.item_id), unasked).subquery("pairs")
    mine = is_exercise(pairs.c.facility_id)
    query: Select[Any] = select(
        pairs.c.facility_id,
        pairs.c.item_id,
        *item_columns(),
        facility_name("facility_name"),
        exercise(pairs.c.facility_id),
        _needs_of(pairs, func.count(_NEED.c.need_id)).label("needs"),
        _needs_of(pairs, func.count(func.nullif(_NEED.c.quantity, 0))).label("needs_with_quantity"),
        _needs_of(pairs, func.max(func.nullif(_NEED.c.quantity, 0))).label("asked"),
        _allocated(pairs, asked=True).label("allocated_for_need"),
        _allocated(pairs, asked=False).label("allocated_without_request"),
        _counted(pairs).label("received"),
    ).select_from(
        pairs.outerjoin(_ITEM, _ITEM.c.item_id == pairs.c.item_id).outerjoin(
            _FACILITY, _FACILITY.c.facility_id == pairs.c.facility_id
        )
    )
    query = matching(query, pairs, facility_id=facility_id, item_id=item_id).where(mine if of_exercise else ~mine)
    if after is not None:
        facility, item = pairs.c.facility_id, pairs.c.item_id
        query = query.where(or_(facility > after[0], and_(facility == after[0], item > after[1])))
    return query.order_by(pairs.c.facility_id, pairs.c.item_id).limit(limit + 1)


def _needs_of(pairs: Any, figure: Any) -> Any:
    here = (_NEED.c.facility_id == pairs.c.facility_id) & (_NEED.c.item_id == pairs.c.item_id)
    return select(figure).where(here, _NEED.c.in_effect.is_(True)).correlate(pairs).scalar_subquery()


def _allocated(pairs: Any, *, asked: bool) -> Any:
    # What was dispatched, and of what is not released the rest; a correction may find that more went.
    dispatched, quantity = _ALLOCATION.c.dispatched, _ALLOCATION.c.quantity
    is_over = (_ALLOCATION.c.state == "released") | (dispatched > quantity)
    return (
        select(func.coalesce(func.sum(case((is_over, dispatched), else_=quantity)), 0))
        .select_from(_ALLOCATION.join(_LOT, _LOT.c.lot_id == _ALLOCATION.c.lot_id))
        .where(
            _ALLOCATION.c.to_facility_id == pairs.c.facility_id,
            _LOT.c.item_id == pairs.c.item_id,
            _stands(),
            _ALLOCATION.c.need_id.is_not(None) if asked else _ALLOCATION.c.need_id.is_(None),
        )
        .correlate(pairs)
        .scalar_subquery()
    )


def _counted(pairs: Any) -> Any:
    return (
        select(func.coalesce(func.sum(_LINE.c.good), 0))
        .select_from(
            _LINE.join(_CONSIGNMENT, _CONSIGNMENT.c.consignment_id == _LINE.c.consignment_id).join(
                _LOT, _LOT.c.lot_id == _LINE.c.lot_id
            )
        )
        .where(
            _CONSIGNMENT.c.to_facility_id == pairs.c.facility_id,
            _LOT.c.item_id == pairs.c.item_id,
            _CONSIGNMENT.c.in_effect.is_(True),
        )
        .correlate(pairs)
        .scalar_subquery()
    )


def _stands() -> Any:
    return and_(_ALLOCATION.c.in_effect.is_(True), _ALLOCATION.c.state.in_(_STANDS))


@cache
def _needs() -> Select[Any]:
    query = select(*_NEED.c, *item_columns(), facility_name("facility_name"), exercise(_NEED.c.need_id))
    return query.select_from(
        _NEED.outerjoin(_ITEM, _ITEM.c.item_id == _NEED.c.item_id).outerjoin(
            _FACILITY, _FACILITY.c.facility_id == _NEED.c.facility_id
        )
    )
