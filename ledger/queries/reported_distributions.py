"""What others published that they handed out; it moves no stock (R20)."""

from functools import cache
from typing import Any

from sqlalchemy import Select, select

from ledger.database import table_of
from ledger.models.catalogue import Item
from ledger.models.publication import ReportedDistribution
from ledger.queries.slices import Slice, cut, exercise, item_columns, matching

_REPORT, _ITEM = table_of(ReportedDistribution), table_of(Item)


def page(
    part: Slice,
    *,
    item_id: str | None = None,
    lot_id: str | None = None,
    list_name: str | None = None,
    recipient: str | None = None,
    in_effect: bool | None = None,
) -> Select[Any]:
    """Published lines in the order in which they were recorded."""
    wanted = {"item_id": item_id, "lot_id": lot_id, "list_name": list_name, "recipient": recipient}
    query = matching(_reports(), _REPORT, **wanted, in_effect=in_effect)
    return cut(query, part, _REPORT.c.report_id, _REPORT.c.journal_no)


def one(report_id: str) -> Select[Any]:
    """One published line."""
    return _reports().where(_REPORT.c.report_id == report_id)


@cache
def _reports() -> Select[Any]:
    query = select(*_REPORT.c, *item_columns(), exercise(_REPORT.c.report_id))
    return query.select_from(_REPORT.outerjoin(_ITEM, _ITEM.c.item_id == _REPORT.c.item_id))
