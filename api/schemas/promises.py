"""Pledges and commitments: promised, not counted until paid (R2)."""

from typing import ClassVar

from api.schemas.answers import Proof, Record
from api.schemas.fields import Currency, Day, Digest, Flag, Id, Minor, Person, Text, View, about
from api.schemas.history import Detail


class PaymentView(View):
    """A donation that fulfilled a part of the promise."""

    donation_id: Id = about("The donation.")
    applied_minor: Minor = about("How much of the promise it fulfilled.")
    proof: Proof = about("Its raw log.")


class _Promise(Record):
    CONTRACT: ClassVar[str] = "FundLedger"

    fund_id: Id = about("The fund it is for.")
    currency: Currency = about("ISO 4217.")
    amount_minor: Minor = about("Amount in effect.")
    recorded_minor: Minor = about("Amount as it was recorded.")
    reduced_minor: Minor = about("Payments and commitments in effect that cite it.")
    open_minor: Minor = about("What is still promised: never below zero.", 0)
    donor_commitment: Digest = about("SHA-256 of a secret salt and the donor's name.")
    reference: Text | None = about("The organisation's own key of the record; null: not published.", "pledge/7")
    date: Day | None = about("When, as published; null: not published.")
    note: Text | None = about("As published; null: none.")
    in_effect: Flag = about("False: declared never to have occurred.")
    actor_id: Person = about("Who recorded it.")


class PledgeView(_Promise):
    """A public promise."""

    PATH: ClassVar[str] = "pledges"
    KEY: ClassVar[str] = "pledge_id"

    pledge_id: Id = about("Id of the pledge.")


class CommitmentView(_Promise):
    """A signed agreement, which may take the place of a pledge."""

    PATH: ClassVar[str] = "commitments"
    KEY: ClassVar[str] = "commitment_id"

    commitment_id: Id = about("Id of the commitment.")
    pledge_id: Id | None = about("The pledge that it takes the place of; null: none.")


class PledgeDetail(PledgeView, Detail):
    """A pledge with its payments and history."""

    content_digest: Digest = about("SHA-256 of its content document.")
    payments: list[PaymentView] = about("Donations that fulfilled it, the first 200.")


class CommitmentDetail(CommitmentView, Detail):
    """A commitment with its payments and history."""

    content_digest: Digest = about("SHA-256 of its content document.")
    payments: list[PaymentView] = about("Donations that fulfilled it, the first 200.")
