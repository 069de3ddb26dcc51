"""StockLedger.adjustRecord

├── when the caller is not Corrections                        → NotPart (behaviours/)
├── given a movement of one kind or the other
│   ├── up, and so much is there                              → more of it
│   ├── up, and it is not there                               → a shortage, and a discrepancy
│   ├── down                                                  → less of it, usable (or in quarantine) again
│   └── and the adjustment did not occur in turn              → as before
├── given a loss below what was taken back of it              → HasDependents
├── given a proposal, a count, a find, a recall, a reversal   → NotCorrectable
└── given a new quantity below 1                              → AmountOutOfRange
"""

import pytest
from goods import NO_CONTENT, SHORT, discrepancy
from names import CHARITY, MASKS, STORE, record_id
from reverts import reverts

RECORD, OTHER, DIFFERENCE = (record_id(CHARITY, name) for name in ("record", "other record", "difference"))
MOVEMENTS = {
    "returnToDonor": ("returnedToDonor", ()),
    "sell": ("sold", ()),
    "distribute": ("distributed", (0,)),
    "registerLoss": ("lost", (1,)),
}


@pytest.mark.parametrize("function", MOVEMENTS)
def test_adjust_record__movement__more_less_and_as_before(function, goods, dispatcher):
    lot = goods.given("a", 100)
    name, more = MOVEMENTS[function]
    getattr(goods.stock, function)(RECORD, lot, STORE, 30, *more, NO_CONTENT, dispatcher.tx)
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
    goods.stock.dispose(RECORD, lot, STORE, 30, NO_CONTENT, inspector.tx)
    goods.adjust("StockLedger", RECORD, -10)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 50, "quarantined": 30, "disposed": 20}


def test_adjust_record__more_than_is_there__shortage_and_discrepancy(goods, dispatcher):
    lot = goods.given("a", 100)
    goods.stock.distribute(RECORD, lot, STORE, 30, 0, NO_CONTENT, dispatcher.tx)
    receipt = goods.adjust("StockLedger", RECORD, 90)
    assert receipt.events["RecordAdjusted"]["shortage"] == 20
    assert goods.quantities(lot) == {"commissioned": 100, "shortage": 20, "distributed": 120}
    assert discrepancy(goods, SHORT, DIFFERENCE) == (1, SHORT, DIFFERENCE, 0, 20, 0)


def test_adjust_record__recalled_and_expired__the_truth_all_the_same(goods, dispatcher, inspector):
    lot = goods.given("a", 100)
    goods.stock.distribute(RECORD, lot, STORE, 30, 0, NO_CONTENT, dispatcher.tx)
    goods.stock.openRecall(OTHER, lot, NO_CONTENT, inspector.tx)
    goods.adjust("StockLedger", RECORD, 5)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 65, "distributed": 35}


def test_adjust_record__loss_below_what_was_taken_back__has_dependents(goods, dispatcher):
    lot = goods.given("a", 100)
    goods.stock.registerLoss(RECORD, lot, STORE, 30, 0, NO_CONTENT, dispatcher.tx)
    goods.stock.reverseLoss(OTHER, RECORD, 20, dispatcher.tx)
    with reverts("HasDependents", RECORD, 1):
        goods.adjust("StockLedger", RECORD, -11)
    goods.adjust("StockLedger", RECORD, -10)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 100}


def test_adjust_record__kinds_without_a_quantity_of_their_own__not_correctable(goods, dispatcher, inspector):
    lot = goods.given("a", 100)
    recall, count, find, loss, back, issue = (record_id(CHARITY, name) for name in ("r", "c", "f", "l", "b", "i"))
    goods.stock.openRecall(recall, lot, NO_CONTENT, inspector.tx)
    goods.stock.countStock(count, lot, STORE, 100, NO_CONTENT, dispatcher.tx)
    goods.stock.proposeFind(find, STORE, lot, MASKS, 1, NO_CONTENT, dispatcher.tx)
    goods.stock.registerLoss(loss, lot, STORE, 30, 0, NO_CONTENT, dispatcher.tx)
    goods.stock.reverseLoss(back, loss, 20, dispatcher.tx)
    goods.stock.proposeIssueWithoutRecord(issue, lot, STORE, 1, NO_CONTENT, dispatcher.tx)
    for record in (recall, count, find, back, issue):
        with reverts("NotCorrectable", record):
            goods.adjust("StockLedger", record, 1)


def test_adjust_record__nothing_left__refused(goods, dispatcher):
    lot = goods.given("a", 100)
    goods.stock.sell(RECORD, lot, STORE, 30, NO_CONTENT, dispatcher.tx)
    with reverts("AmountOutOfRange", RECORD, 0):
        goods.adjust("StockLedger", RECORD, -30)
