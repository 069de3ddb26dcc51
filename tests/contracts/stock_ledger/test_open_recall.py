"""StockLedger.openRecall, extendRecall, recordRecovered, closeRecall

├── when the caller is no inspector of the lot's organisation   → MissingRole (behaviours/)
├── openRecall
│   ├── given the lot is unknown                                → RecordUnknown
│   ├── given lots were made of it, and others of those         → all are recalled (R13)
│   └── given more than 200                                     → 200 now, the others by extendRecall
├── recordRecovered
│   ├── given the recall does not mark the lot                  → LotNotRecalled
│   ├── given it is closed                                      → RecallIsClosed
│   └── given it does                                           → from usable into quarantine
├── extendRecall
│   ├── given no such recall                                    → RecordUnknown
│   └── given nothing is left to mark, or it is over            → nothing changes
├── closeRecall
│   ├── given lots are not marked yet                           → RecallUnfinished
│   └── given all are                                           → closed; the lots stay recalled
└── given the recall did not occur
    ├── and something was recovered                             → HasDependents
    ├── and another recall marks the lots too                   → they stay recalled
    └── else                                                    → they are not recalled
"""

from goods import NO_CONTENT, line, lot_id, no_record
from names import CHARITY, HOSPITAL, HOSPITAL_GROUP, STORE, record_id
from reverts import reverts

RECALL, SECOND, RECOVERED = (record_id(CHARITY, name) for name in ("recall", "second recall", "recovered"))


def opened(goods, inspector, lot: str, recall: str = RECALL):
    return goods.stock.openRecall(recall, lot, NO_CONTENT, inspector.tx)


def is_recalled(goods, lot: str) -> bool:
    return bool(goods.supply.lotOf(lot)[4])


def test_open_recall__lots_made_of_it__all_recalled(goods, inspector):
    box, other = goods.given("box", 3), goods.given("other", 3)
    pieces = goods.made("one", line("pieces", 40), (box, 1))
    kit = goods.made("two", line("kit", 4), (pieces, 4), (other, 1))
    receipt = opened(goods, inspector, box)
    assert [event["lotId"] for event in receipt.events["LotRecalled"]] == [box, pieces, kit]
    assert [is_recalled(goods, lot) for lot in (box, pieces, kit, other)] == [True, True, True, False]
    assert tuple(goods.stock.recallOf(RECALL)) == (box, False, 3, 3)


def test_open_recall__unknown__refused(goods, inspector):
    with reverts("RecordUnknown", lot_id("a")):
        opened(goods, inspector, lot_id("a"))


def test_open_recall__again__nothing_changes(goods, inspector, allrounder):
    lot = goods.given("a")
    opened(goods, inspector, lot)
    assert no_record(opened(goods, allrounder, lot))
    with reverts("RecordConflict", RECALL):
        opened(goods, inspector, goods.given("b"))


def test_extend_recall__more_than_two_hundred__goes_on_where_it_stopped(goods, inspector, dispatcher):
    box = goods.given("box", 1_000)
    for batch in range(3):
        outputs = [line(f"{batch}-{i}", 1) for i in range(80)]
        goods.supply.transform(record_id(CHARITY, str(batch)), STORE, [(box, 1)], outputs, NO_CONTENT, dispatcher.tx)
    kit = goods.made("kit", line("kit", 1), (lot_id("2-79"), 1))
    assert len(opened(goods, inspector, box).events["LotRecalled"]) == 200
    assert not is_recalled(goods, kit)
    with reverts("RecallUnfinished", RECALL, 200):
        goods.stock.closeRecall(RECALL, inspector.tx)
    receipt = goods.stock.extendRecall(RECALL, inspector.tx)
    assert len(receipt.events["LotRecalled"]) == 42
    assert is_recalled(goods, kit)
    assert no_record(goods.stock.extendRecall(RECALL, inspector.tx))
    assert tuple(goods.stock.recallOf(RECALL)) == (box, False, 242, 242)


def test_record_recovered__marked_lot__into_quarantine(goods, inspector):
    lot = goods.given("a", 100)
    opened(goods, inspector, lot)
    receipt = goods.stock.recordRecovered(RECOVERED, RECALL, lot, STORE, 60, inspector.tx)
    assert receipt.events["RecallRecovered"]["quantity"] == 60
    assert goods.at(lot) == (40, 0, 60)
    assert no_record(goods.stock.recordRecovered(RECOVERED, RECALL, lot, STORE, 60, inspector.tx))


def test_record_recovered__at_the_hospital__by_its_inspector(goods, inspector, consignee):
    lot = goods.at_hospital("a", 100)
    opened(goods, inspector, lot)
    goods.stock.recordRecovered(record_id(HOSPITAL_GROUP, "r"), RECALL, lot, HOSPITAL, 100, consignee.tx)
    assert goods.at(lot, HOSPITAL) == (0, 0, 100)


def test_record_recovered__lot_not_marked__refused(goods, inspector):
    opened(goods, inspector, goods.given("a"))
    other = goods.given("b")
    with reverts("LotNotRecalled", RECALL, other):
        goods.stock.recordRecovered(RECOVERED, RECALL, other, STORE, 1, inspector.tx)


def test_close_recall__all_marked__closed_and_lots_stay_recalled(goods, inspector, allrounder):
    lot = goods.given("a")
    opened(goods, inspector, lot)
    assert goods.stock.closeRecall(RECALL, inspector.tx).events["RecallClosed"]["ref"] == lot
    assert is_recalled(goods, lot)
    assert no_record(goods.stock.closeRecall(RECALL, inspector.tx))
    with reverts("RecallIsClosed", RECALL):
        goods.stock.closeRecall(RECALL, allrounder.tx)
    assert no_record(goods.stock.extendRecall(RECALL, inspector.tx))
    with reverts("RecallIsClosed", RECALL):
        goods.stock.recordRecovered(RECOVERED, RECALL, lot, STORE, 1, inspector.tx)


def test_close_and_extend_recall__again_after_it_did_not_occur__nothing_changes(goods, inspector, allrounder):
    opened(goods, inspector, goods.given("a"))
    goods.stock.closeRecall(RECALL, inspector.tx)
    goods.reverse("StockLedger", RECALL)
    assert no_record(goods.stock.closeRecall(RECALL, inspector.tx))
    assert no_record(goods.stock.extendRecall(RECALL, inspector.tx))
    with reverts("RecordUnknown", RECALL):
        goods.stock.closeRecall(RECALL, allrounder.tx)


def test_extend_recall__nothing_to_extend__refused(goods, inspector):
    with reverts("RecordUnknown", RECALL):
        goods.stock.extendRecall(RECALL, inspector.tx)


def test_recall__did_not_occur__lots_free_unless_another_marks_them(goods, inspector):
    lot = goods.given("a")
    opened(goods, inspector, lot)
    opened(goods, inspector, lot, SECOND)
    goods.reverse("StockLedger", RECALL)
    assert is_recalled(goods, lot)
    goods.reverse("StockLedger", SECOND)
    assert not is_recalled(goods, lot)
    goods.reverse("SupplyLedger", lot)


def test_recall__did_not_occur_but_something_was_recovered__has_dependents(goods, inspector):
    lot = goods.given("a", 100)
    opened(goods, inspector, lot)
    goods.stock.recordRecovered(RECOVERED, RECALL, lot, STORE, 60, inspector.tx)
    with reverts("HasDependents", RECALL, 1):
        goods.reverse("StockLedger", RECALL)
    goods.reverse("StockLedger", RECOVERED)
    goods.reverse("StockLedger", RECALL)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 100}
