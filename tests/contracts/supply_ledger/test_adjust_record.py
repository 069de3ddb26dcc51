"""SupplyLedger.adjustRecord

├── when the caller is not Corrections                   → NotPart (behaviours/)
├── given no such record, or one out of effect           → RecordUnknown
├── given a donation, a value, a found lot or a line     → NotCorrectable
├── given a new quantity below 1 or above 2^53-1         → AmountOutOfRange
├── given the adjustment's id is another organisation's  → ForeignRecordId
├── given the adjustment was taken out of effect         → RecordUnknown
├── given more came than was written down                → more is usable
├── given less came than was written down
│   ├── and so much is free                              → less is usable
│   ├── and only quarantine is left                      → less is quarantined
│   └── and it went on                                   → a shortage, and a discrepancy (R15)
├── given the adjustment did not occur in turn           → as before, the shortage covered first
└── given it was recorded before                         → nothing changes; other content is RecordConflict
"""

import pytest
from goods import NO_CONTENT, SHORT, discrepancy, donation, line, lot_id, no_record
from names import AMOUNT_MAX, CHARITY, PARTNER_CHARITY, STORE, record_id
from reverts import reverts

DIFFERENCE = record_id(CHARITY, "difference")


def test_adjust_record__more__usable(goods):
    lot = goods.given("a", 100)
    event = goods.adjust("SupplyLedger", lot, 44).events["RecordAdjusted"]
    assert dict(event) == {"adjustmentId": DIFFERENCE, "recordId": lot, "actorId": 18, "delta": 44, "shortage": 0}
    assert goods.quantities(lot) == {"commissioned": 144, "usable": 144}


def test_adjust_record__less_and_free__less_usable(goods):
    lot = goods.given("a", 100)
    goods.adjust("SupplyLedger", lot, -44)
    assert goods.quantities(lot) == {"commissioned": 56, "usable": 56}


def test_adjust_record__less_and_in_quarantine__less_there(goods, inspector):
    lot = goods.given("a", 100)
    goods.stock.quarantine(record_id(CHARITY, "q"), lot, STORE, 70, NO_CONTENT, inspector.tx)
    goods.adjust("SupplyLedger", lot, -44)
    assert goods.quantities(lot) == {"commissioned": 56, "quarantined": 56}


def test_adjust_record__less_and_went_on__shortage_and_discrepancy(goods, dispatcher):
    lot = goods.given("a", 100)
    goods.released("Distribution", record_id(CHARITY, "d"), lot, 90)
    event = goods.adjust("SupplyLedger", lot, -44).events["RecordAdjusted"]
    assert event["shortage"] == 34
    assert goods.quantities(lot) == {"commissioned": 56, "shortage": 34, "distributed": 90}
    assert goods.supply.shortageOf(lot, STORE) == 34
    assert discrepancy(goods, SHORT, DIFFERENCE) == (1, SHORT, DIFFERENCE, 0, 34, 0)


def test_adjust_record__taken_back_in_turn__shortage_covered_first(goods, dispatcher):
    lot = goods.given("a", 100)
    goods.released("Distribution", record_id(CHARITY, "d"), lot, 90)
    goods.adjust("SupplyLedger", lot, -44)
    event = goods.reverse("SupplyLedger", DIFFERENCE).events["RecordReversed"]
    assert dict(event) == {"recordId": DIFFERENCE, "ref": lot, "actorId": 18, "quantity": 44, "shortage": 0}
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 10, "distributed": 90}
    with reverts("HasDependents", lot, 1):
        goods.reverse("SupplyLedger", lot)


def test_adjust_record__transformed_lot__its_own_source(goods):
    box = goods.given("box", 3)
    pieces = goods.made("repacking", line("pieces", 40), (box, 1))
    goods.adjust("SupplyLedger", pieces, -2)
    assert goods.quantities(pieces) == {"transformedIn": 38, "usable": 38}


@pytest.mark.parametrize(("delta", "result"), [(-100, 0), (-101, 0), (AMOUNT_MAX - 99, AMOUNT_MAX + 1)])
def test_adjust_record__out_of_range__refused(delta, result, goods):
    lot = goods.given("a", 100)
    with reverts("AmountOutOfRange", lot, result):
        goods.adjust("SupplyLedger", lot, delta)


def test_adjust_record__donation_or_adjustment__not_correctable(goods):
    lot = goods.given("a", 100)
    goods.adjust("SupplyLedger", lot, 1)
    for record in (donation("a")[0], DIFFERENCE):
        with reverts("NotCorrectable", record):
            goods.adjust("SupplyLedger", record, 1, "other")


def test_adjust_record__out_of_effect__refused(goods):
    lot = goods.given("a", 100)
    goods.reverse("SupplyLedger", lot)
    with reverts("RecordUnknown", lot):
        goods.adjust("SupplyLedger", lot, 1)


def test_adjust_record__line_or_field__not_correctable(goods):
    lot = goods.given("a", 100)
    for line_no, field in ((1, 0), (0, 1)):
        with reverts("NotCorrectable", lot):
            goods.supply.adjustRecord(lot, DIFFERENCE, line_no, field, 1, 18, goods.part("Corrections"))


def test_adjust_record__id_of_another_organisation__refused(goods):
    lot, foreign = goods.given("a", 100), record_id(PARTNER_CHARITY, "difference")
    with reverts("ForeignRecordId", foreign, CHARITY):
        goods.supply.adjustRecord(lot, foreign, 0, 0, 1, 18, goods.part("Corrections"))


def test_adjust_record__again__nothing_changes_unless_it_was_taken_back(goods):
    lot = goods.given("a", 100)
    goods.adjust("SupplyLedger", lot, 1)
    assert no_record(goods.adjust("SupplyLedger", lot, 1))
    with reverts("RecordConflict", DIFFERENCE):
        goods.adjust("SupplyLedger", lot, 2)
    assert goods.quantities(lot_id("a")) == {"commissioned": 101, "usable": 101}
    goods.reverse("SupplyLedger", DIFFERENCE)
    with reverts("RecordUnknown", DIFFERENCE):
        goods.adjust("SupplyLedger", lot, 1)
