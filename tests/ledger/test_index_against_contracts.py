"""The index against the contracts' own counters and journals, through everything that can be recorded and corrected.

├── after everything happened once
├── after differences were posted on it, some beyond what was free
├── after those were taken back
└── after the records themselves were taken out of effect, dependants first
"""

import pytest

from ledger.commands import needs
from ledger.models.correction import Adjustment, Reversal
from ledger.models.fund import FundTotal
from ledger.models.lot import Stock
from ledger.models.need import Need
from ledger.verification import verify
from tests.ledger.indexes import make_engine, read
from tests.ledger.life import DAMAGED, GOOD, LOST, OVER, Life
from tests.ledger.world import World

FUND, SUPPLY, STOCK, NEED, CONSIGNMENT, PUBLICATIONS = (
    "FundLedger",
    "SupplyLedger",
    "StockLedger",
    "NeedLedger",
    "ConsignmentLedger",
    "Publications",
)


@pytest.fixture(scope="module")
def life(shared_world: World) -> Life:
    made = Life(shared_world)
    made.everything()
    return made


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return make_engine(tmp_path_factory.mktemp("index"))


@pytest.fixture
def agrees(life, engine):
    """Indexes, and says what differs from a rebuild, from the node and from the contracts."""
    from ledger.indexer import converge

    def check():
        chain, documents = life.world.chain, life.world.documents
        converge(engine, chain, documents, chain.deployment)
        return [finding.sentence for finding in verify(engine, chain, documents, chain.deployment).findings]

    return check


def test_index__everything_happened_once__agrees_with_the_contracts(agrees, engine):
    assert agrees() == []
    assert len(read(engine, FundTotal)) == 4


def test_index__money_and_goods_adjusted__agrees_with_the_contracts(life, agrees, engine):
    free_minor = {total.fund_id: total.unallocated_minor for total in read(engine, FundTotal)}[life.fund.hex()]
    life.allocate("nearly all", free_minor - 30_000)
    money = [
        (life.gifts[4], -20_000),
        (life.gifts[3], 5),
        (life.pledge, 100),
        (life.commitment, -500),
        (life.payment, -200),
        (life.refund, 7),
        (life.interest, -10),
        (life.proceeds, 3),
        (life.services, 200),
        (life.services, -300),
        (life.services, 30_000),  # more than its allocation has left
        (life.goods, 500),
        (life.supplier_refund, 50),
        (life.gifts[2], -29_000),
    ]
    life.money = [life.adjust(FUND, target, delta) for target, delta in money]
    life.money.append(life.adjust(FUND, life.money[1], 4))
    assert agrees() == []
    assert any(total.deficit_minor for total in read(engine, FundTotal)), "less is free than was taken back"

    lots = [(life.lot, 10), (life.lot, -950), (life.bought, -5), (life.made, 6)]
    life.lots = [life.adjust(SUPPLY, target, delta) for target, delta in lots]
    moved = [
        (life.quarantined, 5),
        (life.disposed, -3),
        (life.sold, 2),
        (life.distributed, -50),
        (life.lost, 4),
        (life.issued, 2),
        (life.given_back, -1),
        (life.released_again, 3),
        (life.found, -2),
        (life.found_lot, 5),
    ]
    life.moved = [life.adjust(STOCK, target, delta) for target, delta in moved]
    assert agrees() == []
    assert any(stock.shortage for stock in read(engine, Stock)), "more was taken back of the lot than was there"


def test_index__consignments_needs_and_reports_adjusted__agrees_with_the_contracts(life, agrees):
    life.quantities = [
        life.adjust(CONSIGNMENT, life.receipt, -5, 0, GOOD),
        *(life.adjust(CONSIGNMENT, life.receipt, 1, 0, field) for field in (DAMAGED, LOST, OVER)),
        life.adjust(CONSIGNMENT, life.receipt, 2, 0, GOOD),
        life.adjust(CONSIGNMENT, life.receipt, -1, 0, OVER),
        life.adjust(CONSIGNMENT, life.final, -1, 0, DAMAGED),
        life.adjust(CONSIGNMENT, life.whole, 3),
        life.adjust(CONSIGNMENT, life.whole, -5),
        life.adjust(CONSIGNMENT, life.whole, 2_000),  # more than its allocation has left, and than is there
        life.adjust(CONSIGNMENT, life.whole, -1),
        life.adjust(CONSIGNMENT, life.partly, 7),  # its allocation was released
    ]
    life.kept = life.adjust(CONSIGNMENT, life.partly, -2)
    life.needed = [life.adjust(NEED, life.need, 11), life.adjust(NEED, life.repeated, 9)]
    # Approved with the difference that is taken back later; the approval stands.
    life.do(needs.approve_need(life.desk("hospital-approver"), life.repeated, quantity=4))
    life.said = [life.adjust(PUBLICATIONS, life.reported, -2_000)]
    life.said.append(life.adjust(PUBLICATIONS, life.said[0], 5))
    assert agrees() == []


def test_index__adjustments_taken_back__agrees_with_the_contracts(life, agrees, engine):
    life.reverse(PUBLICATIONS, *reversed(life.said))
    life.reverse(NEED, *life.needed)
    assert next(one.quantity for one in read(engine, Need) if one.need_id == life.repeated.hex()) == 4
    life.reverse(CONSIGNMENT, *reversed(life.quantities))
    assert agrees() == []
    life.reverse(STOCK, *reversed(life.moved))
    life.reverse(SUPPLY, *reversed(life.lots))
    life.reverse(FUND, *reversed(life.money))
    assert agrees() == []
    assert not any(total.deficit_minor for total in read(engine, FundTotal)), "everything is as it was recorded"
    assert {one.in_effect for one in read(engine, Adjustment) if one.adjustment_id != life.kept.hex()} == {False}


def test_index__goods_taken_out_of_effect__agrees_with_the_contracts(life, agrees):
    life.reverse(CONSIGNMENT, life.written_off, life.final, life.receipt, life.custody, life.consignment, life.whole)
    assert agrees() == []
    life.reverse(FUND, life.proceeds)
    moves = (life.quarantined, life.released_again, life.disposed, life.given_back, life.sold, life.distributed)
    found = (
        life.never_sold,
        life.recovered,
        life.recall,
        life.found_lot,
        life.found,
        life.issued,
        life.counted,
        life.loss_reversed,
    )
    life.reverse(STOCK, *found, life.lost, *reversed(moves))
    life.reverse(NEED, life.unsent, life.shared, life.need)
    assert agrees() == []
    life.reverse(SUPPLY, life.made, life.transformation, life.value, life.second_lot)
    assert agrees() == []


def test_index__money_taken_out_of_effect__agrees_with_the_contracts(life, agrees, engine):
    life.reverse(PUBLICATIONS, life.evidence, life.reported)
    life.reverse(FUND, life.interest, life.refund, life.payment, life.commitment, life.pledge)
    life.reverse(FUND, life.returned, life.supplier_refund, life.services, life.unused)
    life.reverse(FUND, *life.sent, life.conversion)
    assert agrees() == []
    life.reverse(FUND, *life.gifts)
    assert agrees() == []
    assert len(read(engine, Reversal)) > 60
    assert any(total.deficit_minor for total in read(engine, FundTotal)), "what was spent was never given"
