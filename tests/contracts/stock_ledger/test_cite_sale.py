"""StockLedger.citeSale: what FundLedger does when proceeds of a sale are recorded, or were not after all

├── when the caller is not FundLedger                   → NotPart (behaviours/)
├── given no such sale, one that nobody confirmed, or one out of effect → RecordUnknown
└── given a sale
    ├── cited                                           → its lot's earmark; the sale has a dependent
    └── no longer cited                                 → the sale can be taken out of effect again
"""

from goods import NO_CONTENT, lot_id
from names import CHARITY, STORE, ascii_word, record_id
from reverts import reverts

SALE = record_id(CHARITY, "sale")
PURPOSE, PLACE = ascii_word("ppe", 16), ascii_word("420100", 16)


def sold(goods) -> str:
    lot = goods.given("a", 100, purpose=PURPOSE, place=PLACE)
    goods.released("Sale", SALE, lot, 30)
    return lot


def test_cite_sale__unknown_or_another_kind__refused(goods, dispatcher, inspector):
    with reverts("RecordUnknown", SALE):
        goods.stock.citeSale(SALE, True, goods.part("FundLedger"))
    goods.stock.proposeSale(record_id(CHARITY, "proposed"), goods.given("a"), STORE, 1, NO_CONTENT, dispatcher.tx)
    with reverts("RecordUnknown", record_id(CHARITY, "proposed")):
        goods.stock.citeSale(record_id(CHARITY, "proposed"), True, goods.part("FundLedger"))
    goods.stock.quarantine(SALE, lot_id("a"), STORE, 1, NO_CONTENT, inspector.tx)
    with reverts("RecordUnknown", SALE):
        goods.stock.citeSale(SALE, True, goods.part("FundLedger"))


def test_cite_sale__out_of_effect__refused(goods):
    sold(goods)
    goods.reverse("StockLedger", SALE)
    with reverts("RecordUnknown", SALE):
        goods.stock.citeSale(SALE, True, goods.part("FundLedger"))


def test_cite_sale__cited__earmark_of_its_lot_and_a_dependent(goods):
    sold(goods)
    assert tuple(goods.stock.citeSale.call(SALE, True, goods.part("FundLedger"))) == (PURPOSE, PLACE)
    goods.stock.citeSale(SALE, True, goods.part("FundLedger"))
    with reverts("HasDependents", SALE, 1):
        goods.reverse("StockLedger", SALE)
    goods.stock.citeSale(SALE, False, goods.part("FundLedger"))
    goods.reverse("StockLedger", SALE)
    assert not goods.stock.isSale(SALE)
