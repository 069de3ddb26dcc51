"""The fullest calls that SupplyLedger takes: every lot of an item that nothing was recorded of before, earmarked, with a last day

├── recordDonationsInKind
│   ├── one with as many lots as fit, or one lot each  → within the gas of a transaction
│   ├── one with as many lots as the outbox sends      → the same where validators charge for its bytes
│   └── with one lot, or one donation, more            → BatchSizeOutOfRange
├── commissionBought
│   ├── as many lots as fit                            → within the gas of a transaction
│   └── one more                                       → BatchSizeOutOfRange
└── transform
    ├── of many into one, or of one into many          → within the gas of a transaction
    └── with one more, or none on one side             → BatchSizeOutOfRange
"""

from typing import Any

import pytest
from gas import GAS_MAX, gas_on_validators
from goods import NO_CONTENT, donation, line, lot_id
from names import CHARITY, STORE, ZERO, ascii_word, digest, record_id
from parts import entries
from reverts import reverts

LAST_DAY = 29990101
EARMARK = (ascii_word("72010", 16), ascii_word("CN420100", 16))
REPACKING = record_id(CHARITY, "repacking")


@pytest.fixture(scope="module", autouse=True)
def _items(ledger, clerk):
    ledger["Catalogue"].registerItems(CHARITY, entries(*map(item, range(150))), clerk.tx)


def item(number: int) -> str:
    return record_id(CHARITY, "item", number)


def lots(count: int, first: int = 0, cost: int = 0) -> list[tuple[Any, ...]]:
    return [line(f"lot {n}", 100, item(n), cost, LAST_DAY) for n in range(first, first + count)]


def gift(name: str, *given: tuple[Any, ...]) -> tuple[Any, ...]:
    return donation(name, *given, purpose=EARMARK[0], place=EARMARK[1], donor=4)


def one_by_one(count: int) -> list[tuple[Any, ...]]:
    return [gift(f"gift {n}", *lots(1, n)) for n in range(count)]


@pytest.mark.parametrize("gifts", [[gift("all", *lots(74))], one_by_one(37)], ids=["one", "each"])
def test_record_donations_in_kind__fullest__within_the_gas_of_a_transaction(gifts, supply_ledger, clerk):
    used = supply_ledger.recordDonationsInKind(STORE, gifts, clerk.tx).gas_used
    assert used < GAS_MAX, used


def test_record_donations_in_kind__as_full_as_it_is_sent__within_the_gas_on_validators(supply_ledger, clerk):
    receipt = supply_ledger.recordDonationsInKind(STORE, [gift("all", *lots(73))], clerk.tx)
    assert GAS_MAX - 220_000 < gas_on_validators(receipt) < GAS_MAX


@pytest.mark.parametrize("gifts", [[gift("all", *lots(75))], one_by_one(38)], ids=["one", "each"])
def test_record_donations_in_kind__one_more__refused(gifts, supply_ledger, clerk):
    size = len(gifts) + sum(len(one[-1]) for one in gifts)
    with reverts("BatchSizeOutOfRange", size, 75):
        supply_ledger.recordDonationsInKind(STORE, gifts, clerk.tx)


def test_commission_bought__fullest__within_the_gas_of_a_transaction(ledger, supply_ledger, clerk, allocator, approver):
    money, expenditure = ledger["FundLedger"], record_id(CHARITY, "expenditure")
    fund, allocation = (record_id(CHARITY, name) for name in ("fund", "allocation"))
    money.openFund(fund, "0x" + b"CNY".hex(), EARMARK, NO_CONTENT, clerk.tx)
    money.recordDonations(fund, digest("list"), [(record_id(CHARITY, "money"), 100, NO_CONTENT, ZERO)], clerk.tx)
    money.proposeAllocation(allocation, fund, 100, EARMARK, ZERO, NO_CONTENT, allocator.tx)
    money.approveAllocation(allocation, approver.tx)
    money.recordExpenditure(expenditure, allocation, 0, 100, NO_CONTENT, NO_CONTENT, NO_CONTENT, allocator.tx)
    with reverts("BatchSizeOutOfRange", 66, 65):
        supply_ledger.commissionBought(STORE, expenditure, lots(66, cost=1), clerk.tx)
    receipt = supply_ledger.commissionBought(STORE, expenditure, lots(65, cost=1), clerk.tx)
    assert receipt.gas_used < GAS_MAX


def transform(goods, dispatcher, inputs: int, outputs: int, *more: tuple[str, int]) -> Any:
    if inputs:
        goods.supply.recordDonationsInKind(STORE, [gift("given", *lots(inputs))], goods.actors["clerk"].tx)
    used = [*((lot_id(f"lot {n}"), 1) for n in range(inputs)), *more]
    return goods.supply.transform(REPACKING, STORE, used, lots(outputs, 75), NO_CONTENT, dispatcher.tx)


@pytest.mark.parametrize(("inputs", "outputs"), [(59, 1), (30, 30), (1, 59)])
def test_transform__fullest__within_the_gas_of_a_transaction(inputs, outputs, goods, dispatcher):
    assert transform(goods, dispatcher, inputs, outputs).gas_used < GAS_MAX


@pytest.mark.parametrize(("inputs", "outputs", "size"), [(60, 1, 61), (1, 60, 61), (61, 1, 61), (0, 1, 0), (1, 0, 0)])
def test_transform__one_more_or_none__refused(inputs, outputs, size, goods, dispatcher):
    with reverts("BatchSizeOutOfRange", size, 60):
        transform(goods, dispatcher, inputs, outputs)
