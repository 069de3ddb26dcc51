"""SupplyLedger.unship

├── when the caller is not ConsignmentLedger            → NotPart (behaviours/)
├── given it was set aside                              → usable and set aside again
├── given it was free                                   → usable and free
│   └── and there is a shortage there                   → covers it first
└── given not so much is in transit                     → StockInsufficient
"""

from names import STORE
from reverts import reverts


def shipped(goods, quantity: int, reserved: bool) -> str:
    lot = goods.given("a", 100)
    if reserved:
        goods.reserved(lot, quantity)
    goods.supply.ship(lot, STORE, quantity, reserved, goods.part("ConsignmentLedger"))
    return lot


def unship(goods, lot: str, quantity: int, reserved: bool):
    return goods.supply.unship(lot, STORE, quantity, reserved, goods.part("ConsignmentLedger"))


def test_unship__was_set_aside__set_aside_again(goods):
    lot = shipped(goods, 60, True)
    unship(goods, lot, 60, True)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 100, "reserved": 60}


def test_unship__was_free__free(goods):
    lot = shipped(goods, 60, False)
    unship(goods, lot, 20, False)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 60, "inTransit": 40}


def test_unship__shortage_there__covered_first(goods):
    lot = shipped(goods, 60, False)
    goods.adjust("SupplyLedger", lot, -50)
    assert goods.quantities(lot) == {"commissioned": 50, "shortage": 10, "inTransit": 60}
    unship(goods, lot, 60, False)
    assert goods.quantities(lot) == {"commissioned": 50, "usable": 50}


def test_unship__more_than_is_in_transit__refused(goods):
    lot = shipped(goods, 60, False)
    with reverts("StockInsufficient", lot, STORE, 61, 60):
        unship(goods, lot, 61, False)
