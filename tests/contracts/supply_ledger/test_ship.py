"""SupplyLedger.ship

├── when the caller is not ConsignmentLedger         → NotPart (behaviours/)
├── given the lot is recalled or expired             → LotRecalledError, LotExpired
├── given stock that is set aside                    → in transit, and no longer set aside
├── given free stock, for a return                   → in transit
└── given not so much is free there                  → StockInsufficient
"""

from names import STORE
from reverts import reverts


def ship(goods, lot: str, quantity: int, reserved: bool):
    return goods.supply.ship(lot, STORE, quantity, reserved, goods.part("ConsignmentLedger"))


def test_ship__set_aside__in_transit(goods):
    lot = goods.given("a", 100)
    goods.reserved(lot, 60)
    ship(goods, lot, 50, True)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 50, "reserved": 10, "inTransit": 50}


def test_ship__free__in_transit(goods):
    lot = goods.given("a", 100)
    goods.reserved(lot, 60)
    ship(goods, lot, 40, False)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 60, "reserved": 60, "inTransit": 40}


def test_ship__set_aside_for_another__refused(goods):
    lot = goods.given("a", 100)
    goods.reserved(lot, 60)
    with reverts("StockInsufficient", lot, STORE, 41, 40):
        ship(goods, lot, 41, False)


def test_ship__recalled_since_it_was_set_aside__refused(goods):
    lot = goods.given("a", 100)
    goods.reserved(lot, 60)
    goods.supply.markRecalled(lot, True, goods.part("StockLedger"))
    with reverts("LotRecalledError", lot):
        ship(goods, lot, 1, True)


def test_ship__expired__refused(goods):
    lot = goods.given("a", expiry=20200101)
    with reverts("LotExpired", lot, 20200101):
        ship(goods, lot, 1, False)
