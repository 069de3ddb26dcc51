"""SupplyLedger.arrive, unarrive, loseInTransit

├── when the caller is not ConsignmentLedger            → NotPart (behaviours/)
├── arrive
│   ├── given so much is in transit                     → good usable, damaged in quarantine, lost lost
│   ├── given there is a shortage there                 → covers it first
│   └── given less is in transit                        → StockInsufficient
├── unarrive
│   ├── given it is still there                         → in transit again, no shortage
│   ├── given it went on                                → what is missing is the shortage
│   └── given only quarantine is left                   → taken from there before there is a shortage
└── loseInTransit                                       → lost
"""

from names import HOSPITAL, HOSPITAL_GROUP, STORE, ZERO, record_id
from reverts import reverts


def on_the_way(goods, quantity: int = 100) -> str:
    lot = goods.given("a", quantity)
    goods.supply.ship(lot, STORE, quantity, False, goods.part("ConsignmentLedger"))
    return lot


def arrive(goods, lot: str, *counts: int):
    return goods.supply.arrive(lot, HOSPITAL, *counts, goods.part("ConsignmentLedger"))


def unarrive(goods, lot: str, *counts: int) -> int:
    tx = goods.part("ConsignmentLedger")
    shortage = goods.supply.unarrive.call(lot, HOSPITAL, *counts, tx)
    goods.supply.unarrive(lot, HOSPITAL, *counts, tx)
    return shortage


def test_arrive__in_transit__each_in_its_place(goods):
    lot = on_the_way(goods)
    arrive(goods, lot, 80, 10, 5)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 80, "quarantined": 10, "lost": 5, "inTransit": 5}
    assert goods.at(lot, HOSPITAL) == (80, 0, 10)


def test_arrive__more_than_is_in_transit__refused(goods):
    lot = on_the_way(goods)
    with reverts("StockInsufficient", lot, HOSPITAL, 101, 100):
        arrive(goods, lot, 80, 10, 11)


def test_unarrive__still_there__in_transit_again(goods):
    lot = on_the_way(goods)
    arrive(goods, lot, 80, 10, 10)
    assert unarrive(goods, lot, 80, 10, 10) == 0
    assert goods.quantities(lot) == {"commissioned": 100, "inTransit": 100}


def test_unarrive__went_on__shortage_that_the_next_arrival_covers(goods):
    lot = on_the_way(goods)
    arrive(goods, lot, 50, 0, 0)
    goods.released("Distribution", record_id(HOSPITAL_GROUP, "d"), lot, 30, HOSPITAL)
    assert unarrive(goods, lot, 50, 0, 0) == 30
    assert goods.quantities(lot) == {"commissioned": 100, "shortage": 30, "inTransit": 100, "distributed": 30}
    arrive(goods, lot, 40, 0, 0)
    assert goods.quantities(lot) == {"commissioned": 100, "usable": 10, "inTransit": 60, "distributed": 30}


def test_unarrive__only_quarantine_is_left__taken_from_there(goods):
    lot = on_the_way(goods)
    arrive(goods, lot, 50, 10, 0)
    goods.released("Distribution", record_id(HOSPITAL_GROUP, "d"), lot, 45, HOSPITAL)
    assert unarrive(goods, lot, 20, 0, 0) == 5
    assert goods.at(lot, HOSPITAL) == (0, 0, 0)


def test_lose_in_transit__outstanding__lost(goods):
    lot = on_the_way(goods)
    goods.supply.loseInTransit(lot, 7, goods.part("ConsignmentLedger"))
    assert goods.quantities(lot) == {"commissioned": 100, "inTransit": 93, "lost": 7}
    with reverts("StockInsufficient", lot, ZERO, 94, 93):
        goods.supply.loseInTransit(lot, 94, goods.part("ConsignmentLedger"))
