"""StockLedger.reverseRecord

├── when the caller is not Corrections                       → NotPart (behaviours/)
├── given no such record, or one out of effect               → RecordUnknown
├── given each kind of movement                              → the stock is where it was before it
├── given a quarantine whose goods were disposed of          → a shortage, and a discrepancy
├── given a loss of which something was taken back           → HasDependents
├── given what was taken back of a loss                      → lost again
├── given a count                                            → nothing moves
├── given a proposal that nobody confirmed                   → nothing moves, and nobody confirms it
└── given a find
    ├── of a new lot that something stands on                → HasDependents
    ├── of a new lot                                         → the lot is out of effect
    └── of a known lot                                       → so much less of it; a shortage of what went on
"""

import pytest
from goods import NO_CONTENT, SHORT, discrepancy, lot_id
from names import CHARITY, MASKS, STORE, record_id
from reverts import reverts

RECORD, OTHER = record_id(CHARITY, "record"), record_id(CHARITY, "other record")
MOVEMENTS = {
    "quarantine": ("inspector", ()),
    "releaseQuarantine": ("inspector", ()),
    "registerLoss": ("dispatcher", (1,)),
}
RELEASES = ("Disposal", "ReturnToDonor", "Sale", "Distribution")


@pytest.mark.parametrize("kind", [*MOVEMENTS, *RELEASES])
def test_reverse_record__movement__where_it_was_before(kind, goods, inspector):
    lot = goods.given("a", 100)
    goods.stock.quarantine(OTHER, lot, STORE, 40, NO_CONTENT, inspector.tx)
    if kind in RELEASES:
        goods.released(kind, RECORD, lot, 30)
    else:
        actor, more = MOVEMENTS[kind]
        getattr(goods.stock, kind)(RECORD, lot, STORE, 30, *more, NO_CONTENT, goods.actors[actor].tx)
    assert goods.at(lot) != (60, 0, 40)
    event = goods.reverse("StockLedger", RECORD).events["RecordReversed"]
    assert dict(event) == {"recordId": RECORD, "ref": lot, "actorId": 18, "quantity": 30, "shortage": 0}
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 60, "quarantined": 40}
    assert not goods.stock.inEffect(RECORD)
    with reverts("RecordUnknown", RECORD):
        goods.reverse("StockLedger", RECORD)


def test_reverse_record__unknown__refused(goods):
    with reverts("RecordUnknown", RECORD):
        goods.reverse("StockLedger", RECORD)


def test_reverse_record__quarantine_disposed_of__shortage_and_discrepancy(goods, inspector):
    lot = goods.given("a", 100)
    goods.stock.quarantine(RECORD, lot, STORE, 100, NO_CONTENT, inspector.tx)
    goods.released("Disposal", OTHER, lot, 70)
    goods.reverse("StockLedger", RECORD)
    # 30 came out of quarantine and 70 were short; what came back to the shelf covered those first.
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 30, "disposed": 70}
    assert discrepancy(goods, SHORT, RECORD) == (1, SHORT, RECORD, 0, 70, 0)


def test_reverse_record__loss_partly_taken_back__newest_first(goods, dispatcher):
    lot = goods.given("a", 100)
    goods.stock.registerLoss(RECORD, lot, STORE, 30, 0, NO_CONTENT, dispatcher.tx)
    goods.stock.reverseLoss(OTHER, RECORD, 20, dispatcher.tx)
    with reverts("HasDependents", RECORD, 1):
        goods.reverse("StockLedger", RECORD)
    assert goods.reverse("StockLedger", OTHER).events["RecordReversed"]["ref"] == RECORD
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 70, "lost": 30}
    goods.reverse("StockLedger", RECORD)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 100}


def test_reverse_record__count__nothing_moves(goods, dispatcher):
    lot = goods.given("a", 100)
    goods.stock.countStock(RECORD, lot, STORE, 99, NO_CONTENT, dispatcher.tx)
    with reverts("HasDependents", lot, 1):
        goods.reverse("SupplyLedger", lot)
    goods.reverse("StockLedger", RECORD)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 100}
    goods.reverse("SupplyLedger", lot)


def test_reverse_record__proposal__nobody_confirms_it(goods, dispatcher, inspector):
    lot = goods.given("a", 100)
    goods.stock.proposeIssueWithoutRecord(RECORD, lot, STORE, 1, NO_CONTENT, dispatcher.tx)
    goods.stock.proposeSale(OTHER, lot, STORE, 1, NO_CONTENT, dispatcher.tx)
    for record, confirm in ((RECORD, "confirmIssueWithoutRecord"), (OTHER, "confirmRelease")):
        assert goods.reverse("StockLedger", record).events["RecordReversed"]["quantity"] == 0
        with reverts("RecordUnknown", record):
            getattr(goods.stock, confirm)(record, inspector.tx)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 100}


def test_reverse_record__issue__as_before(goods, dispatcher, inspector):
    lot = goods.given("a", 100)
    goods.stock.proposeIssueWithoutRecord(RECORD, lot, STORE, 7, NO_CONTENT, dispatcher.tx)
    goods.stock.confirmIssueWithoutRecord(RECORD, inspector.tx)
    goods.reverse("StockLedger", RECORD)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 100}


def found(goods, dispatcher, inspector, lot: str) -> str:
    goods.stock.proposeFind(RECORD, STORE, lot, MASKS, 7, NO_CONTENT, dispatcher.tx)
    goods.stock.confirmFind(RECORD, inspector.tx)
    return lot


def test_reverse_record__find_of_a_new_lot__lot_out_of_effect(goods, dispatcher, inspector):
    lot = found(goods, dispatcher, inspector, lot_id("new"))
    goods.stock.quarantine(OTHER, lot, STORE, 1, NO_CONTENT, inspector.tx)
    with reverts("HasDependents", lot, 1):
        goods.reverse("StockLedger", RECORD)
    with reverts("NotCorrectable", lot):
        goods.adjust("SupplyLedger", lot, 1)
    goods.reverse("StockLedger", OTHER)
    goods.reverse("StockLedger", RECORD)
    assert goods.quantities(lot) == {}
    assert not goods.supply.inEffect(lot)


def test_reverse_record__find_of_a_known_lot__less_of_it(goods, dispatcher, inspector):
    lot = found(goods, dispatcher, inspector, goods.given("a", 100))
    goods.released("Sale", OTHER, lot, 105)
    goods.reverse("StockLedger", RECORD)
    assert goods.quantities(lot) == {"commissioned": 100, "shortage": 5, "sold": 105}
