"""ConsignmentLedger.reverseRecord

├── when the caller is not Corrections                          → NotPart (behaviours/)
├── given the record is unknown, voided or reversed             → RecordUnknown
├── given a consignment
│   ├── with receipts, custody, returns, adjustments, write-off → HasDependents with how many
│   └── with none                                               → Reversed; the goods are set aside again
├── given a custody
│   ├── that is not the last                                    → HasDependents
│   └── that is the last                                        → who had it before has it again
├── given a receipt
│   ├── with adjustments                                        → HasDependents
│   ├── whose goods are still there                             → in transit again, the found lot out of effect
│   ├── whose goods went on                                     → shortage, told and a discrepancy; never refused
│   ├── that was the last final one                             → PartlyReceived or Dispatched again
│   ├── while another one is final                              → what is outstanding again opens its discrepancy
│   ├── of a line that was settled when it was noted as overdue → Overdue, with what is outstanding now
│   └── that was the last final one of what is overdue          → Overdue, also where Outstanding was explained
├── given an adjustment                                         → as it was before
└── given a write-off                                           → outstanding again, with its discrepancy
"""

from consignments import (
    DAMAGED,
    DISPATCHED,
    EXPLAINED,
    GOOD,
    KIND_OUTSTANDING,
    KIND_OVERDUE,
    KIND_SHORTAGE,
    OPEN,
    OVER,
    PARTLY_RECEIVED,
    RECEIVED,
    REVERSED,
    WAYBILL,
    WRITTEN_OFF,
    adjustment_id,
    consignment_id,
    receipt_id,
)
from goods import released
from names import CHARITY, HOSPITAL, HOSPITAL_GROUP, STORE, ZERO, digest, record_id
from reverts import plain, reverts

A = consignment_id("a")
CUSTODY = record_id(CHARITY, "custody")


def distributed(journeys, lot, quantity, name="ward"):
    """Goods that the hospital handed out."""
    released(journeys.ledger, "Distribution", record_id(HOSPITAL_GROUP, name), lot, quantity, HOSPITAL, 50)


def test_reverse__unknown_or_no_longer_in_effect__refused(consignment_ledger, journeys, dispatcher):
    with reverts("RecordUnknown", A):
        journeys.reversed(A)
    journeys.sent("a", 10)
    journeys.reversed(A)
    with reverts("RecordUnknown", A):
        journeys.reversed(A)
    journeys.sent("b", 10)
    consignment_ledger.voidDispatch(consignment_id("b"), digest("why"), dispatcher.tx)
    with reverts("RecordUnknown", consignment_id("b")):
        journeys.reversed(consignment_id("b"))


def test_reverse__dispatch__reserved_again_and_told(consignment_ledger, journeys, goods, corrector):
    journeys.sent("a", 60, 40)
    assert consignment_ledger.inEffect(A)
    told = journeys.reversed(A).events["RecordReversed"][0]
    assert plain(tuple(told.values())) == plain((A, A, corrector.person_id, ()))
    assert journeys.state(A) == REVERSED
    assert not consignment_ledger.inEffect(A)
    for number, quantity in enumerate((60, 40)):
        assert goods.quantities(journeys.lot(A, number)) == {
            "commissioned": quantity,
            "usable": quantity,
            "reserved": quantity,
        }


def test_reverse__dispatch_with_dependents__newest_first(consignment_ledger, journeys, carrier, consignee):
    journeys.sent("a", 100, carrier=carrier.person_id)
    consignment_ledger.acceptCustody(CUSTODY, A, digest("handed"), carrier.tx)
    receipt = journeys.received("part", A, (0, 90, 0, 0, 0), final=True)
    key = journeys.resolved(KIND_OUTSTANDING, A, WRITTEN_OFF)
    journeys.reversed(key)
    journeys.adjusted(A, "less", 0, 0, -1)
    back = record_id(HOSPITAL_GROUP, "consignment", "back")
    consignment_ledger.dispatch(back, HOSPITAL, STORE, 0, 0, A, WAYBILL, [(journeys.lot(A), 9, ZERO)], consignee.tx)
    for left, record in ((4, back), (3, adjustment_id(A, "less")), (2, receipt), (1, CUSTODY)):
        with reverts("HasDependents", A, left):
            journeys.reversed(A)
        journeys.reversed(record)
    journeys.reversed(A)
    assert journeys.goods.quantities(journeys.lot(A)) == {"commissioned": 100, "usable": 100, "reserved": 100}


def test_reverse__custody__who_had_it_before_has_it(consignment_ledger, journeys, carrier, allrounder):
    journeys.sent("a", 10, carrier=carrier.person_id)
    second = record_id(CHARITY, "custody", "second")
    consignment_ledger.acceptCustody(CUSTODY, A, digest("handed"), carrier.tx)
    consignment_ledger.acceptCustody(second, A, digest("handed"), allrounder.tx)
    with reverts("HasDependents", CUSTODY, 1):
        journeys.reversed(CUSTODY)
    journeys.reversed(second)
    assert consignment_ledger.possessorOf(A) == carrier.person_id
    journeys.reversed(CUSTODY)
    assert consignment_ledger.possessorOf(A) == 0


def test_reverse__receipt__in_transit_again(consignment_ledger, supply_ledger, journeys, goods, corrector):
    journeys.sent("a", 100)
    receipt = journeys.received("a", A, (0, 80, 6, 4, 7), final=True)
    found = consignment_ledger.overLotIdOf(receipt, 0)
    told = journeys.reversed(receipt).events
    assert plain(tuple(told["RecordReversed"][-1].values())) == plain((receipt, A, corrector.person_id, ()))
    assert goods.quantities(journeys.lot(A)) == {"commissioned": 100, "inTransit": 100}
    assert (journeys.counts(A), journeys.state(A)) == ((100, 0, 0, 0, 0, 0), DISPATCHED)
    assert not supply_ledger.inEffect(found)
    assert goods.quantities(found) == {}
    assert consignment_ledger.possessorOf(A) == 0


def test_reverse__receipt_with_adjustment__newest_first(journeys):
    journeys.sent("a", 100)
    receipt = journeys.received("a", A, (0, 80, 0, 0, 0))
    journeys.adjusted(receipt, "more", 0, GOOD, 5)
    with reverts("HasDependents", receipt, 1):
        journeys.reversed(receipt)
    journeys.reversed(adjustment_id(receipt, "more"))
    journeys.reversed(receipt)
    assert journeys.counts(A) == (100, 0, 0, 0, 0, 0)


def test_reverse__receipt_whose_goods_went_on__shortage_never_refused(journeys, goods, corrector):
    journeys.sent("a", 100, 50)
    receipt = journeys.received("a", A, (0, 80, 20, 0, 0), (1, 50, 0, 0, 0))
    lot = journeys.lot(A)
    distributed(journeys, lot, 70)
    told = journeys.reversed(receipt).events["RecordReversed"][-1]
    assert plain(tuple(told.values())) == plain((receipt, A, corrector.person_id, ((0, 50, 20),)))
    assert goods.quantities(lot) == {"commissioned": 100, "shortage": 70, "inTransit": 100, "distributed": 70}
    assert goods.quantities(journeys.lot(A, 1)) == {"commissioned": 50, "inTransit": 50}
    assert journeys.discrepancy(KIND_SHORTAGE, receipt, 0, HOSPITAL_GROUP) == (OPEN, 70)
    assert journeys.discrepancy(KIND_SHORTAGE, receipt, 1, HOSPITAL_GROUP) is None


def test_reverse__received_anew__shortage_is_covered(journeys, goods):
    journeys.sent("a", 100)
    receipt = journeys.received("a", A, (0, 100, 0, 0, 0))
    lot = journeys.lot(A)
    distributed(journeys, lot, 70)
    journeys.reversed(receipt)
    journeys.received("anew", A, (0, 90, 0, 0, 0))
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 20, "inTransit": 10, "distributed": 70}


def test_reverse__over_that_went_on__shortage(consignment_ledger, journeys, goods, consignee):
    journeys.sent("a", 10)
    receipt = journeys.received("a", A, (0, 10, 0, 0, 7))
    found = consignment_ledger.overLotIdOf(receipt, 0)
    own = record_id(HOSPITAL_GROUP, "disposal")
    released(journeys.ledger, "Disposal", own, found, 5, HOSPITAL)
    journeys.reversed(receipt)
    assert goods.quantities(found) == {"shortage": 5, "disposed": 5}
    assert journeys.discrepancy(KIND_SHORTAGE, receipt, 0, HOSPITAL_GROUP) == (OPEN, 5)


def test_reverse__one_receipt_of_two__the_other_stays(journeys, goods):
    journeys.sent("a", 100)
    first = journeys.received("first", A, (0, 60, 0, 0, 0))
    journeys.received("second", A, (0, 40, 0, 0, 0))
    journeys.reversed(first)
    assert (journeys.counts(A), journeys.state(A)) == ((100, 40, 0, 0, 0, 0), PARTLY_RECEIVED)
    assert goods.at(journeys.lot(A), HOSPITAL) == (40, 0, 0)


def test_reverse__while_another_is_final__outstanding_opens(journeys):
    journeys.sent("a", 100)
    first = journeys.received("first", A, (0, 60, 0, 0, 0))
    journeys.received("second", A, (0, 40, 0, 0, 0), final=True)
    journeys.reversed(first)
    assert journeys.state(A) == RECEIVED
    assert journeys.discrepancy(KIND_OUTSTANDING, A) == (OPEN, 60)


def test_reverse__settled_when_noted_as_overdue__overdue_opens(consignment_ledger, journeys, dispatcher):
    journeys.sent("a", 100, 50, due=1)
    receipt = journeys.received("a", A, (0, 100, 0, 0, 0))
    consignment_ledger.noteOverdue(A, dispatcher.tx)
    assert journeys.discrepancy(KIND_OVERDUE, A) is None
    journeys.adjusted(receipt, "less", 0, GOOD, -10)
    assert journeys.discrepancy(KIND_OVERDUE, A) == (OPEN, 10)
    journeys.reversed(adjustment_id(receipt, "less"))
    journeys.reversed(receipt)
    assert [journeys.discrepancy(KIND_OVERDUE, A, line_no) for line_no in (0, 1)] == [(OPEN, 100), (OPEN, 50)]
    journeys.adjusted(A, "less", 1, 0, -20)
    journeys.reversed(adjustment_id(A, "less"))
    assert journeys.discrepancy(KIND_OUTSTANDING, A) is None


def test_reverse__last_final_of_what_is_overdue__overdue_opens(consignment_ledger, journeys, dispatcher):
    journeys.sent("a", 100, 50, due=1)
    receipt = journeys.received("a", A, (0, 100, 0, 0, 0), (1, 20, 0, 0, 0))
    consignment_ledger.noteOverdue(A, dispatcher.tx)
    journeys.resolved(KIND_OVERDUE, A, EXPLAINED, 1)
    final = journeys.received("final", A, (0, 0, 0, 0, 1), final=True)
    journeys.adjusted(receipt, "less", 0, GOOD, -10)
    journeys.resolved(KIND_OUTSTANDING, A, EXPLAINED, 0)
    journeys.resolved(KIND_OUTSTANDING, A, EXPLAINED, 1)
    journeys.reversed(final)
    assert [journeys.discrepancy(KIND_OVERDUE, A, line_no) for line_no in (0, 1)] == [(OPEN, 10), (OPEN, 30)]


def test_reverse__adjustments__as_before(consignment_ledger, journeys, goods):
    journeys.sent("a", 100)
    receipt = journeys.received("a", A, (0, 50, 10, 0, 7))
    before = goods.all_quantities(journeys.lot(A)), goods.at(journeys.lot(A), HOSPITAL), journeys.counts(A)
    changes = ((GOOD, -20), (GOOD, 15), (DAMAGED, -10), (DAMAGED, 4), (2, 9), (OVER, -7), (OVER, 3))
    for number, (field, delta) in enumerate(changes):
        journeys.adjusted(receipt, f"{number}", 0, field, delta)
    assert journeys.counts(A) == (100, 45, 4, 9, 3, 0)
    for number in reversed(range(len(changes))):
        journeys.reversed(adjustment_id(receipt, f"{number}"))
    assert (goods.all_quantities(journeys.lot(A)), goods.at(journeys.lot(A), HOSPITAL), journeys.counts(A)) == before
    assert goods.quantities(consignment_ledger.overLotIdOf(receipt, 0)) == {"found": 7, "quarantined": 7}
    assert goods.quantities(consignment_ledger.overLotIdOf(adjustment_id(receipt, "6"), 0)) == {}


def test_reverse__adjustment_whose_goods_went_on__shortage_of_its_kind(journeys, goods, corrector):
    journeys.sent("a", 100)
    receipt = journeys.received("a", A, (0, 50, 0, 0, 0))
    journeys.adjusted(receipt, "more", 0, GOOD, 30)
    distributed(journeys, journeys.lot(A), 80)
    more = adjustment_id(receipt, "more")
    told = journeys.reversed(more).events["RecordReversed"][-1]
    assert plain(tuple(told.values())) == plain((more, A, corrector.person_id, ((0, 30, 0),)))
    assert journeys.discrepancy(KIND_SHORTAGE, more, 0, HOSPITAL_GROUP) == (OPEN, 30)


def test_reverse__write_off__outstanding_again(journeys, goods, dispatcher, consignment_ledger):
    journeys.sent("a", 100, due=1)
    consignment_ledger.noteOverdue(A, dispatcher.tx)
    key = journeys.resolved(KIND_OVERDUE, A, WRITTEN_OFF)
    assert goods.quantities(journeys.lot(A)) == {"commissioned": 100, "lost": 100}
    journeys.reversed(key)
    assert goods.quantities(journeys.lot(A)) == {"commissioned": 100, "inTransit": 100}
    assert (journeys.state(A), journeys.counts(A)) == (DISPATCHED, (100, 0, 0, 0, 0, 0))
    assert journeys.discrepancy(KIND_OVERDUE, A) == (OPEN, 100)
    assert receipt_id("a") != key


def test_reverse__through_a_correction_by_two__out_of_effect(
    corrections, consignment_ledger, journeys, consignee, goods
):
    journeys.sent("a", 100)
    receipt = journeys.received("a", A, (0, 100, 0, 0, 0))
    with reverts("NotPart", consignee.account, "0x" + b"Corrections".hex().ljust(64, "0")):
        consignment_ledger.reverseRecord(receipt, consignee.person_id, consignee.tx)
    journeys.corrected(receipt)
    assert goods.quantities(journeys.lot(A)) == {"commissioned": 100, "inTransit": 100}
