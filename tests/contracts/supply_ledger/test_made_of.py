"""SupplyLedger.madeOf

├── given nothing was made of it        → none
├── given two lots of one, and one of another transformation → all three, in that order, also those out of effect
└── page by page, however many to a page                     → each of them once, in that order
"""

import pytest
from goods import NO_CONTENT, line, lot_id
from names import CHARITY, STORE, record_id


@pytest.fixture
def lot(goods, dispatcher):
    """Of which two lots were made at once, then one, then three."""
    lot = goods.given("a")
    for name in ("bc", "d", "efg"):
        outputs = [line(one) for one in name]
        goods.supply.transform(record_id(CHARITY, name), STORE, [(lot, 1)], outputs, NO_CONTENT, dispatcher.tx)
    return lot


def made_of(goods, lot: str, following: int, limit: int) -> tuple[list[str], int]:
    lots, following = goods.supply.madeOf(lot, following, limit)
    return list(map(str, lots)), int(following)


def test_made_of__nothing__none(goods):
    assert made_of(goods, goods.given("a"), 0, 10) == ([], 0)


def test_made_of__all_on_one_page__in_the_order_they_were_made(goods, lot):
    goods.reverse("SupplyLedger", lot_id("c"))
    assert made_of(goods, lot, 0, 10) == (list(map(lot_id, "bcdefg")), 0)


@pytest.mark.parametrize("limit", range(1, 7))
def test_made_of__page_by_page__each_once(limit, goods, lot):
    pages, following = [], None
    while following != 0:
        page, following = made_of(goods, lot, following or 0, limit)
        assert len(page) == limit or following == 0
        pages += page
    assert pages == list(map(lot_id, "bcdefg"))
