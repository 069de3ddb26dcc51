"""FundLedger.approveAllocation (who may, retries: behaviours)

├── when it is none, or out of effect                     → RecordUnknown
├── given it is not proposed                              → AllocationUnexpectedState
└── given it is
    ├── by the same person, from another account too      → SamePerson
    ├── and more than the fund has free                   → FundOverallocated
    ├── and more than the redesignation has left          → RedesignationExceeded
    └── and it fits                                       → emits AllocationApproved with what is left

The same person approving again changes nothing, whatever became of it since.
"""

from money import EARMARKED, FUND, charity_id, ends, told
from reverts import plain, reverts

PROPOSED, APPROVED, CLOSED, CANCELLED = 1, 2, 3, 4


def test_approve_allocation__none__refused(fund_ledger, approver, money):
    (gift,) = money.give(100)
    proposed = money.propose(10)
    money.reverse(proposed)
    for record in (charity_id("nothing"), gift, proposed):
        with reverts("RecordUnknown", record):
            fund_ledger.approveAllocation(record, approver.tx)


def test_approve_allocation__not_proposed__refused(fund_ledger, approver, allrounder, allocator, money):
    money.give(100)
    approved, closed, cancelled = money.allocate(10), money.allocate(10), money.propose(10)
    fund_ledger.closeAllocation(closed, allocator.tx)
    fund_ledger.cancelAllocation(cancelled, allocator.tx)
    for allocation, state in ((approved, APPROVED), (closed, CLOSED), (cancelled, CANCELLED)):
        with reverts("AllocationUnexpectedState", allocation, state, PROPOSED):
            fund_ledger.approveAllocation(allocation, allrounder.tx)


def test_approve_allocation__same_person_other_account__refused(fund_ledger, allrounder, money):
    money.give(100)
    allocation = charity_id("allocation")
    fund_ledger.proposeAllocation(allocation, FUND, 10, ends(), "0x00", "0x00", allrounder.tx)
    for tx in (allrounder.tx, allrounder.tx_second):
        with reverts("SamePerson", allocation, allrounder.person_id):
            fund_ledger.approveAllocation(allocation, tx)


def test_approve_allocation__more_than_free__refused(fund_ledger, approver, money):
    money.give(100)
    money.allocate(60)
    allocation = money.propose(41)
    with reverts("FundOverallocated", FUND, 41, 40):
        fund_ledger.approveAllocation(allocation, approver.tx)


def test_approve_allocation__more_than_redesignated__refused(fund_ledger, approver, money):
    money.give(100, fund=EARMARKED)
    elsewhere = ends("111", "CN43")
    redesignation = money.redesignate(50, elsewhere)
    first, second = (money.propose(30, EARMARKED, elsewhere, redesignation) for _ in range(2))
    fund_ledger.approveAllocation(first, approver.tx)
    with reverts("RedesignationExceeded", redesignation, 30, 20):
        fund_ledger.approveAllocation(second, approver.tx)


def test_approve_allocation__fits__set_aside(fund_ledger, approver, money):
    money.give(100)
    allocation = money.propose(60)
    receipt = fund_ledger.approveAllocation(allocation, approver.tx)
    assert told(receipt, "AllocationApproved") == plain((allocation, FUND, approver.person_id, 60, 40))
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 60}
    assert plain(fund_ledger.allocationOf(allocation)) == plain((APPROVED, FUND, 60, 60))


def test_approve_allocation__again_after_it_moved_on__nothing(fund_ledger, approver, allocator, money):
    money.give(100)
    allocation = money.allocate(60)
    fund_ledger.closeAllocation(allocation, allocator.tx)
    assert not fund_ledger.approveAllocation(allocation, approver.tx).logs
    money.reverse(allocation)
    assert not fund_ledger.approveAllocation(allocation, approver.tx).logs
    assert money.totals() == {"received": 100, "unallocated": 100}
