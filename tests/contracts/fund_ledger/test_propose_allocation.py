"""FundLedger.proposeAllocation (who may, ids, retries: behaviours; earmarks: test_earmark_*)

├── when there is no such fund               → RecordUnknown
├── when the amount is out of range          → AmountOutOfRange
└── when it is within                        → emits AllocationProposed; nothing is set aside, however little is free
"""

import pytest
from money import FUND, charity_id, ends, told
from names import AMOUNT_MAX, ZERO, digest
from reverts import plain, reverts

NEW = charity_id("allocation")


def propose(fund_ledger, actor, amount=100, fund=FUND):
    return fund_ledger.proposeAllocation(NEW, fund, amount, ends("72"), ZERO, digest("masks"), actor.tx)


def test_propose_allocation__no_fund__refused(fund_ledger, allocator):
    with reverts("RecordUnknown", charity_id("nothing")):
        propose(fund_ledger, allocator, fund=charity_id("nothing"))


@pytest.mark.parametrize("amount", [0, AMOUNT_MAX + 1])
def test_propose_allocation__amount_out_of_range__refused(fund_ledger, allocator, amount):
    with reverts("AmountOutOfRange", NEW, amount):
        propose(fund_ledger, allocator, amount)


def test_propose_allocation__more_than_is_free__waits(fund_ledger, allocator, money):
    money.give(10)
    receipt = propose(fund_ledger, allocator)
    expected = (NEW, FUND, allocator.person_id, 100, *ends("72"), ZERO, digest("masks"))
    assert told(receipt, "AllocationProposed") == plain(expected)
    assert money.totals() == {"received": 10, "unallocated": 10}
    assert plain(fund_ledger.allocationOf(NEW)) == plain((1, FUND, 100, 0))
