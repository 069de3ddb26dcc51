"""A redesignation counts in the index as in the contract: only where it is needed."""

from ledger.commands.allocations import approve_allocation, propose_allocation
from ledger.commands.donations import Gift, record_donation
from ledger.commands.funds import open_fund
from ledger.commands.redesignations import approve_redesignation, propose_redesignation
from ledger.indexer import converge
from ledger.models.allocation import Allocation, Redesignation
from tests.ledger.indexes import make_engine, read


def test_index__redesignation_cited_but_not_needed__stays_open(shared_world, tmp_path):
    world = shared_world
    clerk, allocator, approver = world.desk("clerk"), world.desk("allocator"), world.desk("approver")
    fund = open_fund(clerk, key=("redesignated",), name="Redesignated", currency="CNY", purpose="111")
    world.submit(fund)
    world.submit(record_donation(clerk, fund.record_id, Gift(("for redesignation",), 1_000)))
    other_end = propose_redesignation(
        allocator, key=("other end",), fund_id=fund.record_id, amount_minor=500, purpose="222", reason="They asked."
    )
    world.submit(other_end)
    world.submit(approve_redesignation(approver, other_end.record_id))
    for key, purpose, amount_minor in (("kept", "1115", 30), ("changed", "222", 40)):
        allocation = propose_allocation(
            allocator,
            key=(key,),
            fund_id=fund.record_id,
            amount_minor=amount_minor,
            purpose=purpose,
            redesignation_id=other_end.record_id,
        )
        world.submit(allocation)
        world.submit(approve_allocation(approver, allocation.record_id))

    engine = make_engine(tmp_path)
    converge(engine, world.chain, world.documents, world.chain.deployment)

    _, _, _, reduced_minor, _, _ = world.chain.call_function("FundLedger", "recordOf", (other_end.record_id,))
    (indexed,) = [row for row in read(engine, Redesignation) if row.redesignation_id == other_end.record_id.hex()]
    assert indexed.reduced_minor == reduced_minor == 40
    cited = {
        row.amount_minor: row.redesignation_id
        for row in read(engine, Allocation)
        if row.fund_id == fund.record_id.hex()
    }
    assert cited == {30: None, 40: other_end.record_id.hex()}
