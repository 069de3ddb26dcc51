"""Funds, and the equation of R1 in figures."""

from typing import ClassVar

from api.schemas.answers import Record
from api.schemas.fields import Count, Currency, Digest, Flag, Id, Minor, Person, Text, View, about
from api.schemas.history import Detail


class Totals(View):
    """R1: the first five add up to the other seven. In the currency's minor unit."""

    received_minor: Minor = about("Paid in by donors.")
    transfers_in_minor: Minor = about("From other funds: disbursements acknowledged, conversions.")
    interest_minor: Minor = about("Interest received.")
    sale_proceeds_minor: Minor = about("Received for goods sold.")
    deficit_minor: Minor = about("What corrections took beyond what was free (R15).", 0)
    unallocated_minor: Minor = about("Free to be allocated.")
    allocated_unspent_minor: Minor = about("Allocated and not spent yet.")
    spent_on_lots_minor: Minor = about("Cost of lots.")
    spent_on_services_minor: Minor = about("Services, fees and overhead.")
    prepaid_minor: Minor = about("Paid for goods that were not delivered yet.")
    transferred_out_minor: Minor = about("To other funds.")
    refunded_minor: Minor = about("Given back to donors.")
    donations: Count = about("Donations in effect.", 32_045)


class FundView(Record):
    """Money of one organisation in one currency, with one earmark or none (R1)."""

    CONTRACT: ClassVar[str] = "FundLedger"
    PATH: ClassVar[str] = "funds"
    KEY: ClassVar[str] = "fund_id"

    fund_id: Id = about("Id of the fund.")
    organisation_name: Text | None = about("Whose fund, as it calls itself.", "Hubei Red Cross")
    name: Text | None = about("The fund, as its organisation calls it; null: not published.", "Epidemic relief")
    currency: Currency = about("ISO 4217.")
    purpose: str = about("Earmark: coded purpose, empty for none.", "")
    place: str = about("Earmark: coded place, empty for none.", "")
    totals: Totals = about("Maintained with every event, never summed for an answer.")
    in_effect: Flag = about("False: declared never to have been.")
    actor_id: Person = about("Who opened it.")


class FundDetail(FundView, Detail):
    """A fund with its history."""

    content_digest: Digest = about("SHA-256 of its content document.")


class FundAtBlock(View):
    """A fund's totals after an earlier block; they never change."""

    fund_id: Id = about("Id of the fund.")
    currency: Currency = about("ISO 4217.")
    totals: Totals = about("As they were after that block.")
    moved_at_block: Count | None = about("The last block until then in which they changed; null: not yet.", 41)
