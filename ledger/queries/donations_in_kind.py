"""Goods given, and the value that was declared for them; it enters no cash total (R8)."""

from functools import cache
from typing import Any

from sqlalchemy import Select, select

from ledger.database import table_of
from ledger.models.catalogue import Facility
from ledger.models.lot import DonationInKind, Valuation
from ledger.queries.slices import Slice, cut, exercise, facility_name, matching

_DONATION, _VALUATION, _FACILITY = table_of(DonationInKind), table_of(Valuation), table_of(Facility)


def page(
    part: Slice,
    *,
    facility_id: str | None = None,
    publisher: str | None = None,
    list_name: str | None = None,
    in_effect: bool | None = None,
) -> Select[Any]:
    """Donations in kind in the order in which they were recorded."""
    wanted = {"facility_id": facility_id, "publisher": publisher, "list_name": list_name, "in_effect": in_effect}
    query = matching(_donations(), _DONATION, **wanted)
    return cut(query, part, _DONATION.c.donation_id, _DONATION.c.journal_no)


def one(donation_id: str) -> Select[Any]:
    """One donation in kind."""
    return _donations().where(_DONATION.c.donation_id == donation_id)


def valuations_of(donation_id: str) -> Select[Any]:
    """The values that were declared for it."""
    query = select(*_VALUATION.c).where(_VALUATION.c.donation_id == donation_id)
    return query.order_by(_VALUATION.c.journal_no)


@cache
def _donations() -> Select[Any]:
    query = select(*_DONATION.c, facility_name("facility_name"), exercise(_DONATION.c.donation_id))
    return query.select_from(_DONATION.outerjoin(_FACILITY, _FACILITY.c.facility_id == _DONATION.c.facility_id))
