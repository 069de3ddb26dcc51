"""StockLedger.proposeDisposal, proposeReturnToDonor, proposeSale, proposeDistribution, confirmRelease

├── when the caller may not                                           → MissingRole (behaviours/)
├── propose
│   ├── given the lot is unknown, or of an exercise                   → RecordUnknown, ExerciseMixed
│   ├── given not so much is free, or in quarantine                   → StockInsufficient
│   ├── given a count of 1 to 9 people                                → CountTooSmall (R14)
│   └── given so much is there                                        → nothing moves yet, nothing is set aside
└── confirm
    ├── given nothing was proposed, or something else                 → RecordUnknown
    ├── by who proposed it, from another account                      → SamePerson
    ├── and not so much is there any more                             → StockInsufficient
    ├── given the lot is recalled or its last day has passed
    │   ├── distribution, sale                                        → LotRecalledError, LotExpired
    │   └── return to the donor                                       → accepted
    ├── by an inspector or another dispatcher                         → destroyed, returned, sold, distributed
    ├── again by the same person                                      → nothing changes, also when it was taken back
    └── again by another                                              → ProposalUnexpectedState
"""

import pytest
from goods import NO_CONTENT, no_record
from names import CHARITY, EXERCISE, HOSPITAL, HOSPITAL_GROUP, STORE, record_id
from reverts import reverts

RECORD, OTHER = record_id(CHARITY, "record"), record_id(CHARITY, "other record")
# Who proposes it, what else the call takes, the event, and where the goods are afterwards.
RELEASES = {
    "Disposal": ("inspector", (), "Disposed", "disposed"),
    "ReturnToDonor": ("dispatcher", (), "ReturnedToDonor", "returnedToDonor"),
    "Sale": ("dispatcher", (), "Sold", "sold"),
    "Distribution": ("dispatcher", (25,), "Distributed", "distributed"),
}
KINDS = list(RELEASES)


def stocked(goods, inspector, **kind) -> str:
    """A lot of 100, of which 40 are in quarantine."""
    lot = goods.given("a", 100, **kind)
    goods.stock.quarantine(record_id(CHARITY, "q"), lot, STORE, 40, NO_CONTENT, inspector.tx)
    return lot


def propose(goods, kind: str, lot: str, quantity: int = 30, record: str = RECORD, by: str = ""):
    proposer, more, _, _ = RELEASES[kind]
    function = getattr(goods.stock, f"propose{kind}")
    return function(record, lot, STORE, quantity, *more, NO_CONTENT, goods.actors[by or proposer].tx)


@pytest.mark.parametrize("kind", KINDS)
def test_propose_release__so_much_there__nothing_moves(kind, goods, inspector):
    lot = stocked(goods, inspector)
    told = propose(goods, kind, lot).events["ReleaseProposed"]
    assert (told["kind"], told["quantity"], told["facilityId"]) == (KINDS.index(kind), 30, STORE)
    assert (told["recipients"], told["contentDigest"]) == (sum(RELEASES[kind][1]), NO_CONTENT)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 60, "quarantined": 40}
    assert goods.stock.movementOf(RECORD)[5] == 1
    assert no_record(propose(goods, kind, lot))
    # It is not kept for it, and does not stand in a correction's way.
    goods.reserved(lot, 60)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("second", ["allrounder", "other"])
def test_confirm_release__second_person__goods_have_left(kind, second, goods, inspector):
    lot = stocked(goods, inspector)
    propose(goods, kind, lot)
    other = "dispatcher" if RELEASES[kind][0] == "inspector" else "inspector"
    person = goods.actors[other if second == "other" else second]
    _, more, event, place = RELEASES[kind]
    told = dict(goods.stock.confirmRelease(RECORD, person.tx).events[event])
    assert (told["actorId"], told["facilityId"], told["quantity"]) == (person.person_id, STORE, 30)
    assert told["contentDigest"] == NO_CONTENT
    assert told.get("recipients", 0) == sum(more)
    left = {"quarantined": 10, "usable": 60} if kind == "Disposal" else {"quarantined": 40, "usable": 30}
    assert goods.quantities(lot) == {"commissioned": 100, place: 30, **left}
    assert tuple(goods.stock.movementOf(RECORD))[4:] == (person.person_id, 2)
    assert goods.stock.isSale(RECORD) == (kind == "Sale")


@pytest.mark.parametrize("kind", KINDS)
def test_confirm_release__same_person_other_account__refused(kind, goods, inspector, allrounder):
    propose(goods, kind, stocked(goods, inspector), by="allrounder")
    with reverts("SamePerson", RECORD, allrounder.person_id):
        goods.stock.confirmRelease(RECORD, allrounder.tx_second)


def test_confirm_release__nothing_proposed_or_something_else__refused(goods, dispatcher, inspector):
    with reverts("RecordUnknown", RECORD):
        goods.stock.confirmRelease(RECORD, inspector.tx)
    lot = goods.given("a")
    goods.stock.registerLoss(RECORD, lot, STORE, 1, 0, NO_CONTENT, dispatcher.tx)
    goods.stock.proposeIssueWithoutRecord(OTHER, lot, STORE, 1, NO_CONTENT, dispatcher.tx)
    for record in (RECORD, OTHER):
        with reverts("RecordUnknown", record):
            goods.stock.confirmRelease(record, inspector.tx)


def test_confirm_release__again__same_person_nothing_other_refused(goods, inspector, allrounder):
    propose(goods, "Sale", stocked(goods, inspector))
    goods.stock.confirmRelease(RECORD, inspector.tx)
    assert no_record(goods.stock.confirmRelease(RECORD, inspector.tx))
    with reverts("ProposalUnexpectedState", RECORD, 2, 1):
        goods.stock.confirmRelease(RECORD, allrounder.tx)
    goods.reverse("StockLedger", RECORD)
    assert not goods.stock.isSale(RECORD)
    assert no_record(goods.stock.confirmRelease(RECORD, inspector.tx))
    with reverts("RecordUnknown", RECORD):
        goods.stock.confirmRelease(RECORD, allrounder.tx)


@pytest.mark.parametrize(("kind", "available"), [("Disposal", 40), ("Sale", 35), ("Distribution", 35)])
def test_propose_release__more_than_there_is__refused(kind, available, goods, inspector):
    lot = stocked(goods, inspector)
    goods.reserved(lot, 25)
    with reverts("StockInsufficient", lot, STORE, available + 1, available):
        propose(goods, kind, lot, available + 1)
    assert propose(goods, kind, lot, available).logs


@pytest.mark.parametrize("kind", KINDS)
def test_confirm_release__gone_meanwhile__refused(kind, goods, inspector, allrounder):
    lot = stocked(goods, inspector)
    propose(goods, kind, lot)
    goods.released("Disposal" if kind == "Disposal" else "Sale", OTHER, lot, 31)
    left = 9 if kind == "Disposal" else 29
    with reverts("StockInsufficient", lot, STORE, 30, left):
        goods.stock.confirmRelease(RECORD, allrounder.tx)
    assert goods.stock.movementOf(RECORD)[5] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_propose_release__lot_unknown_or_of_an_exercise_or_nothing__refused(kind, goods, inspector):
    unknown, foreign = record_id(CHARITY, "lot", "unknown"), record_id(EXERCISE, "lot")
    with reverts("RecordUnknown", unknown):
        propose(goods, kind, unknown)
    with reverts("ExerciseMixed", RECORD, foreign):
        propose(goods, kind, foreign)
    with reverts("AmountOutOfRange", RECORD, 0):
        propose(goods, kind, stocked(goods, inspector), 0)


def test_confirm_release__lot_was_taken_out_of_effect__refused(goods, inspector):
    lot = goods.given("a")
    propose(goods, "Sale", lot)
    goods.reverse("SupplyLedger", lot)
    with reverts("RecordUnknown", lot):
        goods.stock.confirmRelease(RECORD, inspector.tx)


def test_confirm_release__distribution_at_the_hospital__counted(goods):
    lot, record = goods.at_hospital("a", 100), record_id(HOSPITAL_GROUP, "distribution")
    event = goods.released("Distribution", record, lot, 60, HOSPITAL, 25).events["Distributed"]
    assert (event["quantity"], event["recipients"], event["facilityId"]) == (60, 25, HOSPITAL)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 40, "distributed": 60}


@pytest.mark.parametrize("recipients", [1, 9])
def test_propose_distribution__few_people__refused(recipients, goods, dispatcher):
    lot = goods.given("a")
    with reverts("CountTooSmall", RECORD, recipients):
        goods.stock.proposeDistribution(RECORD, lot, STORE, 1, recipients, NO_CONTENT, dispatcher.tx)


@pytest.mark.parametrize("recipients", [0, 10])
def test_propose_distribution__fewer_than_ten_or_ten__accepted(recipients, goods, dispatcher):
    lot = goods.given("a")
    assert goods.stock.proposeDistribution(RECORD, lot, STORE, 1, recipients, NO_CONTENT, dispatcher.tx).logs


@pytest.mark.parametrize("kind", ["Sale", "Distribution"])
def test_confirm_release__recalled_or_expired__refused(kind, goods, inspector):
    lot = goods.given("a")
    propose(goods, kind, lot)
    goods.stock.openRecall(record_id(CHARITY, "recall"), lot, NO_CONTENT, inspector.tx)
    with reverts("LotRecalledError", lot):
        goods.stock.confirmRelease(RECORD, inspector.tx)
    expired = goods.given("b", expiry=20200101)
    propose(goods, kind, expired, record=OTHER)
    with reverts("LotExpired", expired, 20200101):
        goods.stock.confirmRelease(OTHER, inspector.tx)


def test_confirm_release__expired_and_recalled_to_its_donor__returned(goods, inspector):
    lot = goods.given("a", 100, expiry=20200101)
    goods.stock.openRecall(record_id(CHARITY, "recall"), lot, NO_CONTENT, inspector.tx)
    goods.released("ReturnToDonor", RECORD, lot, 30)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 70, "returnedToDonor": 30}
