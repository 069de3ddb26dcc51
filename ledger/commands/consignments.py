"""Goods on the way: dispatch, custody, and what never left (R11)."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from ledger.canonical import NO_RECORD
from ledger.commands.desk import Desk, Draft, Key, act, amount, new_id, put_content, write
from ledger.errors import BadInput

CONTRACT = "ConsignmentLedger"


class DispatchLine(NamedTuple):
    """A quantity of a lot that is sent, and the approved goods allocation it carries out; none in a return."""

    lot_id: bytes
    quantity: int
    allocation_id: bytes = NO_RECORD


def dispatch(
    desk: Desk,
    *,
    key: Key,
    from_facility_id: bytes,
    to_facility_id: bytes,
    lines: Sequence[DispatchLine],
    due: datetime,
    carrier_id: int = 0,
    return_of_id: bytes = NO_RECORD,
    waybill_no: str | None = None,
    note: str | None = None,
) -> Draft:
    """Sends goods from one facility to another. Carrier zero: the receiver collects them. `due` has a time zone."""
    if not lines:
        raise BadInput("A consignment needs at least one line.")
    if due.tzinfo is None:
        raise BadInput("The due date needs a time zone, as in 2020-01-30T12:00:00+08:00.")
    consignment_id = new_id(desk, "consignment", key)
    waybill = put_content(desk, "waybill", waybill_no=waybill_no, note=note)
    sent = [(line.lot_id, amount(line.quantity, "quantity"), line.allocation_id) for line in lines]
    args = (
        consignment_id,
        from_facility_id,
        to_facility_id,
        carrier_id,
        int(due.timestamp()),
        return_of_id,
        waybill,
        sent,
    )
    return write(desk, CONTRACT, "dispatch", consignment_id, args)


def accept_custody(desk: Desk, *, key: Key, consignment_id: bytes, note: str | None = None) -> Draft:
    """The carrier, or the next in the chain of custody, has the goods now."""
    custody_id = new_id(desk, "custody", key)
    content = put_content(desk, "custody", note=note)
    return write(desk, CONTRACT, "acceptCustody", custody_id, (custody_id, consignment_id, content))


def void_dispatch(desk: Desk, consignment_id: bytes, *, reason: str) -> Draft:
    """Takes back a dispatch of which nothing was received."""
    content = put_content(desk, "void_dispatch", reason=reason)
    return act(desk, CONTRACT, "voidDispatch", consignment_id, (consignment_id, content))


def note_overdue(desk: Desk, consignment_id: bytes) -> Draft:
    """The due date has passed and something is outstanding: opens the discrepancy."""
    return act(desk, CONTRACT, "noteOverdue", consignment_id)
