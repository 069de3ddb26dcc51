"""SupplyLedger.reserve

├── when the caller is not NeedLedger                → NotPart (behaviours/)
├── given the lot is recalled or expired             → LotRecalledError, LotExpired
├── given not so much is free there                  → StockInsufficient
└── given it is                                      → set aside, and still usable
"""

import datetime

import pytest
from brownie import web3
from goods import lot_id
from names import HOSPITAL, OTHER_STORE, STORE
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


def begin_block_at(time_s: int) -> None:
    """The next block's time."""
    assert web3.provider.make_request("evm_setNextBlockTimestamp", [time_s])["result"] is None


@pytest.mark.parametrize(
    "day", [(2027, 12, 31), (2028, 2, 28), (2028, 2, 29), (2028, 3, 1), (2100, 2, 28), (2400, 2, 29)]
)
def test_reserve__last_day__accepted_until_its_last_second(day, goods):
    midnight = datetime.datetime(*day, tzinfo=datetime.UTC) + datetime.timedelta(days=1)
    expiry = int(datetime.date(*day).strftime("%Y%m%d"))
    lot = goods.given("a", expiry=expiry)
    begin_block_at(int(midnight.timestamp()) - 1)
    goods.reserved(lot, 1)
    begin_block_at(int(midnight.timestamp()))
    with reverts("LotExpired", lot, expiry):
        goods.reserved(lot, 1)
