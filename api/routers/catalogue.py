"""Items and facilities."""

from collections.abc import Mapping
from typing import Any

from api.history import history_of
from api.parameters import IdPath, Part, TextQuery
from api.problems import CURRENT, CURRENT_ONE
from api.reader import Current
from api.routing import Router
from api.schemas.answers import Page, Single
from api.schemas.catalogue import FacilityDetail, FacilityView, ItemDetail, ItemView
from ledger.queries import catalogue

router = Router(tags=["catalogue"])
PART = ItemView.CONTRACT


@router.get("/items", responses=CURRENT)
def list_items(reader: Current, part: Part, name: TextQuery = None, unit: TextQuery = None) -> Page[ItemView]:
    """Items as catalogues write them, with what became of all their lots."""
    rows = reader.snapshot.rows(catalogue.items(part, name=name, unit=unit))
    return reader.page(ItemView, lambda row: ItemView.of(row, totals=row), rows, part.limit, "journal_no")


@router.get("/items/{item_id}", responses=CURRENT_ONE)
def read_item(reader: Current, item_id: IdPath) -> Single[ItemDetail]:
    """An item with its history."""
    row = reader.snapshot.only(catalogue.item(item_id), f"item {item_id}")
    history = history_of(reader, PART, row["journal_no"], item_id)
    return reader.single(ItemDetail.of(row, totals=row, history=history))


@router.get("/facilities", responses=CURRENT)
def list_facilities(reader: Current, part: Part, name: TextQuery = None, city: TextQuery = None) -> Page[FacilityView]:
    """Facilities in the order in which they were registered."""
    rows = reader.snapshot.rows(catalogue.facilities(part, name=name, city=city))
    return reader.page(
        FacilityView, lambda row: FacilityView.of(row, stock=_stock(row)), rows, part.limit, "journal_no"
    )


@router.get("/facilities/{facility_id}", responses=CURRENT_ONE)
def read_facility(reader: Current, facility_id: IdPath) -> Single[FacilityDetail]:
    """A facility with its history."""
    row = reader.snapshot.only(catalogue.facility(facility_id), f"facility {facility_id}")
    history = history_of(reader, PART, row["journal_no"], facility_id)
    return reader.single(FacilityDetail.of(row, stock=_stock(row), history=history))


def _stock(row: Mapping[str, Any]) -> str:
    world = "&exercise=true" if row["exercise"] else ""
    return f"/v1/balances?facility={row['facility_id']}{world}"
