"""SupplyLedger.commissionOver, adjustOver, reverseOver

├── when the caller is not ConsignmentLedger       → NotPart (behaviours/)
├── commissionOver                                 → a found lot of that item in quarantine, without earmark
├── adjustOver
│   ├── given the same was posted before           → nothing changes, also when it was taken back since
│   ├── given its id was used for something else   → RecordConflict
│   ├── up                                         → more in quarantine
│   └── down                                       → less, out of quarantine first; a shortage of what is gone
├── reverseOver
│   ├── of the lot                                 → out of effect
│   └── of an adjustment                           → the difference is taken back
└── Corrections of such a lot itself               → NotCorrectable
"""

from goods import FOUND_LOT, NO_CODE
from names import HOSPITAL, HOSPITAL_GROUP, MASKS, ascii_word, record_id
from reverts import reverts

OVER, RECEIPT = record_id(HOSPITAL_GROUP, "over"), record_id(HOSPITAL_GROUP, "receipt")
DIFFERENCE = record_id(HOSPITAL_GROUP, "difference")
RECEIVER = 31


def over(goods, quantity: int = 8):
    like = goods.given("a", 100, expiry=29990101, place=ascii_word("CN42", 16))
    return goods.supply.commissionOver(
        OVER, RECEIPT, like, HOSPITAL, quantity, RECEIVER, goods.part("ConsignmentLedger")
    )


def adjust(goods, delta: int) -> int:
    arguments = (OVER, DIFFERENCE, delta, RECEIVER, goods.part("ConsignmentLedger"))
    shortage = goods.supply.adjustOver.call(*arguments)
    goods.supply.adjustOver(*arguments)
    return shortage


def reverse(goods, record: str) -> int:
    shortage = goods.supply.reverseOver.call(record, RECEIVER, goods.part("ConsignmentLedger"))
    goods.supply.reverseOver(record, RECEIVER, goods.part("ConsignmentLedger"))
    return shortage


def test_commission_over__found_lot_in_quarantine(goods):
    event = over(goods).events["LotCommissioned"]
    assert (event["sourceId"], event["actorId"], event["quarantined"]) == (RECEIPT, RECEIVER, True)
    assert goods.quantities(OVER) == {"found": 8, "quarantined": 8}
    assert goods.at(OVER, HOSPITAL) == (0, 0, 8)
    assert tuple(goods.supply.lotOf(OVER)) == (FOUND_LOT, MASKS, RECEIPT, 29990101, False, NO_CODE, NO_CODE)


def test_adjust_over__up_and_taken_back__as_before(goods):
    over(goods)
    assert adjust(goods, 4) == 0
    assert goods.quantities(OVER) == {"found": 12, "quarantined": 12}
    assert reverse(goods, DIFFERENCE) == 0
    assert goods.quantities(OVER) == {"found": 8, "quarantined": 8}


def test_adjust_over__down_after_it_went_on__shortage(goods):
    over(goods)
    goods.released("Disposal", record_id(HOSPITAL_GROUP, "d"), OVER, 6, HOSPITAL)
    assert adjust(goods, -5) == 3
    assert goods.quantities(OVER) == {"found": 3, "shortage": 3, "disposed": 6}
    assert reverse(goods, DIFFERENCE) == 0
    assert goods.quantities(OVER) == {"found": 8, "quarantined": 2, "disposed": 6}


def test_adjust_over__again__nothing_changes_and_other_content_conflicts(goods):
    over(goods)
    adjust(goods, -3)
    assert adjust(goods, -3) == 0
    assert goods.quantities(OVER) == {"found": 5, "quarantined": 5}
    with reverts("RecordConflict", DIFFERENCE):
        goods.supply.adjustOver(OVER, DIFFERENCE, -2, RECEIVER, goods.part("ConsignmentLedger"))
    reverse(goods, DIFFERENCE)
    assert adjust(goods, -3) == 0
    assert goods.quantities(OVER) == {"found": 8, "quarantined": 8}
    with reverts("RecordUnknown", DIFFERENCE):
        reverse(goods, DIFFERENCE)


def test_adjust_over__id_of_another_lots_adjustment__conflict(goods):
    over(goods)
    lot = record_id(HOSPITAL_GROUP, "lot")
    goods.supply.find(lot, RECEIPT, MASKS, HOSPITAL, 5, RECEIVER, goods.part("StockLedger"))
    other = record_id(HOSPITAL_GROUP, "other over")
    goods.supply.commissionOver(other, RECEIPT, lot, HOSPITAL, 8, RECEIVER, goods.part("ConsignmentLedger"))
    goods.supply.adjustOver(other, DIFFERENCE, -3, RECEIVER, goods.part("ConsignmentLedger"))
    for taken in (DIFFERENCE, lot):
        with reverts("RecordConflict", taken):
            goods.supply.adjustOver(OVER, taken, -2, RECEIVER, goods.part("ConsignmentLedger"))
    reverse(goods, DIFFERENCE)
    assert goods.quantities(other) == {"found": 8, "quarantined": 8}
    assert goods.quantities(OVER) == {"found": 8, "quarantined": 8}


def test_adjust_over__corrected_as_an_adjustment_of_a_lot__not_correctable(goods):
    over(goods)
    adjust(goods, -3)
    with reverts("NotCorrectable", OVER):
        goods.reverse("SupplyLedger", DIFFERENCE)


def test_reverse_over__lot__out_of_effect(goods):
    over(goods)
    assert reverse(goods, OVER) == 0
    assert goods.quantities(OVER) == {}
    assert not goods.supply.inEffect(OVER)


def test_reverse_over__went_on__shortage(goods):
    over(goods)
    goods.released("Disposal", record_id(HOSPITAL_GROUP, "d"), OVER, 6, HOSPITAL)
    assert reverse(goods, OVER) == 6
    assert goods.quantities(OVER) == {"shortage": 6, "disposed": 6}


def test_over__corrected_as_a_lot__not_correctable(goods):
    over(goods)
    with reverts("NotCorrectable", OVER):
        goods.reverse("SupplyLedger", OVER)
