"""SupplyLedger.reserve

├── when the caller is not NeedLedger                → NotPart (behaviours/)
├── given the lot is recalled or expired             → LotRecalledError, LotExpired
├── given not so much is free there                  → StockInsufficient
└── given it is                                      → set aside, and still usable
"""

import datetime

from brownie import chain
from clock import pass_s
from goods import lot_id
from names import DAY_S, HOSPITAL, OTHER_STORE, STORE
from reverts import reverts


def test_reserve__free__set_aside(goods):
    lot = goods.given("a", 100)
    goods.reserved(lot, 60)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 100, "reserved": 60}
    assert goods.at(lot) == (100, 60, 0)


def test_reserve__more_than_nobody_has_set_aside__refused(goods):
    lot = goods.given("a", 100)
    goods.reserved(lot, 60)
    with reverts("StockInsufficient", lot, STORE, 41, 40):
        goods.reserved(lot, 41)


def test_reserve__at_another_facility__refused(goods):
    lot = goods.given("a", 100)
    for facility in (OTHER_STORE, HOSPITAL):
        with reverts("StockInsufficient", lot, facility, 1, 0):
            goods.reserved(lot, 1, facility)


def test_reserve__lot_unknown__refused(goods):
    with reverts("RecordUnknown", lot_id("a")):
        goods.reserved(lot_id("a"), 1)


def test_reserve__recalled__refused(goods):
    lot = goods.given("a")
    goods.supply.markRecalled(lot, True, goods.part("StockLedger"))
    with reverts("LotRecalledError", lot):
        goods.reserved(lot, 1)


def test_reserve__last_day_begins_and_ends__accepted_until_it_ends(goods):
    # At 12:00 UTC of a leap year's last day of February, so that the calendar has to know it.
    noon = datetime.datetime(2048, 2, 29, 12, tzinfo=datetime.UTC)
    pass_s(int(noon.timestamp()) - chain.time())
    lot = goods.given("a", expiry=20480229)
    goods.reserved(lot, 1)
    pass_s(DAY_S // 2)
    with reverts("LotExpired", lot, 20480229):
        goods.reserved(lot, 1)
