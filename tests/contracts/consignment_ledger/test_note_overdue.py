"""ConsignmentLedger.noteOverdue

├── given the consignment is unknown                    → RecordUnknown
├── when nobody stands behind the account               → AccountUnknown
├── when the caller is of an exercise                   → ExerciseMixed
├── given it has no due date                            → NotOverdue
├── given the due date has not passed                   → NotOverdue
├── given nothing is outstanding                        → NotOverdue
├── given it was voided                                 → ConsignmentUnexpectedState
├── given it was noted                                  → nothing changes, even when it has arrived since
└── given it is late, by anybody with an account        → emits OverdueNoted, discrepancy Overdue per line
"""

from clock import now_s, pass_s
from consignments import KIND_OVERDUE, OPEN, VOIDED, consignment_id
from goods import no_record
from names import EXERCISE, HOSPITAL, digest
from reverts import plain, reverts

A = consignment_id("a")


def test_note_overdue__unknown__refused(consignment_ledger, dispatcher):
    with reverts("RecordUnknown", A):
        consignment_ledger.noteOverdue(A, dispatcher.tx)


def test_note_overdue__late__told_and_open_per_line(consignment_ledger, journeys, outsider):
    due = now_s() + 1_000
    journeys.sent("a", 100, 50, 30, due=due)
    journeys.received("part", A, (0, 90, 0, 0, 0), (1, 50, 0, 0, 0))
    with reverts("NotOverdue", A, due):
        consignment_ledger.noteOverdue(A, outsider.tx)
    pass_s(1_001)
    told = consignment_ledger.noteOverdue(A, outsider.tx).events["OverdueNoted"][0]
    assert plain(tuple(told.values())) == plain((A, HOSPITAL, outsider.person_id))
    assert [journeys.discrepancy(KIND_OVERDUE, A, n) for n in range(3)] == [(OPEN, 10), None, (OPEN, 30)]


def test_note_overdue__no_due_date__refused(consignment_ledger, journeys, dispatcher):
    journeys.sent("a", 10)
    with reverts("NotOverdue", A, 0):
        consignment_ledger.noteOverdue(A, dispatcher.tx)


def test_note_overdue__all_arrived__refused(consignment_ledger, journeys, dispatcher):
    journeys.sent("a", 10, due=1)
    journeys.received("all", A, (0, 10, 0, 0, 0))
    with reverts("NotOverdue", A, 1):
        consignment_ledger.noteOverdue(A, dispatcher.tx)


def test_note_overdue__voided__refused(consignment_ledger, journeys, dispatcher):
    journeys.sent("a", 10, due=1)
    consignment_ledger.voidDispatch(A, digest("why"), dispatcher.tx)
    with reverts("ConsignmentUnexpectedState", A, VOIDED):
        consignment_ledger.noteOverdue(A, dispatcher.tx)


def test_note_overdue__noted_before__nothing_changes(consignment_ledger, journeys, dispatcher, partner):
    journeys.sent("a", 10, due=1)
    consignment_ledger.noteOverdue(A, dispatcher.tx)
    assert no_record(consignment_ledger.noteOverdue(A, partner.tx))
    journeys.received("all", A, (0, 10, 0, 0, 0))
    assert no_record(consignment_ledger.noteOverdue(A, partner.tx))


def test_note_overdue__by_nobody__refused(consignment_ledger, journeys, stranger):
    journeys.sent("a", 10, due=1)
    with reverts("AccountUnknown", stranger):
        consignment_ledger.noteOverdue(A, {"from": stranger})


def test_note_overdue__by_a_person_of_an_exercise__refused(consignment_ledger, journeys, demonstrator):
    journeys.sent("a", 10, due=1)
    with reverts("ExerciseMixed", A, f"0x{EXERCISE:08x}" + "00" * 28):
        consignment_ledger.noteOverdue(A, demonstrator.tx)
