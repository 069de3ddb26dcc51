"""Donations in kind, lots, and what of them is where (R7, R8)."""

from typing import ClassVar

from api.schemas.answers import Proof, Record
from api.schemas.fields import Code, Count, Currency, Day, Digest, Flag, Id, Minor, Person, Quantity, Text, View, about
from api.schemas.goods import ItemFields, Quantities
from api.schemas.history import Detail


class ValuationView(View):
    """A declared value of the whole donation; it enters no cash total (R8)."""

    valuation_id: Id = about("Id of the valuation.")
    currency: Currency = about("ISO 4217.")
    value_minor: Minor = about("The value.")
    method: Code = about("How it was valued.", "donor")
    value_date: Count = about("yyyymmdd; 0: not published.", 20_200_128)
    note: Text | None = about("As published; null: none.")
    valuer_id: Person = about("Who declared it: not the donor.")
    in_effect: Flag = about("False: declared never to have occurred.")
    proof: Proof = about("Its raw log.")


class DonationInKindView(Record):
    """Goods given. Donors appear as commitments (R25)."""

    CONTRACT: ClassVar[str] = "SupplyLedger"
    PATH: ClassVar[str] = "donations-in-kind"
    KEY: ClassVar[str] = "donation_id"

    donation_id: Id = about("Id of the donation.")
    facility_id: Id = about("Where the goods came in.")
    facility_name: Text | None = about("Its name, as written; null while its document is missing.", "Central store")
    donor_commitment: Digest = about("SHA-256 of a secret salt and the donor's name; zeros: donor not published.")
    donor_kind: Text | None = about("individual or organisation; null: not published.", "organisation")
    donor_organisation_id: Count = about("The donor, if it is an organisation of this ledger; else 0.", 0)
    purpose: str = about("Earmark: coded purpose, empty for none.", "")
    place: str = about("Earmark: coded place, empty for none.", "")
    publisher: Text | None = about("Who published it; null: not from a published list.", "Hubei Red Cross")
    list_name: Text | None = about("In which list.", "goods_received")
    row_no: int | None = about("The list's own number of the line.", 14)
    date: Day | None = about("As published; null: not published (R23).")
    in_effect: Flag = about("False: declared never to have occurred.")
    actor_id: Person = about("Who recorded it.")


class LotView(Record, ItemFields):
    """A quantity of one item from one source, and what became of it (R7)."""

    CONTRACT: ClassVar[str] = "SupplyLedger"
    PATH: ClassVar[str] = "lots"
    KEY: ClassVar[str] = "lot_id"

    lot_id: Id = about("Id of the lot.")
    origin: Code = about("in_kind, bought, found or transformed.", "in_kind")
    source_id: Id = about("The donation in kind, expenditure, transformation, receipt or find that it comes from.")
    facility_id: Id = about("Where it began.")
    facility_name: Text | None = about("Its name, as written; null while its document is missing.", "Central store")
    quantity: Quantity = about("As it was recorded first.")
    quantities: Quantities = about("What became of it, corrections included.")
    cost_minor: Minor = about("What it cost, in its expenditure's currency; 0 unless bought.", 0)
    purpose: str = about("Earmark of its donor: coded purpose, empty for none.", "")
    place: str = about("Earmark of its donor: coded place, empty for none.", "")
    expiry_date: Count = about("yyyymmdd; 0: none.", 0)
    lot_no: Text | None = about("The maker's lot number; null: not published.", "L-2020-01")
    is_over: Flag = about("It was over in a receipt: found, without explanation (R11).", False)
    recalls: Count = about("Recalls that are on it (R13).", 0)
    publisher: Text | None = about("Who published it; null: not from a published list.", "Hubei Red Cross")
    list_name: Text | None = about("In which list.", "goods_received")
    row_no: int | None = about("The list's own number of the line.", 14)
    in_effect: Flag = about("False: declared never to have been.")
    actor_id: Person = about("Who recorded it.")


class BalanceView(ItemFields):
    """What of a lot is at a facility."""

    lot_id: Id = about("The lot.")
    facility_id: Id = about("The facility.")
    facility_name: Text | None = about("Its name, as written; null while its document is missing.", "Central store")
    exercise: Flag = about("Part of a marked exercise.", False)
    usable: Quantity = about("Usable.")
    reserved: Quantity = about("Set aside; a part of usable.", 0)
    quarantined: Quantity = about("Not to be used.", 0)
    shortage: Quantity = about("What went on although it never came.", 0)


class MovementView(View):
    """Something that happened to the lot in a store."""

    record_id: Id = about("Id of the record.")
    kind: Code = about("quarantine, release, disposal, sale, distribution, loss, issue_without_record ...", "loss")
    facility_id: Id = about("The store.")
    quantity: Quantity = about("Quantity in effect.")
    recorded_quantity: Quantity = about("Quantity as it was recorded.")
    reversed_quantity: Quantity = about("Of a loss: what was found again.", 0)
    state: Code = about(
        "proposed or recorded; what leaves a store for good or was found needs a second person (R12).", "recorded"
    )
    recipients: Count | None = about("Of a distribution: people, at least 10; 0: fewer than ten (R14).", 120)
    reason: Text | None = about("Of a loss: unknown, lost, damaged, expired or stolen.", "damaged")
    note: Text | None = about("As published; null: none.")
    actor_id: Person = about("Who recorded or proposed it.")
    second_person_id: Person | None = about("Who confirmed it; null: nobody, or not needed.")
    in_effect: Flag = about("False: declared never to have occurred.")
    proof: Proof = about("Its raw log.")


class StockCountView(View):
    """What somebody counted, beside what the ledger expected."""

    count_id: Id = about("Id of the count.")
    facility_id: Id = about("The store.")
    counted: Quantity = about("Counted.")
    expected: Quantity = about("Expected by the ledger at that moment.")
    note: Text | None = about("As published; null: none.")
    actor_id: Person = about("Who counted.")
    in_effect: Flag = about("False: declared never to have occurred.")
    proof: Proof = about("Its raw log.")


class TransformationView(View):
    """A declared transformation that the lot went into, or came out of (R6)."""

    transformation_id: Id = about("Id of the transformation.")
    side: Code = about("input or output.", "input")
    quantity: Quantity = about("How much of the lot.")
    in_effect: Flag = about("False: declared never to have occurred.")
    proof: Proof = about("Its raw log.")


class LotDetail(LotView, Detail):
    """A lot with where it is, what happened to it, and its history."""

    note: Text | None = about("As published; null: none.")
    content_digest: Digest | None = about("SHA-256 of its content document; null: it has none.")
    balances: list[BalanceView] = about("Where it is, the first 200 facilities.")
    movements: list[MovementView] = about("What happened to it in stores, the last 200, newest first.")
    counts: list[StockCountView] = about("Its counts, the last 200, newest first.")
    transformations: list[TransformationView] = about("What it was made into or of.")


class DonationInKindDetail(DonationInKindView, Detail):
    """A donation in kind with its lots, declared values and history."""

    reference: Text | None = about("The organisation's own key of the record; null: not published.", "goods/2020-17")
    note: Text | None = about("As published; null: none.")
    content_digest: Digest = about("SHA-256 of its content document.")
    lots: list[LotView] = about("Its lots, the first 200; none where no quantity was published (R23).")
    valuations: list[ValuationView] = about("Values that were declared for it.")
