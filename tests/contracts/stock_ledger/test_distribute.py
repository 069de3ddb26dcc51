"""StockLedger.distribute, sell, returnToDonor

├── when the caller is no dispatcher of the facility's organisation   → MissingRole (behaviours/)
├── given not so much is free                                         → StockInsufficient
├── given the lot is recalled or its last day has passed
│   ├── distribute, sell                                              → LotRecalledError, LotExpired
│   └── returnToDonor                                                 → accepted
├── given a count of 1 to 9 people                                    → CountTooSmall (R14)
└── given so much is free                                             → distributed, sold, returned
"""

import pytest
from goods import NO_CONTENT
from names import CHARITY, HOSPITAL, HOSPITAL_GROUP, STORE, record_id
from reverts import reverts

RECORD = record_id(CHARITY, "record")


def test_distribute__to_people__counted(goods, consignee):
    lot, record = goods.at_hospital("a", 100), record_id(HOSPITAL_GROUP, "distribution")
    event = goods.stock.distribute(record, lot, HOSPITAL, 60, 25, NO_CONTENT, consignee.tx).events["Distributed"]
    assert (event["quantity"], event["recipients"], event["facilityId"]) == (60, 25, HOSPITAL)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 40, "distributed": 60}


@pytest.mark.parametrize("recipients", [1, 9])
def test_distribute__few_people__refused(recipients, goods, dispatcher):
    lot = goods.given("a")
    with reverts("CountTooSmall", RECORD, recipients):
        goods.stock.distribute(RECORD, lot, STORE, 1, recipients, NO_CONTENT, dispatcher.tx)


@pytest.mark.parametrize("recipients", [0, 10])
def test_distribute__fewer_than_ten_or_ten__accepted(recipients, goods, dispatcher):
    lot = goods.given("a")
    assert goods.stock.distribute(RECORD, lot, STORE, 1, recipients, NO_CONTENT, dispatcher.tx).logs


def test_distribute__set_aside_for_another__refused(goods, dispatcher):
    lot = goods.given("a", 100)
    goods.reserved(lot, 80)
    with reverts("StockInsufficient", lot, STORE, 21, 20):
        goods.stock.distribute(RECORD, lot, STORE, 21, 0, NO_CONTENT, dispatcher.tx)


def test_distribute_and_sell__recalled__refused(goods, dispatcher, inspector):
    lot = goods.given("a")
    goods.stock.openRecall(record_id(CHARITY, "recall"), lot, NO_CONTENT, inspector.tx)
    with reverts("LotRecalledError", lot):
        goods.stock.distribute(RECORD, lot, STORE, 1, 0, NO_CONTENT, dispatcher.tx)
    with reverts("LotRecalledError", lot):
        goods.stock.sell(RECORD, lot, STORE, 1, NO_CONTENT, dispatcher.tx)


def test_distribute_and_sell__expired__refused(goods, dispatcher):
    lot = goods.given("a", expiry=20200101)
    with reverts("LotExpired", lot, 20200101):
        goods.stock.distribute(RECORD, lot, STORE, 1, 0, NO_CONTENT, dispatcher.tx)
    with reverts("LotExpired", lot, 20200101):
        goods.stock.sell(RECORD, lot, STORE, 1, NO_CONTENT, dispatcher.tx)


def test_sell__free__sold(goods, dispatcher):
    lot = goods.given("a", 100)
    goods.stock.sell(RECORD, lot, STORE, 30, NO_CONTENT, dispatcher.tx)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 70, "sold": 30}
    assert goods.stock.isSale(RECORD)
    goods.reverse("StockLedger", RECORD)
    assert not goods.stock.isSale(RECORD)


def test_return_to_donor__expired_and_recalled__returned(goods, dispatcher, inspector):
    lot = goods.given("a", 100, expiry=20200101)
    goods.stock.openRecall(record_id(CHARITY, "recall"), lot, NO_CONTENT, inspector.tx)
    goods.stock.returnToDonor(RECORD, lot, STORE, 30, NO_CONTENT, dispatcher.tx)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 70, "returnedToDonor": 30}
