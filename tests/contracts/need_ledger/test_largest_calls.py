"""The fullest calls that NeedLedger takes: every line about an item, a lot and a need of its own

├── publishNeeds, proposeGoodsAllocations   → within the gas of a transaction
├── as many as the outbox sends             → the same where validators charge for their bytes
└── with one line more                      → BatchSizeOutOfRange
"""

import pytest
from gas import GAS_MAX, gas_on_validators
from goods import NO_CONTENT, donation, line, lot_id
from names import CHARITY, STORE, ascii_word, record_id
from needs import allocation_line, need, need_line
from parts import entries
from reverts import reverts

FULL = 80
PURPOSE, PLACE = ascii_word("72010", 16), ascii_word("CN420100", 16)
EARMARK = {"purpose": PURPOSE, "place": PLACE}


@pytest.fixture(autouse=True)
def _items(ledger, goods, clerk):
    items = [record_id(CHARITY, "item", number) for number in range(FULL + 1)]
    ledger["Catalogue"].registerItems(CHARITY, entries(*items), clerk.tx)
    for first in (0, 41):
        lots = [line(str(n), 100, items[n]) for n in range(first, min(first + 41, FULL + 1))]
        goods.supply.recordDonationsInKind(STORE, [donation(str(first), *lots, **EARMARK)], clerk.tx)


def asked(count: int):
    return [need_line(str(n), 50, item=record_id(CHARITY, "item", n)) for n in range(count)]


def shared(count: int):
    more = EARMARK | {"reason": NO_CONTENT}
    return [allocation_line(str(n), lot_id(str(n)), 5, need=need(str(n)), **more) for n in range(count)]


def test_largest__needs_and_allocations__within_the_gas_of_a_transaction(goods, importer, allocator):
    assert goods.needs.publishNeeds(CHARITY, asked(FULL), importer.tx).gas_used < GAS_MAX
    assert goods.needs.proposeGoodsAllocations(shared(FULL), allocator.tx).gas_used < GAS_MAX


def test_largest__as_full_as_they_are_sent__within_the_gas_on_validators(goods, importer, allocator):
    assert gas_on_validators(goods.needs.publishNeeds(CHARITY, asked(FULL), importer.tx)) < GAS_MAX
    used = gas_on_validators(goods.needs.proposeGoodsAllocations(shared(78), allocator.tx))
    assert GAS_MAX - 220_000 < used < GAS_MAX


def test_largest__one_more__refused(goods, importer, allocator):
    with reverts("BatchSizeOutOfRange", FULL + 1, FULL):
        goods.needs.publishNeeds(CHARITY, asked(FULL + 1), importer.tx)
    with reverts("BatchSizeOutOfRange", FULL + 1, FULL):
        goods.needs.proposeGoodsAllocations(shared(FULL + 1), allocator.tx)
