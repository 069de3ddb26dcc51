"""StockLedger.openRecall, extendRecall, recordRecovered, closeRecall

├── when the caller is no inspector of the lot's organisation   → MissingRole (behaviours/)
├── openRecall
│   ├── given the lot is unknown                                → RecordUnknown
│   ├── given lots were made of it, and others of those         → all are recalled (R13)
│   └── given more than one call marks                          → as many as fit, the others by extendRecall
├── recordRecovered
│   ├── given the recall does not mark the lot                  → LotNotRecalled
│   ├── given it is closed                                      → RecallIsClosed
│   └── given it does                                           → from usable into quarantine
├── extendRecall
│   ├── given no such recall                                    → RecordUnknown
│   ├── given many lots, each made of many                      → no call takes more gas than one transaction may have
│   └── given nothing is left to mark, or it is over            → nothing changes
├── closeRecall
│   ├── given lots are not marked yet                           → RecallUnfinished
│   └── given all are                                           → closed; the lots stay recalled
└── given the recall did not occur
    ├── and something was recovered                             → HasDependents
    ├── and another recall marks the lots too                   → they stay recalled
    └── else                                                    → they are not recalled
"""

from gas import GAS_MAX
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


def test_extend_recall__more_than_one_call_marks__goes_on_where_it_stopped(goods, inspector, dispatcher):
    box = goods.given("box", 1_000)
    for batch in range(6):
        outputs = [line(f"{batch}-{i}", 1) for i in range(40)]
        goods.supply.transform(record_id(CHARITY, str(batch)), STORE, [(box, 1)], outputs, NO_CONTENT, dispatcher.tx)
    kit = goods.made("kit", line("kit", 1), (lot_id("5-39"), 1))
    first = len(opened(goods, inspector, box).events["LotRecalled"])
    assert 100 < first < 242
    assert not is_recalled(goods, kit)
    with reverts("RecallUnfinished", RECALL, first):
        goods.stock.closeRecall(RECALL, inspector.tx)
    assert len(goods.stock.extendRecall(RECALL, inspector.tx).events["LotRecalled"]) > 100
    goods.stock.extendRecall(RECALL, inspector.tx)
    assert is_recalled(goods, kit)
    assert no_record(goods.stock.extendRecall(RECALL, inspector.tx))
    assert tuple(goods.stock.recallOf(RECALL)) == (box, False, 242, 242)


def test_extend_recall__many_lots_each_made_of_many__within_the_gas_of_a_transaction(goods, inspector, dispatcher):
    """30 lots of a box, which all went into ten times 30 others: 9,030 times something was made of something."""
    box = goods.given("box", 1_000)
    for step in range(11):
        inputs = [(lot_id(f"0-{i}"), 1) for i in range(30)] if step else [(box, 1)]
        outputs = [line(f"{step}-{i}", 10) for i in range(30)]
        goods.supply.transform(record_id(CHARITY, str(step)), STORE, inputs, outputs, NO_CONTENT, dispatcher.tx)
    gas_used = [opened(goods, inspector, box).gas_used]
    while goods.stock.recallOf(RECALL)[2] != goods.stock.recallOf(RECALL)[3]:
        gas_used.append(goods.stock.extendRecall(RECALL, inspector.tx).gas_used)
        assert len(gas_used) < 60
    assert max(gas_used) < GAS_MAX, gas_used
    assert tuple(goods.stock.recallOf(RECALL)) == (box, False, 331, 331)


def test_extend_recall__made_into_many_things_one_by_one__within_the_gas_of_a_transaction(goods, inspector):
    """A lot that things were made of 250 times, 50 of which did not occur."""
    box = goods.given("box", 1_000)
    for i in range(200):
        goods.made(f"t{i}", line(f"part-{i}", 1), (box, 1))
    for i in range(50):
        goods.made(f"u{i}", line(f"undone-{i}", 1), (box, 1))
        goods.reverse("SupplyLedger", lot_id(f"undone-{i}"))
    gas_used = [opened(goods, inspector, box).gas_used]
    while goods.stock.recallOf(RECALL)[2] != goods.stock.recallOf(RECALL)[3]:
        gas_used.append(goods.stock.extendRecall(RECALL, inspector.tx).gas_used)
    assert max(gas_used) < GAS_MAX, gas_used
    assert tuple(goods.stock.recallOf(RECALL)) == (box, False, 201, 201)
    assert not is_recalled(goods, lot_id("undone-0"))


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
