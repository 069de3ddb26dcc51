"""StockLedger.countStock

├── when the caller is no dispatcher of the facility's organisation   → MissingRole (behaviours/)
├── given the lot or the facility is unknown                          → RecordUnknown
├── given shelf and ledger agree                                      → emits StockCounted alone
├── given they differ                                                 → a discrepancy with the difference; no stock moves
└── given it was recorded before                                      → nothing changes, even when the stock has moved on
"""

import pytest
from goods import NO_CONTENT, VARIANCE, discrepancy, no_record
from names import CHARITY, STORE, record_id
from reverts import reverts

COUNT = record_id(CHARITY, "count")
UNKNOWN = record_id(CHARITY, "unknown")


def count(goods, actor, lot: str, counted: int, facility: str = STORE):
    return goods.stock.countStock(COUNT, lot, facility, counted, NO_CONTENT, actor.tx)


def test_count_stock__agrees__counted_without_discrepancy(goods, dispatcher, inspector):
    lot = goods.given("a", 100)
    goods.stock.quarantine(record_id(CHARITY, "q"), lot, STORE, 10, NO_CONTENT, inspector.tx)
    receipt = count(goods, dispatcher, lot, 100)
    assert (receipt.events["StockCounted"]["counted"], receipt.events["StockCounted"]["expected"]) == (100, 100)
    assert len(receipt.logs) == 1


@pytest.mark.parametrize(("counted", "difference"), [(99, 1), (0, 100), (103, 3)])
def test_count_stock__differs__discrepancy_and_no_movement(counted, difference, goods, dispatcher):
    lot = goods.given("a", 100)
    count(goods, dispatcher, lot, counted)
    assert discrepancy(goods, VARIANCE, COUNT) == (1, VARIANCE, COUNT, 0, difference, 0)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 100}


def test_count_stock__again_after_stock_moved_on__nothing_changes(goods, dispatcher):
    lot = goods.given("a", 100)
    count(goods, dispatcher, lot, 99)
    goods.released("Distribution", record_id(CHARITY, "d"), lot, 50)
    assert no_record(count(goods, dispatcher, lot, 99))
    with reverts("RecordConflict", COUNT):
        count(goods, dispatcher, lot, 98)


def test_count_stock__unknown__refused(goods, dispatcher):
    with reverts("RecordUnknown", UNKNOWN):
        count(goods, dispatcher, UNKNOWN, 1)
    with reverts("RecordUnknown", UNKNOWN):
        count(goods, dispatcher, goods.given("a"), 1, UNKNOWN)


def test_count_stock__too_large__refused(goods, dispatcher):
    lot = goods.given("a")
    with reverts("AmountOutOfRange", COUNT, 2**53):
        count(goods, dispatcher, lot, 2**53)
