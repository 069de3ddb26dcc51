"""FundLedger.recordExpenditure (who may, ids, retries: behaviours)

├── when the allocation is none                → RecordUnknown
├── given it is not approved                   → AllocationUnexpectedState
├── when it is more than is unspent            → AllocationExceeded
└── when it fits                               → emits ExpenditureRecorded
    ├── for goods                              → prepaid
    └── for services, fees or overhead         → spent
"""

import pytest
from money import FEES, GOODS, OVERHEAD, SERVICES, charity_id, told
from names import digest
from reverts import plain, reverts

NEW = charity_id("expenditure")
PROPOSED, APPROVED, CLOSED = 1, 2, 3
DOCUMENTS = (digest("order"), digest("invoice"), digest("content"))


def spend(fund_ledger, actor, allocation, amount, kind=GOODS):
    return fund_ledger.recordExpenditure(NEW, allocation, kind, amount, *DOCUMENTS, actor.tx)


def test_record_expenditure__none__refused(fund_ledger, allocator):
    with reverts("RecordUnknown", charity_id("nothing")):
        spend(fund_ledger, allocator, charity_id("nothing"), 1)


def test_record_expenditure__not_approved__refused(fund_ledger, allocator, money):
    money.give(100)
    proposed, closed = money.propose(10), money.allocate(10)
    fund_ledger.closeAllocation(closed, allocator.tx)
    for allocation, state in ((proposed, PROPOSED), (closed, CLOSED)):
        with reverts("AllocationUnexpectedState", allocation, state, APPROVED):
            spend(fund_ledger, allocator, allocation, 1)


def test_record_expenditure__above_the_allocation__refused(fund_ledger, allocator, money):
    money.give(100)
    allocation = money.allocate(60)
    with reverts("AllocationExceeded", allocation, 61, 60):
        spend(fund_ledger, allocator, allocation, 61)
    money.spend(allocation, 40)
    with reverts("AllocationExceeded", allocation, 21, 20):
        spend(fund_ledger, allocator, allocation, 21)


@pytest.mark.parametrize(
    ("kind", "total"),
    [(GOODS, "prepaid"), (SERVICES, "spentOnServices"), (FEES, "spentOnServices"), (OVERHEAD, "spentOnServices")],
)
def test_record_expenditure__fits__spent(fund_ledger, allocator, money, kind, total):
    money.give(100)
    allocation = money.allocate(60)
    receipt = spend(fund_ledger, allocator, allocation, 45, kind)
    expected = (NEW, allocation, allocator.person_id, kind, 45, *DOCUMENTS)
    assert told(receipt, "ExpenditureRecorded") == plain(expected)
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 15, total: 45}
    assert plain(fund_ledger.recordOf(NEW)) == plain((11, kind + 1, 45, 0, allocator.person_id, allocation))
