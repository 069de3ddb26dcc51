"""Dispatches, custody and receipts to rows, and their goods through the balances of the lots (R11)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from ledger.balances import LotBalance
from ledger.bindings import consignment_ledger as bindings
from ledger.database import insert
from ledger.events import Event
from ledger.models.consignment import Consignment, ConsignmentLine, Custody, Receipt, ReceiptLine, WriteOff
from ledger.models.need import GoodsAllocation
from ledger.projections.contents import ContentColumns, insert_event, texts
from ledger.projections.needs import correct_consumption, restore_allocation
from ledger.rows import add_to_columns, find_row, get_row, set_columns

COUNTED = ("good", "damaged", "lost", "over")
"""Quantities of a receipt's line, in the order of their numbers in a correction."""

CONTENTS = {
    bindings.ConsignmentDispatched: ContentColumns(
        Consignment, texts("waybill_no", "note"), lambda event: event.fields.consignment_id
    ),
    bindings.DispatchVoided: ContentColumns(
        Consignment, texts(void_reason="reason"), lambda event: event.fields.consignment_id
    ),
    bindings.CustodyAccepted: ContentColumns(Custody, texts("note"), lambda event: event.fields.custody_id),
    bindings.ConsignmentReceived: ContentColumns(Receipt, texts("note"), lambda event: event.fields.receipt_id),
}


def on_consignment_dispatched(session: Session, events: Sequence[Event]) -> None:
    """Adds the consignment, and takes its goods into transit."""
    for event in events:
        fields = event.fields
        rule = CONTENTS[bindings.ConsignmentDispatched]
        insert_event(session, Consignment, event, rule, state="dispatched", dispatcher_id=fields.actor_id)
        consignment = get_row(session, Consignment, fields.consignment_id)
        for line_no, line in enumerate(fields.lines):
            insert(
                session,
                ConsignmentLine,
                consignment_id=fields.consignment_id,
                line_no=line_no,
                lot_id=line.lot_id,
                allocation_id=None if consignment["return_of_id"] else line.allocation_id,
                recorded_quantity=line.quantity,
                dispatched=0,
            )
            load(session, consignment, line_no, line.quantity)
        set_state(session, fields.consignment_id)


def on_custody_accepted(session: Session, events: Sequence[Event]) -> None:
    """The goods are in this person's hands from here on."""
    for event in events:
        fields = event.fields
        consignment = get_row(session, Consignment, fields.consignment_id)
        insert_event(
            session,
            Custody,
            event,
            CONTENTS[bindings.CustodyAccepted],
            position=consignment["custodies"] + 1,
            custodian_id=fields.actor_id,
            before_id=consignment["custodian_id"],
        )
        changed = {"custodies": consignment["custodies"] + 1, "custodian_id": fields.actor_id}
        set_columns(session, Consignment, fields.consignment_id, **changed)


def on_consignment_received(session: Session, events: Sequence[Event]) -> None:
    """Adds a count, and what it says of each line. What is over follows as found lots of its own."""
    for event in events:
        fields = event.fields
        insert_event(session, Receipt, event, CONTENTS[bindings.ConsignmentReceived], receiver_id=fields.actor_id)
        set_columns(session, Consignment, fields.consignment_id, receiver_id=fields.actor_id)
        counted = {"receipts": 1, "finals": int(fields.is_final)}
        add_to_columns(session, Consignment, fields.consignment_id, **counted)
        for line in fields.lines:
            stated = {name: getattr(line, name) for name in COUNTED}
            recorded = {f"{name}_recorded": quantity for name, quantity in stated.items()}
            key = {"receipt_id": fields.receipt_id, "line_no": line.line_no}
            insert(session, ReceiptLine, **key, consignment_id=fields.consignment_id, **recorded)
            add_count(session, fields.consignment_id, fields.receipt_id, line.line_no, stated)
        set_state(session, fields.consignment_id)


def on_dispatch_voided(session: Session, events: Sequence[Event]) -> None:
    """Nothing was received, and everything is back in the sending store."""
    for event in events:
        unload_all(session, event.fields.consignment_id)
        reason = CONTENTS[bindings.DispatchVoided].columns(event.content or {})
        set_columns(session, Consignment, event.fields.consignment_id, state="voided", in_effect=False, **reason)


def on_overdue_noted(session: Session, events: Sequence[Event]) -> None:
    """The due date passed with something outstanding; the discrepancies follow."""
    for event in events:
        set_columns(session, Consignment, event.fields.consignment_id, overdue=True)


def on_outstanding_written_off(session: Session, events: Sequence[Event]) -> None:
    """Two persons gave up what is outstanding: it is lost. A discrepancy that opened again adds to it."""
    for event in events:
        fields = event.fields
        if find_row(session, WriteOff, fields.discrepancy_id):
            add_to_columns(session, WriteOff, fields.discrepancy_id, quantity=fields.quantity)
            set_columns(session, WriteOff, fields.discrepancy_id, in_effect=True)
        else:
            insert_event(session, WriteOff, event)
        key = {"consignment_id": fields.consignment_id, "line_no": fields.line_no}
        add_to_columns(session, ConsignmentLine, key, written_off=fields.quantity)
        balance = LotBalance(session, get_row(session, ConsignmentLine, key)["lot_id"])
        balance.move("", ("in_transit", "lost"), fields.quantity)
        balance.save()
        set_state(session, fields.consignment_id)


def add_count(session: Session, consignment_id: str, receipt_id: str, line_no: int, stated: Mapping[str, int]) -> None:
    """Adds to what a receipt states of a line: out of transit, into the receiving facility or lost."""
    _count(session, consignment_id, receipt_id, line_no, stated)
    consignment = get_row(session, Consignment, consignment_id)
    line = get_row(session, ConsignmentLine, {"consignment_id": consignment_id, "line_no": line_no})
    good, damaged, lost = (stated.get(name, 0) for name in COUNTED[:3])
    if good or damaged or lost:
        balance = LotBalance(session, line["lot_id"])
        balance.arrive(consignment["to_facility_id"], good, damaged, lost)
        balance.save()


def subtract_count(
    session: Session, consignment_id: str, receipt_id: str, line_no: int, stated: Mapping[str, int]
) -> None:
    """Takes back from what a receipt states of a line: into transit again. What went on already is a shortage."""
    _count(session, consignment_id, receipt_id, line_no, {name: -quantity for name, quantity in stated.items()})
    consignment = get_row(session, Consignment, consignment_id)
    line = get_row(session, ConsignmentLine, {"consignment_id": consignment_id, "line_no": line_no})
    good, damaged, lost = (stated.get(name, 0) for name in COUNTED[:3])
    if good or damaged or lost:
        balance = LotBalance(session, line["lot_id"])
        balance.unarrive(consignment["to_facility_id"], good, damaged, lost)
        balance.save()


def load(session: Session, consignment: Mapping[str, Any], line_no: int, quantity: int) -> None:
    """Loads one line: what its allocation set aside, or what a return sends back, goes into transit."""
    key = {"consignment_id": consignment["consignment_id"], "line_no": line_no}
    add_to_columns(session, ConsignmentLine, key, dispatched=quantity)
    line = get_row(session, ConsignmentLine, key)
    if line["allocation_id"]:
        add_to_columns(session, GoodsAllocation, line["allocation_id"], dispatched=quantity)
    balance = LotBalance(session, line["lot_id"])
    balance.ship(consignment["from_facility_id"], quantity, reserved=line["allocation_id"] is not None)
    balance.save()


def load_more(session: Session, consignment: Mapping[str, Any], line_no: int, quantity: int) -> None:
    """A correction: so much more had been loaded, whatever became of its allocation and lot since."""
    key = {"consignment_id": consignment["consignment_id"], "line_no": line_no}
    add_to_columns(session, ConsignmentLine, key, dispatched=quantity)
    line = get_row(session, ConsignmentLine, key)
    allocation_id = line["allocation_id"]
    reserved = correct_consumption(session, allocation_id, quantity) if allocation_id else 0
    balance = LotBalance(session, line["lot_id"])
    balance.correct_shipment(consignment["from_facility_id"], quantity, reserved=reserved)
    balance.save()


def unload(session: Session, consignment: Mapping[str, Any], line_no: int, quantity: int) -> None:
    """Takes back from what was loaded: into the sending facility, set aside if its allocation still stands."""
    key = {"consignment_id": consignment["consignment_id"], "line_no": line_no}
    add_to_columns(session, ConsignmentLine, key, dispatched=-quantity)
    line = get_row(session, ConsignmentLine, key)
    balance = LotBalance(session, line["lot_id"])
    balance.unship(consignment["from_facility_id"], quantity, reserved=line["allocation_id"] is not None)
    balance.save()
    if line["allocation_id"]:
        restore_allocation(session, line["allocation_id"], quantity)


def unload_all(session: Session, consignment_id: str) -> None:
    """Everything on board goes back to the sending facility."""
    consignment = get_row(session, Consignment, consignment_id)
    for line in lines_of(session, consignment_id):
        if line["dispatched"]:
            unload(session, consignment, line["line_no"], line["dispatched"])


def lines_of(session: Session, consignment_id: str) -> list[Mapping[str, Any]]:
    """The consignment's lines in order."""
    lines: list[Mapping[str, Any]] = []
    while line := find_row(session, ConsignmentLine, {"consignment_id": consignment_id, "line_no": len(lines)}):
        lines.append(line)
    return lines


def set_state(session: Session, consignment_id: str) -> None:
    """The state as the contract computes it, from what is outstanding and the receipts in effect."""
    consignment = get_row(session, Consignment, consignment_id)
    lines = lines_of(session, consignment_id)
    is_open = any(
        line["dispatched"] > line["good"] + line["damaged"] + line["lost"] + line["written_off"] for line in lines
    )
    if not is_open or consignment["finals"]:
        state = "received"
    else:
        state = "partly_received" if consignment["receipts"] else "dispatched"
    set_columns(session, Consignment, consignment_id, state=state)


def _count(session: Session, consignment_id: str, receipt_id: str, line_no: int, stated: Mapping[str, int]) -> None:
    add_to_columns(session, ReceiptLine, {"receipt_id": receipt_id, "line_no": line_no}, **stated)
    add_to_columns(session, ConsignmentLine, {"consignment_id": consignment_id, "line_no": line_no}, **stated)


HANDLERS = {
    bindings.ConsignmentDispatched: on_consignment_dispatched,
    bindings.CustodyAccepted: on_custody_accepted,
    bindings.ConsignmentReceived: on_consignment_received,
    bindings.DispatchVoided: on_dispatch_voided,
    bindings.OverdueNoted: on_overdue_noted,
    bindings.OutstandingWrittenOff: on_outstanding_written_off,
}
