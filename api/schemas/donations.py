"""Donations of money. Donors appear as commitments: their names are not public (R25)."""

from typing import ClassVar

from api.schemas.answers import Proof, Record
from api.schemas.fields import Currency, Day, Digest, Flag, Id, Minor, Person, Text, View, about
from api.schemas.history import Detail


class DonationView(Record):
    """A payment received from a donor."""

    CONTRACT: ClassVar[str] = "FundLedger"
    PATH: ClassVar[str] = "donations"
    KEY: ClassVar[str] = "donation_id"

    donation_id: Id = about("Id of the donation.")
    fund_id: Id = about("The fund it was paid into.")
    currency: Currency = about("ISO 4217.")
    amount_minor: Minor = about("Its amount in effect; corrections change it.")
    recorded_minor: Minor = about("Its amount as it was recorded first.")
    reduced_minor: Minor = about("What was refunded of it.", 0)
    donor_commitment: Digest = about("SHA-256 of a secret salt and the donor's name; zeros: donor not published.")
    donor_kind: Text | None = about("individual or organisation; null: not published.", "individual")
    publisher: Text | None = about("Who published it; null: not from a published list.", "Hubei Red Cross")
    list_name: Text | None = about("In which list.", "hubei_02")
    row_no: int | None = about("The list's own number of the line.", 43)
    date: Day | None = about("As published; null: not published (R23).")
    in_effect: Flag = about("False: declared never to have occurred.")
    actor_id: Person = about("Who recorded it.")


class RefundView(View):
    """Money given back to the donor."""

    refund_id: Id = about("Id of the refund.")
    amount_minor: Minor = about("In effect.")
    recorded_minor: Minor = about("As it was recorded.")
    date: Day | None = about("When, as published; null: not published.")
    reason: Text | None = about("Why, as published; null: not published.", "Sent by mistake")
    in_effect: Flag = about("False: declared never to have occurred.")
    actor_id: Person = about("Who recorded it.")
    proof: Proof = about("Its raw log.")


class FulfilmentView(View):
    """The promise that a donation fulfils (R2)."""

    promise_id: Id = about("The pledge or commitment.")
    applied_minor: Minor = about("How much of it this donation fulfilled.")
    proof: Proof = about("Its raw log.")


class DonationDetail(DonationView, Detail):
    """A donation with what was given back of it, and its history."""

    reference: Text | None = about("The organisation's own key of the record; null: not published.", "receipt/2020-17")
    note: Text | None = about("As published; null: none.")
    content_digest: Digest = about("SHA-256 of its content document; /v1/evidence has its bytes.")
    refunds: list[RefundView] = about("What was given back.")
    fulfils: FulfilmentView | None = about("The promise that it fulfils; null: none.")
