"""Pledges and commitments: promised, and counted nowhere until paid (R2)."""

from functools import cache
from typing import Any

from sqlalchemy import Select, select

from ledger.database import table_of
from ledger.models.donation import Payment
from ledger.models.fund import Fund
from ledger.models.promise import Commitment, Pledge
from ledger.queries.slices import Slice, cut, exercise, matching

_PLEDGE, _COMMITMENT, _FUND, _PAYMENT = table_of(Pledge), table_of(Commitment), table_of(Fund), table_of(Payment)


def pledges(part: Slice, *, fund_id: str | None = None, in_effect: bool | None = None) -> Select[Any]:
    """Pledges in the order in which they were recorded."""
    query = matching(_pledges(), _PLEDGE, fund_id=fund_id, in_effect=in_effect)
    return cut(query, part, _PLEDGE.c.pledge_id, _PLEDGE.c.journal_no)


def pledge(pledge_id: str) -> Select[Any]:
    """One pledge."""
    return _pledges().where(_PLEDGE.c.pledge_id == pledge_id)


def commitments(
    part: Slice, *, fund_id: str | None = None, pledge_id: str | None = None, in_effect: bool | None = None
) -> Select[Any]:
    """Commitments in the order in which they were recorded."""
    query = matching(_commitments(), _COMMITMENT, fund_id=fund_id, pledge_id=pledge_id, in_effect=in_effect)
    return cut(query, part, _COMMITMENT.c.commitment_id, _COMMITMENT.c.journal_no)


def commitment(commitment_id: str) -> Select[Any]:
    """One commitment."""
    return _commitments().where(_COMMITMENT.c.commitment_id == commitment_id)


def payments_of(promise_id: str, limit: int) -> Select[Any]:
    """The donations that fulfilled a promise, the first `limit` of them."""
    query = select(*_PAYMENT.c).where(_PAYMENT.c.promise_id == promise_id)
    return query.order_by(_PAYMENT.c.journal_no).limit(limit)


@cache
def _pledges() -> Select[Any]:
    query = select(*_PLEDGE.c, _FUND.c.currency, exercise(_PLEDGE.c.pledge_id))
    return query.select_from(_PLEDGE.join(_FUND, _FUND.c.fund_id == _PLEDGE.c.fund_id))


@cache
def _commitments() -> Select[Any]:
    query = select(*_COMMITMENT.c, _FUND.c.currency, exercise(_COMMITMENT.c.commitment_id))
    return query.select_from(_COMMITMENT.join(_FUND, _FUND.c.fund_id == _COMMITMENT.c.fund_id))
