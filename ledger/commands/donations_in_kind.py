"""Donations of goods, with their lots, and the value that was declared for them (R8)."""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.commands.desk import (
    Desk,
    Draft,
    Key,
    Opening,
    amount,
    code,
    commitment_to,
    content_of,
    currency_code,
    day,
    earmark,
    lines,
    new_id,
    put_content,
    put_contents,
    reference_of,
    write,
)
from ledger.commands.lots import Lot, lot_lines
from ledger.errors import BadInput

CONTRACT = "SupplyLedger"
LOTS_MAX = 73
"""Of one donation, which is recorded whole in one transaction, also where the validators charge for its bytes."""


class GiftInKind(NamedTuple):
    """A donation of goods; it has no lots where no quantity was published (R23)."""

    key: Key
    lots: Sequence[Lot] = ()
    donor: str | None = None
    donor_kind: str | None = None
    donor_organisation_id: int = 0
    purpose: str | None = None
    place: str | None = None
    date: str | None = None
    publisher: str | None = None
    list: str | None = None
    row: int | None = None
    note: str | None = None


def record_donations_in_kind(desk: Desk, facility_id: bytes, gifts: Sequence[GiftInKind]) -> Draft:
    """Records donations of goods that one facility took in, in order, each with its lots.

    Raises BadInput when a donation has more than LOTS_MAX lots.
    """
    for gift in gifts:
        if len(gift.lots) > LOTS_MAX:
            told = f"Donation {reference_of(gift.key)} has {len(gift.lots)} lots, and one donation can have {LOTS_MAX}"
            raise BadInput(f"{told}: record the others as a second donation.")
    _, digests = put_contents(desk, [_content(gift) for gift in gifts])
    openings: list[Opening] = []
    given = []
    for gift, digest in zip(gifts, digests, strict=True):
        donation_id = new_id(desk, "donation_in_kind", gift.key)
        commitment, opening = commitment_to(desk, donation_id, gift.donor)
        openings += opening
        purpose, place = earmark(gift.purpose, gift.place)
        lots = lot_lines(desk, gift.lots)
        given.append((donation_id, commitment, gift.donor_organisation_id, purpose, place, digest, lots))
    draft = lines(desk, CONTRACT, "recordDonationsInKind", (facility_id,), given)
    return draft._replace(openings=tuple(openings))


def record_donation_in_kind(
    desk: Desk,
    *,
    key: Key,
    facility_id: bytes,
    lots: Sequence[Lot] = (),
    donor: str | None = None,
    donor_kind: str | None = None,
    donor_organisation_id: int = 0,
    purpose: str | None = None,
    place: str | None = None,
    date: str | None = None,
    note: str | None = None,
) -> Draft:
    """Records one donation of goods that a facility took in, with its lots."""
    gift = GiftInKind(key, lots, donor, donor_kind, donor_organisation_id, purpose, place, date, note=note)
    return record_donations_in_kind(desk, facility_id, [gift])


def declare_value(
    desk: Desk,
    *,
    key: Key,
    donation_id: bytes,
    currency: str,
    value_minor: int,
    method: str,
    value_date: str | None = None,
    note: str | None = None,
) -> Draft:
    """Declares the value of a whole donation in kind; it never enters a cash total (R8)."""
    valuation_id = new_id(desk, "valuation", key)
    content = put_content(desk, "valuation", method=method, note=note)
    args = (
        valuation_id,
        donation_id,
        currency_code(currency),
        amount(value_minor, "value"),
        code(method, 16, "method of valuation"),
        day(value_date, "date of the value"),
        content,
    )
    return write(desk, CONTRACT, "declareValue", valuation_id, args)


def _content(gift: GiftInKind) -> dict[str, object]:
    return content_of(
        "donation_in_kind",
        reference=None if gift.publisher else reference_of(gift.key),
        publisher=gift.publisher,
        list=gift.list,
        row=gift.row,
        date=gift.date,
        donor_kind=gift.donor_kind,
        note=gift.note,
    )
