"""Errors that were declared about records, and what the declarations changed (R15, R16)."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, select

from ledger.database import table_of
from ledger.models.correction import Adjustment, Correction, CorrectionChange, Reversal
from ledger.queries.slices import Slice, cut, exercise, matching

_CORRECTION, _CHANGE = table_of(Correction), table_of(CorrectionChange)
_ADJUSTMENT, _REVERSAL = table_of(Adjustment), table_of(Reversal)


def page(
    part: Slice,
    *,
    target_id: str | None = None,
    correction_part: str | None = None,
    reason: str | None = None,
    state: str | None = None,
) -> Select[Any]:
    """Corrections in the order in which they were declared."""
    wanted = {"target_id": target_id, "part": correction_part, "reason": reason, "state": state}
    query = matching(_corrections(), _CORRECTION, **wanted)
    return cut(query, part, _CORRECTION.c.correction_id, _CORRECTION.c.journal_no)


def one(correction_id: str) -> Select[Any]:
    """One correction."""
    return _corrections().where(_CORRECTION.c.correction_id == correction_id)


def of_target(target_id: str, limit: int) -> Select[Any]:
    """The corrections that were declared about a record, the first `limit` of them."""
    query = _corrections().where(_CORRECTION.c.target_id == target_id)
    return query.order_by(_CORRECTION.c.journal_no).limit(limit)


def changes_of(correction_ids: Sequence[str]) -> Select[Any]:
    """What the texts of these corrections say was and is."""
    query = select(*_CHANGE.c).where(_CHANGE.c.correction_id.in_(correction_ids))
    return query.order_by(_CHANGE.c.correction_id, _CHANGE.c.position)


def words_of(target_ids: Sequence[str]) -> Select[Any]:
    """The texts of these records that approved corrections say are otherwise, in order."""
    query = select(_CORRECTION.c.target_id, *_CHANGE.c).select_from(
        _CORRECTION.join(_CHANGE, _CHANGE.c.correction_id == _CORRECTION.c.correction_id)
    )
    query = query.where(
        _CORRECTION.c.target_id.in_(target_ids), _CORRECTION.c.reason == "words", _CORRECTION.c.state == "approved"
    )
    return query.order_by(_CORRECTION.c.journal_no, _CHANGE.c.position)


def adjustments_of(record_id: str, limit: int) -> Select[Any]:
    """The differences that were posted on a record."""
    query = select(*_ADJUSTMENT.c).where(_ADJUSTMENT.c.record_id == record_id)
    return query.order_by(_ADJUSTMENT.c.part, _ADJUSTMENT.c.journal_no).limit(limit)


def reversals_of(record_id: str) -> Select[Any]:
    """Where the record was taken out of effect."""
    query = select(*_REVERSAL.c).where(_REVERSAL.c.record_id == record_id)
    return query.order_by(_REVERSAL.c.part, _REVERSAL.c.journal_no)


@cache
def _corrections() -> Select[Any]:
    return select(*_CORRECTION.c, exercise(_CORRECTION.c.correction_id))
