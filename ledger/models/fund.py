"""Funds and their totals: the equation of R1, kept by the database itself."""

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from ledger.models.columns import flag, integer, published, record_key, record_ref, running, text

TERMS = (
    "received_minor",
    "transfers_in_minor",
    "interest_minor",
    "sale_proceeds_minor",
    "deficit_minor",
    "unallocated_minor",
    "allocated_unspent_minor",
    "spent_on_lots_minor",
    "spent_on_services_minor",
    "prepaid_minor",
    "transferred_out_minor",
    "refunded_minor",
)
"""The terms of R1, in the order of IFundLedger.Totals."""

_IN, _OUT = TERMS[:5], TERMS[5:]


def _balances() -> CheckConstraint:
    return CheckConstraint(f"{' + '.join(_IN)} = {' + '.join(_OUT)}", name="r1_balances")


def _none_negative() -> CheckConstraint:
    return CheckConstraint(" AND ".join(f"{term} >= 0" for term in TERMS), name="r1_none_negative")


class FundTerms(SQLModel):
    """The terms of R1, in minor units of the fund's currency."""

    received_minor: int = running("Paid in by donors.")
    transfers_in_minor: int = running("From other funds: disbursements acknowledged, conversions.")
    interest_minor: int = running("Interest received.")
    sale_proceeds_minor: int = running("Received for goods sold.")
    deficit_minor: int = running("What corrections took beyond what was free (R15).")
    unallocated_minor: int = running("Free to be allocated.")
    allocated_unspent_minor: int = running("Allocated and not spent yet.")
    spent_on_lots_minor: int = running("Cost of lots.")
    spent_on_services_minor: int = running("Services, fees and overhead.")
    prepaid_minor: int = running("Paid for goods that were not delivered yet.")
    transferred_out_minor: int = running("To other funds.")
    refunded_minor: int = running("Given back to donors.")


class Fund(SQLModel, table=True):
    """Money of one organisation in one currency, with one earmark or none (R1)."""

    __tablename__ = "fund"

    fund_id: str = record_key("Id of the fund.")
    organisation_id: int = integer("Whose fund.", index=True)
    currency: str = text("ISO 4217.")
    purpose: str = text("Earmark: coded purpose, empty for none.")
    place: str = text("Earmark: coded place, empty for none.")
    exercise: bool = flag("Whether it belongs to an exercise (R21).")
    name: str | None = published("As the organisation calls it.")
    content_digest: str = record_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who opened it.")
    in_effect: bool = flag("False: declared never to have been.", default=True)
    journal_no: int = integer("Position in the journal of FundLedger.", index=True)


class FundTotal(FundTerms, table=True):
    """A fund's totals now, maintained with every event."""

    __tablename__ = "fund_total"
    __table_args__ = (_balances(), _none_negative())

    fund_id: str = record_key("The fund.")
    donations: int = running("Donations in effect.")


class FundDelta(FundTerms, table=True):
    """A fund's totals after each block that changed them; the difference to the row before is that block's delta."""

    __tablename__ = "fund_delta"
    __table_args__ = (_balances(), _none_negative())

    fund_id: str = record_key("The fund.")
    block_number: int = integer("The block.", primary_key=True)
    donations: int = running("Donations in effect.")


class SummaryTotal(FundTerms, table=True):
    """All funds of one currency together: the real ones, and the exercises' by themselves (R21)."""

    __tablename__ = "summary_total"
    __table_args__ = (_balances(), _none_negative())

    currency: str = Field(primary_key=True, description="ISO 4217.")
    exercise: bool = Field(primary_key=True, description="Real records, or an exercise's.")
    funds: int = running("Funds opened.")
    donations: int = running("Donations in effect.")


class SummaryDelta(FundTerms, table=True):
    """The summary after each block that changed it."""

    __tablename__ = "summary_delta"
    __table_args__ = (_balances(), _none_negative())

    currency: str = Field(primary_key=True, description="ISO 4217.")
    exercise: bool = Field(primary_key=True, description="Real records, or an exercise's.")
    block_number: int = integer("The block.", primary_key=True)
    funds: int = running("Funds opened.")
    donations: int = running("Donations in effect.")


class ListTotal(SQLModel, table=True):
    """What was recorded of a published list, into one fund; reversed donations are taken out again."""

    __tablename__ = "list_total"
    __table_args__ = (Index("ix_list_total_fund", "fund_id"),)

    publisher: str = Field(primary_key=True, description="Who published it.")
    list_name: str = Field(primary_key=True, description="The list, as the publisher calls it.")
    fund_id: str = record_key("The fund.")
    donations: int = running("Donations recorded and in effect.")
    amount_minor: int = running("Their sum.")
