"""Goods given, lots and where they are, with the equation of R7 kept by the database itself."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from ledger.models.columns import (
    flag,
    integer,
    optional_integer,
    optional_ref,
    published,
    record_key,
    record_ref,
    running,
    text,
)

QUANTITIES = (
    "commissioned",
    "found",
    "transformed_in",
    "shortage",
    "usable",
    "reserved",
    "quarantined",
    "in_transit",
    "distributed",
    "sold",
    "lost",
    "issued_without_record",
    "disposed",
    "returned_to_donor",
    "transformed_out",
)
"""The quantities of a lot, in the order of ISupplyLedger.Quantities."""

_OUT = [name for name in QUANTITIES[4:] if name not in ("reserved", "issued_without_record")]


def _balances() -> CheckConstraint:
    return CheckConstraint(f"{' + '.join(QUANTITIES[:4])} = {' + '.join(_OUT)}", name="r7_balances")


def _none_negative() -> CheckConstraint:
    return CheckConstraint(" AND ".join(f"{name} >= 0" for name in QUANTITIES), name="r7_none_negative")


class LotQuantities(SQLModel):
    """The terms of R7, in the item's unit."""

    commissioned: int = running("Given or bought.")
    found: int = running("Found, or over in a receipt.")
    transformed_in: int = running("Made of other lots.")
    shortage: int = running("What corrections took beyond what was there (R15).")
    usable: int = running("On hand and usable.")
    reserved: int = running("Set aside; a part of usable.")
    quarantined: int = running("On hand and not to be used.")
    in_transit: int = running("Dispatched and not counted yet.")
    distributed: int = running("Handed out.")
    sold: int = running("Sold.")
    lost: int = running("Lost, in a store or on the way.")
    issued_without_record: int = running("Left a store without a record; a part of lost (R12).")
    disposed: int = running("Disposed of.")
    returned_to_donor: int = running("Given back.")
    transformed_out: int = running("Made into other lots.")


class DonationInKind(SQLModel, table=True):
    """Goods given. Their declared value, if any, never enters a cash total (R8)."""

    __tablename__ = "donation_in_kind"

    donation_id: str = record_key("Id of the donation.")
    facility_id: str = record_ref("Where the goods came in.", index=True)
    donor_commitment: str = record_ref("SHA-256 of salt and name.")
    donor_organisation_id: int = integer("The donor, if it is an organisation of this ledger; else 0.")
    purpose: str = text("Earmark: coded purpose, empty for none.")
    place: str = text("Earmark: coded place, empty for none.")
    publisher: str | None = published("Who published it.")
    list_name: str | None = published("In which list.")
    row_no: int | None = optional_integer("The list's own number of the line.")
    date: str | None = published("YYYY-MM-DD as published.")
    donor_kind: str | None = published("individual or organisation.")
    reference: str | None = published("The organisation's own reference, where no list published it.")
    note: str | None = published("As published.")
    content_digest: str = record_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who recorded it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of SupplyLedger.", index=True)


class Valuation(SQLModel, table=True):
    """The declared value of a whole donation in kind (R8)."""

    __tablename__ = "valuation"

    valuation_id: str = record_key("Id of the valuation.")
    donation_id: str = record_ref("The donation in kind.", index=True)
    currency: str = text("ISO 4217.")
    value_minor: int = integer("In minor units.")
    method: str = text("How it was valued.")
    value_date: int = integer("yyyymmdd, 0 if not published.")
    note: str | None = published("As published.")
    content_digest: str | None = optional_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who declared it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of SupplyLedger.")


class Lot(LotQuantities, table=True):
    """A quantity of one item from one source, and what became of it."""

    __tablename__ = "lot"
    __table_args__ = (_balances(), _none_negative())

    lot_id: str = record_key("Id of the lot.")
    source_id: str = record_ref("Donation in kind, expenditure, transformation, receipt or find.", index=True)
    origin: str = text("in_kind, bought, found or transformed.")
    item_id: str = record_ref("The item.", index=True)
    facility_id: str = record_ref("Where it began.", index=True)
    quantity: int = integer("As it was recorded.")
    cost_minor: int = integer("What it cost; 0 unless bought.")
    purpose: str = text("Earmark: coded purpose, empty for none.")
    place: str = text("Earmark: coded place, empty for none.")
    expiry_date: int = integer("yyyymmdd, 0 if none.")
    lot_no: str | None = published("The maker's lot number.")
    note: str | None = published("As published.")
    publisher: str | None = published("Who published it.")
    list_name: str | None = published("In which list.")
    row_no: int | None = optional_integer("The list's own number of the line.")
    content_digest: str | None = optional_ref("SHA-256 of the content document.")
    is_over: bool = flag("It came above a dispatch, and began in quarantine (R11).")
    recalls: int = running("Recalls that are on it.")
    actor_id: int = integer("Who recorded it.")
    in_effect: bool = flag("False: declared never to have been.", default=True)
    journal_no: int = integer("Position in the journal of SupplyLedger.", index=True)


class Stock(SQLModel, table=True):
    """What of a lot is at a facility."""

    __tablename__ = "stock"
    __table_args__ = (
        CheckConstraint("usable >= reserved AND reserved >= 0 AND quarantined >= 0 AND shortage >= 0", name="there"),
    )

    lot_id: str = record_key("The lot.")
    facility_id: str = Field(primary_key=True, max_length=64, index=True, description="The facility.")
    usable: int = running("Usable.")
    reserved: int = running("Set aside; a part of usable.")
    quarantined: int = running("Not to be used.")
    shortage: int = running("What went on although it never came.")


class GoodsTotal(LotQuantities, table=True):
    """All lots of one item together. Items differ in their unit, so nothing of different units is added (R6)."""

    __tablename__ = "goods_total"
    __table_args__ = (_balances(), _none_negative())

    item_id: str = record_key("The item.")
    lots: int = running("Lots in effect.")
    reported: int = running("Handed out as others published it (R20); moves no stock.")
    reports: int = running("Published lines about it, with or without a quantity.")


class Transformation(SQLModel, table=True):
    """Lots made of other lots, with its evidence (R6)."""

    __tablename__ = "transformation"

    transformation_id: str = record_key("Id of the transformation.")
    facility_id: str = record_ref("Where.", index=True)
    evidence_digest: str | None = optional_ref("SHA-256 of the evidence.")
    actor_id: int = integer("Who recorded it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of SupplyLedger.")


class TransformationPart(SQLModel, table=True):
    """A lot that went into a transformation, or came out of it."""

    __tablename__ = "transformation_part"

    transformation_id: str = record_key("The transformation.")
    side: str = Field(primary_key=True, description="input or output.")
    line_no: int = integer("Position, from 0.", primary_key=True)
    lot_id: str = record_ref("The lot.", index=True)
    quantity: int = integer("How much of it.")
