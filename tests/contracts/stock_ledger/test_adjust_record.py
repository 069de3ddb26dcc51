"""StockLedger.adjustRecord

├── when the caller is not Corrections                        → NotPart (behaviours/)
├── given a movement of one kind or the other
│   ├── up, and so much is there                              → more of it
│   ├── up, and it is not there                               → a shortage, and a discrepancy
│   ├── down                                                  → less of it, usable (or in quarantine) again
│   └── and the adjustment did not occur in turn              → as before
├── given a loss, an issue without record or a find, up       → a discrepancy about the difference
├── given a loss below what was taken back of it              → HasDependents
├── given a find, of a new lot or of a known one
│   ├── more or less                                          → so much more or less of it is usable
│   ├── less, and it has gone on                              → a shortage, and a discrepancy
│   └── and the adjustment did not occur in turn              → as before; the find itself only after it
├── given a proposal, a count, a recall, a reversal           → NotCorrectable
└── given a new quantity below 1                              → AmountOutOfRange
"""

import pytest
from goods import FOUND_GOODS, ISSUED, LOST_GOODS, NO_CONTENT, SHORT, discrepancy, lot_id
from names import CHARITY, MASKS, STORE, record_id
from reverts import reverts

RECORD, OTHER, DIFFERENCE = (record_id(CHARITY, name) for name in ("record", "other record", "difference"))
MOVEMENTS = {"ReturnToDonor": "returnedToDonor", "Sale": "sold", "Distribution": "distributed", "loss": "lost"}


@pytest.mark.parametrize("kind", MOVEMENTS)
def test_adjust_record__movement__more_less_and_as_before(kind, goods, dispatcher):
    lot, name = goods.given("a", 100), MOVEMENTS[kind]
    if kind == "loss":
        goods.stock.registerLoss(RECORD, lot, STORE, 30, 1, NO_CONTENT, dispatcher.tx)
    else:
        goods.released(kind, RECORD, lot, 30)
    goods.adjust("StockLedger", RECORD, 50)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 20, name: 80}
    goods.adjust("StockLedger", RECORD, -70, "less")
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 90, name: 10}
    assert goods.stock.movementOf(RECORD)[2] == 10
    goods.reverse("StockLedger", record_id(CHARITY, "less"))
    goods.reverse("StockLedger", DIFFERENCE)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 70, name: 30}
    goods.reverse("StockLedger", RECORD)


def test_adjust_record__disposal__into_and_out_of_quarantine(goods, inspector):
    lot = goods.given("a", 100)
    goods.stock.quarantine(OTHER, lot, STORE, 50, NO_CONTENT, inspector.tx)
    goods.released("Disposal", RECORD, lot, 30)
    goods.adjust("StockLedger", RECORD, -10)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 50, "quarantined": 30, "disposed": 20}


def test_adjust_record__more_than_is_there__shortage_and_discrepancy(goods, dispatcher):
    lot = goods.given("a", 100)
    goods.released("Distribution", RECORD, lot, 30)
    receipt = goods.adjust("StockLedger", RECORD, 90)
    assert receipt.events["RecordAdjusted"]["shortage"] == 20
    assert goods.quantities(lot) == {"commissioned": 100, "shortage": 20, "distributed": 120}
    assert discrepancy(goods, SHORT, DIFFERENCE) == (1, SHORT, DIFFERENCE, 0, 20, 0)


def test_adjust_record__recalled_and_expired__the_truth_all_the_same(goods, dispatcher, inspector):
    lot = goods.given("a", 100)
    goods.released("Distribution", RECORD, lot, 30)
    goods.stock.openRecall(OTHER, lot, NO_CONTENT, inspector.tx)
    goods.adjust("StockLedger", RECORD, 5)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 65, "distributed": 35}


@pytest.mark.parametrize("kind", [LOST_GOODS, ISSUED, FOUND_GOODS])
def test_adjust_record__more_of_what_has_to_be_explained__discrepancy(kind, goods, dispatcher, inspector):
    lot = goods.given("a", 100)
    if kind == LOST_GOODS:
        goods.stock.registerLoss(RECORD, lot, STORE, 30, 0, NO_CONTENT, dispatcher.tx)
    elif kind == ISSUED:
        goods.stock.proposeIssueWithoutRecord(RECORD, lot, STORE, 30, NO_CONTENT, dispatcher.tx)
        goods.stock.confirmIssueWithoutRecord(RECORD, inspector.tx)
    else:
        found(goods, dispatcher, inspector, lot)
    goods.adjust("StockLedger", RECORD, 40)
    assert discrepancy(goods, kind, DIFFERENCE) == (1, kind, DIFFERENCE, 0, 40, 0)
    goods.adjust("StockLedger", RECORD, -1, "less")
    assert discrepancy(goods, kind, record_id(CHARITY, "less"))[0] == 0


def test_adjust_record__loss_below_what_was_taken_back__has_dependents(goods, dispatcher):
    lot = goods.given("a", 100)
    goods.stock.registerLoss(RECORD, lot, STORE, 30, 0, NO_CONTENT, dispatcher.tx)
    goods.stock.reverseLoss(OTHER, RECORD, 20, dispatcher.tx)
    with reverts("HasDependents", RECORD, 1):
        goods.adjust("StockLedger", RECORD, -11)
    goods.adjust("StockLedger", RECORD, -10)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 100}


def found(goods, dispatcher, inspector, lot: str) -> str:
    goods.stock.proposeFind(RECORD, STORE, lot, MASKS, 7, NO_CONTENT, dispatcher.tx)
    goods.stock.confirmFind(RECORD, inspector.tx)
    return lot


def test_adjust_record__find_of_a_new_lot__more_less_and_as_before(goods, dispatcher, inspector):
    lot = found(goods, dispatcher, inspector, lot_id("new"))
    assert goods.adjust("StockLedger", RECORD, 3).events["RecordAdjusted"]["shortage"] == 0
    assert goods.quantities(lot) == {"found": 10, "usable": 10}
    goods.adjust("StockLedger", RECORD, -6, "less")
    assert goods.quantities(lot) == {"found": 4, "usable": 4}
    with reverts("HasDependents", RECORD, 2):
        goods.reverse("StockLedger", RECORD)
    goods.reverse("StockLedger", record_id(CHARITY, "less"))
    goods.reverse("StockLedger", DIFFERENCE)
    assert goods.quantities(lot) == {"found": 7, "usable": 7}
    goods.reverse("StockLedger", RECORD)
    assert goods.quantities(lot) == {}


def test_adjust_record__find_of_a_known_lot__as_much_as_it_was(goods, dispatcher, inspector):
    lot = found(goods, dispatcher, inspector, goods.given("a", 100))
    goods.adjust("StockLedger", RECORD, -5)
    assert goods.quantities(lot) == {"commissioned": 100, "found": 2, "usable": 102}
    assert goods.stock.movementOf(RECORD)[2] == 2


def test_adjust_record__find_that_has_gone_on__shortage_and_discrepancy(goods, dispatcher, inspector):
    lot = found(goods, dispatcher, inspector, lot_id("new"))
    goods.stock.registerLoss(OTHER, lot, STORE, 6, 0, NO_CONTENT, dispatcher.tx)
    assert goods.adjust("StockLedger", RECORD, -4).events["RecordAdjusted"]["shortage"] == 3
    assert goods.quantities(lot) == {"found": 3, "shortage": 3, "lost": 6}
    assert discrepancy(goods, SHORT, DIFFERENCE) == (1, SHORT, DIFFERENCE, 0, 3, 0)
    with reverts("AmountOutOfRange", RECORD, 0):
        goods.adjust("StockLedger", RECORD, -3, "all")


def test_adjust_record__kinds_without_a_quantity_of_their_own__not_correctable(goods, dispatcher, inspector):
    lot = goods.given("a", 100)
    recall, count, find, loss, back, issue, sale = (record_id(CHARITY, name) for name in "rcflbis")
    goods.stock.proposeSale(sale, lot, STORE, 1, NO_CONTENT, dispatcher.tx)
    goods.stock.openRecall(recall, lot, NO_CONTENT, inspector.tx)
    goods.stock.countStock(count, lot, STORE, 100, NO_CONTENT, dispatcher.tx)
    goods.stock.proposeFind(find, STORE, lot, MASKS, 1, NO_CONTENT, dispatcher.tx)
    goods.stock.registerLoss(loss, lot, STORE, 30, 0, NO_CONTENT, dispatcher.tx)
    goods.stock.reverseLoss(back, loss, 20, dispatcher.tx)
    goods.stock.proposeIssueWithoutRecord(issue, lot, STORE, 1, NO_CONTENT, dispatcher.tx)
    for record in (recall, count, find, back, issue, sale):
        with reverts("NotCorrectable", record):
            goods.adjust("StockLedger", record, 1)


def test_adjust_record__nothing_left__refused(goods, dispatcher):
    lot = goods.given("a", 100)
    goods.released("Sale", RECORD, lot, 30)
    with reverts("AmountOutOfRange", RECORD, 0):
        goods.adjust("StockLedger", RECORD, -30)
