"""ConsignmentLedger.voidDispatch

├── given the consignment is unknown                         → RecordUnknown
├── when the caller is no dispatcher of the sender           → MissingRole (behaviours/)
├── given something was counted                              → ConsignmentUnexpectedState
├── given all of it was written off                          → ConsignmentUnexpectedState
├── given somebody took custody, or a line was adjusted      → HasDependents
├── given it was voided: same reason, another                → nothing changes, RecordConflict
└── given nothing of it was handed over                      → emits DispatchVoided
    ├── and its allocation stands                            → the goods are set aside for it again
    ├── and its allocation was released                      → the goods are free
    └── and it was a return                                  → the goods are free where they were, and can be returned
"""

from consignments import (
    KIND_OVERDUE,
    PARTLY_RECEIVED,
    RECEIVED,
    VOIDED,
    WAYBILL,
    WRITTEN_OFF,
    consignment_id,
)
from goods import no_record
from names import CHARITY, HOSPITAL, HOSPITAL_GROUP, STORE, ZERO, digest, record_id
from reverts import plain, reverts

A, WHY = consignment_id("a"), digest("why")


def test_void__unknown__refused(consignment_ledger, dispatcher):
    with reverts("RecordUnknown", A):
        consignment_ledger.voidDispatch(A, WHY, dispatcher.tx)


def test_void__untouched__reserved_again(consignment_ledger, need_ledger, journeys, goods, dispatcher):
    journeys.sent("a", 60, 40)
    told = consignment_ledger.voidDispatch(A, WHY, dispatcher.tx).events["DispatchVoided"][0]
    assert plain(tuple(told.values())) == plain((A, STORE, dispatcher.person_id, WHY))
    assert journeys.state(A) == VOIDED
    for number, quantity in enumerate((60, 40)):
        lot = journeys.lot(A, number)
        assert goods.quantities(lot) == {"commissioned": quantity, "usable": quantity, "reserved": quantity}
        assert journeys.outstanding(A, number) == 0


def test_void__then_dispatched_anew__from_the_same_allocation(consignment_ledger, journeys, goods, dispatcher):
    lines = journeys.loaded("a", 60)
    consignment_ledger.dispatch(A, STORE, HOSPITAL, 0, 0, ZERO, WAYBILL, lines, dispatcher.tx)
    consignment_ledger.voidDispatch(A, WHY, dispatcher.tx)
    consignment_ledger.dispatch(consignment_id("b"), STORE, HOSPITAL, 0, 0, ZERO, WAYBILL, lines, dispatcher.tx)
    assert goods.quantities(lines[0][0]) == {"commissioned": 60, "inTransit": 60}


def test_void__allocation_released_meanwhile__free(
    consignment_ledger, need_ledger, journeys, goods, allocator, dispatcher
):
    lot = goods.given("a", 100)
    allocation = journeys.allocated(lot, 80)
    consignment_ledger.dispatch(A, STORE, HOSPITAL, 0, 0, ZERO, WAYBILL, [(lot, 50, allocation)], dispatcher.tx)
    need_ledger.releaseGoodsAllocation(allocation, allocator.tx)
    assert goods.at(lot) == (50, 0, 0)
    consignment_ledger.voidDispatch(A, WHY, dispatcher.tx)
    assert goods.at(lot) == (100, 0, 0)


def test_void__a_return__free_and_returnable(consignment_ledger, journeys, goods, consignee):
    journeys.sent("a", 100)
    journeys.received("a", A, (0, 100, 0, 0, 0))
    lot = journeys.lot(A)
    for name in ("back", "back again"):
        own = record_id(HOSPITAL_GROUP, "consignment", name)
        consignment_ledger.dispatch(own, HOSPITAL, STORE, 0, 0, A, WAYBILL, [(lot, 100, ZERO)], consignee.tx)
        assert goods.at(lot, HOSPITAL) == (0, 0, 0)
        consignment_ledger.voidDispatch(own, WHY, consignee.tx)
        assert goods.at(lot, HOSPITAL) == (100, 0, 0)
    journeys.reversed(record_id(HOSPITAL_GROUP, "receipt", "a"))
    assert goods.quantities(lot) == {"commissioned": 100, "inTransit": 100}


def test_void__counted__refused(consignment_ledger, journeys, dispatcher):
    journeys.sent("a", 10)
    journeys.received("part", A, (0, 1, 0, 0, 0))
    with reverts("ConsignmentUnexpectedState", A, PARTLY_RECEIVED):
        consignment_ledger.voidDispatch(A, WHY, dispatcher.tx)
    journeys.received("rest", A, (0, 9, 0, 0, 0))
    with reverts("ConsignmentUnexpectedState", A, RECEIVED):
        consignment_ledger.voidDispatch(A, WHY, dispatcher.tx)


def test_void__written_off__refused(consignment_ledger, journeys, dispatcher):
    journeys.sent("a", 10, 20, due=1)
    consignment_ledger.noteOverdue(A, dispatcher.tx)
    journeys.resolved(KIND_OVERDUE, A, WRITTEN_OFF, 0)
    with reverts("HasDependents", A, 1):
        consignment_ledger.voidDispatch(A, WHY, dispatcher.tx)
    journeys.resolved(KIND_OVERDUE, A, WRITTEN_OFF, 1)
    with reverts("ConsignmentUnexpectedState", A, RECEIVED):
        consignment_ledger.voidDispatch(A, WHY, dispatcher.tx)


def test_void__handed_over__refused(consignment_ledger, journeys, dispatcher, carrier):
    journeys.sent("a", 10, carrier=carrier.person_id)
    consignment_ledger.acceptCustody(record_id(CHARITY, "custody"), A, WHY, carrier.tx)
    with reverts("HasDependents", A, 1):
        consignment_ledger.voidDispatch(A, WHY, dispatcher.tx)


def test_void__adjusted__refused(consignment_ledger, journeys, dispatcher):
    journeys.sent("a", 10)
    journeys.adjusted(A, "less", 0, 0, -1)
    with reverts("HasDependents", A, 1):
        consignment_ledger.voidDispatch(A, WHY, dispatcher.tx)


def test_void__again__nothing_changes_or_conflict(consignment_ledger, journeys, dispatcher, allrounder):
    journeys.sent("a", 10)
    consignment_ledger.voidDispatch(A, WHY, dispatcher.tx)
    assert no_record(consignment_ledger.voidDispatch(A, WHY, allrounder.tx))
    with reverts("RecordConflict", A):
        consignment_ledger.voidDispatch(A, digest("another reason"), dispatcher.tx)
