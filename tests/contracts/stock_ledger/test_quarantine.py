"""StockLedger.quarantine, releaseQuarantine

├── when the caller is no inspector of the facility's organisation   → MissingRole (behaviours/)
├── given the lot is unknown                                         → RecordUnknown
├── given another world's lot                                        → ExerciseMixed
├── given not so much is free, or in quarantine                      → StockInsufficient
├── given the quantity is zero                                       → AmountOutOfRange
├── quarantine                                                       → from usable
├── releaseQuarantine                                                → back; never of a recalled lot
└── given it was recorded before, by anybody                         → nothing changes, also when it was released since
"""

import pytest
from goods import NO_CONTENT, no_record
from names import CHARITY, EXERCISE, HOSPITAL, HOSPITAL_GROUP, STORE, digest, record_id
from reverts import reverts

RECORD, OTHER = record_id(CHARITY, "record"), record_id(CHARITY, "other record")


def test_quarantine__free__in_quarantine(goods, inspector):
    lot = goods.given("a", 100)
    event = goods.stock.quarantine(RECORD, lot, STORE, 30, digest("wet"), inspector.tx).events["Quarantined"]
    assert dict(event) == {
        "recordId": RECORD,
        "lotId": lot,
        "actorId": inspector.person_id,
        "facilityId": STORE,
        "quantity": 30,
        "contentDigest": digest("wet"),
    }
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 70, "quarantined": 30}


def test_quarantine__set_aside__refused(goods, inspector):
    lot = goods.given("a", 100)
    goods.reserved(lot, 80)
    with reverts("StockInsufficient", lot, STORE, 21, 20):
        goods.stock.quarantine(RECORD, lot, STORE, 21, NO_CONTENT, inspector.tx)


def test_quarantine__at_the_hospital__by_the_hospitals_inspector(goods, consignee, inspector):
    lot, record = goods.at_hospital("a", 100), record_id(HOSPITAL_GROUP, "record")
    goods.stock.quarantine(record, lot, HOSPITAL, 30, NO_CONTENT, consignee.tx)
    assert goods.at(lot, HOSPITAL) == (70, 0, 30)
    with reverts("ForeignRecordId", RECORD, HOSPITAL_GROUP):
        goods.stock.quarantine(RECORD, lot, HOSPITAL, 30, NO_CONTENT, consignee.tx)


@pytest.mark.parametrize("function", ["quarantine", "releaseQuarantine"])
def test_quarantine__lot_unknown_or_nothing__refused(function, goods, inspector):
    unknown = record_id(CHARITY, "lot", "unknown")
    with reverts("RecordUnknown", unknown):
        getattr(goods.stock, function)(RECORD, unknown, STORE, 1, NO_CONTENT, inspector.tx)
    with reverts("AmountOutOfRange", RECORD, 0):
        getattr(goods.stock, function)(RECORD, goods.given("a"), STORE, 0, NO_CONTENT, inspector.tx)


def test_quarantine__lot_of_an_exercise__refused(goods, inspector):
    foreign = record_id(EXERCISE, "lot")
    with reverts("ExerciseMixed", RECORD, foreign):
        goods.stock.quarantine(RECORD, foreign, STORE, 1, NO_CONTENT, inspector.tx)


def test_release_quarantine__in_quarantine__usable_again(goods, inspector):
    lot = goods.given("a", 100)
    goods.stock.quarantine(RECORD, lot, STORE, 30, NO_CONTENT, inspector.tx)
    goods.stock.releaseQuarantine(OTHER, lot, STORE, 10, NO_CONTENT, inspector.tx)
    assert goods.at(lot) == (80, 0, 20)
    assert no_record(goods.stock.quarantine(RECORD, lot, STORE, 30, NO_CONTENT, inspector.tx))
    assert goods.at(lot) == (80, 0, 20)


def test_release_quarantine__more_than_there_is__refused(goods, inspector):
    lot = goods.given("a", 100)
    goods.stock.quarantine(RECORD, lot, STORE, 30, NO_CONTENT, inspector.tx)
    with reverts("StockInsufficient", lot, STORE, 31, 30):
        goods.stock.releaseQuarantine(OTHER, lot, STORE, 31, NO_CONTENT, inspector.tx)


def test_release_quarantine__recalled__refused(goods, inspector):
    lot = goods.given("a", 100)
    goods.stock.quarantine(RECORD, lot, STORE, 30, NO_CONTENT, inspector.tx)
    goods.stock.openRecall(record_id(CHARITY, "recall"), lot, NO_CONTENT, inspector.tx)
    with reverts("LotRecalledError", lot):
        goods.stock.releaseQuarantine(OTHER, lot, STORE, 1, NO_CONTENT, inspector.tx)
