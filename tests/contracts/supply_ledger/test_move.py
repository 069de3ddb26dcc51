"""SupplyLedger.move, moveBack, find, unfind, cite, markRecalled: what StockLedger does; its own tests show each in use

├── when the caller is not StockLedger                  → NotPart (behaviours/)
├── given the lot is unknown                            → RecordUnknown
├── move into sales or distributions of a recalled lot  → LotRecalledError
├── moveBack of stock that is gone                      → a shortage, never a refusal
├── find of a lot that began as another item meanwhile  → RecordConflict
└── cite                                                → the lot has a dependent, until it is taken back
"""

from goods import DISTRIBUTED, QUARANTINED, SOLD, USABLE, lot_id
from names import CHARITY, GOWNS, STORE, record_id
from reverts import reverts

FIND = record_id(CHARITY, "find")


def test_move__lot_unknown__refused(goods):
    with reverts("RecordUnknown", lot_id("a")):
        goods.supply.move(lot_id("a"), STORE, USABLE, QUARANTINED, 1, goods.part("StockLedger"))


def test_move__recalled_lot_handed_out_or_sold__refused(goods):
    lot = goods.given("a")
    goods.supply.markRecalled(lot, True, goods.part("StockLedger"))
    for to in (DISTRIBUTED, SOLD):
        with reverts("LotRecalledError", lot):
            goods.supply.move(lot, STORE, USABLE, to, 1, goods.part("StockLedger"))


def test_move_back__gone__shortage_of_the_rest(goods):
    lot = goods.given("a", 10)
    tx = goods.part("StockLedger")
    goods.supply.move(lot, STORE, USABLE, QUARANTINED, 4, tx)
    assert goods.supply.moveBack.call(lot, STORE, USABLE, DISTRIBUTED, 12, False, tx) == 2
    goods.supply.moveBack(lot, STORE, USABLE, DISTRIBUTED, 12, False, tx)
    assert goods.quantities(lot) == {"commissioned": 10, "shortage": 2, "distributed": 12}


def test_find__lot_of_another_item_began_meanwhile__refused(goods):
    lot = goods.given("a")
    with reverts("RecordConflict", lot):
        goods.supply.find(lot, FIND, GOWNS, STORE, 1, 15, goods.part("StockLedger"))


def test_cite__standing__dependent_until_taken_back(goods):
    lot = goods.given("a")
    goods.supply.cite(lot, True, goods.part("StockLedger"))
    with reverts("HasDependents", lot, 1):
        goods.reverse("SupplyLedger", lot)
    goods.supply.cite(lot, False, goods.part("StockLedger"))
    goods.reverse("SupplyLedger", lot)
    assert not goods.supply.inEffect(lot)
