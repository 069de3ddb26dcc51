"""NeedLedger.approveGoodsAllocation, cancelGoodsAllocation, releaseGoodsAllocation

├── when the caller may not                                    → MissingRole (behaviours/)
├── given no such allocation, or one out of effect             → RecordUnknown
├── approve
│   ├── by who proposed it, from another account               → SamePerson
│   ├── given the lot is recalled, expired or not so free      → LotRecalledError, LotExpired, StockInsufficient
│   ├── given a need that is approved and covered              → set aside, no flag
│   ├── given no need, or one that is not approved             → flagged ALLOCATION_WITHOUT_REQUEST; needs a reason
│   ├── given more than the need, over all repeated needs      → flagged OVER_COVERAGE
│   ├── given a need without a number                          → outside of coverage, no flag
│   ├── again by the same person                               → nothing changes, also when it was released since
│   └── again by another                                       → GoodsAllocationUnexpectedState
├── cancel
│   ├── given it is proposed                                   → cancelled, and final
│   └── given it is approved                                   → GoodsAllocationUnexpectedState
└── release
    ├── given it is approved                                   → what was not dispatched is free
    └── given it is proposed                                   → GoodsAllocationUnexpectedState
"""

import pytest
from goods import NO_CONTENT, lot_id, no_record
from names import CHARITY, HOSPITAL, MASKS, STORE, ZERO
from needs import allocation, allocation_line, need, need_line
from reverts import reverts

PROPOSED, APPROVED, CANCELLED, RELEASED = range(1, 5)
WITHOUT_REQUEST, OVER_COVERAGE = 1, 2


@pytest.fixture(autouse=True)
def given(goods, need_ledger, importer, approver):
    """50 in stock; the hospital asked for 30, then for 40, once without a number and once for what nobody approved."""
    goods.given("a", 50)
    lines = [need_line("first", 30), need_line("second", 40), need_line("unknown", 0), need_line("unapproved", 30)]
    need_ledger.publishNeeds(CHARITY, lines, importer.tx)
    for name, quantity in (("first", 30), ("second", 40), ("unknown", 0)):
        need_ledger.approveNeed(need(name), quantity, approver.tx)


def propose(goods, name: str, quantity: int, **more: str) -> str:
    goods.needs.proposeGoodsAllocations(
        [allocation_line(name, lot_id("a"), quantity, **more)], goods.actors["allocator"].tx
    )
    return allocation(name)


def approve(goods, name: str, quantity: int, **more: str) -> int:
    receipt = goods.needs.approveGoodsAllocation(propose(goods, name, quantity, **more), goods.actors["approver"].tx)
    return int(receipt.events["GoodsAllocationApproved"]["flags"])


def test_approve__need_covered__set_aside_without_flag(goods):
    assert approve(goods, "x", 30, need=need("first")) == 0
    assert tuple(goods.needs.goodsAllocationOf(allocation("x"))) == (APPROVED, lot_id("a"), 30, 30, 0)
    assert goods.at(lot_id("a")) == (50, 30, 0)
    assert tuple(goods.needs.needOf(need("first"))) == (2, HOSPITAL, MASKS, 30, 30)


def test_approve__without_need__flagged(goods):
    assert approve(goods, "x", 30, reason=NO_CONTENT) == WITHOUT_REQUEST


def test_approve__need_not_approved__flagged_and_needs_a_reason(goods, approver):
    assert approve(goods, "x", 30, need=need("unapproved"), reason=NO_CONTENT) == WITHOUT_REQUEST
    propose(goods, "y", 5, need=need("unapproved"), reason=ZERO)
    with reverts("ReasonMissing", allocation("y")):
        goods.needs.approveGoodsAllocation(allocation("y"), approver.tx)


def test_approve__more_than_the_need__flagged(goods):
    assert approve(goods, "x", 31, need=need("first")) == OVER_COVERAGE


def test_approve__repeated_needs__not_added_up(goods):
    assert approve(goods, "x", 30, need=need("first")) == 0
    assert approve(goods, "y", 10, need=need("second")) == 0
    assert approve(goods, "z", 1, need=need("second")) == OVER_COVERAGE
    assert tuple(goods.needs.demandOf(HOSPITAL, MASKS)) == (4, 41)


def test_approve__need_without_a_number__outside_of_coverage(goods):
    assert approve(goods, "x", 50, need=need("unknown")) == 0


def test_approve__same_person_other_account__refused(goods, allrounder):
    goods.needs.proposeGoodsAllocations([allocation_line("x", lot_id("a"), 1)], allrounder.tx)
    with reverts("SamePerson", allocation("x"), allrounder.person_id):
        goods.needs.approveGoodsAllocation(allocation("x"), allrounder.tx_second)


def test_approve__not_so_much_free__refused(goods, approver):
    approve(goods, "x", 30, need=need("first"))
    with reverts("StockInsufficient", lot_id("a"), STORE, 21, 20):
        goods.needs.approveGoodsAllocation(propose(goods, "y", 21), approver.tx)


def test_approve__recalled_since__refused(goods, approver):
    propose(goods, "x", 1)
    goods.supply.markRecalled(lot_id("a"), True, goods.part("StockLedger"))
    with reverts("LotRecalledError", lot_id("a")):
        goods.needs.approveGoodsAllocation(allocation("x"), approver.tx)


def test_approve__again__same_person_nothing_other_refused(goods, approver, allrounder, allocator):
    approve(goods, "x", 30, need=need("first"))
    assert no_record(goods.needs.approveGoodsAllocation(allocation("x"), approver.tx))
    with reverts("GoodsAllocationUnexpectedState", allocation("x"), APPROVED, PROPOSED):
        goods.needs.approveGoodsAllocation(allocation("x"), allrounder.tx)
    goods.needs.releaseGoodsAllocation(allocation("x"), allocator.tx)
    assert no_record(goods.needs.approveGoodsAllocation(allocation("x"), approver.tx))
    with reverts("GoodsAllocationUnexpectedState", allocation("x"), RELEASED, PROPOSED):
        goods.needs.approveGoodsAllocation(allocation("x"), allrounder.tx)


def test_approve__unknown__refused(goods, approver):
    with reverts("RecordUnknown", allocation("x")):
        goods.needs.approveGoodsAllocation(allocation("x"), approver.tx)


def test_cancel__proposed__final(goods, approver, allocator):
    propose(goods, "x", 30, need=need("first"))
    assert goods.needs.cancelGoodsAllocation(allocation("x"), approver.tx).events["GoodsAllocationCancelled"]
    assert no_record(goods.needs.cancelGoodsAllocation(allocation("x"), approver.tx))
    for function in (goods.needs.approveGoodsAllocation, goods.needs.cancelGoodsAllocation):
        with reverts("GoodsAllocationUnexpectedState", allocation("x"), CANCELLED, PROPOSED):
            function(allocation("x"), goods.actors["allrounder"].tx)
    goods.reverse("NeedLedger", need("first"))


def test_cancel__approved__refused(goods, allocator):
    approve(goods, "x", 30, need=need("first"))
    with reverts("GoodsAllocationUnexpectedState", allocation("x"), APPROVED, PROPOSED):
        goods.needs.cancelGoodsAllocation(allocation("x"), allocator.tx)


def test_release__approved__free_again(goods, allocator, allrounder):
    approve(goods, "x", 30, need=need("first"))
    event = goods.needs.releaseGoodsAllocation(allocation("x"), allocator.tx).events["GoodsAllocationReleased"]
    assert event["quantity"] == 30
    assert goods.at(lot_id("a")) == (50, 0, 0)
    assert goods.needs.needOf(need("first"))[4] == 0
    assert no_record(goods.needs.releaseGoodsAllocation(allocation("x"), allrounder.tx))


def test_release__proposed__refused(goods, allocator):
    propose(goods, "x", 30, need=need("first"))
    with reverts("GoodsAllocationUnexpectedState", allocation("x"), PROPOSED, APPROVED):
        goods.needs.releaseGoodsAllocation(allocation("x"), allocator.tx)
