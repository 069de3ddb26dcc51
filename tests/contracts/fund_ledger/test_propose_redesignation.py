"""FundLedger.proposeRedesignation (who may, ids, retries: behaviours)

├── when there is no such fund                            → RecordUnknown
├── when an end that the donors named is left open        → EarmarkBroken: earmarked money is never set free
└── when other ends are named                             → emits RedesignationProposed
"""

import pytest
from money import EARMARKED, FUND, charity_id, ends, told
from names import digest
from reverts import plain, reverts

NEW = charity_id("redesignation")


def propose(fund_ledger, actor, earmark, fund=EARMARKED):
    return fund_ledger.proposeRedesignation(NEW, fund, 40, earmark, digest("why"), actor.tx)


def test_propose_redesignation__no_fund__refused(fund_ledger, allocator):
    with reverts("RecordUnknown", charity_id("nothing")):
        propose(fund_ledger, allocator, ends("111", "CN43"), charity_id("nothing"))


@pytest.mark.parametrize("codes", [("", ""), ("111", ""), ("", "CN43"), ("720", "")])
def test_propose_redesignation__end_left_open__refused(fund_ledger, allocator, codes):
    with reverts("EarmarkBroken", EARMARKED, *ends(*codes)):
        propose(fund_ledger, allocator, ends(*codes))


def test_propose_redesignation__other_ends__waits(fund_ledger, allocator, money):
    receipt = propose(fund_ledger, allocator, ends("111", "CN43"))
    expected = (NEW, EARMARKED, allocator.person_id, 40, *ends("111", "CN43"), digest("why"))
    assert told(receipt, "RedesignationProposed") == plain(expected)
    assert plain(fund_ledger.recordOf(NEW))[:4] == (8, 1, 40, 0)
    assert money.totals(EARMARKED) == {}


def test_propose_redesignation__fund_without_earmark__nothing_to_keep(fund_ledger, allocator):
    propose(fund_ledger, allocator, ends(), FUND)
