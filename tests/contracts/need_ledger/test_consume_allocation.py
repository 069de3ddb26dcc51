"""NeedLedger.consumeAllocation, correctConsumption, restoreAllocation

├── when the caller is not ConsignmentLedger          → NotPart (behaviours/)
├── consumeAllocation
│   ├── given it is not approved                      → GoodsAllocationUnexpectedState
│   ├── given another lot or facility                 → LotMismatch, WrongFacility
│   ├── given more than is left of it                 → AllocationExceeded
│   └── given so much is left                         → less is left
├── correctConsumption, of what a correction says went
│   ├── given there is no such allocation             → RecordUnknown
│   ├── given so much is left of it                   → less is left, as in a dispatch
│   ├── given less is left of it                      → nothing is left; what went covers the need
│   └── given it was released, or is out of effect    → what went covers the need
└── restoreAllocation
    ├── given it is approved                          → more is left of it
    ├── given more went than it was for               → what is more is free, the rest is left of it
    └── given it was released meanwhile               → free, as its other stock is
"""

import pytest
from goods import lot_id
from names import CHARITY, HOSPITAL, MASKS, STORE
from needs import allocation, allocation_line, need, need_line
from reverts import reverts

PROPOSED, APPROVED = 1, 2


@pytest.fixture(autouse=True)
def approved(goods, allocator, approver, importer):
    """30 of 50 set aside for the hospital, which asked for 40."""
    goods.given("a", 50)
    goods.needs.publishNeeds(CHARITY, [need_line("n", 40)], importer.tx)
    goods.needs.approveNeed(need("n"), 40, approver.tx)
    goods.needs.proposeGoodsAllocations([allocation_line("x", lot_id("a"), 30, need=need("n"))], allocator.tx)
    goods.needs.approveGoodsAllocation(allocation("x"), approver.tx)


def dispatch(goods, quantity: int, lot: str = lot_id("a"), sender: str = STORE, to: str = HOSPITAL) -> None:
    """As ConsignmentLedger does."""
    tx = goods.part("ConsignmentLedger")
    goods.needs.consumeAllocation(allocation("x"), lot, sender, to, quantity, tx)
    goods.supply.ship(lot, sender, quantity, True, tx)


def void(goods, quantity: int) -> None:
    """As ConsignmentLedger does."""
    tx = goods.part("ConsignmentLedger")
    goods.supply.unship(lot_id("a"), STORE, quantity, True, tx)
    goods.needs.restoreAllocation(allocation("x"), quantity, tx)


def correct(goods, quantity: int) -> int:
    """As ConsignmentLedger does when a correction says that so much more went. Returns the shortage."""
    tx = goods.part("ConsignmentLedger")
    reserved = goods.needs.correctConsumption.call(allocation("x"), quantity, tx)
    goods.needs.correctConsumption(allocation("x"), quantity, tx)
    shortage = goods.supply.correctShipment.call(lot_id("a"), STORE, quantity, reserved, tx)
    goods.supply.correctShipment(lot_id("a"), STORE, quantity, reserved, tx)
    return int(shortage)


def covered(goods) -> int:
    """What covers the need, by itself and among all that the facility asked for of the item."""
    allocated = int(goods.needs.needOf(need("n"))[4])
    assert allocated == goods.needs.demandOf(HOSPITAL, MASKS)[1]
    return allocated


def remaining(goods) -> int:
    return int(goods.needs.goodsAllocationOf(allocation("x"))[3])


def test_consume__in_parts__less_is_left(goods):
    dispatch(goods, 20)
    assert remaining(goods) == 10
    assert goods.quantities(lot_id("a")) == {"commissioned": 50, "usable": 30, "reserved": 10, "inTransit": 20}
    with reverts("AllocationExceeded", allocation("x"), 11, 10):
        dispatch(goods, 11)
    dispatch(goods, 10)
    assert remaining(goods) == 0


def test_consume__another_lot_or_facility__refused(goods):
    other = goods.given("b")
    with reverts("LotMismatch", allocation("x"), other, lot_id("a")):
        dispatch(goods, 1, lot=other)
    with reverts("WrongFacility", allocation("x"), HOSPITAL, STORE):
        dispatch(goods, 1, sender=HOSPITAL)
    with reverts("WrongFacility", allocation("x"), STORE, HOSPITAL):
        dispatch(goods, 1, to=STORE)


def test_consume__not_approved__refused(goods, allocator):
    goods.needs.proposeGoodsAllocations([allocation_line("y", lot_id("a"), 5)], allocator.tx)
    with reverts("GoodsAllocationUnexpectedState", allocation("y"), PROPOSED, APPROVED):
        goods.needs.consumeAllocation(allocation("y"), lot_id("a"), STORE, HOSPITAL, 1, goods.part("ConsignmentLedger"))


def test_correct__unknown__refused(goods):
    with reverts("RecordUnknown", allocation("z")):
        goods.needs.correctConsumption(allocation("z"), 1, goods.part("ConsignmentLedger"))


def test_correct__so_much_is_left__less_is_left(goods):
    dispatch(goods, 20)
    assert correct(goods, 4) == 0
    assert (remaining(goods), covered(goods)) == (6, 30)
    assert goods.quantities(lot_id("a")) == {"commissioned": 50, "usable": 26, "reserved": 6, "inTransit": 24}


def test_correct__more_than_is_left_and_taken_back__covers_the_need(goods, allocator):
    dispatch(goods, 20)
    assert correct(goods, 15) == 0
    assert (remaining(goods), covered(goods)) == (0, 35)
    assert goods.quantities(lot_id("a")) == {"commissioned": 50, "usable": 15, "inTransit": 35}
    with reverts("AllocationExceeded", allocation("x"), 1, 0):
        goods.needs.consumeAllocation(allocation("x"), lot_id("a"), STORE, HOSPITAL, 1, goods.part("ConsignmentLedger"))
    void(goods, 15)
    assert (remaining(goods), covered(goods)) == (10, 30)
    assert goods.quantities(lot_id("a")) == {"commissioned": 50, "usable": 30, "reserved": 10, "inTransit": 20}


def test_correct__more_went_and_it_is_released__frees_nothing(goods, allocator):
    dispatch(goods, 30)
    correct(goods, 5)
    event = goods.needs.releaseGoodsAllocation(allocation("x"), allocator.tx).events["GoodsAllocationReleased"]
    assert event["quantity"] == 0
    assert covered(goods) == 35
    void(goods, 35)
    assert covered(goods) == 0
    assert goods.at(lot_id("a")) == (50, 0, 0)


def test_correct__released_meanwhile__what_went_covers_the_need(goods, allocator):
    dispatch(goods, 20)
    goods.needs.releaseGoodsAllocation(allocation("x"), allocator.tx)
    assert covered(goods) == 20
    assert correct(goods, 4) == 0
    assert covered(goods) == 24
    assert goods.quantities(lot_id("a")) == {"commissioned": 50, "usable": 26, "inTransit": 24}
    void(goods, 4)
    assert covered(goods) == 20
    assert goods.quantities(lot_id("a")) == {"commissioned": 50, "usable": 30, "inTransit": 20}


def test_correct__nothing_went_and_it_is_out_of_effect_since__what_went_covers_the_need(goods):
    dispatch(goods, 20)
    void(goods, 20)
    goods.reverse("NeedLedger", allocation("x"))
    assert correct(goods, 20) == 0
    assert covered(goods) == 20
    assert goods.quantities(lot_id("a")) == {"commissioned": 50, "usable": 30, "inTransit": 20}
    void(goods, 20)
    assert covered(goods) == 0
    assert goods.at(lot_id("a")) == (50, 0, 0)


def test_restore__approved__more_is_left(goods):
    dispatch(goods, 20)
    void(goods, 20)
    assert remaining(goods) == 30
    assert goods.at(lot_id("a")) == (50, 30, 0)


def test_restore__released_meanwhile__free(goods, allocator):
    dispatch(goods, 20)
    event = goods.needs.releaseGoodsAllocation(allocation("x"), allocator.tx).events["GoodsAllocationReleased"]
    assert event["quantity"] == 10
    void(goods, 20)
    assert remaining(goods) == 0
    assert goods.at(lot_id("a")) == (50, 0, 0)
