"""ConsignmentLedger.dispatch

├── when the caller is no dispatcher of the sending organisation     → MissingRole (behaviours/)
├── given the id was recorded with other content                     → RecordConflict
├── given it was recorded with the same content, by anybody          → nothing changes, even after it was received or voided
├── given the id is another organisation's                           → ForeignRecordId
├── given a facility is not in a catalogue                           → RecordUnknown
├── given one facility is of an exercise                             → ExerciseMixed
├── given the carrier is nobody                                      → PersonUnknown
├── given no line, or more than 75                                   → BatchSizeOutOfRange
├── given a line
│   ├── of zero, or too much                                         → AmountOutOfRange
│   ├── without an allocation                                        → AllocationRequired
│   ├── with an allocation that is not approved                      → GoodsAllocationUnexpectedState
│   ├── of more than its allocation has left                         → AllocationExceeded
│   ├── of another lot, or another way, than its allocation          → LotMismatch, WrongFacility
│   ├── of a recalled lot                                            → LotRecalledError
│   └── of a lot whose last day has passed                           → LotExpired
├── given a return
│   ├── of an unknown or voided consignment                          → RecordUnknown, ConsignmentUnexpectedState
│   ├── that goes elsewhere than where the goods came from           → ReturnMismatch
│   ├── with an allocation                                           → AllocationInReturn
│   ├── of more than came in good condition, or of another lot       → ReturnExceedsReceipt
│   ├── of what already went on                                      → StockInsufficient
│   └── of what came                                                 → changes its place only
└── given all is well                                                → emits ConsignmentDispatched; reserved stock is in transit
"""

import pytest
from clock import pass_s
from consignments import (
    DISPATCHED,
    OVER,
    RECEIVED,
    VERIFIED,
    VOIDED,
    WAYBILL,
    consignment_id,
    day_from_now,
    receipt_id,
)
from goods import NO_CODE, lot_id, no_record, released
from names import (
    AMOUNT_MAX,
    CHARITY,
    DAY_S,
    EXERCISE_STORE,
    HOSPITAL,
    HOSPITAL_GROUP,
    OTHER_STORE,
    PARTNER_STORE,
    STORE,
    ZERO,
    digest,
    record_id,
)
from reverts import plain, refusal_of, reverts

A = consignment_id("a")
UNKNOWN = record_id(CHARITY, "unknown")


def dispatch(part, lines, consignment=A, origin=STORE, to=HOSPITAL, carrier=0, due=0, return_of=ZERO):
    """The arguments of a dispatch."""
    return (consignment, origin, to, carrier, due, return_of, WAYBILL, lines)


def test_dispatch__allocated__in_transit_and_told(consignment_ledger, journeys, goods, dispatcher, carrier):
    lines = journeys.loaded("a", 60, 40)
    arguments = dispatch(consignment_ledger, lines, carrier=carrier.person_id, due=1_700_000_000)
    told = consignment_ledger.dispatch(*arguments, dispatcher.tx).events["ConsignmentDispatched"][0]

    assert told["consignmentId"] == A
    assert told["actorId"] == dispatcher.person_id
    assert plain(
        tuple(told[name] for name in ("fromFacilityId", "toFacilityId", "carrierId", "dueAt", "returnOfId"))
    ) == plain((STORE, HOSPITAL, carrier.person_id, 1_700_000_000, ZERO))
    assert plain(list(told["lines"])) == plain(lines)
    head = (DISPATCHED, STORE, HOSPITAL, dispatcher.person_id, carrier.person_id, 1_700_000_000, 2)
    assert plain(consignment_ledger.consignmentOf(A)) == plain(head)
    assert [goods.quantities(lot)["inTransit"] for lot, _, _ in lines] == [60, 40]
    assert [goods.at(lot) for lot, _, _ in lines] == [(0, 0, 0), (0, 0, 0)]
    assert [journeys.outstanding(A, n) for n in range(2)] == [60, 40]
    assert consignment_ledger.possessorOf(A) == 0


def test_dispatch__twice_from_one_allocation__adds_up_to_it(consignment_ledger, journeys, dispatcher):
    lot, _, allocation = journeys.loaded("a", 100)[0]
    consignment_ledger.dispatch(*dispatch(consignment_ledger, [(lot, 70, allocation)]), dispatcher.tx)
    second = consignment_id("b")
    with reverts("AllocationExceeded", allocation, 31, 30):
        consignment_ledger.dispatch(*dispatch(consignment_ledger, [(lot, 31, allocation)], second), dispatcher.tx)
    consignment_ledger.dispatch(*dispatch(consignment_ledger, [(lot, 30, allocation)], second), dispatcher.tx)
    assert journeys.goods.quantities(lot) == {"commissioned": 100, "inTransit": 100}


def test_dispatch__same_content_by_anybody__nothing_changes(consignment_ledger, journeys, dispatcher, allrounder):
    arguments = dispatch(consignment_ledger, journeys.loaded("a", 10))
    consignment_ledger.dispatch(*arguments, dispatcher.tx)
    assert no_record(consignment_ledger.dispatch(*arguments, allrounder.tx))
    journeys.received("a", A, (0, 10, 0, 0, 0))
    assert no_record(consignment_ledger.dispatch(*arguments, dispatcher.tx))
    assert journeys.state(A) == RECEIVED


def test_dispatch__same_content_after_it_was_voided__stays_voided(consignment_ledger, journeys, dispatcher):
    arguments = dispatch(consignment_ledger, journeys.loaded("a", 10))
    consignment_ledger.dispatch(*arguments, dispatcher.tx)
    consignment_ledger.voidDispatch(A, digest("why"), dispatcher.tx)
    assert no_record(consignment_ledger.dispatch(*arguments, dispatcher.tx))
    assert journeys.state(A) == VOIDED


def test_dispatch__other_content__conflict(consignment_ledger, journeys, dispatcher):
    lines = journeys.loaded("a", 10)
    consignment_ledger.dispatch(*dispatch(consignment_ledger, lines), dispatcher.tx)
    for other in (
        dispatch(consignment_ledger, lines, due=1),
        dispatch(consignment_ledger, lines, origin=OTHER_STORE),
        dispatch(consignment_ledger, [(lines[0][0], 9, lines[0][2])]),
    ):
        with reverts("RecordConflict", A):
            consignment_ledger.dispatch(*other, dispatcher.tx)


CASES = {
    "id of another organisation": (
        {"consignment": record_id(HOSPITAL_GROUP, "c")},
        ("ForeignRecordId", record_id(HOSPITAL_GROUP, "c"), CHARITY),
    ),
    "no organisation's facility": ({"origin": UNKNOWN}, ("RecordUnknown", UNKNOWN)),
    "facility unknown": ({"to": UNKNOWN}, ("RecordUnknown", UNKNOWN)),
    "exercise": ({"to": EXERCISE_STORE}, ("ExerciseMixed", A, EXERCISE_STORE)),
    "carrier unknown": ({"carrier": 999}, ("PersonUnknown", 999)),
    "other way": ({"to": PARTNER_STORE}, ("WrongFacility", "allocation", PARTNER_STORE, HOSPITAL)),
    "other origin": ({"origin": OTHER_STORE}, ("WrongFacility", "allocation", OTHER_STORE, STORE)),
}


@pytest.mark.parametrize("case", CASES)
def test_dispatch__head_wrong__refused(case, consignment_ledger, journeys, dispatcher):
    lines = journeys.loaded("a", 10)
    changes, error = CASES[case]
    expected = tuple(lines[0][2] if one == "allocation" else one for one in error)
    with reverts(*expected):
        consignment_ledger.dispatch(*dispatch(consignment_ledger, lines, **changes), dispatcher.tx)


def test_dispatch__no_line_or_too_many__refused(consignment_ledger, journeys, dispatcher):
    lines = journeys.loaded("a", 76)
    for count in (0, 76):
        arguments = dispatch(consignment_ledger, [(lines[0][0], 1, lines[0][2])] * count)
        assert refusal_of(consignment_ledger.dispatch, arguments, dispatcher.account) == (
            "BatchSizeOutOfRange",
            count,
            75,
        )


def test_dispatch__line_wrong__refused(consignment_ledger, journeys, dispatcher):
    (lot, _, allocation), (other, _, _) = journeys.loaded("a", 10, 10)
    proposed = record_id(CHARITY, "proposed")
    row = (proposed, other, STORE, HOSPITAL, ZERO, NO_CODE, NO_CODE, 0, digest("reason"))
    lines = {
        ("AmountOutOfRange", A, 0): (lot, 0, allocation),
        ("AmountOutOfRange", A, AMOUNT_MAX + 1): (lot, AMOUNT_MAX + 1, allocation),
        ("AllocationRequired", A, 1): (lot, 1, ZERO),
        ("AllocationExceeded", allocation, 10, 9): (lot, 10, allocation),
        ("LotMismatch", allocation, other, lot): (other, 1, allocation),
        ("RecordUnknown", proposed): (other, 1, row[0]),
    }
    for error, line in lines.items():
        arguments = dispatch(consignment_ledger, [(lot, 1, allocation), line])
        assert refusal_of(consignment_ledger.dispatch, arguments, dispatcher.account) == plain(error)


def test_dispatch__allocation_only_proposed__refused(
    consignment_ledger, need_ledger, journeys, goods, allocator, dispatcher
):
    lot, allocation = goods.given("a"), record_id(CHARITY, "proposed")
    row = (allocation, lot, STORE, HOSPITAL, ZERO, NO_CODE, NO_CODE, 5, digest("reason"))
    need_ledger.proposeGoodsAllocations([row], allocator.tx)
    with reverts("GoodsAllocationUnexpectedState", allocation, 1, 2):
        consignment_ledger.dispatch(*dispatch(consignment_ledger, [(lot, 5, allocation)]), dispatcher.tx)


def test_dispatch__lot_recalled__refused(ledger, consignment_ledger, journeys, inspector, dispatcher):
    lines = journeys.loaded("a", 10)
    ledger["StockLedger"].openRecall(record_id(CHARITY, "recall"), lines[0][0], digest("why"), inspector.tx)
    with reverts("LotRecalledError", lines[0][0]):
        consignment_ledger.dispatch(*dispatch(consignment_ledger, lines), dispatcher.tx)


def test_dispatch__lot_expired_since__refused(consignment_ledger, journeys, goods, dispatcher):
    last_day = day_from_now(1)
    lot = goods.given("a", 10, expiry=last_day)
    lines = [(lot, 10, journeys.allocated(lot, 10))]
    pass_s(3 * DAY_S)
    with reverts("LotExpired", lot, last_day):
        consignment_ledger.dispatch(*dispatch(consignment_ledger, lines), dispatcher.tx)


def back(lines, name="back", **changes):
    """The arguments of a return from the hospital to the store."""
    head = {
        "consignment": record_id(HOSPITAL_GROUP, "consignment", name),
        "origin": HOSPITAL,
        "to": STORE,
        "return_of": A,
    }
    return dispatch(None, lines, **(head | changes))


def test_dispatch__return__changes_place_only(consignment_ledger, journeys, goods, consignee, allrounder):
    journeys.sent("a", 100)
    journeys.received("a", A, (0, 100, 0, 0, 0))
    lot = journeys.lot(A)
    arguments = back([(lot, 30, ZERO)])
    consignment_ledger.dispatch(*arguments, consignee.tx)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 70, "inTransit": 30}
    receipt = record_id(CHARITY, "receipt", "back")
    consignment_ledger.receiveConsignment(
        receipt, arguments[0], True, VERIFIED, digest("back"), [(0, 30, 0, 0, 0)], allrounder.tx
    )
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 100}
    assert (goods.at(lot, HOSPITAL), goods.at(lot, STORE)) == ((70, 0, 0), (30, 0, 0))


def test_dispatch__return_wrong__refused(consignment_ledger, journeys, goods, dispatcher, consignee):
    journeys.sent("a", 100)
    journeys.received("a", A, (0, 80, 10, 0, 0))
    journeys.sent("b", 10)
    consignment_ledger.voidDispatch(consignment_id("b"), digest("why"), dispatcher.tx)
    lot = journeys.lot(A)
    own, third = back([])[0], lot_id("a 9")
    refused = {
        ("RecordUnknown", UNKNOWN): back([(lot, 1, ZERO)], return_of=UNKNOWN),
        ("ConsignmentUnexpectedState", consignment_id("b"), VOIDED): back(
            [(lot, 1, ZERO)], return_of=consignment_id("b")
        ),
        ("ReturnMismatch", own, A): back([(lot, 1, ZERO)], to=OTHER_STORE),
        ("AllocationInReturn", own, 1): back([(lot, 1, ZERO), (lot, 1, UNKNOWN)]),
        ("ReturnExceedsReceipt", own, 0, 81, 80): back([(lot, 81, ZERO)]),
        ("ReturnExceedsReceipt", own, 1, 41, 40): back([(lot, 40, ZERO), (lot, 41, ZERO)]),
        ("ReturnExceedsReceipt", own, 0, 1, 0): back([(third, 1, ZERO)]),
    }
    for error, arguments in refused.items():
        assert refusal_of(consignment_ledger.dispatch, arguments, consignee.account) == plain(error)


def test_dispatch__return_of_what_went_on__refused(ledger, consignment_ledger, journeys, consignee):
    journeys.sent("a", 100)
    journeys.received("a", A, (0, 100, 0, 0, 0))
    lot = journeys.lot(A)
    released(ledger, "Distribution", record_id(HOSPITAL_GROUP, "ward"), lot, 90, HOSPITAL, 50)
    with reverts("StockInsufficient", lot, HOSPITAL, 11, 10):
        consignment_ledger.dispatch(*back([(lot, 11, ZERO)]), consignee.tx)


def test_dispatch__return_of_what_came_over__needs_an_allocation(consignment_ledger, journeys, consignee):
    journeys.sent("a", 100)
    receipt = journeys.received("a", A, (0, 100, 0, 0, 7))
    found = consignment_ledger.overLotIdOf(receipt, 0)
    assert journeys.counts(A)[1 + OVER] == 7
    with reverts("ReturnExceedsReceipt", back([])[0], 0, 1, 0):
        consignment_ledger.dispatch(*back([(found, 1, ZERO)]), consignee.tx)
    assert receipt == receipt_id("a")
