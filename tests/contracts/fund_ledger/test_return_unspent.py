"""FundLedger.returnUnspent (who may, ids, retries: behaviours)

├── when the allocation is none              → RecordUnknown
├── given it is not approved                 → AllocationUnexpectedState
├── when it is more than is unspent          → AllocationExceeded
└── when it fits                             → emits AllocationReturned; the fund has it free again, the allocation stays open
"""

from money import SERVICES, charity_id, told
from reverts import plain, reverts

RETURN = charity_id("return")
PROPOSED, APPROVED, CLOSED = 1, 2, 3


def test_return_unspent__none__refused(fund_ledger, allocator):
    with reverts("RecordUnknown", charity_id("nothing")):
        fund_ledger.returnUnspent(RETURN, charity_id("nothing"), 1, allocator.tx)


def test_return_unspent__not_approved__refused(fund_ledger, allocator, money):
    money.give(100)
    proposed, closed = money.propose(10), money.allocate(10)
    fund_ledger.closeAllocation(closed, allocator.tx)
    for allocation, state in ((proposed, PROPOSED), (closed, CLOSED)):
        with reverts("AllocationUnexpectedState", allocation, state, APPROVED):
            fund_ledger.returnUnspent(RETURN, allocation, 1, allocator.tx)


def test_return_unspent__more_than_unspent__refused(fund_ledger, allocator, money):
    money.give(100)
    allocation = money.allocate(60)
    money.spend(allocation, 45, SERVICES)
    with reverts("AllocationExceeded", allocation, 16, 15):
        fund_ledger.returnUnspent(RETURN, allocation, 16, allocator.tx)


def test_return_unspent__fits__free_again(fund_ledger, allocator, money):
    money.give(100)
    allocation = money.allocate(60)
    receipt = fund_ledger.returnUnspent(RETURN, allocation, 25, allocator.tx)
    assert told(receipt, "AllocationReturned") == plain((RETURN, allocation, allocator.person_id, 25))
    assert money.totals() == {"received": 100, "unallocated": 65, "allocatedUnspent": 35}
    assert plain(fund_ledger.allocationOf(allocation))[2:] == (60, 35)
