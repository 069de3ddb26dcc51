"""Donations in kind, lots, and what of them is at which facility."""

from collections.abc import Mapping
from typing import Any

from api.history import history_of
from api.parameters import AfterTwo, CodeQuery, Exercise, IdPath, IdQuery, InEffect, Limit, Part, TextQuery, two_ids
from api.problems import CURRENT, CURRENT_ONE
from api.reader import Current
from api.routing import Router
from api.schemas.answers import Page, Single, proven
from api.schemas.lots import (
    BalanceView,
    DonationInKindDetail,
    DonationInKindView,
    LotDetail,
    LotView,
)
from ledger.queries import donations_in_kind, lots
from ledger.queries.slices import LIMIT_MAX

router = Router(tags=["goods"])
SUPPLY, STOCK = LotView.CONTRACT, "StockLedger"


@router.get("/donations-in-kind", responses=CURRENT)
def list_donations_in_kind(
    reader: Current,
    part: Part,
    facility: IdQuery = None,
    publisher: TextQuery = None,
    list_name: TextQuery = None,
    in_effect: InEffect = None,
) -> Page[DonationInKindView]:
    """Donations of goods in the order in which they were recorded."""
    query = donations_in_kind.page(
        part, facility_id=facility, publisher=publisher, list_name=list_name, in_effect=in_effect
    )
    rows = reader.snapshot.rows(query)
    return reader.page(DonationInKindView, DonationInKindView.of, rows, part.limit, "journal_no")


@router.get("/donations-in-kind/{donation_id}", responses=CURRENT_ONE)
def read_donation_in_kind(reader: Current, donation_id: IdPath) -> Single[DonationInKindDetail]:
    """A donation of goods with its lots and declared values."""
    read = reader.snapshot
    row = read.only(donations_in_kind.one(donation_id), f"donation in kind {donation_id}")
    valuations = read.rows(donations_in_kind.valuations_of(donation_id))
    detail = DonationInKindDetail.of(
        row,
        lots=[_view(lot) for lot in read.rows(lots.of_source(donation_id, LIMIT_MAX))],
        valuations=[proven(SUPPLY, one, valuer_id=one["actor_id"]) for one in valuations],
        history=history_of(reader, SUPPLY, row["journal_no"], donation_id),
    )
    return reader.single(detail)


@router.get("/lots", responses=CURRENT)
def list_lots(
    reader: Current,
    part: Part,
    item: IdQuery = None,
    source: IdQuery = None,
    facility: IdQuery = None,
    origin: CodeQuery = None,
    in_effect: InEffect = None,
) -> Page[LotView]:
    """Lots in the order in which they were recorded, with what became of each."""
    query = lots.page(part, item_id=item, source_id=source, facility_id=facility, origin=origin, in_effect=in_effect)
    return reader.page(LotView, _view, reader.snapshot.rows(query), part.limit, "journal_no")


@router.get("/lots/{lot_id}", responses=CURRENT_ONE)
def read_lot(reader: Current, lot_id: IdPath) -> Single[LotDetail]:
    """A lot: where it is, what happened to it in stores, and what it was made into."""
    read = reader.snapshot
    row = read.only(lots.one(lot_id), f"lot {lot_id}")
    of_exercise = bool(row["exercise"])
    balances = read.rows(lots.balances(None, LIMIT_MAX - 1, of_exercise=of_exercise, lot_id=lot_id))
    detail = LotDetail.of(
        row,
        quantities=row,
        balances=balances,
        movements=[proven(STOCK, one) for one in read.rows(lots.movements_of(lot_id, LIMIT_MAX))],
        counts=[proven(STOCK, one) for one in read.rows(lots.counts_of(lot_id, LIMIT_MAX))],
        transformations=[proven(SUPPLY, one) for one in read.rows(lots.transformations_of(lot_id))],
        history=history_of(reader, SUPPLY, row["journal_no"], lot_id),
    )
    return reader.single(detail)


@router.get("/balances", responses=CURRENT)
def list_balances(
    reader: Current,
    after: AfterTwo = None,
    limit: Limit = 50,
    exercise: Exercise = False,
    facility: IdQuery = None,
    item: IdQuery = None,
    lot: IdQuery = None,
) -> Page[BalanceView]:
    """What of each lot is at each facility, by facility and lot."""
    query = lots.balances(two_ids(after), limit, of_exercise=exercise, lot_id=lot, facility_id=facility, item_id=item)
    rows = reader.snapshot.rows(query)
    return reader.page(BalanceView, BalanceView.model_validate, rows, limit, "facility_id", "lot_id")


def _view(row: Mapping[str, Any]) -> LotView:
    return LotView.of(row, quantities=row)
