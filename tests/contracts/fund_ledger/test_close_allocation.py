"""FundLedger.closeAllocation (who may, retries: behaviours)

├── when it is none                              → RecordUnknown
├── given it is not approved                     → AllocationUnexpectedState
└── given it is
    ├── and something is unspent                 → emits AllocationClosed with it; the fund has it free again
    ├── and nothing is                           → emits AllocationClosed with 0
    └── and money comes back later               → it is the fund's
"""

from money import FUND, SERVICES, charity_id, told
from reverts import plain, reverts

PROPOSED, APPROVED, CLOSED, CANCELLED = 1, 2, 3, 4


def test_close_allocation__none__refused(fund_ledger, allocator):
    with reverts("RecordUnknown", charity_id("nothing")):
        fund_ledger.closeAllocation(charity_id("nothing"), allocator.tx)


def test_close_allocation__not_approved__refused(fund_ledger, allocator, allrounder, money):
    money.give(100)
    proposed, closed, cancelled = money.propose(10), money.allocate(10), money.propose(10)
    fund_ledger.closeAllocation(closed, allocator.tx)
    fund_ledger.cancelAllocation(cancelled, allocator.tx)
    for allocation, state in ((proposed, PROPOSED), (closed, CLOSED), (cancelled, CANCELLED)):
        with reverts("AllocationUnexpectedState", allocation, state, APPROVED):
            fund_ledger.closeAllocation(allocation, allrounder.tx)


def test_close_allocation__unspent__free_again(fund_ledger, allocator, money):
    money.give(100)
    allocation = money.allocate(60)
    money.spend(allocation, 45, SERVICES)
    receipt = fund_ledger.closeAllocation(allocation, allocator.tx)
    assert told(receipt, "AllocationClosed") == plain((allocation, FUND, allocator.person_id, 15))
    assert money.totals() == {"received": 100, "unallocated": 55, "spentOnServices": 45}
    assert plain(fund_ledger.allocationOf(allocation)) == plain((CLOSED, FUND, 60, 0))


def test_close_allocation__all_spent__returns_nothing(fund_ledger, allocator, money):
    money.give(100)
    allocation = money.allocate(60)
    money.spend(allocation, 60, SERVICES)
    assert told(fund_ledger.closeAllocation(allocation, allocator.tx), "AllocationClosed")[3] == 0


def test_close_allocation__money_comes_back_later__is_the_funds(fund_ledger, allocator, money):
    money.give(100)
    allocation = money.allocate(60)
    expenditure = money.spend(allocation, 60, SERVICES)
    fund_ledger.closeAllocation(allocation, allocator.tx)
    money.take_back(expenditure, 20)
    assert money.totals() == {"received": 100, "unallocated": 60, "spentOnServices": 40}
