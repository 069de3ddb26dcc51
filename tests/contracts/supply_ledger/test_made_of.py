"""SupplyLedger.madeOf

├── given nothing was made of it        → none
├── given two lots of one, and one of another transformation → all three, in that order
└── given one of them is out of effect  → the others
"""

from goods import NO_CONTENT, line, lot_id
from names import CHARITY, STORE, record_id


def test_made_of__nothing__none(goods):
    assert tuple(goods.supply.madeOf(goods.given("a"))) == ()


def test_made_of__three_one_out_of_effect__the_others(goods, dispatcher):
    lot = goods.given("a")
    both = [line("b"), line("c")]
    goods.supply.transform(record_id(CHARITY, "one"), STORE, [(lot, 1)], both, NO_CONTENT, dispatcher.tx)
    goods.made("two", line("d"), (lot, 1))
    assert tuple(goods.supply.madeOf(lot)) == (lot_id("b"), lot_id("c"), lot_id("d"))
    goods.reverse("SupplyLedger", lot_id("c"))
    assert tuple(goods.supply.madeOf(lot)) == (lot_id("b"), lot_id("d"))
