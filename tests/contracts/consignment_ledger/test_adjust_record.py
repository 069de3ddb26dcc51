"""ConsignmentLedger.adjustRecord

├── when the caller is not Corrections                          → NotPart (behaviours/)
├── given the id was recorded: same content, other content      → nothing changes, RecordConflict
├── given the new id is another organisation's                  → ForeignRecordId
├── given the record is unknown or out of effect                → RecordUnknown
├── given a custody, an adjustment, or a field it does not have → NotCorrectable
├── given no difference, or too large a one                     → AmountOutOfRange
├── given the consignment has no such line                      → LineUnknown
├── given a receipt's quantity
│   ├── lowered below zero                                      → AdjustmentBelowZero
│   ├── raised above what is outstanding                        → ReceiptExceedsDispatch
│   ├── good, up or down                                        → usable, or in transit again
│   ├── damaged, lost, over up                                  → as a count would, with its discrepancy
│   ├── lowered, while a count is final                         → what is outstanding opens its discrepancy
│   ├── lowered, whose goods went on                            → shortage, told and a discrepancy; never refused
│   └── of a line it did not state                              → states it now
└── given a quantity dispatched
    ├── lowered                                                 → set aside again
    ├── lowered below what was counted                          → ReceiptExceedsDispatch
    ├── raised                                                  → taken from its allocation
    ├── raised above its allocation                             → the rest from what is free
    └── raised, whose allocation was released, or whose lot was recalled or expired meanwhile
        ├── and is still there                                  → in transit
        └── and went on                                         → shortage, told and a discrepancy; never refused
"""

import pytest
from clock import pass_s
from consignments import (
    DAMAGED,
    GOOD,
    KIND_DAMAGED,
    KIND_LOST,
    KIND_OUTSTANDING,
    KIND_OVER,
    KIND_SHORTAGE,
    LOST,
    OPEN,
    OVER,
    RECEIVED,
    adjustment_id,
    consignment_id,
    day_from_now,
    receipt_id,
)
from goods import DISTRIBUTED, USABLE, no_record, released
from names import AMOUNT_MAX, CHARITY, DAY_S, HOSPITAL, HOSPITAL_GROUP, STORE, ZERO, digest, record_id
from reverts import plain, reverts

A, R = consignment_id("a"), receipt_id("r")
NEW = adjustment_id(R, "d")


@pytest.fixture
def counted(journeys):
    """100 dispatched; 50 good, 10 damaged, 5 lost, 7 over."""
    journeys.sent("a", 100)
    return journeys.received("r", A, (0, 50, 10, 5, 7))


@pytest.mark.parametrize(("delta", "usable", "outstanding"), [(20, 70, 15), (-20, 30, 55)])
def test_adjust__good__usable_or_in_transit_and_told(delta, usable, outstanding, counted, journeys, goods, corrector):
    told = journeys.adjusted(R, "d", 0, GOOD, delta).events["RecordAdjusted"][0]
    assert plain(tuple(told.values())) == plain((NEW, R, corrector.person_id, 0, GOOD, delta, 0))
    assert goods.at(journeys.lot(A), HOSPITAL)[0] == usable
    assert journeys.outstanding(A) == outstanding
    assert journeys.part.receiptLineOf(R, 0)[GOOD] == usable


@pytest.mark.parametrize(
    ("field", "kind", "quantity"), [(DAMAGED, KIND_DAMAGED, "quarantined"), (LOST, KIND_LOST, "lost")]
)
def test_adjust__damaged_or_lost_up__as_a_count_would(field, kind, quantity, counted, journeys, goods):
    before = goods.quantities(journeys.lot(A))[quantity]
    journeys.adjusted(R, "d", 0, field, 3)
    assert goods.quantities(journeys.lot(A))[quantity] == before + 3
    assert journeys.discrepancy(kind, NEW) == (OPEN, 3)
    journeys.adjusted(R, "e", 0, field, -2)
    assert goods.quantities(journeys.lot(A))[quantity] == before + 1
    assert journeys.discrepancy(kind, adjustment_id(R, "e")) is None


def test_adjust__over__its_own_found_lot_up_the_receipts_down(consignment_ledger, counted, journeys, goods):
    journeys.adjusted(R, "d", 0, OVER, 4)
    own, first = consignment_ledger.overLotIdOf(NEW, 0), consignment_ledger.overLotIdOf(R, 0)
    assert (goods.quantities(own), goods.quantities(first)) == (
        {"found": 4, "quarantined": 4},
        {"found": 7, "quarantined": 7},
    )
    assert journeys.discrepancy(KIND_OVER, NEW) == (OPEN, 4)
    journeys.adjusted(R, "e", 0, OVER, -5)
    assert goods.quantities(first) == {"found": 2, "quarantined": 2}
    assert journeys.counts(A)[1 + OVER] == 6
    with reverts("AdjustmentBelowZero", R, 0, -3, 2):
        journeys.adjusted(R, "f", 0, OVER, -3)


def test_adjust__over_down_that_went_on__shortage(consignment_ledger, counted, journeys, goods, consignee):
    found = consignment_ledger.overLotIdOf(R, 0)
    own = record_id(HOSPITAL_GROUP, "disposal")
    released(journeys.ledger, "Disposal", own, found, 6, HOSPITAL)
    told = journeys.adjusted(R, "d", 0, OVER, -4).events["RecordAdjusted"][-1]
    assert told["shortage"] == 3
    assert journeys.discrepancy(KIND_SHORTAGE, NEW, 0, HOSPITAL_GROUP) == (OPEN, 3)


def test_adjust__good_down_that_went_on__shortage_never_refused(counted, journeys, goods, consignee):
    lot = journeys.lot(A)
    own = record_id(HOSPITAL_GROUP, "ward")
    released(journeys.ledger, "Distribution", own, lot, 45, HOSPITAL, 50)
    told = journeys.adjusted(R, "d", 0, GOOD, -20).events["RecordAdjusted"][0]
    assert told["shortage"] == 5, "five stood in quarantine beside the five that were free"
    assert goods.quantities(lot) == {"commissioned": 100, "shortage": 5, "inTransit": 55, "distributed": 45, "lost": 5}
    assert journeys.discrepancy(KIND_SHORTAGE, NEW, 0, HOSPITAL_GROUP) == (OPEN, 5)


def test_adjust__down_while_a_count_is_final__outstanding_opens(journeys):
    journeys.sent("a", 100)
    receipt = journeys.received("r", A, (0, 100, 0, 0, 0), final=True)
    assert journeys.discrepancy(KIND_OUTSTANDING, A) is None
    journeys.adjusted(receipt, "d", 0, GOOD, -10)
    assert journeys.discrepancy(KIND_OUTSTANDING, A) == (OPEN, 10)
    assert journeys.state(A) == RECEIVED


def test_adjust__line_not_stated__stated_now(journeys):
    journeys.sent("a", 100, 50)
    journeys.received("r", A, (0, 100, 0, 0, 0))
    journeys.adjusted(R, "d", 1, GOOD, 50)
    assert (journeys.counts(A, 1), journeys.state(A)) == ((50, 50, 0, 0, 0, 0), RECEIVED)
    journeys.reversed(NEW)
    journeys.reversed(R)
    assert journeys.counts(A, 1) == (50, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("field", "delta", "current"), [(GOOD, -51, 50), (DAMAGED, -11, 10), (LOST, -6, 5), (OVER, -8, 7)]
)
def test_adjust__below_zero__refused(field, delta, current, counted, journeys):
    with reverts("AdjustmentBelowZero", R, 0, delta, current):
        journeys.adjusted(R, "d", 0, field, delta)


@pytest.mark.parametrize("field", [GOOD, DAMAGED, LOST])
def test_adjust__above_what_is_outstanding__refused(field, counted, journeys):
    with reverts("ReceiptExceedsDispatch", A, 0, 36, 35):
        journeys.adjusted(R, "d", 0, field, 36)


def test_adjust__recorded_before__nothing_changes_or_conflict(counted, journeys):
    journeys.adjusted(R, "d", 0, GOOD, 5)
    assert no_record(journeys.adjusted(R, "d", 0, GOOD, 5))
    with reverts("RecordConflict", NEW):
        journeys.adjusted(R, "d", 0, GOOD, 6)
    assert journeys.counts(A)[1] == 55
    journeys.reversed(NEW)
    with reverts("RecordUnknown", NEW):
        journeys.adjusted(R, "d", 0, GOOD, 5)
    assert journeys.counts(A)[1] == 50


def test_adjust__id_of_another_organisation__refused(counted, consignment_ledger, goods):
    foreign = record_id(CHARITY, "adjustment")
    with reverts("ForeignRecordId", foreign, HOSPITAL_GROUP):
        consignment_ledger.adjustRecord(R, foreign, 0, GOOD, 1, 1, goods.part("Corrections"))


def test_adjust__unknown_or_out_of_effect__refused(counted, journeys):
    with reverts("RecordUnknown", receipt_id("none")):
        journeys.adjusted(receipt_id("none"), "d", 0, GOOD, 1)
    journeys.reversed(R)
    with reverts("RecordUnknown", R):
        journeys.adjusted(R, "d", 0, GOOD, 1)


def test_adjust__no_such_quantity__refused(consignment_ledger, counted, journeys, consignee):
    custody = record_id(HOSPITAL_GROUP, "custody")
    consignment_ledger.acceptCustody(custody, A, digest("handed"), consignee.tx)
    journeys.adjusted(R, "d", 0, GOOD, 1)
    for record, field in ((custody, 0), (NEW, GOOD), (R, 4), (A, 1)):
        with reverts("NotCorrectable", record):
            journeys.adjusted(record, "e", 0, field, 1)


def test_adjust__difference_out_of_range__refused(counted, journeys):
    for delta in (0, AMOUNT_MAX + 1, -AMOUNT_MAX - 1, -(2**63)):
        with reverts("AmountOutOfRange", NEW, abs(delta)):
            journeys.adjusted(R, "d", 0, GOOD, delta)


def test_adjust__line_unknown__refused(counted, journeys):
    with reverts("LineUnknown", A, 1):
        journeys.adjusted(R, "d", 1, GOOD, 1)


def test_adjust__dispatched_down__set_aside_again(counted, journeys, goods):
    told = journeys.adjusted(A, "less", 0, 0, -35).events["RecordAdjusted"][0]
    assert (told["recordId"], told["delta"], told["shortage"]) == (A, -35, 0)
    assert journeys.counts(A)[0] == 65
    assert journeys.state(A) == RECEIVED
    assert goods.at(journeys.lot(A), STORE) == (35, 35, 0)


def test_adjust__dispatched_below_what_was_counted__refused(counted, journeys):
    with reverts("ReceiptExceedsDispatch", A, 0, 36, 35):
        journeys.adjusted(A, "less", 0, 0, -36)


def test_adjust__dispatched_up__from_its_allocation(consignment_ledger, journeys, goods, dispatcher):
    lot = goods.given("a", 100)
    allocation = journeys.allocated(lot, 80)
    consignment_ledger.dispatch(
        A, STORE, HOSPITAL, 0, 0, ZERO, digest("waybill"), [(lot, 50, allocation)], dispatcher.tx
    )
    journeys.adjusted(A, "even more", 0, 0, 31)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 19, "inTransit": 81}
    journeys.reversed(adjustment_id(A, "even more"))
    journeys.adjusted(A, "more", 0, 0, 30)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 20, "inTransit": 80}
    journeys.reversed(adjustment_id(A, "more"))
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 50, "reserved": 30, "inTransit": 50}


@pytest.fixture
def half_sent(consignment_ledger, journeys, goods, dispatcher):
    """50 of a lot's 100 dispatched, of the 80 that were allocated; the lot's last day is the day after tomorrow."""
    lot = goods.given("a", 100, expiry=day_from_now(2))
    allocation = journeys.allocated(lot, 80)
    lines = [(lot, 50, allocation)]
    consignment_ledger.dispatch(A, STORE, HOSPITAL, 0, 0, ZERO, digest("waybill"), lines, dispatcher.tx)
    return allocation


def test_adjust__dispatched_up_of_a_recalled_and_expired_lot__in_transit(half_sent, journeys, goods):
    goods.supply.markRecalled(journeys.lot(A), True, goods.part("StockLedger"))
    pass_s(4 * DAY_S)
    journeys.adjusted(A, "more", 0, 0, 30)
    assert goods.quantities(journeys.lot(A)) == {"commissioned": 100, "usable": 20, "inTransit": 80}


def test_adjust__dispatched_up_since_released__from_what_is_free_or_a_shortage(
    half_sent, journeys, goods, need_ledger, allocator
):
    lot = journeys.lot(A)
    need_ledger.releaseGoodsAllocation(half_sent, allocator.tx)
    journeys.adjusted(A, "some more", 0, 0, 10)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 40, "inTransit": 60}
    goods.supply.move(lot, STORE, USABLE, DISTRIBUTED, 35, goods.part("StockLedger"))
    told = journeys.adjusted(A, "more", 0, 0, 20).events["RecordAdjusted"][-1]
    more = adjustment_id(A, "more")
    assert (told["adjustmentId"], told["shortage"]) == (more, 15)
    assert goods.quantities(lot) == {"commissioned": 100, "shortage": 15, "inTransit": 80, "distributed": 35}
    assert journeys.discrepancy(KIND_SHORTAGE, more) == (OPEN, 15)
    journeys.reversed(more)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 5, "inTransit": 60, "distributed": 35}


def test_adjust__dispatched_down_taken_back_since_released__shortage_of_its_line(
    half_sent, journeys, goods, need_ledger, allocator, corrector
):
    lot, less = journeys.lot(A), adjustment_id(A, "less")
    journeys.adjusted(A, "less", 0, 0, -50)
    need_ledger.releaseGoodsAllocation(half_sent, allocator.tx)
    goods.supply.move(lot, STORE, USABLE, DISTRIBUTED, 90, goods.part("StockLedger"))
    told = journeys.reversed(less).events["RecordReversed"][-1]
    assert plain(tuple(told.values())) == plain((less, A, corrector.person_id, ((0, 40, 0),)))
    assert journeys.discrepancy(KIND_SHORTAGE, less) == (OPEN, 40)
    assert journeys.outstanding(A) == 50


def test_adjust__returned_up_of_what_went_on__shortage_never_refused(counted, journeys, goods, consignment_ledger):
    back = record_id(HOSPITAL_GROUP, "consignment", "back")
    lot, sender = journeys.lot(A), journeys.actors["consignee"]
    consignment_ledger.dispatch(back, HOSPITAL, STORE, 0, 0, A, digest("waybill"), [(lot, 20, ZERO)], sender.tx)
    goods.supply.move(lot, HOSPITAL, USABLE, DISTRIBUTED, 30, goods.part("StockLedger"))
    with reverts("ReturnExceedsReceipt", back, 0, 31, 30):
        journeys.adjusted(back, "more", 0, 0, 31)
    journeys.adjusted(back, "more", 0, 0, 30)
    # Ten stood in quarantine at the hospital.
    assert journeys.discrepancy(KIND_SHORTAGE, adjustment_id(back, "more"), 0, HOSPITAL_GROUP) == (OPEN, 20)


def test_adjust__dispatched_up_after_a_final_count__outstanding_opens(consignment_ledger, journeys, goods, dispatcher):
    lot = goods.given("a", 100)
    allocation = journeys.allocated(lot, 80)
    consignment_ledger.dispatch(
        A, STORE, HOSPITAL, 0, 0, ZERO, digest("waybill"), [(lot, 50, allocation)], dispatcher.tx
    )
    journeys.received("r", A, (0, 50, 0, 0, 0), final=True)
    journeys.adjusted(A, "more", 0, 0, 10)
    assert journeys.discrepancy(KIND_OUTSTANDING, A) == (OPEN, 10)
