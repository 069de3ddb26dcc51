"""SupplyLedger.correctShipment

├── when the caller is not ConsignmentLedger             → NotPart (behaviours/)
├── given so much was set aside for it                   → in transit, and no longer set aside
├── given less was set aside                             → the rest out of what is free, then out of quarantine
├── given not so much is there                           → a shortage, and what others set aside stays theirs
│   └── and it is taken back in turn                     → the shortage is covered first
└── given the lot is recalled or expired since           → in transit all the same
"""

from goods import NO_CONTENT
from names import CHARITY, STORE, record_id


def correct(goods, lot: str, quantity: int, reserved: int) -> int:
    arguments = (lot, STORE, quantity, reserved, goods.part("ConsignmentLedger"))
    shortage = goods.supply.correctShipment.call(*arguments)
    goods.supply.correctShipment(*arguments)
    return int(shortage)


def test_correct_shipment__set_aside_and_free__in_transit(goods):
    lot = goods.given("a", 100)
    goods.reserved(lot, 60)
    assert correct(goods, lot, 50, 40) == 0
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 50, "reserved": 20, "inTransit": 50}


def test_correct_shipment__only_quarantine_is_left__out_of_it(goods, inspector):
    lot = goods.given("a", 100)
    goods.stock.quarantine(record_id(CHARITY, "q"), lot, STORE, 90, NO_CONTENT, inspector.tx)
    assert correct(goods, lot, 30, 0) == 0
    assert goods.quantities(lot) == {"commissioned": 100, "quarantined": 70, "inTransit": 30}


def test_correct_shipment__not_so_much_there__shortage_until_it_is_taken_back(goods):
    lot = goods.given("a", 100)
    goods.reserved(lot, 60)
    assert correct(goods, lot, 55, 0) == 15
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 60, "reserved": 60, "inTransit": 55, "shortage": 15}
    assert goods.supply.shortageOf(lot, STORE) == 15
    goods.supply.unship(lot, STORE, 55, False, goods.part("ConsignmentLedger"))
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 100, "reserved": 60}


def test_correct_shipment__recalled_and_expired_since__in_transit_all_the_same(goods):
    lot = goods.given("a", 100, expiry=20200101)
    goods.supply.markRecalled(lot, True, goods.part("StockLedger"))
    assert correct(goods, lot, 30, 0) == 0
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 70, "inTransit": 30}
