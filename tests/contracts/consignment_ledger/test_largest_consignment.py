"""A consignment of as many lines as there may be, each of another lot: every write fits into a transaction.

├── dispatch, voidDispatch
├── noteOverdue, receiveConsignment of every line, also with something outstanding on each
└── reverseRecord
    ├── of the dispatch
    └── of a count whose goods all went on, while another is final  → a shortage and something outstanding on every line
"""

import pytest
from chain_state import revert_to, snapshot
from consignments import KIND_OUTSTANDING, KIND_SHORTAGE, OPEN, VERIFIED, WAYBILL, consignment_id, receipt_id
from gas import GAS_MAX
from goods import DISTRIBUTED, NO_CODE, USABLE, donation, line
from names import CHARITY, HOSPITAL, HOSPITAL_GROUP, STORE, ZERO, digest, record_id

A = consignment_id("a")
LINES = range(75)


@pytest.fixture
def sent(consignment_ledger, goods, clerk, allocator, approver, dispatcher):
    """The whole of 75 lots, overdue at once."""
    gifts = [donation(f"{half}", *(line(f"{number}", 10) for number in LINES[half::2])) for half in (0, 1)]
    for gift in gifts:
        goods.supply.recordDonationsInKind(STORE, [gift], clerk.tx)
    lots = [lot for gift in gifts for lot, *_ in gift[-1]]
    keys = [record_id(CHARITY, "allocation", number) for number in LINES]
    rows = [
        (key, lot, STORE, HOSPITAL, ZERO, NO_CODE, NO_CODE, 10, digest("why"))
        for key, lot in zip(keys, lots, strict=True)
    ]
    for half in (0, 1):
        goods.needs.proposeGoodsAllocations(rows[half::2], allocator.tx)
    for key in keys:
        goods.needs.approveGoodsAllocation(key, approver.tx)
    lines = [(lot, 10, key) for lot, key in zip(lots, keys, strict=True)]
    consignment_ledger.dispatch(A, STORE, HOSPITAL, 0, 1, ZERO, WAYBILL, lines, within(dispatcher))
    return lots


def within(actor):
    """What brownie takes to send it with no more gas than a transaction may have."""
    return actor.tx | {"gas_limit": GAS_MAX}


def counted(name, good, final=False):
    """A count of so many on every line."""
    lines = [(line_no, good, 0, 0, 0) for line_no in LINES]
    return receipt_id(name), A, final, VERIFIED, digest(name), lines


def test_largest__voided_or_taken_back__within_a_transaction(consignment_ledger, sent, journeys, goods, dispatcher):
    before = snapshot()
    consignment_ledger.voidDispatch(A, digest("why"), within(dispatcher))
    revert_to(before)
    consignment_ledger.reverseRecord(A, 1, goods.part("Corrections") | {"gas_limit": GAS_MAX})
    assert journeys.outstanding(A, LINES[-1]) == 0


def test_largest__counted__within_a_transaction(consignment_ledger, sent, journeys, dispatcher, consignee):
    consignment_ledger.noteOverdue(A, within(dispatcher))
    consignment_ledger.receiveConsignment(*counted("most", 9, final=True), within(consignee))
    assert journeys.discrepancy(KIND_OUTSTANDING, A, LINES[-1]) == (OPEN, 1)
    consignment_ledger.receiveConsignment(*counted("rest", 1), within(consignee))
    assert journeys.outstanding(A, LINES[-1]) == 0


def test_largest__count_taken_back_whose_goods_went_on__within_a_transaction(
    consignment_ledger, sent, journeys, goods, consignee
):
    consignment_ledger.receiveConsignment(*counted("all", 10), within(consignee))
    journeys.received("a box too many", A, (0, 0, 0, 0, 1), final=True)
    for lot in sent:
        goods.supply.move(lot, HOSPITAL, USABLE, DISTRIBUTED, 10, goods.part("StockLedger"))
    receipt = receipt_id("all")
    consignment_ledger.reverseRecord(receipt, 1, goods.part("Corrections") | {"gas_limit": GAS_MAX})
    assert journeys.discrepancy(KIND_SHORTAGE, receipt, LINES[-1], HOSPITAL_GROUP) == (OPEN, 10)
    assert journeys.discrepancy(KIND_OUTSTANDING, A, LINES[-1]) == (OPEN, 10)
