"""Earmarks: what a redesignation allows

├── when it is none, another fund's, or out of effect     → EarmarkBroken
├── when it does not cover the ends                       → EarmarkBroken
├── when it is not approved                               → RedesignationUnexpectedState
├── when it has less left                                 → RedesignationExceeded
├── when it covers them                                   → is used when the allocation is approved, the disbursement sent
├── when it is cited but not needed                       → is not used
└── when what used it never happened                      → has it again
"""

import pytest
from money import DOLLARS, EARMARKED, FUND, charity_id, ends
from names import PARTNER_CHARITY, digest, record_id
from reverts import reverts

ELSEWHERE = ends("111", "CN43")


def used(fund_ledger, redesignation):
    return fund_ledger.recordOf(redesignation)[3]


def test_redesignation__none__earmark_broken(money):
    (gift,) = money.give(100)
    reversed_one = money.redesignate(50, ELSEWHERE)
    money.reverse(reversed_one)
    other_fund = money.open(charity_id("other"), earmark=ends("720", "CN42"))
    for cited in (charity_id("nothing"), gift, money.redesignate(50, ELSEWHERE, other_fund), reversed_one):
        with reverts("EarmarkBroken", EARMARKED, *ELSEWHERE):
            money.propose(10, EARMARKED, ELSEWHERE, cited)


@pytest.mark.parametrize("codes", [("112", "CN43"), ("111", "CN44"), ("111", ""), ("", "")])
def test_redesignation__other_ends__earmark_broken(money, codes):
    redesignation = money.redesignate(50, ELSEWHERE)
    with reverts("EarmarkBroken", EARMARKED, *ends(*codes)):
        money.propose(10, EARMARKED, ends(*codes), redesignation)


def test_redesignation__not_approved__refused(fund_ledger, allocator, money):
    redesignation = charity_id("redesignation")
    fund_ledger.proposeRedesignation(redesignation, EARMARKED, 50, ELSEWHERE, digest("why"), allocator.tx)
    with reverts("RedesignationUnexpectedState", redesignation, 1, 2):
        money.propose(10, EARMARKED, ELSEWHERE, redesignation)


def test_redesignation__less_left__refused(money):
    redesignation = money.redesignate(50, ELSEWHERE)
    with reverts("RedesignationExceeded", redesignation, 51, 50):
        money.propose(51, EARMARKED, ELSEWHERE, redesignation)


@pytest.mark.parametrize("is_closed", [False, True])
def test_redesignation__covers__used_on_approval(fund_ledger, allocator, approver, money, is_closed):
    money.give(100, fund=EARMARKED)
    redesignation = money.redesignate(50, ELSEWHERE)
    allocation = money.propose(30, EARMARKED, ends("11120", "CN4301"), redesignation)
    assert used(fund_ledger, redesignation) == 0
    fund_ledger.approveAllocation(allocation, approver.tx)
    if is_closed:
        fund_ledger.closeAllocation(allocation, allocator.tx)
    assert used(fund_ledger, redesignation) == 30
    with reverts("HasDependents", redesignation, 1):
        money.reverse(redesignation)
    money.reverse(allocation)
    assert used(fund_ledger, redesignation) == 0
    money.reverse(redesignation)


def test_redesignation__not_needed__not_used(fund_ledger, money):
    money.give(100, fund=EARMARKED)
    redesignation = money.redesignate(50, ELSEWHERE)
    money.allocate(30, EARMARKED, ends("720", "CN42"), redesignation)
    assert used(fund_ledger, redesignation) == 0


@pytest.mark.parametrize("ending", ["rejected", "reversed"])
def test_redesignation__child_fund__used_until_it_comes_back(fund_ledger, partner, money, ending):
    money.give(100, fund=EARMARKED)
    child = money.open(record_id(PARTNER_CHARITY, "child"), earmark=ELSEWHERE, actor="partner")
    redesignation = money.redesignate(50, ELSEWHERE)
    allocation = money.allocate(60, EARMARKED, ends("720", "CN42"))
    with reverts("RedesignationExceeded", redesignation, 51, 50):
        money.send(allocation, 51, child, redesignation)
    sent = money.send(allocation, 40, child, redesignation)
    assert used(fund_ledger, redesignation) == 40
    if ending == "rejected":
        fund_ledger.rejectDisbursement(sent, digest("why"), partner.tx)
    else:
        money.reverse(sent)
    assert used(fund_ledger, redesignation) == 0


def test_redesignation__conversion__cannot_set_earmarked_money_free(fund_ledger, allocator, money):
    money.give(100, fund=EARMARKED)
    money.redesignate(50, ELSEWHERE)
    with reverts("EarmarkBroken", EARMARKED, *ends()):
        arguments = (charity_id("conversion"), EARMARKED, DOLLARS, 10, 1, 20200129, digest("rate"), digest("advice"))
        fund_ledger.recordConversion(*arguments, allocator.tx)
    assert money.totals(FUND) == {}
