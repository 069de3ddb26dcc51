"""ConsignmentLedger.writeOff

├── when the caller is not Discrepancies                       → NotPart (behaviours/)
├── given the consignment is unknown, or has no such line      → RecordUnknown, LineUnknown
├── given nothing is outstanding on the line                   → NothingOutstanding
├── given the id is of another kind of record                  → RecordConflict
└── given two persons resolved the discrepancy as written off  → emits OutstandingWrittenOff; what was outstanding is lost
    ├── on the last line with something outstanding            → the consignment is Received
    ├── and more is received afterwards                        → ReceiptExceedsDispatch
    ├── and it was opened again, and written off again         → the quantities add up under its id
    ├── of less than is outstanding now                        → what they agreed on; the rest is open again
    ├── of more than is outstanding now                        → what is outstanding
    └── and the quantity changed since it was proposed         → what was proposed has fallen, nothing is written off
"""

from consignments import (
    DISPATCHED,
    KIND_OUTSTANDING,
    KIND_OVERDUE,
    OPEN,
    PROPOSED,
    RECEIVED,
    VERIFIED,
    WRITTEN_OFF,
    consignment_id,
    receipt_id,
)
from names import CHARITY, digest, record_id
from reverts import plain, reverts

A, KEY = consignment_id("a"), record_id(CHARITY, "discrepancy")


def test_write_off__unknown__refused(consignment_ledger, journeys, goods):
    with reverts("RecordUnknown", A):
        consignment_ledger.writeOff(KEY, A, 0, 10, 1, goods.part("Discrepancies"))
    journeys.sent("a", 10)
    with reverts("LineUnknown", A, 1):
        consignment_ledger.writeOff(KEY, A, 1, 10, 1, goods.part("Discrepancies"))


def test_write_off__nothing_outstanding__refused(consignment_ledger, journeys, goods):
    journeys.sent("a", 10)
    journeys.received("all", A, (0, 10, 0, 0, 0))
    with reverts("NothingOutstanding", A, 0):
        consignment_ledger.writeOff(KEY, A, 0, 10, 1, goods.part("Discrepancies"))


def test_write_off__id_of_a_receipt__conflict(consignment_ledger, journeys, goods):
    journeys.sent("a", 10)
    receipt = journeys.received("part", A, (0, 1, 0, 0, 0))
    with reverts("RecordConflict", receipt):
        consignment_ledger.writeOff(receipt, A, 0, 10, 1, goods.part("Discrepancies"))


def test_write_off__resolved_by_two__lost_and_told(
    discrepancies, consignment_ledger, journeys, goods, corrector, correction_approver
):
    journeys.sent("a", 100, 50)
    journeys.received("a", A, (0, 90, 0, 0, 0), (1, 50, 0, 0, 0), final=True)
    key = str(discrepancies.discrepancyIdOf(KIND_OUTSTANDING, CHARITY, A, 0))
    discrepancies.proposeResolution(key, 1, WRITTEN_OFF, 10, digest("why"), corrector.tx)
    told = discrepancies.confirmResolution(key, 1, correction_approver.tx).events["OutstandingWrittenOff"][0]
    assert plain(tuple(told.values())) == plain((key, A, correction_approver.person_id, 0, 10))
    assert journeys.counts(A) == (100, 90, 0, 0, 0, 10)
    assert goods.quantities(journeys.lot(A)) == {"commissioned": 100, "usable": 90, "lost": 10}
    assert journeys.state(A) == RECEIVED


def test_write_off__nothing_ever_came__received_when_the_last_line_is_gone(consignment_ledger, journeys, dispatcher):
    journeys.sent("a", 10, 20, due=1)
    consignment_ledger.noteOverdue(A, dispatcher.tx)
    journeys.resolved(KIND_OVERDUE, A, WRITTEN_OFF, 0)
    assert journeys.state(A) == DISPATCHED
    journeys.resolved(KIND_OVERDUE, A, WRITTEN_OFF, 1)
    assert journeys.state(A) == RECEIVED
    assert consignment_ledger.possessorOf(A) == 0


def test_write_off__found_afterwards__only_as_over_or_by_correcting_it(consignment_ledger, journeys, consignee):
    journeys.sent("a", 100)
    journeys.received("a", A, (0, 90, 0, 0, 0), final=True)
    key = journeys.resolved(KIND_OUTSTANDING, A, WRITTEN_OFF)
    found = (receipt_id("found"), A, False, VERIFIED, digest("found"), [(0, 10, 0, 0, 0)])
    with reverts("ReceiptExceedsDispatch", A, 0, 10, 0):
        consignment_ledger.receiveConsignment(*found, consignee.tx)
    journeys.reversed(key)
    consignment_ledger.receiveConsignment(*found, consignee.tx)
    assert journeys.counts(A) == (100, 100, 0, 0, 0, 0)


def test_write_off__opened_again__adds_up(journeys, goods):
    journeys.sent("a", 100)
    receipt = journeys.received("a", A, (0, 90, 0, 0, 0), final=True)
    key = journeys.resolved(KIND_OUTSTANDING, A, WRITTEN_OFF)
    journeys.adjusted(receipt, "miscounted", 0, 0, -5)
    assert journeys.discrepancy(KIND_OUTSTANDING, A) == (OPEN, 5)
    assert journeys.resolved(KIND_OUTSTANDING, A, WRITTEN_OFF) == key
    assert journeys.counts(A) == (100, 85, 0, 0, 0, 15)
    journeys.reversed(key)
    assert journeys.counts(A) == (100, 85, 0, 0, 0, 0)
    assert goods.quantities(journeys.lot(A)) == {"commissioned": 100, "usable": 85, "inTransit": 15}


def test_write_off__grown_since_it_was_proposed__nothing_beyond_what_both_saw(
    discrepancies, journeys, corrector, correction_approver
):
    journeys.sent("a", 100)
    first = journeys.received("first", A, (0, 50, 0, 0, 0))
    journeys.received("second", A, (0, 40, 0, 0, 0), final=True)
    key = str(discrepancies.discrepancyIdOf(KIND_OUTSTANDING, CHARITY, A, 0))
    discrepancies.proposeResolution(key, 1, WRITTEN_OFF, 10, digest("ten are gone"), corrector.tx)
    journeys.reversed(first)
    assert journeys.discrepancy(KIND_OUTSTANDING, A) == (OPEN, 60)
    with reverts("DiscrepancyUnexpectedState", key, OPEN, PROPOSED):
        discrepancies.confirmResolution(key, 1, correction_approver.tx)
    assert journeys.counts(A) == (100, 40, 0, 0, 0, 0)


def test_write_off__less_agreed_than_is_outstanding__the_rest_is_open_again(
    discrepancies, consignment_ledger, journeys, goods, corrector, correction_approver, dispatcher
):
    journeys.sent("a", 100, due=1)
    receipt = journeys.received("a", A, (0, 90, 0, 0, 0))
    consignment_ledger.noteOverdue(A, dispatcher.tx)
    final = journeys.received("final", A, (0, 0, 0, 0, 1), final=True)
    overdue = str(discrepancies.discrepancyIdOf(KIND_OVERDUE, CHARITY, A, 0))
    discrepancies.proposeResolution(overdue, 1, WRITTEN_OFF, 10, digest("ten are gone"), corrector.tx)
    journeys.reversed(receipt)  # with a final count, what rises is Outstanding, not Overdue
    told = discrepancies.confirmResolution(overdue, 1, correction_approver.tx).events
    assert told["OutstandingWrittenOff"]["quantity"] == 10
    assert journeys.counts(A) == (100, 0, 0, 0, 1, 10)
    assert goods.quantities(journeys.lot(A)) == {"commissioned": 100, "inTransit": 90, "lost": 10}
    assert journeys.discrepancy(KIND_OUTSTANDING, A) == (OPEN, 90)
    journeys.reversed(final)
    assert journeys.discrepancy(KIND_OVERDUE, A) == (OPEN, 90)


def test_write_off__less_outstanding_than_agreed__what_is_outstanding(
    discrepancies, journeys, corrector, correction_approver
):
    journeys.sent("a", 100)
    journeys.received("a", A, (0, 90, 0, 0, 0), final=True)
    key = str(discrepancies.discrepancyIdOf(KIND_OUTSTANDING, CHARITY, A, 0))
    discrepancies.proposeResolution(key, 1, WRITTEN_OFF, 10, digest("ten are gone"), corrector.tx)
    journeys.received("late", A, (0, 4, 0, 0, 0))
    assert (
        discrepancies.confirmResolution(key, 1, correction_approver.tx).events["OutstandingWrittenOff"]["quantity"] == 6
    )
    assert (journeys.counts(A), journeys.state(A)) == ((100, 94, 0, 0, 0, 6), RECEIVED)
