"""Donations of money, in batches, and payments of what was promised."""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.commands.desk import (
    Desk,
    Draft,
    Key,
    Opening,
    amount,
    commitment_to,
    content_of,
    lines,
    new_id,
    put_contents,
    reference_of,
    write,
)
from ledger.errors import BadInput

CONTRACT = "FundLedger"
BATCH_MAX = 400


class Gift(NamedTuple):
    """One donation. Where a publisher listed it, (publisher, list, row) is its key; else the organisation's own."""

    key: Key
    amount_minor: int
    donor: str | None = None
    donor_kind: str | None = None
    date: str | None = None
    publisher: str | None = None
    list: str | None = None
    row: int | None = None
    note: str | None = None


def record_donations(desk: Desk, fund_id: bytes, gifts: Sequence[Gift]) -> Draft:
    """Records gifts to one fund, in order. Their contents are the lines of one document, so one call is one batch."""
    if not 1 <= len(gifts) <= BATCH_MAX:
        raise BadInput(f"A batch holds 1 to {BATCH_MAX} donations, not {len(gifts)}.")
    ids = [new_id(desk, "donation", gift.key) for gift in gifts]
    document, digests = put_contents(desk, [_content(gift) for gift in gifts])
    openings: list[Opening] = []
    given = []
    for gift, donation_id, digest in zip(gifts, ids, digests, strict=True):
        commitment, opening = commitment_to(desk, donation_id, gift.donor)
        openings += opening
        given.append((donation_id, amount(gift.amount_minor), commitment, digest))
    draft = lines(desk, CONTRACT, "recordDonations", (fund_id, document), given)
    return draft._replace(openings=tuple(openings))


def record_donation(desk: Desk, fund_id: bytes, gift: Gift) -> Draft:
    """Records one gift to a fund."""
    return record_donations(desk, fund_id, [gift])


def record_payment(desk: Desk, fund_id: bytes, gift: Gift, promise_id: bytes) -> Draft:
    """Records a donation that pays a pledge or commitment, whose open part it reduces (R2)."""
    donation_id = new_id(desk, "donation", gift.key)
    _, (digest,) = put_contents(desk, [_content(gift)])
    commitment, openings = commitment_to(desk, donation_id, gift.donor)
    line = (donation_id, amount(gift.amount_minor), commitment, digest)
    draft = write(desk, CONTRACT, "recordPayment", donation_id, (fund_id, line, promise_id))
    return draft._replace(openings=openings)


def _content(gift: Gift) -> dict[str, object]:
    published = gift.publisher is not None
    return content_of(
        "donation",
        reference=None if published else reference_of(gift.key),
        publisher=gift.publisher,
        list=gift.list,
        row=gift.row,
        date=gift.date,
        donor_kind=gift.donor_kind,
        note=gift.note,
    )
