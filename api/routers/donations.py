"""Donations of money, each with its place on the chain, refunds and corrections."""

from typing import Annotated

from fastapi import Query

from api.history import history_of
from api.parameters import IdPath, IdQuery, InEffect, Part, TextQuery
from api.problems import CURRENT, CURRENT_ONE
from api.reader import Current
from api.routing import Router
from api.schemas.answers import Page, Single, proven
from api.schemas.donations import DonationDetail, DonationView
from api.schemas.fields import INTEGER_MAX
from ledger.queries import donations

router = Router(prefix="/donations", tags=["money"])
PART = DonationView.CONTRACT
Before = Annotated[
    int | None, Query(ge=1, le=INTEGER_MAX, description="Only before this position in FundLedger's journal.")
]


@router.get("", responses=CURRENT)
def list_donations(
    reader: Current,
    part: Part,
    fund: IdQuery = None,
    publisher: TextQuery = None,
    list_name: TextQuery = None,
    in_effect: InEffect = None,
    before: Before = None,
) -> Page[DonationView]:
    """Donations in the order in which they were recorded; `after` and `before` are positions in the journal."""
    query = donations.page(
        part, fund_id=fund, publisher=publisher, list_name=list_name, in_effect=in_effect, before=before
    )
    return reader.page(DonationView, DonationView.of, reader.snapshot.rows(query), part.limit, "journal_no")


@router.get("/{donation_id}", responses=CURRENT_ONE)
def read_donation(reader: Current, donation_id: IdPath) -> Single[DonationDetail]:
    """A donation: transaction, block and journal position, what was refunded, and both versions if it was corrected."""
    read = reader.snapshot
    row = read.only(donations.one(donation_id), f"donation {donation_id}")
    fulfils = read.row(donations.promise_of(donation_id))
    detail = DonationDetail.of(
        row,
        refunds=[proven(PART, refund) for refund in read.rows(donations.refunds_of(donation_id))],
        fulfils=proven(PART, fulfils) if fulfils else None,
        history=history_of(reader, PART, row["journal_no"], donation_id),
    )
    return reader.single(detail)
