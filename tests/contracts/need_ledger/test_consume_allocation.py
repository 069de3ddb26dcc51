"""NeedLedger.consumeAllocation, restoreAllocation

├── when the caller is not ConsignmentLedger          → NotPart (behaviours/)
├── consumeAllocation
│   ├── given it is not approved                      → GoodsAllocationUnexpectedState
│   ├── given another lot or facility                 → LotMismatch, WrongFacility
│   ├── given more than is left of it                 → AllocationExceeded
│   └── given so much is left                         → less is left
└── restoreAllocation
    ├── given it is approved                          → more is left of it
    └── given it was released meanwhile               → free, as its other stock is
"""

import pytest
from goods import lot_id
from names import HOSPITAL, STORE
from needs import allocation, allocation_line
from reverts import reverts

PROPOSED, APPROVED = 1, 2


@pytest.fixture(autouse=True)
def approved(goods, allocator, approver):
    """30 of 50 set aside for the hospital."""
    goods.given("a", 50)
    goods.needs.proposeGoodsAllocations([allocation_line("x", lot_id("a"), 30)], allocator.tx)
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
