"""FundLedger.recordSupplierRefund (who may, ids, retries: behaviours)

├── when the expenditure is none                     → RecordUnknown
├── when it is more than was paid and not refunded   → ExpenditureExceeded
└── when it fits                                     → emits SupplierRefundRecorded; the allocation can spend it again
    ├── for services                                 → they cost less
    ├── for goods not yet delivered                  → less is prepaid
    └── for more than is prepaid                     → the rest makes the lots cheaper
"""

from money import SERVICES, charity_id, told
from names import digest
from reverts import plain, reverts

REFUND = charity_id("supplier refund")


def take_back(fund_ledger, actor, expenditure, amount):
    return fund_ledger.recordSupplierRefund(REFUND, expenditure, amount, digest("note"), actor.tx)


def test_record_supplier_refund__none__refused(fund_ledger, allocator):
    with reverts("RecordUnknown", charity_id("nothing")):
        take_back(fund_ledger, allocator, charity_id("nothing"), 1)


def test_record_supplier_refund__more_than_paid__refused(fund_ledger, allocator, money):
    money.give(100)
    expenditure = money.spend(money.allocate(60), 40)
    money.take_back(expenditure, 15)
    with reverts("ExpenditureExceeded", expenditure, 26, 25):
        take_back(fund_ledger, allocator, expenditure, 26)


def test_record_supplier_refund__services__cost_less(fund_ledger, allocator, money):
    money.give(100)
    expenditure = money.spend(money.allocate(60), 40, SERVICES)
    receipt = take_back(fund_ledger, allocator, expenditure, 15)
    expected = (REFUND, expenditure, allocator.person_id, 15, digest("note"))
    assert told(receipt, "SupplierRefundRecorded") == plain(expected)
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 35, "spentOnServices": 25}


def test_record_supplier_refund__goods__prepaid_first_then_lots(fund_ledger, allocator, money):
    money.give(100)
    allocation = money.allocate(60)
    expenditure = money.spend(allocation, 60)
    money.deliver(expenditure, 50)
    take_back(fund_ledger, allocator, expenditure, 15)
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 15, "spentOnLots": 45}
    money.spend(allocation, 15, SERVICES)
    money.reverse(REFUND)
    assert money.totals() == {
        "received": 100,
        "unallocated": 25,
        "spentOnLots": 50,
        "prepaid": 10,
        "spentOnServices": 15,
    }
