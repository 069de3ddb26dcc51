"""The ledger on one page."""

from api.schemas.answers import Current
from api.schemas.fields import Address, Count, Currency, Text, View, about
from api.schemas.funds import Totals
from api.schemas.goods import Quantities


class Root(View):
    """Where everything is."""

    description: Address = about("What can be asked, as OpenAPI 3.1.", "/v1/openapi.json")
    summary: Address = about("The ledger on one page.", "/v1/summary")
    health: Address = about("Whether the index is there and near the chain.", "/v1/ready")
    lists: list[Address] = about("Everything that is listed.", ["/v1/funds", "/v1/donations"])


class CurrencyTotals(View):
    """All funds of one currency. Currencies are never added."""

    currency: Currency = about("ISO 4217.")
    minor_digits: Count | None = about("Digits after the point: 2 means that 100 minor units are 1.00.", 2)
    funds: Count = about("Funds opened.")
    totals: Totals = about("Maintained with every event, never summed for an answer.")


class UnitTotals(Quantities):
    """All goods of one unit, as the storekeepers wrote it. Units are never added (R6)."""

    unit: Text = about("As written.", "个")
    items: Count = about("Different items.")
    lots: Count = about("Lots in effect.")
    reported: Count = about("Handed out as others published it; moves no stock (R20).", 0)
    reports: Count = about("Published lines, with or without a quantity.", 0)


class UnitMissing(View):
    """Goods whose unit was not published: counted, and in no total of quantities (R23)."""

    items: Count = about("Different items.", 12)
    lots: Count = about("Lots in effect.", 5)
    reports: Count = about("Published lines.", 7)


class ListCounts(View):
    """Rows of published lists, by what became of them; of a list read again, the last report counts."""

    lists: Count = about("Lists read.")
    rows: Count = about("Rows that they published.", 34_100)
    recorded: Count = about("Rows recorded.", 32_045)
    held_back: Count = about("Rows held back as suspected repetitions (R22).", 2_055)
    refused: Count = about("Rows that could not be used.", 0)


class RecordCounts(View):
    """How many records there are, those in effect only where that can change."""

    donations: Count = about("Donations of money.", 32_045)
    donations_in_kind: Count = about("Donations of goods.")
    pledges: Count = about("Pledges: promised, not counted as money (R2).")
    commitments: Count = about("Commitments: agreed, not counted as money until paid (R2).")
    allocations: Count = about("Allocations of money.")
    expenditures: Count = about("Expenditures.")
    disbursements: Count = about("Disbursements to other members.")
    lots: Count = about("Lots of goods.")
    items: Count = about("Items in catalogues.")
    facilities: Count = about("Facilities.")
    needs: Count = about("Needs, as published or approved.")
    goods_allocations: Count = about("Goods set aside for facilities.")
    consignments: Count = about("Consignments.")
    receipts: Count = about("Counts by receivers.")
    reported_distributions: Count = about("Lines that others published as handed out.")
    evidence: Count = about("Documents anchored on records.")
    corrections: Count = about("Corrections declared.")
    discrepancies: Count = about("Discrepancies, resolved ones included.")
    open_discrepancies: Count = about("Discrepancies that are not resolved.")


class World(View):
    """Everything of one kind of record: the real ones, or an exercise's."""

    money: list[CurrencyTotals] = about("By currency.")
    goods: list[UnitTotals] = about("By unit.")
    goods_without_unit: UnitMissing = about("Goods whose unit was not published.")
    records: RecordCounts = about("How many of each.")
    lists: ListCounts = about("Published lists.")


class Summary(Current):
    """What was given, what became of it, and what does not add up."""

    chain_id: Count = about("The chain.", 31_337)
    real: World = about("Real records only.")
    exercise: World = about("A marked, fictional run: outside every total of real records (R21).")
    missing_documents: Count = about("Digests on chain whose document is not here: /v1/documents/missing.", 0)
