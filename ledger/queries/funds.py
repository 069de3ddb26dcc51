"""Funds and their totals: now, and after an earlier block. A total is one row by its key, never a sum."""

from functools import cache
from typing import Any

from sqlalchemy import Select, select

from ledger.database import table_of
from ledger.models.fund import TERMS, Fund, FundDelta, FundTotal
from ledger.models.participant import Organisation
from ledger.queries.slices import Slice, cut, matching

_FUND, _TOTAL, _DELTA = table_of(Fund), table_of(FundTotal), table_of(FundDelta)
_ORGANISATION = table_of(Organisation)
_TERMS = (*TERMS, "donations")


def page(part: Slice, *, currency: str | None = None) -> Select[Any]:
    """Funds with their totals now, in the order in which they were opened."""
    return cut(matching(_funds(), _FUND, currency=currency), part, _FUND.c.fund_id, _FUND.c.journal_no)


def one(fund_id: str) -> Select[Any]:
    """One fund with its totals now."""
    return _funds().where(_FUND.c.fund_id == fund_id)


def at_block(fund_id: str, block_number: int) -> Select[Any]:
    """The fund's totals after that block; no row when the fund had not moved until then."""
    return (
        select(*(_DELTA.c[term] for term in _TERMS), _DELTA.c.block_number)
        .where(_DELTA.c.fund_id == fund_id, _DELTA.c.block_number <= block_number)
        .order_by(_DELTA.c.block_number.desc())
        .limit(1)
    )


@cache
def _funds() -> Select[Any]:
    totals = [_TOTAL.c[term] for term in _TERMS]
    query = select(*_FUND.c, *totals, _ORGANISATION.c.name.label("organisation_name"))
    return query.select_from(
        _FUND.join(_TOTAL, _TOTAL.c.fund_id == _FUND.c.fund_id).join(
            _ORGANISATION, _ORGANISATION.c.organisation_id == _FUND.c.organisation_id
        )
    )
