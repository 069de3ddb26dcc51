"""ConsignmentLedger.receiveConsignment

├── given the consignment is unknown                            → RecordUnknown
├── when the caller is no consignee of the receiving facility   → MissingRole, even with the role at another facility
├── when the caller dispatched it, from either account          → SamePerson
├── given the receipt's id is another organisation's            → ForeignRecordId
├── given it was recorded: same content, other content          → nothing changes, RecordConflict
├── given it was voided                                         → ConsignmentUnexpectedState
├── given no line, or one all zero                              → ReceiptEmpty
├── given a line the consignment does not have                  → LineUnknown
├── given a line twice                                          → LineRepeated
├── given more than is outstanding, in one count or several     → ReceiptExceedsDispatch with what was outstanding
├── given too much over                                         → AmountOutOfRange
├── given all is well
│   ├── good                                                    → usable at the receiving facility
│   ├── damaged                                                 → quarantined there, discrepancy Damaged
│   ├── lost                                                    → lost, discrepancy Lost
│   ├── over                                                    → a found lot in quarantine, discrepancy Over
│   ├── several counts                                          → add up; each of them shows its own discrepancies
│   ├── final, with something outstanding                       → Received, discrepancy Outstanding per line
│   ├── final, with nothing outstanding                         → Received, no discrepancy
│   └── after the final one                                     → found later, or over: accepted
└── given the truth does not fit any more
    └── more after all is received                              → ReceiptExceedsDispatch; as over it is accepted
"""

import pytest
from consignments import (
    DISPATCHED,
    INFERRED,
    KIND_DAMAGED,
    KIND_LOST,
    KIND_OUTSTANDING,
    KIND_OVER,
    OPEN,
    PARTLY_RECEIVED,
    RECEIVED,
    VERIFIED,
    VOIDED,
    consignment_id,
    receipt_id,
)
from goods import FOUND_LOT, no_record
from names import AMOUNT_MAX, CHARITY, HOSPITAL, HOSPITAL_GROUP, OTHER_STORE, STORE, ascii_word, digest, record_id
from reverts import plain, refusal_of, reverts

A, RECEIPT = consignment_id("a"), receipt_id("r")


def statement(*lines, receipt=RECEIPT, consignment=A, final=False):
    """The arguments of a receipt."""
    return (receipt, consignment, final, VERIFIED, digest("r"), list(lines))


def test_receive__consignment_unknown__refused(consignment_ledger, consignee):
    with reverts("RecordUnknown", A):
        consignment_ledger.receiveConsignment(*statement((0, 1, 0, 0, 0)), consignee.tx)


def test_receive__good__usable_and_told(consignment_ledger, journeys, goods, consignee):
    journeys.sent("a", 100)
    arguments = (RECEIPT, A, False, INFERRED, digest("r"), [(0, 60, 0, 0, 0)])
    told = consignment_ledger.receiveConsignment(*arguments, consignee.tx).events["ConsignmentReceived"][0]
    assert plain(tuple(told.values())) == plain(
        (RECEIPT, A, consignee.person_id, False, INFERRED, digest("r"), ((0, 60, 0, 0, 0),))
    )
    lot = journeys.lot(A)
    assert goods.at(lot, HOSPITAL) == (60, 0, 0)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 60, "inTransit": 40}
    assert (journeys.state(A), journeys.outstanding(A)) == (PARTLY_RECEIVED, 40)
    assert tuple(consignment_ledger.receiptLineOf(RECEIPT, 0)) == (60, 0, 0, 0)
    assert journeys.discrepancies.journal()[1] == 0


def test_receive__by_who_may_not__refused(consignment_ledger, journeys, partner, dispatcher):
    journeys.sent("a", 10)
    for actor in (partner, dispatcher):
        expected = ("MissingRole", actor.account, HOSPITAL_GROUP, ascii_word("CONSIGNEE"), HOSPITAL)
        assert refusal_of(consignment_ledger.receiveConsignment, statement((0, 1, 0, 0, 0)), actor.account) == plain(
            expected
        )


def test_receive__consignee_of_another_facility__refused(consignment_ledger, journeys, allrounder):
    journeys.sent("a", 10, to=OTHER_STORE)
    own = record_id(CHARITY, "receipt")
    with reverts("MissingRole", allrounder.account, CHARITY, ascii_word("CONSIGNEE"), OTHER_STORE):
        consignment_ledger.receiveConsignment(*statement((0, 1, 0, 0, 0), receipt=own), allrounder.tx)


def test_receive__by_the_dispatcher__refused_from_either_account(consignment_ledger, journeys, allrounder):
    journeys.sent("a", 10, to=STORE, origin=OTHER_STORE, by="allrounder")
    arguments = statement((0, 1, 0, 0, 0), receipt=record_id(CHARITY, "receipt"))
    for account in (allrounder.account, allrounder.second_account):
        refusal = refusal_of(consignment_ledger.receiveConsignment, arguments, account)
        assert refusal == ("SamePerson", A, allrounder.person_id)


def test_receive__dispatched_by_another__same_store_keeper_may(consignment_ledger, journeys, allrounder):
    journeys.sent("a", 10, to=STORE, origin=OTHER_STORE)
    arguments = statement((0, 10, 0, 0, 0), receipt=record_id(CHARITY, "receipt"))
    consignment_ledger.receiveConsignment(*arguments, allrounder.tx_second)
    assert journeys.state(A) == RECEIVED


def test_receive__id_of_another_organisation__refused(consignment_ledger, journeys, consignee):
    journeys.sent("a", 10)
    foreign = record_id(CHARITY, "receipt")
    with reverts("ForeignRecordId", foreign, HOSPITAL_GROUP):
        consignment_ledger.receiveConsignment(*statement((0, 1, 0, 0, 0), receipt=foreign), consignee.tx)


def test_receive__recorded_before__nothing_changes_or_conflict(consignment_ledger, journeys, consignee):
    journeys.sent("a", 10)
    arguments = statement((0, 4, 1, 1, 2), final=True)
    consignment_ledger.receiveConsignment(*arguments, consignee.tx)
    before = [journeys.ledger[part].journal() for part in journeys.ledger.parts]
    assert no_record(consignment_ledger.receiveConsignment(*arguments, consignee.tx))
    assert [journeys.ledger[part].journal() for part in journeys.ledger.parts] == before
    for other in (statement((0, 4, 1, 1, 2)), statement((0, 4, 1, 1, 3), final=True)):
        assert refusal_of(consignment_ledger.receiveConsignment, other, consignee.account) == (
            "RecordConflict",
            RECEIPT,
        )


def test_receive__voided__refused(consignment_ledger, journeys, dispatcher, consignee):
    journeys.sent("a", 10)
    consignment_ledger.voidDispatch(A, digest("why"), dispatcher.tx)
    with reverts("ConsignmentUnexpectedState", A, VOIDED):
        consignment_ledger.receiveConsignment(*statement((0, 1, 0, 0, 0)), consignee.tx)


REFUSED = {
    "no line": ([], ("ReceiptEmpty", RECEIPT)),
    "a line of nothing": ([(0, 1, 0, 0, 0), (1, 0, 0, 0, 0)], ("ReceiptEmpty", RECEIPT)),
    "a line that is not there": ([(2, 1, 0, 0, 0)], ("LineUnknown", A, 2)),
    "a line twice": ([(1, 1, 0, 0, 0), (1, 0, 0, 0, 1)], ("LineRepeated", RECEIPT, 1)),
    "good above": ([(0, 11, 0, 0, 0)], ("ReceiptExceedsDispatch", A, 0, 11, 10)),
    "together above": ([(0, 4, 4, 4, 0)], ("ReceiptExceedsDispatch", A, 0, 12, 10)),
    "second line above": ([(0, 10, 0, 0, 0), (1, 0, 0, 21, 0)], ("ReceiptExceedsDispatch", A, 1, 21, 20)),
    "beyond every number": ([(0, 2**64 - 1, 2**64 - 1, 0, 0)], ("ReceiptExceedsDispatch", A, 0, 2**64 - 1, 10)),
    "over beyond what is counted": ([(0, 1, 0, 0, AMOUNT_MAX + 1)], ("AmountOutOfRange", RECEIPT, AMOUNT_MAX + 1)),
}


@pytest.mark.parametrize("case", REFUSED)
def test_receive__statement_wrong__refused_as_a_whole(case, consignment_ledger, journeys, consignee):
    journeys.sent("a", 10, 20)
    lines, error = REFUSED[case]
    with reverts(*error):
        consignment_ledger.receiveConsignment(*statement(*lines), consignee.tx)
    assert (journeys.state(A), journeys.outstanding(A, 0), journeys.outstanding(A, 1)) == (DISPATCHED, 10, 20)


def test_receive__counts_add_up__the_one_too_many_refused(consignment_ledger, journeys, consignee):
    journeys.sent("a", 100)
    journeys.received("first", A, (0, 60, 0, 0, 0))
    with reverts("ReceiptExceedsDispatch", A, 0, 50, 40):
        consignment_ledger.receiveConsignment(*statement((0, 50, 0, 0, 0)), consignee.tx)
    journeys.received("second", A, (0, 30, 5, 5, 0))
    assert journeys.counts(A) == (100, 90, 5, 5, 0, 0)
    assert journeys.state(A) == RECEIVED
    with reverts("ReceiptExceedsDispatch", A, 0, 1, 0):
        consignment_ledger.receiveConsignment(*statement((0, 1, 0, 0, 0)), consignee.tx)


def test_receive__damaged_and_lost__quarantined_lost_and_open(journeys, goods):
    journeys.sent("a", 100, 50)
    receipt = journeys.received("a", A, (0, 90, 6, 4, 0), (1, 50, 0, 0, 0))
    lot = journeys.lot(A)
    assert goods.at(lot, HOSPITAL) == (90, 0, 6)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 90, "quarantined": 6, "lost": 4}
    assert journeys.discrepancy(KIND_DAMAGED, receipt) == (OPEN, 6)
    assert journeys.discrepancy(KIND_LOST, receipt) == (OPEN, 4)
    assert journeys.discrepancies.journal()[1] == 2


def test_receive__over__found_lot_in_quarantine(journeys, goods, supply_ledger, consignment_ledger):
    journeys.sent("a", 100)
    receipt = journeys.received("a", A, (0, 100, 0, 0, 7))
    found = str(consignment_ledger.overLotIdOf(receipt, 0))
    origin, item, source, *_ = supply_ledger.lotOf(found)
    of_dispatched = supply_ledger.lotOf(journeys.lot(A))
    assert plain((origin, item, source)) == plain((FOUND_LOT, of_dispatched[1], receipt))
    assert found[:10] == receipt[:10]
    assert goods.at(found, HOSPITAL) == (0, 0, 7)
    assert goods.quantities(found) == {"found": 7, "quarantined": 7}
    assert goods.quantities(journeys.lot(A)) == {"commissioned": 100, "usable": 100}
    assert journeys.discrepancy(KIND_OVER, receipt) == (OPEN, 7)
    assert journeys.counts(A) == (100, 100, 0, 0, 7, 0)


def test_receive__short_again_and_again__each_receipt_shows(journeys):
    journeys.sent("a", 100)
    receipts = [journeys.received(name, A, (0, 10, 1, 2, 3)) for name in ("one", "two", "three")]
    for receipt in receipts:
        assert [journeys.discrepancy(kind, receipt) for kind in (KIND_DAMAGED, KIND_LOST, KIND_OVER)] == [
            (OPEN, 1),
            (OPEN, 2),
            (OPEN, 3),
        ]
    assert journeys.counts(A) == (100, 30, 3, 6, 9, 0)


def test_receive__final_and_short__outstanding_opens_per_line(journeys):
    journeys.sent("a", 100, 50, 30)
    journeys.received("a", A, (0, 90, 0, 0, 0), (1, 50, 0, 0, 0), final=True)
    assert journeys.state(A) == RECEIVED
    assert [journeys.outstanding(A, n) for n in range(3)] == [10, 0, 30]
    assert [journeys.discrepancy(KIND_OUTSTANDING, A, n) for n in range(3)] == [(OPEN, 10), None, (OPEN, 30)]


def test_receive__final_and_complete__no_discrepancy(journeys):
    journeys.sent("a", 100)
    journeys.received("a", A, (0, 100, 0, 0, 0), final=True)
    assert journeys.state(A) == RECEIVED
    assert journeys.discrepancies.journal()[1] == 0


def test_receive__not_final_and_short__no_discrepancy(journeys):
    journeys.sent("a", 100)
    journeys.received("a", A, (0, 10, 0, 0, 0))
    assert journeys.discrepancies.journal()[1] == 0


def test_receive__found_after_the_final_count__accepted(journeys, goods):
    journeys.sent("a", 100)
    journeys.received("a", A, (0, 90, 0, 0, 0), final=True)
    journeys.received("later", A, (0, 8, 0, 0, 0))
    assert (journeys.state(A), journeys.outstanding(A)) == (RECEIVED, 2)
    journeys.received("last", A, (0, 2, 0, 0, 0), final=True)
    assert (journeys.state(A), journeys.outstanding(A)) == (RECEIVED, 0)
    assert goods.at(journeys.lot(A), HOSPITAL) == (100, 0, 0)


def test_receive__a_box_too_many_after_all_arrived__accepted_as_over(journeys):
    journeys.sent("a", 100)
    journeys.received("a", A, (0, 100, 0, 0, 0))
    later = journeys.received("later", A, (0, 0, 0, 0, 1))
    assert journeys.discrepancy(KIND_OVER, later) == (OPEN, 1)
    assert journeys.counts(A) == (100, 100, 0, 0, 1, 0)
