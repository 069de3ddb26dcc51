"""Goods on the way: dispatched, in custody, received in one or more counts (R11)."""

from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

from ledger.models.columns import (
    flag,
    integer,
    optional_ref,
    published,
    record_key,
    record_ref,
    running,
    text,
)


class Consignment(SQLModel, table=True):
    """A dispatch from one facility to another."""

    __tablename__ = "consignment"

    consignment_id: str = record_key("Id of the consignment.")
    from_facility_id: str = record_ref("Where it left.", index=True)
    to_facility_id: str = record_ref("Where it goes.", index=True)
    carrier_id: int = integer("The person named to carry it; 0: collected by the receiver.")
    due_at: int = integer("Unix seconds, 0 for none.")
    return_of_id: str | None = optional_ref("The consignment whose goods go back.", index=True)
    waybill_no: str | None = published("Number of the waybill.")
    note: str | None = published("As published.")
    void_reason: str | None = published("Why it was voided, as published.")
    waybill_digest: str | None = optional_ref("SHA-256 of the waybill.")
    state: str = text("dispatched, partly_received, received, voided or reversed.", index=True)
    receipts: int = running("Receipts in effect.")
    finals: int = running("Receipts in effect that are marked final.")
    custodies: int = running("Custodies in effect.")
    custodian_id: int = running("Who took custody last; 0: nobody yet.")
    receiver_id: int = running("Who received last; 0: nobody yet.")
    overdue: bool = flag("Somebody noted that it is overdue.")
    dispatcher_id: int = integer("Who dispatched it.")
    in_effect: bool = flag("False: voided, or declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of ConsignmentLedger.", index=True)


class ConsignmentLine(SQLModel, table=True):
    """A lot on board. Outstanding = dispatched - (good + damaged + lost) - written off, never below zero."""

    __tablename__ = "consignment_line"
    __table_args__ = (
        CheckConstraint("dispatched - good - damaged - lost - written_off >= 0", name="r11_outstanding"),
        CheckConstraint("good >= 0 AND damaged >= 0 AND lost >= 0 AND over >= 0", name="r11_none_negative"),
    )

    consignment_id: str = record_key("The consignment.")
    line_no: int = integer("Position, from 0.", primary_key=True)
    lot_id: str = record_ref("The lot.", index=True)
    allocation_id: str | None = optional_ref("The goods allocation that it carries out.", index=True)
    recorded_quantity: int = integer("As it was dispatched.")
    dispatched: int = integer("In effect; corrections change it.")
    good: int = running("Received in good condition.")
    damaged: int = running("Received damaged.")
    lost: int = running("Stated as lost.")
    over: int = running("Arrived above the dispatch.")
    written_off: int = running("Written off by resolutions.")


class Custody(SQLModel, table=True):
    """Somebody took the goods over; a chain without gaps."""

    __tablename__ = "custody"

    custody_id: str = record_key("Id of the custody.")
    consignment_id: str = record_ref("The consignment.", index=True)
    position: int = integer("Place in the chain, from 1.")
    custodian_id: int = integer("Who has it from here on.")
    before_id: int = integer("Who had it before; 0: the sending facility.")
    note: str | None = published("As published.")
    content_digest: str | None = optional_ref("SHA-256 of the content document.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of ConsignmentLedger.")


class Receipt(SQLModel, table=True):
    """One count by the receiver."""

    __tablename__ = "receipt"

    receipt_id: str = record_key("Id of the receipt.")
    consignment_id: str = record_ref("The consignment.", index=True)
    is_final: bool = flag("The receiver expects no more.")
    completeness: str = text("verified: counted; inferred: only the label was read.")
    note: str | None = published("As published.")
    content_digest: str | None = optional_ref("SHA-256 of the content document.")
    receiver_id: int = integer("Who counted.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of ConsignmentLedger.")


class ReceiptLine(SQLModel, table=True):
    """What a receipt states of one line, corrections included."""

    __tablename__ = "receipt_line"

    receipt_id: str = record_key("The receipt.")
    line_no: int = integer("Line of the consignment.", primary_key=True)
    consignment_id: str = record_ref("The consignment.", index=True)
    good: int = running("In good condition.")
    damaged: int = running("Damaged.")
    lost: int = running("Lost.")
    over: int = running("Above the dispatch.")
    good_recorded: int = running("Good, as it was recorded.")
    damaged_recorded: int = running("Damaged, as it was recorded.")
    lost_recorded: int = running("Lost, as it was recorded.")
    over_recorded: int = running("Over, as it was recorded.")


class WriteOff(SQLModel, table=True):
    """What was outstanding and two persons wrote off; a discrepancy that opened again can add to it."""

    __tablename__ = "write_off"

    discrepancy_id: str = record_key("The discrepancy.")
    consignment_id: str = record_ref("The consignment.", index=True)
    line_no: int = integer("Its line.")
    quantity: int = running("Written off, in effect.")
    actor_id: int = integer("Who confirmed it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of ConsignmentLedger.")
