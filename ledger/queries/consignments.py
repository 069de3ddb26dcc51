"""Goods on the way: dispatch, custody, receipts, and what is outstanding (R11)."""

from functools import cache
from typing import Any

from sqlalchemy import Select, exists, func, select

from ledger.database import table_of
from ledger.models.catalogue import Facility, Item
from ledger.models.consignment import Consignment, ConsignmentLine, Custody, Receipt, ReceiptLine, WriteOff
from ledger.models.lot import Lot
from ledger.queries.slices import Slice, cut, exercise, facility_name, item_columns, matching

_CONSIGNMENT, _LINE, _LOT, _ITEM = table_of(Consignment), table_of(ConsignmentLine), table_of(Lot), table_of(Item)
_RECEIPT, _RECEIPT_LINE, _CUSTODY = table_of(Receipt), table_of(ReceiptLine), table_of(Custody)
_WRITE_OFF = table_of(WriteOff)
_FROM, _TO = table_of(Facility).alias("from_facility"), table_of(Facility).alias("to_facility")
_OUTSTANDING = _LINE.c.dispatched - _LINE.c.good - _LINE.c.damaged - _LINE.c.lost - _LINE.c.written_off


def page(
    part: Slice,
    *,
    from_facility_id: str | None = None,
    to_facility_id: str | None = None,
    lot_id: str | None = None,
    state: str | None = None,
    outstanding: bool | None = None,
) -> Select[Any]:
    """Consignments in the order of their dispatch; `outstanding`: those of which something is, or nothing is."""
    wanted = {"from_facility_id": from_facility_id, "to_facility_id": to_facility_id, "state": state}
    query = matching(_consignments(), _CONSIGNMENT, **wanted)
    mine = _LINE.c.consignment_id == _CONSIGNMENT.c.consignment_id
    if lot_id is not None:
        query = query.where(exists().where(mine, _LINE.c.lot_id == lot_id))
    if outstanding is not None:
        something = exists().where(mine, _OUTSTANDING > 0) & _CONSIGNMENT.c.in_effect.is_(True)
        query = query.where(something if outstanding else ~something)
    return cut(query, part, _CONSIGNMENT.c.consignment_id, _CONSIGNMENT.c.journal_no)


def one(consignment_id: str) -> Select[Any]:
    """One consignment."""
    return _consignments().where(_CONSIGNMENT.c.consignment_id == consignment_id)


def lines_of(consignment_id: str) -> Select[Any]:
    """What was on board, and what became of each line."""
    query = select(*_LINE.c, _OUTSTANDING.label("outstanding"), _LOT.c.item_id, *item_columns())
    query = query.select_from(
        _LINE.join(_LOT, _LOT.c.lot_id == _LINE.c.lot_id).outerjoin(_ITEM, _ITEM.c.item_id == _LOT.c.item_id)
    )
    return query.where(_LINE.c.consignment_id == consignment_id).order_by(_LINE.c.line_no)


def receipts_of(consignment_id: str) -> Select[Any]:
    """Every count by the receiver, those that did not occur included."""
    query = select(*_RECEIPT.c).where(_RECEIPT.c.consignment_id == consignment_id)
    return query.order_by(_RECEIPT.c.journal_no)


def receipt(receipt_id: str) -> Select[Any]:
    """One count."""
    query = select(*_RECEIPT.c, exercise(_RECEIPT.c.consignment_id))
    return query.where(_RECEIPT.c.receipt_id == receipt_id)


def receipt_lines_of(consignment_id: str) -> Select[Any]:
    """What the receipts of a consignment state of each line, as recorded and in effect."""
    query = select(*_RECEIPT_LINE.c).where(_RECEIPT_LINE.c.consignment_id == consignment_id)
    return query.order_by(_RECEIPT_LINE.c.receipt_id, _RECEIPT_LINE.c.line_no)


def custody_of(consignment_id: str) -> Select[Any]:
    """The chain of custody."""
    query = select(*_CUSTODY.c).where(_CUSTODY.c.consignment_id == consignment_id)
    return query.order_by(_CUSTODY.c.position, _CUSTODY.c.journal_no)


def write_offs_of(consignment_id: str) -> Select[Any]:
    """What two persons wrote off of it."""
    query = select(*_WRITE_OFF.c).where(_WRITE_OFF.c.consignment_id == consignment_id)
    return query.order_by(_WRITE_OFF.c.journal_no)


@cache
def _consignments() -> Select[Any]:
    mine = _LINE.c.consignment_id == _CONSIGNMENT.c.consignment_id
    lines = select(func.count()).where(mine).scalar_subquery()
    outstanding = select(func.count()).where(mine, _OUTSTANDING > 0).scalar_subquery()
    query = select(
        *_CONSIGNMENT.c,
        lines.label("lines_count"),
        outstanding.label("lines_outstanding"),
        facility_name("from_facility_name", _FROM),
        facility_name("to_facility_name", _TO),
        exercise(_CONSIGNMENT.c.consignment_id),
    )
    return query.select_from(
        _CONSIGNMENT.outerjoin(_FROM, _FROM.c.facility_id == _CONSIGNMENT.c.from_facility_id).outerjoin(
            _TO, _TO.c.facility_id == _CONSIGNMENT.c.to_facility_id
        )
    )
