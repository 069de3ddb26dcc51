"""FundLedger.undeliverExpenditure (for SupplyLedger alone: behaviours)

└── when a lot never existed        → emits ExpenditureUndelivered; its cost is prepaid again, and it stands on nothing any more
"""

from money import told
from parts import acting
from reverts import plain, reverts


def test_undeliver_expenditure__lot_never_existed__prepaid_again(ledger, fund_ledger, money):
    money.give(100)
    expenditure = money.spend(money.allocate(60), 40)
    lot = money.deliver(expenditure, 25)
    with reverts("HasDependents", expenditure, 1):
        money.reverse(expenditure)
    receipt = fund_ledger.undeliverExpenditure(expenditure, lot, 25, 18, acting(ledger, "SupplyLedger"))
    assert told(receipt, "ExpenditureUndelivered") == plain((lot, expenditure, 18, 25))
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 20, "prepaid": 40}
    money.reverse(expenditure)
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 60}
