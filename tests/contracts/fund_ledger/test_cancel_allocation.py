"""FundLedger.cancelAllocation (who may, retries: behaviours)

├── when it is none                                  → RecordUnknown
├── given it is not proposed                         → AllocationUnexpectedState
└── given it is, by an allocator or an approver      → emits AllocationCancelled, and stays so
"""

import pytest
from money import FUND, charity_id, told
from reverts import plain, reverts

PROPOSED, APPROVED, CLOSED, CANCELLED = 1, 2, 3, 4


def test_cancel_allocation__none__refused(fund_ledger, allocator):
    with reverts("RecordUnknown", charity_id("nothing")):
        fund_ledger.cancelAllocation(charity_id("nothing"), allocator.tx)


def test_cancel_allocation__not_proposed__refused(fund_ledger, allocator, approver, money):
    money.give(100)
    approved, closed, cancelled = money.allocate(10), money.allocate(10), money.propose(10)
    fund_ledger.closeAllocation(closed, allocator.tx)
    fund_ledger.cancelAllocation(cancelled, approver.tx)
    for allocation, state in ((approved, APPROVED), (closed, CLOSED), (cancelled, CANCELLED)):
        with reverts("AllocationUnexpectedState", allocation, state, PROPOSED):
            fund_ledger.cancelAllocation(allocation, allocator.tx)


@pytest.mark.parametrize("name", ["allocator", "approver"])
def test_cancel_allocation__proposed__cancelled(fund_ledger, ledger, money, name):
    actor = ledger.actors[name]
    allocation = money.propose(10)
    receipt = fund_ledger.cancelAllocation(allocation, actor.tx)
    assert told(receipt, "AllocationCancelled") == plain((allocation, FUND, actor.person_id))
    assert fund_ledger.allocationOf(allocation)[0] == CANCELLED
    money.reverse(allocation)
    assert not fund_ledger.cancelAllocation(allocation, actor.tx).logs
