"""StockLedger.registerLoss, reverseLoss

├── when the caller is no dispatcher of the facility's organisation   → MissingRole (behaviours/)
├── registerLoss
│   ├── given not so much is free                                     → StockInsufficient
│   └── given it is                                                   → lost, with its reason
└── reverseLoss
    ├── given no such loss, or one out of effect                      → RecordUnknown
    ├── given more than is left of it                                 → LossExceeded
    ├── given it is still lost                                        → usable again
    ├── given goods issued without record                             → RecordUnknown: two persons told it, two take it back
    └── given it was recorded before                                  → nothing changes
"""

from goods import NO_CONTENT, no_record
from names import CHARITY, STORE, record_id
from reverts import reverts

LOSS, BACK, MORE = (record_id(CHARITY, name) for name in ("loss", "back", "more"))
STOLEN = 4


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
