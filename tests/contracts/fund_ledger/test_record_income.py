"""FundLedger.recordIncome (who may, ids, retries: behaviours)

├── when there is no such fund                          → RecordUnknown
├── when it is interest
│   ├── and a sale is named                             → RecordUnknown
│   └── and none is                                     → emits IncomeRecorded; interest and unallocated grow
└── when it is the proceeds of a sale
    ├── of another organisation, or none is named       → ForeignRecordId
    ├── that is not known                               → RecordUnknown
    ├── of goods with an earmark that the fund leaves   → EarmarkBroken
    └── that is                                         → emits IncomeRecorded; sale proceeds and unallocated grow
        └── and the sale                                → HasDependents, until the income was taken back
"""

import pytest
from money import EARMARKED, FUND, INTEREST, SALE_PROCEEDS, charity_id, ends, told
from names import CHARITY, MASKS, PARTNER_CHARITY, STORE, ZERO, digest, record_id
from parts import acting
from reverts import plain, reverts

INCOME, SALE, NO_ENDS = charity_id("income"), charity_id("sale"), ends()
LOT = (charity_id("lot"), MASKS, 10, 0, 0, digest("lot"))


@pytest.fixture
def sell(supply_ledger, stock_ledger, clerk, dispatcher, inspector):
    """Sells ten of a lot in kind with this earmark."""

    def make(earmark=NO_ENDS):
        gift = (charity_id("vegetables"), digest("donor"), 0, *earmark, digest("gift"), [LOT])
        supply_ledger.recordDonationsInKind(STORE, [gift], clerk.tx)
        stock_ledger.proposeSale(SALE, LOT[0], STORE, 10, digest("market"), dispatcher.tx)
        stock_ledger.confirmRelease(SALE, inspector.tx)

    return make


def earn(fund_ledger, actor, kind, sale=ZERO, fund=FUND):
    return fund_ledger.recordIncome(INCOME, fund, kind, 50, sale, digest("advice"), actor.tx)


def test_record_income__no_fund__refused(fund_ledger, clerk):
    with reverts("RecordUnknown", charity_id("no fund")):
        earn(fund_ledger, clerk, INTEREST, fund=charity_id("no fund"))


def test_record_income__interest_of_a_sale__refused(fund_ledger, clerk):
    with reverts("RecordUnknown", charity_id("sale")):
        earn(fund_ledger, clerk, INTEREST, charity_id("sale"))


def test_record_income__interest__counted_by_itself(fund_ledger, clerk, money):
    receipt = earn(fund_ledger, clerk, INTEREST)
    expected = plain((INCOME, FUND, clerk.person_id, INTEREST, 50, ZERO, digest("advice")))
    assert told(receipt, "IncomeRecorded") == expected
    assert money.totals() == {"interest": 50, "unallocated": 50}


def test_record_income__sale_of_nobody_here__refused(fund_ledger, clerk):
    for sale in (ZERO, record_id(PARTNER_CHARITY, "sale")):
        with reverts("ForeignRecordId", sale, CHARITY):
            earn(fund_ledger, clerk, SALE_PROCEEDS, sale)


def test_record_income__unknown_sale__refused(fund_ledger, clerk):
    with reverts("RecordUnknown", charity_id("sale")):
        earn(fund_ledger, clerk, SALE_PROCEEDS, charity_id("sale"))


def test_record_income__known_sale__counted_by_itself(fund_ledger, sell, clerk, money):
    sell()
    receipt = earn(fund_ledger, clerk, SALE_PROCEEDS, SALE)
    expected = plain((INCOME, FUND, clerk.person_id, SALE_PROCEEDS, 50, SALE, digest("advice")))
    assert told(receipt, "IncomeRecorded") == expected
    assert money.totals() == {"saleProceeds": 50, "unallocated": 50}


def test_record_income__known_sale__stands_on_it(fund_ledger, stock_ledger, sell, clerk, money, ledger):
    sell()
    earn(fund_ledger, clerk, SALE_PROCEEDS, SALE)
    earn(fund_ledger, clerk, SALE_PROCEEDS, SALE)
    with reverts("HasDependents", SALE, 1):
        stock_ledger.reverseRecord(SALE, 18, acting(ledger, "Corrections"))
    money.reverse(told(money.adjust(INCOME, -7), "RecordAdjusted")[0])
    with reverts("HasDependents", SALE, 1):
        stock_ledger.reverseRecord(SALE, 18, acting(ledger, "Corrections"))
    money.reverse(INCOME)
    stock_ledger.reverseRecord(SALE, 18, acting(ledger, "Corrections"))
    assert money.totals() == {}


@pytest.mark.parametrize("earmark", [("72010", "CN42"), ("720", "CN4201"), ("111", "CN42")])
def test_record_income__fund_leaves_the_lots_earmark__refused(fund_ledger, sell, clerk, earmark):
    sell(ends(*earmark))
    for fund, own in ((FUND, ends()), (EARMARKED, ends("720", "CN42"))):
        with reverts("EarmarkBroken", SALE, *own):
            earn(fund_ledger, clerk, SALE_PROCEEDS, SALE, fund)


@pytest.mark.parametrize("earmark", [("720", "CN42"), ("72", "CN"), ("", "CN42"), ("", "")])
def test_record_income__fund_keeps_the_lots_earmark__counted(fund_ledger, sell, clerk, money, earmark):
    sell(ends(*earmark))
    earn(fund_ledger, clerk, SALE_PROCEEDS, SALE, EARMARKED)
    assert money.totals(EARMARKED) == {"saleProceeds": 50, "unallocated": 50}
