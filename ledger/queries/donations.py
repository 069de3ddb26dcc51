"""Gifts of money, and what was refunded of them. Names of donors are not asked for here: they are not public."""

from functools import cache
from typing import Any

from sqlalchemy import Select, select

from ledger.database import table_of
from ledger.models.donation import Donation, Payment, Refund
from ledger.models.fund import Fund
from ledger.queries.slices import Slice, cut, exercise, matching

_DONATION, _REFUND, _PAYMENT, _FUND = table_of(Donation), table_of(Refund), table_of(Payment), table_of(Fund)


def page(
    part: Slice,
    *,
    fund_id: str | None = None,
    publisher: str | None = None,
    list_name: str | None = None,
    in_effect: bool | None = None,
    before: int | None = None,
) -> Select[Any]:
    """Donations in the order in which they were recorded; `before` is a position in the journal too."""
    wanted = {"fund_id": fund_id, "publisher": publisher, "list_name": list_name, "in_effect": in_effect}
    query = matching(_donations(), _DONATION, **wanted)
    if before is not None:
        query = query.where(_DONATION.c.journal_no < before)
    return cut(query, part, _DONATION.c.donation_id, _DONATION.c.journal_no)


def one(donation_id: str) -> Select[Any]:
    """One donation."""
    return _donations().where(_DONATION.c.donation_id == donation_id)


def refunds_of(donation_id: str) -> Select[Any]:
    """What was given back of a donation."""
    return select(*_REFUND.c).where(_REFUND.c.donation_id == donation_id).order_by(_REFUND.c.journal_no)


def promise_of(donation_id: str) -> Select[Any]:
    """The pledge or commitment that the donation fulfils."""
    return select(*_PAYMENT.c).where(_PAYMENT.c.donation_id == donation_id)


@cache
def _donations() -> Select[Any]:
    query = select(*_DONATION.c, _FUND.c.currency, exercise(_DONATION.c.donation_id))
    return query.select_from(_DONATION.join(_FUND, _FUND.c.fund_id == _DONATION.c.fund_id))
