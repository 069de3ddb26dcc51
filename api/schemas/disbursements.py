"""Money that goes on to another member's fund (R4), or into another currency (R3)."""

from typing import ClassVar

from api.schemas.answers import Proof, Record
from api.schemas.fields import Code, Count, Currency, Day, Digest, Flag, Id, Minor, Person, Text, about
from api.schemas.history import Detail


class DisbursementView(Record):
    """Money sent to another organisation's fund; it counts there once the receiver acknowledges it."""

    CONTRACT: ClassVar[str] = "FundLedger"
    PATH: ClassVar[str] = "disbursements"
    KEY: ClassVar[str] = "disbursement_id"

    disbursement_id: Id = about("Id of the disbursement.")
    allocation_id: Id = about("The allocation that it is taken from.")
    fund_id: Id = about("The parent: the fund that it leaves.")
    child_fund_id: Id = about("The child: the fund that it goes to.")
    currency: Currency = about("ISO 4217.")
    amount_minor: Minor = about("Amount.")
    state: Code = about("sent, acknowledged or rejected.", "acknowledged")
    description: Text | None = about("What it is for, as published; null: not published.")
    date: Day | None = about("When, as published; null: not published.")
    rejection_reason: Text | None = about("Why it was rejected, as published; null: it was not, or not published.")
    redesignation_id: Id | None = about("The change of earmark that it needs; null: none.")
    sender_id: Person = about("Who sent it.")
    receiver_id: Person | None = about("Who acknowledged or rejected it; null: nobody yet.")
    in_effect: Flag = about("False: declared never to have occurred.")


class DisbursementDetail(DisbursementView, Detail):
    """A disbursement with its history."""

    content_digest: Digest = about("SHA-256 of its content document.")
    answered: Proof | None = about("The raw log of the receiver's answer; null: none yet.")


class ConversionView(Record):
    """Money changed into another currency, between two funds of one organisation (R3)."""

    CONTRACT: ClassVar[str] = "FundLedger"
    PATH: ClassVar[str] = "conversions"
    KEY: ClassVar[str] = "conversion_id"

    conversion_id: Id = about("Id of the conversion.")
    from_fund_id: Id = about("The fund that it leaves.")
    to_fund_id: Id = about("The fund that it goes to.")
    from_amount_minor: Minor = about("What was paid, in the first fund's currency.")
    to_amount_minor: Minor = about("What was got, in the second fund's currency.")
    rate_date: Count = about("Date of the rate, yyyymmdd.", 20_200_128)
    rate_source: Text | None = about("Where the rate is from, as published; null: not published.", "Bank of China")
    evidence_digest: Digest | None = about("SHA-256 of the evidence; null: none.")
    in_effect: Flag = about("False: declared never to have occurred.")
    actor_id: Person = about("Who recorded it.")


class ConversionDetail(ConversionView, Detail):
    """A conversion with its history."""

    rate_source_digest: Digest | None = about("SHA-256 of where the rate is from; null: none.")
