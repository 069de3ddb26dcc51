"""SupplyLedger.commissionBought

├── when the caller is no intake clerk                    → MissingRole (behaviours/)
├── given the expenditure is another organisation's       → ForeignRecordId
├── given an invalid line                                 → LineRefused with its index and
│   ├── the expenditure is unknown, or buys no goods      → RecordUnknown
│   ├── the lots cost more than is not delivered yet      → ExpenditureExceeded
│   ├── the lot has no cost                               → AmountOutOfRange
│   └── the lot's id has other content                    → RecordConflict
├── given prepaid goods                                   → emits LotCommissioned; money moves from prepaid to spent on lots
└── given it was recorded before, by anybody              → nothing changes
"""

import pytest
from goods import BOUGHT, NO_CODE, NO_CONTENT, line, lot_id, no_record
from names import CHARITY, GOWNS, PARTNER_CHARITY, STORE, ZERO, ascii_word, digest, record_id
from reverts import reverts

FUND, ALLOCATION = record_id(CHARITY, "fund"), record_id(CHARITY, "allocation")
EXPENDITURE, SERVICE = record_id(CHARITY, "expenditure"), record_id(CHARITY, "service")
PURPOSE = ascii_word("72010", 16)
GOODS, SERVICES = 0, 1


@pytest.fixture(autouse=True)
def prepaid(fund_ledger, clerk, allocator, approver):
    """1,000.00 of goods and 10.00 of services paid out of one earmarked allocation."""
    fund_ledger.openFund(FUND, "0x" + b"CNY".hex(), (NO_CODE, NO_CODE), NO_CONTENT, clerk.tx)
    gift = (record_id(CHARITY, "money"), 200_000, digest("donor"), NO_CONTENT)
    fund_ledger.recordDonations(FUND, digest("list"), [gift], clerk.tx)
    fund_ledger.proposeAllocation(ALLOCATION, FUND, 150_000, (PURPOSE, NO_CODE), ZERO, NO_CONTENT, allocator.tx)
    fund_ledger.approveAllocation(ALLOCATION, approver.tx)
    for expenditure, kind, amount in ((EXPENDITURE, GOODS, 100_000), (SERVICE, SERVICES, 1_000)):
        fund_ledger.recordExpenditure(
            expenditure, ALLOCATION, kind, amount, NO_CONTENT, NO_CONTENT, NO_CONTENT, allocator.tx
        )


def spent(fund_ledger) -> tuple[int, int]:
    totals = dict(zip(_names(fund_ledger), fund_ledger.totalsOf(FUND), strict=True))
    return totals["spentOnLotsMinor"], totals["prepaidMinor"]


def _names(fund_ledger) -> list[str]:
    entry = next(one for one in fund_ledger.abi if one.get("name") == "totalsOf")
    return [component["name"] for component in entry["outputs"][0]["components"]]


def test_commission_bought__prepaid_goods__lots_with_cost_and_earmark(supply_ledger, fund_ledger, clerk, goods):
    lots = [line("a", 50, cost=60_000), line("b", 3, item=GOWNS, cost=40_000)]
    receipt = supply_ledger.commissionBought(STORE, EXPENDITURE, lots, clerk.tx)
    event = receipt.events["LotCommissioned"][0]
    assert (event["sourceId"], event["origin"], event["costMinor"], event["purpose"]) == (
        EXPENDITURE,
        BOUGHT,
        60_000,
        PURPOSE,
    )
    assert goods.quantities(lot_id("a")) == {"commissioned": 50, "usable": 50}
    assert spent(fund_ledger) == (100_000, 0)
    assert supply_ledger.lotOf(lot_id("a"))[5] == PURPOSE


def test_commission_bought__again__nothing_changes(supply_ledger, fund_ledger, clerk, allrounder):
    supply_ledger.commissionBought(STORE, EXPENDITURE, [line("a", 50, cost=60_000)], clerk.tx)
    receipt = supply_ledger.commissionBought(STORE, EXPENDITURE, [line("a", 50, cost=60_000)], allrounder.tx)
    assert no_record(receipt)
    assert spent(fund_ledger) == (60_000, 40_000)


def test_commission_bought__more_than_was_paid__refused_with_its_index(supply_ledger, clerk):
    lots = [line("a", 50, cost=60_000), line("b", 50, cost=40_001)]
    with reverts("LineRefused", 1, ("ExpenditureExceeded", EXPENDITURE, 40_001, 40_000)):
        supply_ledger.commissionBought(STORE, EXPENDITURE, lots, clerk.tx)


@pytest.mark.parametrize("expenditure", [SERVICE, record_id(CHARITY, "unknown")])
def test_commission_bought__no_expenditure_for_goods__refused(expenditure, supply_ledger, clerk):
    with reverts("LineRefused", 0, ("RecordUnknown", expenditure)):
        supply_ledger.commissionBought(STORE, expenditure, [line("a", cost=1)], clerk.tx)


def test_commission_bought__without_cost__refused(supply_ledger, clerk):
    with reverts("LineRefused", 0, ("AmountOutOfRange", lot_id("a"), 0)):
        supply_ledger.commissionBought(STORE, EXPENDITURE, [line("a")], clerk.tx)


def test_commission_bought__other_content__refused(supply_ledger, clerk):
    supply_ledger.commissionBought(STORE, EXPENDITURE, [line("a", cost=1)], clerk.tx)
    with reverts("LineRefused", 0, ("RecordConflict", lot_id("a"))):
        supply_ledger.commissionBought(STORE, EXPENDITURE, [line("a", cost=2)], clerk.tx)


def test_commission_bought__expenditure_of_another_organisation__refused(supply_ledger, clerk):
    foreign = record_id(PARTNER_CHARITY, "expenditure")
    with reverts("ForeignRecordId", foreign, CHARITY):
        supply_ledger.commissionBought(STORE, foreign, [line("a", cost=1)], clerk.tx)


def test_commission_bought__lot_reversed__money_is_prepaid_again(supply_ledger, fund_ledger, clerk, goods):
    supply_ledger.commissionBought(STORE, EXPENDITURE, [line("a", 50, cost=60_000)], clerk.tx)
    goods.reverse("SupplyLedger", lot_id("a"))
    assert spent(fund_ledger) == (0, 100_000)
    assert goods.quantities(lot_id("a")) == {}
