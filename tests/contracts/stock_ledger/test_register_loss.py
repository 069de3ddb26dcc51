"""StockLedger.registerLoss, reverseLoss

├── when the caller is no dispatcher of the facility's organisation   → MissingRole (behaviours/)
├── registerLoss
│   ├── given not so much is free                                     → StockInsufficient
│   ├── given it is                                                   → lost, with its reason; a discrepancy
│   └── given it was recorded before                                  → nothing changes, also when that was resolved since
└── reverseLoss
    ├── given no such loss, or one out of effect                      → RecordUnknown
    ├── given more than is left of it                                 → LossExceeded
    ├── given it is still lost                                        → usable again; its discrepancy stays
    ├── and it did not occur in turn                                  → lost again, and to be explained again
    ├── given goods issued without record                             → RecordUnknown: two persons told it, two take it back
    └── given it was recorded before                                  → nothing changes
"""

from goods import LOST_GOODS, NO_CONTENT, discrepancy, no_record
from names import CHARITY, STORE, digest, record_id
from reverts import reverts

LOSS, BACK, MORE = (record_id(CHARITY, name) for name in ("loss", "back", "more"))
STOLEN = 4
OPEN, RESOLVED = 1, 4
FOUND_LATER = 2


def lost(goods, dispatcher, quantity: int = 30) -> str:
    lot = goods.given("a", 100)
    goods.stock.registerLoss(LOSS, lot, STORE, quantity, STOLEN, NO_CONTENT, dispatcher.tx)
    return lot


def test_register_loss__free__lost(goods, dispatcher):
    lot = lost(goods, dispatcher)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 70, "lost": 30}


def test_register_loss__reason__in_the_event(goods, dispatcher):
    lot = goods.given("a", 100)
    receipt = goods.stock.registerLoss(LOSS, lot, STORE, 1, STOLEN, NO_CONTENT, dispatcher.tx)
    assert receipt.events["LossRegistered"]["reason"] == STOLEN


def test_register_loss__by_one_person__discrepancy_at_once(goods, dispatcher):
    lost(goods, dispatcher)
    assert discrepancy(goods, LOST_GOODS, LOSS) == (OPEN, LOST_GOODS, LOSS, 0, 30, 0)


def resolved(goods, number: int, code: int) -> None:
    discrepancies, people = goods.ledger["Discrepancies"], goods.actors
    key = discrepancies.discrepancyIdOf(LOST_GOODS, CHARITY, LOSS, 0)
    discrepancies.proposeResolution(key, number, code, 30, digest("why"), people["corrector"].tx)
    discrepancies.confirmResolution(key, number, people["correction_approver"].tx)


def test_register_loss__again__nothing_changes_even_when_it_was_resolved(goods, dispatcher):
    lot = lost(goods, dispatcher)
    again = (LOSS, lot, STORE, 30, STOLEN, NO_CONTENT, dispatcher.tx)
    assert no_record(goods.stock.registerLoss(*again))
    resolved(goods, 1, 1)
    assert no_record(goods.stock.registerLoss(*again))
    assert discrepancy(goods, LOST_GOODS, LOSS)[0] == RESOLVED


def test_reverse_loss__did_not_occur_in_turn__to_be_explained_again(goods, dispatcher):
    lost(goods, dispatcher)
    goods.stock.reverseLoss(BACK, LOSS, 20, dispatcher.tx)
    assert discrepancy(goods, LOST_GOODS, LOSS) == (OPEN, LOST_GOODS, LOSS, 0, 30, 0)
    resolved(goods, 1, FOUND_LATER)
    goods.reverse("StockLedger", BACK)
    assert discrepancy(goods, LOST_GOODS, LOSS) == (OPEN, LOST_GOODS, LOSS, 0, 30, 0)


def test_register_loss__more_than_is_free__refused(goods, dispatcher):
    lot = goods.given("a", 100)
    with reverts("StockInsufficient", lot, STORE, 101, 100):
        goods.stock.registerLoss(LOSS, lot, STORE, 101, STOLEN, NO_CONTENT, dispatcher.tx)


def test_reverse_loss__twice_in_parts__once_a_quantity(goods, dispatcher):
    lot = lost(goods, dispatcher)
    goods.stock.reverseLoss(BACK, LOSS, 20, dispatcher.tx)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 90, "lost": 10}
    assert no_record(goods.stock.reverseLoss(BACK, LOSS, 20, dispatcher.tx))
    with reverts("LossExceeded", LOSS, 11, 10):
        goods.stock.reverseLoss(MORE, LOSS, 11, dispatcher.tx)
    goods.stock.reverseLoss(MORE, LOSS, 10, dispatcher.tx)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 100}
    assert goods.stock.reversedOf(LOSS) == 30


def test_reverse_loss__unknown_or_out_of_effect__refused(goods, dispatcher):
    with reverts("RecordUnknown", LOSS):
        goods.stock.reverseLoss(BACK, LOSS, 1, dispatcher.tx)
    lost(goods, dispatcher)
    goods.reverse("StockLedger", LOSS)
    with reverts("RecordUnknown", LOSS):
        goods.stock.reverseLoss(BACK, LOSS, 1, dispatcher.tx)


def test_reverse_loss__issued_without_record__refused(goods, dispatcher, inspector):
    lot = goods.given("a", 100)
    goods.stock.proposeIssueWithoutRecord(LOSS, lot, STORE, 30, NO_CONTENT, dispatcher.tx)
    with reverts("RecordUnknown", LOSS):
        goods.stock.reverseLoss(BACK, LOSS, 1, dispatcher.tx)
    goods.stock.confirmIssueWithoutRecord(LOSS, inspector.tx)
    with reverts("RecordUnknown", LOSS):
        goods.stock.reverseLoss(BACK, LOSS, 1, dispatcher.tx)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 70, "lost": 30, "issuedWithoutRecord": 30}
