"""Earmarks: what lies within what

├── no code                 → holds everything
├── the same code           → lies within
├── a longer code           → lies within its beginning
└── anything else           → EarmarkBroken, for an allocation as for a child fund
"""

import pytest
from money import EARMARKED, FUND, charity_id, ends
from names import PARTNER_CHARITY, ZERO, digest, record_id
from reverts import reverts

WITHIN = [("720", "CN42"), ("72010", "CN42"), ("720", "CN420106"), ("72010", "CN4201"), ("720ABCDEFGHIJKLM", "CN42")]
OUTSIDE = [
    ("", ""),
    ("720", ""),
    ("", "CN42"),
    ("72", "CN42"),
    ("721", "CN42"),
    ("720", "CN4"),
    ("720", "CN43"),
    ("0720", "CN42"),
]


@pytest.mark.parametrize("codes", WITHIN)
def test_earmark__within__allocated(fund_ledger, money, codes):
    allocation = money.propose(10, EARMARKED, ends(*codes))
    assert fund_ledger.allocationOf(allocation)[0] == 1


@pytest.mark.parametrize("codes", OUTSIDE)
def test_earmark__outside__refused(fund_ledger, allocator, codes):
    with reverts("EarmarkBroken", EARMARKED, *ends(*codes)):
        arguments = (charity_id("new"), EARMARKED, 10, ends(*codes), ZERO, digest("purpose"))
        fund_ledger.proposeAllocation(*arguments, allocator.tx)


@pytest.mark.parametrize("codes", [*WITHIN, *OUTSIDE])
def test_earmark__fund_without_one__anything_goes(fund_ledger, money, codes):
    money.propose(10, FUND, ends(*codes))


@pytest.mark.parametrize(("child", "is_kept"), [*((one, True) for one in WITHIN), *((one, False) for one in OUTSIDE)])
def test_earmark__child_fund__keeps_the_allocations(fund_ledger, allocator, money, child, is_kept):
    money.give(100, fund=EARMARKED)
    allocation = money.allocate(60, EARMARKED, ends("720", "CN42"))
    fund = money.open(record_id(PARTNER_CHARITY, "child"), earmark=ends(*child), actor="partner")
    if is_kept:
        money.send(allocation, 10, fund)
    else:
        with reverts("EarmarkBroken", EARMARKED, *ends(*child)):
            money.send(allocation, 10, fund)


def test_earmark__narrower_allocation__child_keeps_that(money):
    money.give(100)
    allocation = money.allocate(60, FUND, ends("720"))
    fund = money.open(record_id(PARTNER_CHARITY, "child"), earmark=ends("111"), actor="partner")
    with reverts("EarmarkBroken", FUND, *ends("111")):
        money.send(allocation, 10, fund)
