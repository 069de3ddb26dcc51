"""Published lists that were read, and what became of their rows (R20, R22)."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, func, select, tuple_

from ledger.database import table_of
from ledger.models.fund import Fund, ListTotal
from ledger.models.publication import HeldBackChange, HeldBackRow, ImportList, RefusedRow
from ledger.queries.slices import Slice, cut, exercise, matching

_LIST, _HELD = table_of(ImportList), table_of(HeldBackRow)
_CHANGE, _REFUSED = table_of(HeldBackChange), table_of(RefusedRow)
_TOTAL, _FUND = table_of(ListTotal), table_of(Fund)


def page(part: Slice, *, publisher: str | None = None, list_name: str | None = None) -> Select[Any]:
    """Import reports in the order in which they were anchored; a list that was read again has several."""
    query = matching(_lists(), _LIST, publisher=publisher, list_name=list_name)
    return cut(query, part, _LIST.c.evidence_id, _LIST.c.journal_no)


def one(evidence_id: str) -> Select[Any]:
    """One import report."""
    return _lists().where(_LIST.c.evidence_id == evidence_id)


def totals_of(names: Sequence[tuple[str, str]]) -> Select[Any]:
    """What is recorded and in effect of these (publisher, list), by fund; maintained, not summed."""
    query = select(*_TOTAL.c, _FUND.c.currency).select_from(_TOTAL.join(_FUND, _FUND.c.fund_id == _TOTAL.c.fund_id))
    query = query.where(tuple_(_TOTAL.c.publisher, _TOTAL.c.list_name).in_(names))
    return query.order_by(_TOTAL.c.publisher, _TOTAL.c.list_name, _TOTAL.c.fund_id)


def held_back(evidence_id: str, after: int, limit: int, *, changed: bool | None = None) -> Select[Any]:
    """The rows of a list that were held back, by their number; `changed`: those that differ silently, or not."""
    query = select(*_HELD.c).where(_HELD.c.evidence_id == evidence_id, _HELD.c.row_no > after)
    if changed is not None:
        query = query.where(_HELD.c.changes > 0 if changed else _HELD.c.changes == 0)
    return query.order_by(_HELD.c.row_no).limit(limit + 1)


def changes_of(evidence_id: str, row_numbers: Sequence[int]) -> Select[Any]:
    """What differs in these held-back rows."""
    query = select(*_CHANGE.c).where(_CHANGE.c.evidence_id == evidence_id, _CHANGE.c.row_no.in_(row_numbers))
    return query.order_by(_CHANGE.c.row_no, _CHANGE.c.position)


def refused(evidence_id: str, after: int, limit: int) -> Select[Any]:
    """The rows that could not be used, in the report's order."""
    query = select(*_REFUSED.c).where(_REFUSED.c.evidence_id == evidence_id, _REFUSED.c.position > after)
    return query.order_by(_REFUSED.c.position).limit(limit + 1)


@cache
def _lists() -> Select[Any]:
    # Only the last report of a list says what became of it; earlier ones stay to be seen.
    later = table_of(ImportList).alias("later")
    newest = (
        select(func.max(later.c.journal_no))
        .where(
            later.c.publisher == _LIST.c.publisher,
            later.c.list_name == _LIST.c.list_name,
            func.substr(later.c.evidence_id, 1, 8) == func.substr(_LIST.c.evidence_id, 1, 8),
        )
        .correlate(_LIST)
        .scalar_subquery()
    )
    is_last = func.coalesce(newest, _LIST.c.journal_no) == _LIST.c.journal_no
    silent = (
        select(func.count())
        .where(_HELD.c.evidence_id == _LIST.c.evidence_id, _HELD.c.changes > 0)
        .correlate(_LIST)
        .scalar_subquery()
    )
    return select(*_LIST.c, is_last.label("is_last"), silent.label("silent_changes"), exercise(_LIST.c.evidence_id))
