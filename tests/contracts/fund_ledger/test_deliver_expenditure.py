"""FundLedger.deliverExpenditure (for SupplyLedger alone: behaviours)

├── when the expenditure is none, or not for goods     → RecordUnknown
├── when the lot costs more than is prepaid            → ExpenditureExceeded
└── when it fits                                       → emits ExpenditureDelivered; prepaid becomes the cost of lots
    ├── for nothing                                    → so does a lot that came for free
    └── through SupplyLedger                           → the lot carries the allocation's earmark
"""

from money import FUND, SERVICES, charity_id, ends, told
from names import MASKS, STORE, digest
from parts import acting
from reverts import plain, reverts

LOT = charity_id("lot")


def deliver(ledger, expenditure, cost, lot=LOT):
    return ledger["FundLedger"].deliverExpenditure(expenditure, lot, cost, 15, acting(ledger, "SupplyLedger"))


def test_deliver_expenditure__none__refused(ledger, money):
    money.give(100)
    services = money.spend(money.allocate(60), 40, SERVICES)
    for record in (charity_id("nothing"), services, FUND):
        with reverts("RecordUnknown", record):
            deliver(ledger, record, 1)


def test_deliver_expenditure__more_than_prepaid__refused(ledger, money):
    money.give(100)
    expenditure = money.spend(money.allocate(60), 40)
    money.deliver(expenditure, 25)
    with reverts("ExpenditureExceeded", expenditure, 16, 15):
        deliver(ledger, expenditure, 16)
    money.take_back(expenditure, 10)
    with reverts("ExpenditureExceeded", expenditure, 6, 5):
        deliver(ledger, expenditure, 6)


def test_deliver_expenditure__fits__cost_of_a_lot(ledger, money):
    money.give(100)
    expenditure = money.spend(money.allocate(60), 40)
    receipt = deliver(ledger, expenditure, 25)
    assert told(receipt, "ExpenditureDelivered") == plain((LOT, expenditure, 15, 25))
    totals = {"received": 100, "unallocated": 40, "allocatedUnspent": 20, "spentOnLots": 25, "prepaid": 15}
    assert money.totals() == totals
    deliver(ledger, expenditure, 0, charity_id("free lot"))
    assert money.totals() == totals


def test_deliver_expenditure__by_supply_ledger__lot_carries_the_earmark(ledger, money, supply_ledger, clerk):
    money.give(100)
    expenditure = money.spend(money.allocate(60, earmark=ends("72010", "CN4201")), 40)
    lots = [(LOT, MASKS, 500, 40, 0, digest("lot"))]
    supply_ledger.commissionBought(STORE, expenditure, lots, clerk.tx)
    assert plain(supply_ledger.lotOf(LOT)[-2:]) == plain(ends("72010", "CN4201"))
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 20, "spentOnLots": 40}
    with reverts("HasDependents", expenditure, 1):
        money.reverse(expenditure)
