"""NeedLedger.reverseRecord, adjustRecord

├── when the caller is not Corrections               → NotPart (behaviours/)
├── reverseRecord
│   ├── of a need that an allocation cites           → HasDependents
│   ├── of a need                                    → out of effect, and no longer counted as asked
│   ├── of an allocation that was dispatched         → HasDependents
│   ├── of an approved allocation                    → its stock is free, its need less covered
│   ├── of a proposed or cancelled one               → no stock changes
│   ├── of what is out of effect                     → RecordUnknown
│   └── and what led to its state is sent again      → nothing changes; by somebody else RecordUnknown
└── adjustRecord
    ├── of a need                                    → its quantity, and in turn as before
    │   ├── approved since                           → taken back, what was approved stands
    │   ├── approved before                          → taken back, as it was approved
    │   └── whose number was not given               → taken back, number not given again
    ├── below 1                                      → AmountOutOfRange
    └── of an allocation                             → NotCorrectable
"""

import pytest
from goods import lot_id, no_record
from names import CHARITY, HOSPITAL, MASKS, STORE, record_id
from needs import allocation, allocation_line, need, need_line
from reverts import reverts


@pytest.fixture(autouse=True)
def given(goods, need_ledger, importer, approver, allocator):
    """An approved need of 30, and 20 of 50 allocated for it."""
    goods.given("a", 50)
    need_ledger.publishNeeds(CHARITY, [need_line("n", 30), need_line("free", 30)], importer.tx)
    need_ledger.approveNeed(need("n"), 30, approver.tx)
    need_ledger.proposeGoodsAllocations([allocation_line("x", lot_id("a"), 20, need=need("n"))], allocator.tx)


def test_reverse__need_that_is_cited__newest_first(goods, need_ledger):
    with reverts("HasDependents", need("n"), 1):
        goods.reverse("NeedLedger", need("n"))
    goods.reverse("NeedLedger", allocation("x"))
    event = goods.reverse("NeedLedger", need("n")).events["RecordReversed"]
    assert dict(event) == {"recordId": need("n"), "ref": HOSPITAL, "actorId": 18}
    assert tuple(need_ledger.demandOf(HOSPITAL, MASKS)) == (1, 0)
    assert need_ledger.needOf(need("n"))[0] == 0
    with reverts("RecordUnknown", need("n")):
        goods.reverse("NeedLedger", need("n"))


def test_reverse__approved_allocation__stock_free_and_need_open(goods, need_ledger, approver):
    need_ledger.approveGoodsAllocation(allocation("x"), approver.tx)
    assert goods.at(lot_id("a")) == (50, 20, 0)
    with reverts("HasDependents", lot_id("a"), 1):
        goods.reverse("SupplyLedger", lot_id("a"))
    goods.reverse("NeedLedger", allocation("x"))
    assert goods.at(lot_id("a")) == (50, 0, 0)
    assert need_ledger.needOf(need("n"))[4] == 0


def test_reverse__approval_sent_again__nothing_changes(goods, need_ledger, approver, allrounder):
    need_ledger.approveGoodsAllocation(allocation("x"), approver.tx)
    for record, approve in (
        (allocation("x"), lambda by: need_ledger.approveGoodsAllocation(allocation("x"), by.tx)),
        (need("n"), lambda by: need_ledger.approveNeed(need("n"), 30, by.tx)),
    ):
        goods.reverse("NeedLedger", record)
        assert no_record(approve(approver))
        with reverts("RecordUnknown", record):
            approve(allrounder)
    with reverts("RecordConflict", need("n")):
        need_ledger.approveNeed(need("n"), 29, approver.tx)
    with reverts("RecordUnknown", allocation("x")):
        need_ledger.cancelGoodsAllocation(allocation("x"), approver.tx)


def test_reverse__cancelled_or_released_and_sent_again__nothing_changes(
    goods, need_ledger, allocator, approver, allrounder
):
    need_ledger.proposeGoodsAllocations([allocation_line("y", lot_id("a"), 5, need=need("n"))], allocator.tx)
    need_ledger.cancelGoodsAllocation(allocation("x"), approver.tx)
    need_ledger.approveGoodsAllocation(allocation("y"), approver.tx)
    need_ledger.releaseGoodsAllocation(allocation("y"), allocator.tx)
    for record in (allocation("x"), allocation("y")):
        goods.reverse("NeedLedger", record)
    assert no_record(need_ledger.cancelGoodsAllocation(allocation("x"), approver.tx))
    assert no_record(need_ledger.releaseGoodsAllocation(allocation("y"), allocator.tx))
    assert no_record(need_ledger.approveGoodsAllocation(allocation("y"), approver.tx))
    with reverts("RecordUnknown", allocation("x")):
        need_ledger.cancelGoodsAllocation(allocation("x"), allrounder.tx)
    with reverts("RecordUnknown", allocation("x")):
        need_ledger.approveGoodsAllocation(allocation("x"), approver.tx)


def test_reverse__dispatched_allocation__has_dependents(goods, need_ledger, approver):
    need_ledger.approveGoodsAllocation(allocation("x"), approver.tx)
    tx = goods.part("ConsignmentLedger")
    need_ledger.consumeAllocation(allocation("x"), lot_id("a"), STORE, HOSPITAL, 5, tx)
    goods.supply.ship(lot_id("a"), STORE, 5, True, tx)
    with reverts("HasDependents", allocation("x"), 1):
        goods.reverse("NeedLedger", allocation("x"))


def test_reverse__cancelled_allocation__need_stays_free(goods, need_ledger, allocator):
    need_ledger.cancelGoodsAllocation(allocation("x"), allocator.tx)
    goods.reverse("NeedLedger", allocation("x"))
    goods.reverse("NeedLedger", need("n"))


def test_adjust__need__and_in_turn(goods, need_ledger):
    goods.adjust("NeedLedger", need("free"), -12)
    assert need_ledger.needOf(need("free"))[3] == 18
    with reverts("HasDependents", need("free"), 1):
        goods.reverse("NeedLedger", need("free"))
    goods.reverse("NeedLedger", record_id(CHARITY, "difference"))
    assert need_ledger.needOf(need("free"))[3] == 30


@pytest.mark.parametrize(("delta", "approved"), [(20, 10), (20, 45), (-12, 18)])
def test_adjust__approved_since_and_taken_back__what_was_approved_stands(goods, need_ledger, approver, delta, approved):
    goods.adjust("NeedLedger", need("free"), delta)
    need_ledger.approveNeed(need("free"), approved, approver.tx)
    goods.reverse("NeedLedger", record_id(CHARITY, "difference"))
    assert need_ledger.needOf(need("free"))[3] == approved
    assert no_record(need_ledger.approveNeed(need("free"), approved, approver.tx))
    goods.reverse("NeedLedger", need("free"))


def test_adjust__approved_before_and_taken_back__as_it_was_approved(goods, need_ledger, approver):
    need_ledger.approveNeed(need("free"), 10, approver.tx)
    goods.adjust("NeedLedger", need("free"), 20)
    assert need_ledger.needOf(need("free"))[3] == 30
    goods.adjust("NeedLedger", need("free"), -25, "second difference")
    assert no_record(need_ledger.approveNeed(need("free"), 10, approver.tx))
    # What it would leave is no quantity: the later difference is taken back first.
    with reverts("AmountOutOfRange", need("free"), 0):
        goods.reverse("NeedLedger", record_id(CHARITY, "difference"))
    for name in ("second difference", "difference"):
        goods.reverse("NeedLedger", record_id(CHARITY, name))
    assert need_ledger.needOf(need("free"))[3] == 10


@pytest.mark.parametrize("approved", [False, True])
def test_adjust__number_not_given_and_taken_back__not_given_again(goods, need_ledger, importer, approver, approved):
    need_ledger.publishNeeds(CHARITY, [need_line("unknown", 0)], importer.tx)
    if approved:
        need_ledger.approveNeed(need("unknown"), 0, approver.tx)
    goods.adjust("NeedLedger", need("unknown"), 5)
    assert need_ledger.needOf(need("unknown"))[3] == 5
    goods.reverse("NeedLedger", record_id(CHARITY, "difference"))
    assert need_ledger.needOf(need("unknown"))[3] == 0


def test_adjust__need_below_one__refused(goods):
    with reverts("AmountOutOfRange", need("free"), 0):
        goods.adjust("NeedLedger", need("free"), -30)


def test_adjust__allocation__not_correctable(goods):
    with reverts("NotCorrectable", allocation("x")):
        goods.adjust("NeedLedger", allocation("x"), 1)
