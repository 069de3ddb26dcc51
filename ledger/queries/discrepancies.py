"""What does not add up, what was answered, and how two persons resolved it."""

from functools import cache
from typing import Any

from sqlalchemy import Select, select

from ledger.database import table_of
from ledger.models.discrepancy import Discrepancy, DiscrepancyAnswer, Resolution
from ledger.queries.slices import Slice, cut, exercise, matching

_DISCREPANCY, _ANSWER, _RESOLUTION = table_of(Discrepancy), table_of(DiscrepancyAnswer), table_of(Resolution)
RESOLVED = "resolved"


def page(
    part: Slice,
    *,
    subject_id: str | None = None,
    kind: str | None = None,
    state: str | None = None,
    unresolved: bool | None = None,
) -> Select[Any]:
    """Discrepancies in the order in which they were last opened."""
    query = matching(_discrepancies(), _DISCREPANCY, subject_id=subject_id, kind=kind, state=state)
    if unresolved is not None:
        is_resolved = _DISCREPANCY.c.state == RESOLVED
        query = query.where(~is_resolved if unresolved else is_resolved)
    return cut(query, part, _DISCREPANCY.c.discrepancy_id, _DISCREPANCY.c.journal_no)


def one(discrepancy_id: str) -> Select[Any]:
    """One discrepancy."""
    return _discrepancies().where(_DISCREPANCY.c.discrepancy_id == discrepancy_id)


def of_subject(subject_id: str, limit: int) -> Select[Any]:
    """The discrepancies about a record, the first `limit` of them."""
    query = _discrepancies().where(_DISCREPANCY.c.subject_id == subject_id)
    return query.order_by(_DISCREPANCY.c.journal_no).limit(limit)


def answers_of(discrepancy_id: str) -> Select[Any]:
    """What the organisation said to it."""
    query = select(*_ANSWER.c).where(_ANSWER.c.discrepancy_id == discrepancy_id)
    return query.order_by(_ANSWER.c.journal_no)


def resolutions_of(discrepancy_id: str) -> Select[Any]:
    """Every step of resolving it."""
    query = select(*_RESOLUTION.c).where(_RESOLUTION.c.discrepancy_id == discrepancy_id)
    return query.order_by(_RESOLUTION.c.journal_no)


@cache
def _discrepancies() -> Select[Any]:
    return select(*_DISCREPANCY.c, exercise(_DISCREPANCY.c.discrepancy_id))
