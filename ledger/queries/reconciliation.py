"""Goods received against goods that others published as handed out: per item and unit, and per lot (R20).

Nothing is matched by likeness: an item is its name, specification and unit, as written.
"""

from typing import Any

from sqlalchemy import Select, func, or_, select

from ledger.database import table_of
from ledger.models.catalogue import Item
from ledger.models.correction import Correction
from ledger.models.lot import GoodsTotal, Lot
from ledger.models.publication import ReportedDistribution
from ledger.queries.slices import Slice, cut, exercise, item_columns, matching

_ITEM, _GOODS, _LOT = table_of(Item), table_of(GoodsTotal), table_of(Lot)
_REPORT, _CORRECTION = table_of(ReportedDistribution), table_of(Correction)
_GIVEN = _GOODS.c.commissioned + _GOODS.c.found


def items(
    part: Slice, *, name: str | None = None, unit: str | None = None, differing: bool | None = None
) -> Select[Any]:
    """Items of which goods came in or were published as handed out, with the maintained totals of both."""
    difference = _GIVEN - _GOODS.c.reported
    query: Select[Any] = select(
        *_ITEM.c,
        _GIVEN.label("received"),
        _GOODS.c.reported,
        _GOODS.c.reports,
        _GOODS.c.lots,
        difference.label("difference"),
        exercise(_ITEM.c.item_id),
    ).select_from(_ITEM.join(_GOODS, _GOODS.c.item_id == _ITEM.c.item_id))
    query = matching(query, _ITEM, name=name, unit=unit).where(or_(_GIVEN > 0, _GOODS.c.reports > 0))
    if differing is not None:
        query = query.where(difference != 0 if differing else difference == 0)
    return cut(query, part, _ITEM.c.item_id, _ITEM.c.journal_no)


def lots(part: Slice, *, unexplained: bool | None = None) -> Select[Any]:
    """Lots of which published lines state quantities: given, stated, unexplained, as published first and in effect.

    As published first: the lines as they were recorded, without those that a correction put in another's place.
    """
    first = func.coalesce(_stated(_REPORT.c.recorded_quantity, _is_original()), 0)
    now = func.coalesce(_stated(_REPORT.c.quantity, _REPORT.c.in_effect.is_(True)), 0)
    given = _LOT.c.commissioned + _LOT.c.found + _LOT.c.transformed_in
    # A line that names a recipient and no quantity says nothing of how much is left unexplained.
    quantified = (_REPORT.c.lot_id == _LOT.c.lot_id, _REPORT.c.recorded_quantity > 0)
    cited = select(_REPORT.c.report_id).where(*quantified).correlate(_LOT).exists()
    query: Select[Any] = select(
        *_LOT.c,
        *item_columns(),
        given.label("given"),
        first.label("first_stated"),
        now.label("stated"),
        exercise(_LOT.c.lot_id),
    )
    query = query.select_from(_LOT.outerjoin(_ITEM, _ITEM.c.item_id == _LOT.c.item_id)).where(cited)
    if unexplained is not None:
        query = query.where(given != now if unexplained else given == now)
    return cut(query, part, _LOT.c.lot_id, _LOT.c.journal_no)


def _stated(quantity: Any, counts: Any) -> Any:
    query = select(func.sum(quantity)).where(_REPORT.c.lot_id == _LOT.c.lot_id, counts)
    return query.correlate(_LOT).scalar_subquery()


def _is_original() -> Any:
    in_place = select(_CORRECTION.c.corrective_id).where(_CORRECTION.c.corrective_id == _REPORT.c.report_id)
    return ~in_place.correlate(_REPORT).exists()
