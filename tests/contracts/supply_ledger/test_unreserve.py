"""SupplyLedger.unreserve

├── when the caller is not NeedLedger                    → NotPart (behaviours/)
├── given it is set aside                                → free again
└── given a correction found less there meanwhile        → covers the shortage first
"""

from goods import lot_id
from names import STORE


def test_unreserve__set_aside__free_again(goods):
    lot = goods.given("a", 100)
    goods.reserved(lot, 60)
    goods.supply.unreserve(lot, STORE, 25, goods.part("NeedLedger"))
    assert goods.at(lot) == (100, 35, 0)


def test_unreserve__shortage_there__covered_first(goods):
    lot = goods.given("a", 100)
    goods.reserved(lot, 60)
    goods.adjust("SupplyLedger", lot, -70)
    assert goods.quantities(lot) == {"commissioned": 30, "shortage": 30, "usable": 60, "reserved": 60}
    goods.supply.unreserve(lot, STORE, 40, goods.part("NeedLedger"))
    assert goods.quantities(lot_id("a")) == {"commissioned": 30, "usable": 30, "reserved": 20}
