"""Money that goes on to another member's fund (R4), or into another currency (R3)."""

from functools import cache
from typing import Any

from sqlalchemy import Select, func, or_, select

from ledger.database import table_of
from ledger.models.disbursement import Conversion, Disbursement
from ledger.models.fund import Fund
from ledger.queries.slices import Slice, cut, exercise, matching

_DISBURSEMENT, _CONVERSION, _FUND = table_of(Disbursement), table_of(Conversion), table_of(Fund)


def page(
    part: Slice,
    *,
    fund_id: str | None = None,
    child_fund_id: str | None = None,
    allocation_id: str | None = None,
    state: str | None = None,
    in_effect: bool | None = None,
) -> Select[Any]:
    """Disbursements in the order in which they were sent."""
    wanted = {"fund_id": fund_id, "child_fund_id": child_fund_id, "allocation_id": allocation_id, "state": state}
    query = matching(_disbursements(), _DISBURSEMENT, **wanted, in_effect=in_effect)
    return cut(query, part, _DISBURSEMENT.c.disbursement_id, _DISBURSEMENT.c.journal_no)


def one(disbursement_id: str) -> Select[Any]:
    """One disbursement."""
    return _disbursements().where(_DISBURSEMENT.c.disbursement_id == disbursement_id)


def conversions(part: Slice, *, fund_id: str | None = None) -> Select[Any]:
    """Conversions in the order in which they were recorded; of a fund, those from it and those into it."""
    query = select(*_CONVERSION.c, exercise(_CONVERSION.c.conversion_id))
    if fund_id is not None:
        query = query.where(or_(_CONVERSION.c.from_fund_id == fund_id, _CONVERSION.c.to_fund_id == fund_id))
    return cut(query, part, _CONVERSION.c.conversion_id, _CONVERSION.c.journal_no)


def conversion(conversion_id: str) -> Select[Any]:
    """One conversion."""
    query = select(*_CONVERSION.c, exercise(_CONVERSION.c.conversion_id))
    return query.where(_CONVERSION.c.conversion_id == conversion_id)


def onward_of(fund_ids: list[str]) -> Select[Any]:
    """From each of these funds, what left it for each other fund, and is not rejected; sent and arrived apart."""
    sum_minor = func.sum(_DISBURSEMENT.c.amount_minor).label("amount_minor")
    query = select(_DISBURSEMENT.c.fund_id, _DISBURSEMENT.c.child_fund_id, _DISBURSEMENT.c.state, sum_minor)
    query = query.where(
        _DISBURSEMENT.c.fund_id.in_(fund_ids),
        _DISBURSEMENT.c.state.in_(("sent", "acknowledged")),
        _DISBURSEMENT.c.in_effect.is_(True),
    )
    return query.group_by(_DISBURSEMENT.c.fund_id, _DISBURSEMENT.c.child_fund_id, _DISBURSEMENT.c.state).order_by(
        _DISBURSEMENT.c.fund_id, _DISBURSEMENT.c.child_fund_id, _DISBURSEMENT.c.state
    )


def converted_of(fund_ids: list[str]) -> Select[Any]:
    """From each of these funds, what was converted into each other fund."""
    sum_minor = func.sum(_CONVERSION.c.from_amount_minor).label("amount_minor")
    query = select(_CONVERSION.c.from_fund_id.label("fund_id"), _CONVERSION.c.to_fund_id, sum_minor)
    query = query.where(_CONVERSION.c.from_fund_id.in_(fund_ids), _CONVERSION.c.in_effect.is_(True))
    return query.group_by(_CONVERSION.c.from_fund_id, _CONVERSION.c.to_fund_id).order_by(
        _CONVERSION.c.from_fund_id, _CONVERSION.c.to_fund_id
    )


@cache
def _disbursements() -> Select[Any]:
    query = select(*_DISBURSEMENT.c, _FUND.c.currency, exercise(_DISBURSEMENT.c.disbursement_id))
    return query.select_from(_DISBURSEMENT.join(_FUND, _FUND.c.fund_id == _DISBURSEMENT.c.fund_id))
