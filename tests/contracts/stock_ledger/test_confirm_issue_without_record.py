"""StockLedger.proposeIssueWithoutRecord, confirmIssueWithoutRecord

├── when the caller may not                             → MissingRole (behaviours/)
├── propose
│   ├── given the lot is unknown                        → RecordUnknown
│   └── given it is known                               → nothing moves yet
└── confirm
    ├── given nothing was proposed                      → RecordUnknown
    ├── by who proposed it, from another account        → SamePerson
    ├── and not so much is free                         → StockInsufficient
    ├── by an inspector or another dispatcher           → lost, totalled by itself; a discrepancy (R12)
    ├── again by the same person                        → nothing changes, also when a correction has taken it back
    └── again by another                                → ProposalUnexpectedState
"""

import pytest
from goods import ISSUED, NO_CONTENT, discrepancy, no_record
from names import CHARITY, STORE, record_id
from reverts import reverts

RECORD = record_id(CHARITY, "issue")


def proposed(goods, actor, quantity: int = 1) -> str:
    lot = goods.given("a", 100)
    goods.stock.proposeIssueWithoutRecord(RECORD, lot, STORE, quantity, NO_CONTENT, actor.tx)
    return lot


def test_propose_issue__nothing_moves(goods, dispatcher):
    lot = proposed(goods, dispatcher)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 100}
    assert goods.stock.movementOf(RECORD)[5] == 1


def test_propose_issue__lot_unknown__refused(goods, dispatcher):
    unknown = record_id(CHARITY, "unknown")
    with reverts("RecordUnknown", unknown):
        goods.stock.proposeIssueWithoutRecord(RECORD, unknown, STORE, 1, NO_CONTENT, dispatcher.tx)


@pytest.mark.parametrize("second", ["inspector", "allrounder"])
def test_confirm_issue__second_person__lost_and_totalled_by_itself(second, goods, dispatcher):
    lot, person = proposed(goods, dispatcher), goods.actors[second]
    receipt = goods.stock.confirmIssueWithoutRecord(RECORD, person.tx)
    assert receipt.events["IssuedWithoutRecord"]["actorId"] == person.person_id
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 99, "lost": 1, "issuedWithoutRecord": 1}
    assert discrepancy(goods, ISSUED, RECORD) == (1, ISSUED, RECORD, 0, 1, 0)
    assert tuple(goods.stock.movementOf(RECORD)) == (lot, STORE, 1, 15, person.person_id, 2)


def test_confirm_issue__same_person_other_account__refused(goods, allrounder):
    proposed(goods, allrounder)
    with reverts("SamePerson", RECORD, allrounder.person_id):
        goods.stock.confirmIssueWithoutRecord(RECORD, allrounder.tx_second)


def test_confirm_issue__nothing_proposed__refused(goods, inspector):
    with reverts("RecordUnknown", RECORD):
        goods.stock.confirmIssueWithoutRecord(RECORD, inspector.tx)


def test_confirm_issue__not_so_much_free__refused(goods, dispatcher, inspector):
    lot = proposed(goods, dispatcher, 30)
    goods.reserved(lot, 71)
    with reverts("StockInsufficient", lot, STORE, 30, 29):
        goods.stock.confirmIssueWithoutRecord(RECORD, inspector.tx)


def test_confirm_issue__again__same_person_nothing_other_refused(goods, dispatcher, inspector, allrounder):
    proposed(goods, dispatcher)
    goods.stock.confirmIssueWithoutRecord(RECORD, inspector.tx)
    assert no_record(goods.stock.confirmIssueWithoutRecord(RECORD, inspector.tx))
    with reverts("ProposalUnexpectedState", RECORD, 2, 1):
        goods.stock.confirmIssueWithoutRecord(RECORD, allrounder.tx)


def test_confirm_issue__again_after_it_was_taken_back__nothing_changes(goods, dispatcher, inspector, allrounder):
    lot = proposed(goods, dispatcher)
    goods.stock.confirmIssueWithoutRecord(RECORD, inspector.tx)
    goods.reverse("StockLedger", RECORD)
    assert no_record(goods.stock.confirmIssueWithoutRecord(RECORD, inspector.tx))
    with reverts("RecordUnknown", RECORD):
        goods.stock.confirmIssueWithoutRecord(RECORD, allrounder.tx)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 100}


def test_confirm_issue__a_find__refused(goods, dispatcher, inspector):
    proposed(goods, dispatcher)
    with reverts("RecordUnknown", RECORD):
        goods.stock.confirmFind(RECORD, inspector.tx)
