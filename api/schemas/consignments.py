"""Consignments: what left, who has it, what arrived in which condition, and what is outstanding (R11)."""

from datetime import datetime
from typing import ClassVar

from api.schemas.answers import Proof, Record
from api.schemas.fields import Code, Count, Digest, Flag, Id, Person, Quantity, Text, View, about
from api.schemas.goods import ItemFields
from api.schemas.history import Detail


class ConsignmentView(Record):
    """A dispatch from one facility to another."""

    CONTRACT: ClassVar[str] = "ConsignmentLedger"
    PATH: ClassVar[str] = "consignments"
    KEY: ClassVar[str] = "consignment_id"

    consignment_id: Id = about("Id of the consignment.")
    from_facility_id: Id = about("Where it left.")
    from_facility_name: Text | None = about("Its name; null while its document is missing.", "Central store")
    to_facility_id: Id = about("Where it goes.")
    to_facility_name: Text | None = about("Its name; null while its document is missing.", "Union Hospital")
    carrier_id: Person = about("The person named to carry it; 0: collected by the receiver.")
    due_at: datetime | None = about("When it is due; null: no date was set.", "2026-11-30T04:00:00Z")
    return_of_id: Id | None = about("The consignment whose goods go back; null: not a return.")
    state: Code = about("dispatched, partly_received, received, voided or reversed.", "partly_received")
    lines_count: Count = about("Lines on board.")
    lines_outstanding: Count = about("Lines of which something is still outstanding.", 1)
    receipts_in_effect: Count = about("Counts by the receiver that are in effect.", 2)
    final_receipts: Count = about("How many of them are marked final.", 1)
    possessor_id: Person = about("Who took custody last; 0: nobody yet, the sender has it.")
    receiver_id: Person = about("Who received last; 0: nobody yet.")
    overdue: Flag = about("Somebody noted that it is overdue.", False)
    dispatcher_id: Person = about("Who dispatched it: never the receiver (R17).")
    in_effect: Flag = about("False: voided, or declared never to have occurred.")


class ConsignmentLineView(ItemFields):
    """A lot on board. outstanding = dispatched - good - damaged - lost - written off, never below zero."""

    line_no: Count = about("Position, from 0.", 0)
    lot_id: Id = about("The lot.")
    allocation_id: Id | None = about("The goods allocation that it carries out; null in a return.")
    recorded_quantity: Quantity = about("As it was dispatched first.")
    dispatched: Quantity = about("Dispatched, corrections included.")
    good: Quantity = about("Received in good condition.")
    damaged: Quantity = about("Received damaged.", 0)
    lost: Quantity = about("Stated as lost.", 0)
    over: Quantity = about("Arrived above the dispatch.", 0)
    written_off: Quantity = about("Written off by resolutions that two persons signed.", 0)
    outstanding: Quantity = about("Still to be accounted for.", 12)


class Counted(View):
    """Quantities that a receiver states."""

    good: Quantity = about("In good condition.")
    damaged: Quantity = about("Damaged.", 0)
    lost: Quantity = about("Lost.", 0)
    over: Quantity = about("Above the dispatch.", 0)


class ReceiptLineView(View):
    """What a receipt states of one line, as it was recorded and as it is in effect."""

    line_no: Count = about("Line of the consignment.", 0)
    recorded: Counted = about("As it was recorded first.")
    in_effect: Counted = about("Corrections included.")


class ReceiptView(View):
    """One count by the receiver. Partial receipts add up."""

    receipt_id: Id = about("Id of the receipt.")
    is_final: Flag = about("The receiver expects no more.")
    completeness: Code = about("verified: counted; inferred: only the label was read.", "verified")
    lines: list[ReceiptLineView] = about("What it states, line by line.")
    note: Text | None = about("As published; null: none.")
    receiver_id: Person = about("Who counted.")
    in_effect: Flag = about("False: declared never to have occurred.")
    proof: Proof = about("Its raw log.")


class CustodyView(View):
    """Somebody took the goods over."""

    custody_id: Id = about("Id of the custody.")
    position: Count = about("Place in the chain, from 1.", 1)
    custodian_id: Person = about("Who has the goods from here on.")
    before_id: Person = about("Who had them before; 0: the sending facility.")
    note: Text | None = about("As published; null: none.")
    in_effect: Flag = about("False: declared never to have occurred.")
    proof: Proof = about("Its raw log.")


class WriteOffView(View):
    """What was outstanding and two persons wrote off."""

    discrepancy_id: Id = about("The discrepancy that was resolved so.")
    line_no: Count = about("The line.", 0)
    quantity: Quantity = about("Written off, in effect.")
    actor_id: Person = about("Who confirmed it.")
    in_effect: Flag = about("False: declared never to have occurred.")
    proof: Proof = about("Its raw log.")


class ConsignmentDetail(ConsignmentView, Detail):
    """A consignment with its lines, receipts, chain of custody and history."""

    waybill_no: Text | None = about("As published; null: none.", "WB-14")
    waybill_digest: Digest | None = about("SHA-256 of the waybill; null: none.")
    note: Text | None = about("As published; null: none.")
    void_reason: Text | None = about("Why the dispatch was taken back; null: it was not.")
    lines: list[ConsignmentLineView] = about("What was on board, and what became of it.")
    receipts: list[ReceiptView] = about("The receiver's counts, those that did not occur included.")
    custody: list[CustodyView] = about("The chain of custody.")
    write_offs: list[WriteOffView] = about("What was written off.")
