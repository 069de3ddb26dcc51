"""FundLedger.recordIncome (who may, ids, retries: behaviours)

├── when there is no such fund                          → RecordUnknown
├── when it is interest
│   ├── and a sale is named                             → RecordUnknown
│   └── and none is                                     → emits IncomeRecorded; interest and unallocated grow
└── when it is the proceeds of a sale
    ├── of another organisation, or none is named       → ForeignRecordId
    ├── that is not known                               → RecordUnknown
    └── that is                                         → emits IncomeRecorded; sale proceeds and unallocated grow
"""

from money import FUND, INTEREST, SALE_PROCEEDS, charity_id, ends, told
from names import CHARITY, MASKS, PARTNER_CHARITY, STORE, ZERO, digest, record_id
from reverts import plain, reverts

INCOME = charity_id("income")
LOT = (charity_id("lot"), MASKS, 10, 0, 0, digest("lot"))


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


def test_record_income__known_sale__counted_by_itself(
    fund_ledger, supply_ledger, stock_ledger, clerk, dispatcher, money
):
    gift = (charity_id("vegetables"), digest("donor"), 0, *ends(), digest("gift"), [LOT])
    supply_ledger.recordDonationsInKind(STORE, [gift], clerk.tx)
    sale = charity_id("sale")
    stock_ledger.sell(sale, LOT[0], STORE, 10, digest("market"), dispatcher.tx)
    receipt = earn(fund_ledger, clerk, SALE_PROCEEDS, sale)
    expected = plain((INCOME, FUND, clerk.person_id, SALE_PROCEEDS, 50, sale, digest("advice")))
    assert told(receipt, "IncomeRecorded") == expected
    assert money.totals() == {"saleProceeds": 50, "unallocated": 50}
