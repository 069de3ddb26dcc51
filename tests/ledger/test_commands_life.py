"""Every step of the life cycle of money and goods, by the commands, against the real contracts."""

from datetime import UTC, datetime, timedelta

import pytest

from ledger import codes
from ledger.canonical import NO_RECORD
from ledger.commands import (
    allocations,
    commitments,
    consignments,
    conversions,
    corrections,
    disbursements,
    discrepancies,
    donations,
    donations_in_kind,
    evidence,
    expenditures,
    funds,
    goods_allocations,
    items,
    lots,
    needs,
    pledges,
    recalls,
    receipts,
    redesignations,
    refunds,
    reported_distributions,
    stock,
)
from ledger.errors import TransactionRefused
from tests.ledger.steps import CNY, fund, goods_in, place, record
from tests.ledger.world import World


def test_money__pledged_given_allocated_spent_and_refunded__every_step_is_recorded(shared_world: World):
    world = shared_world
    clerk, allocator, approver = world.desk("clerk"), world.desk("allocator"), world.desk("approver")
    general = fund(world, "clerk", "general")
    pledge = record(world, pledges.record_pledge(clerk, key=("p1",), fund_id=general, amount_minor=5_000, donor="X"))
    commitment = record(
        world,
        commitments.record_commitment(clerk, key=("c1",), fund_id=general, amount_minor=4_000, pledge_id=pledge),
    )
    paid = donations.record_payment(clerk, general, donations.Gift(("g0",), 4_000, "X"), commitment)
    world.submit(paid)
    gifts = [donations.Gift((f"g{n}",), 1_000 * n, f"donor {n}", "individual", "2020-01-26") for n in range(1, 6)]
    assert world.submit(donations.record_donations(clerk, general, gifts)).recorded == 5
    record(
        world,
        refunds.record_refund(world.desk("second-clerk"), key=("r1",), donation_id=paid.record_id, amount_minor=100),
    )
    record(
        world,
        funds.record_income(
            clerk, key=("i1",), fund_id=general, kind=codes.IncomeKind.Interest, amount_minor=50, date="2020-02-01"
        ),
    )
    allocation = record(
        world, allocations.propose_allocation(allocator, key=("a1",), fund_id=general, amount_minor=10_000)
    )
    world.submit(allocations.approve_allocation(approver, allocation))
    spent = record(
        world,
        expenditures.record_expenditure(
            allocator,
            key=("e1",),
            allocation_id=allocation,
            kind=codes.ExpenditureKind.Services,
            amount_minor=6_000,
            date="2020-02-03",
            supplier="A carrier",
        ),
    )
    record(world, expenditures.record_supplier_refund(allocator, key=("s1",), expenditure_id=spent, amount_minor=500))
    world.submit(allocations.return_unspent(allocator, key=("u1",), allocation_id=allocation, amount_minor=1_000))
    world.submit(allocations.close_allocation(allocator, allocation))
    cancelled = record(world, allocations.propose_allocation(allocator, key=("a2",), fund_id=general, amount_minor=10))
    world.submit(allocations.cancel_allocation(allocator, cancelled))
    (totals,) = world.chain.call_function("FundLedger", "totalsOf", (general,))
    received, refunded = totals[0], totals[11]
    assert (received, refunded) == (19_000, 100)


def test_money__passed_on_converted_and_redesignated__every_step_is_recorded(shared_world: World):
    world = shared_world
    clerk, allocator, approver = world.desk("clerk"), world.desk("allocator"), world.desk("approver")
    source = fund(world, "clerk", "health", purpose="122", place="CN42")
    child = fund(world, "hospital-clerk", "child", purpose="122", place="CN4201")
    dong = fund(world, "clerk", "dong", currency="VND", purpose="122", place="CN42")
    world.submit(donations.record_donation(clerk, source, donations.Gift(("h1",), 100_000)))
    change = record(
        world,
        redesignations.propose_redesignation(
            allocator,
            key=("d1",),
            fund_id=source,
            amount_minor=1_000,
            purpose="130",
            place="CN42",
            reason="It was not needed.",
        ),
    )
    world.submit(redesignations.approve_redesignation(approver, change))
    allocation = record(
        world,
        allocations.propose_allocation(
            allocator, key=("o1",), fund_id=source, amount_minor=30_000, purpose="122", place="CN4201"
        ),
    )
    world.submit(allocations.approve_allocation(approver, allocation))
    sent = [
        record(
            world,
            disbursements.record_disbursement(
                allocator, key=(f"b{n}",), allocation_id=allocation, child_fund_id=child, amount_minor=10_000
            ),
        )
        for n in (1, 2)
    ]
    receiving = world.desk("hospital-clerk")
    world.submit(disbursements.acknowledge_disbursement(receiving, sent[0]))
    world.submit(disbursements.reject_disbursement(receiving, sent[1], reason="It did not arrive."))
    record(
        world,
        conversions.record_conversion(
            allocator,
            key=("v1",),
            from_fund_id=source,
            to_fund_id=dong,
            from_amount_minor=1_000,
            to_amount_minor=33_000,
            rate_date="2020-02-01",
            rate_source="central bank",
            evidence_digest=world.documents.put(b"rate").digest,
        ),
    )
    (totals,) = world.chain.call_function("FundLedger", "totalsOf", (child,))
    assert totals[1] == 10_000


def buy_and_repack(world: World, store: bytes, item: bytes, lot: bytes) -> None:
    """A lot that money bought, and one that is made of another."""
    clerk, dispatcher = world.desk("clerk"), world.desk("dispatcher")
    allocator, approver = world.desk("allocator"), world.desk("approver")
    pool = fund(world, "clerk", "goods")
    world.submit(donations.record_donation(clerk, pool, donations.Gift(("m1",), 50_000)))
    allocation = record(world, allocations.propose_allocation(allocator, key=("a",), fund_id=pool, amount_minor=9_000))
    world.submit(allocations.approve_allocation(approver, allocation))
    bought = record(
        world,
        expenditures.record_expenditure(
            allocator, key=("e",), allocation_id=allocation, kind=codes.ExpenditureKind.Goods, amount_minor=9_000
        ),
    )
    world.submit(lots.commission_bought(clerk, store, bought, [lots.Lot(("b1",), item, 300, cost_minor=9_000)]))
    pieces = record(world, items.register_item(clerk, items.Item("N95 mask", "1860", "single")))
    repacked = lots.transform(
        dispatcher,
        key=("t1",),
        facility_id=store,
        inputs=[lots.Part(lot, 10)],
        outputs=[lots.Lot(("t1", 1), pieces, 400)],
        evidence_digest=world.documents.put(b"repacked").digest,
    )
    world.submit(repacked)


def test_goods__given_bought_moved_and_counted__every_step_is_recorded(world: World):
    clerk, dispatcher, carrier = world.desk("clerk"), world.desk("dispatcher"), world.desk("carrier")
    allocator, approver, inspector = world.desk("allocator"), world.desk("approver"), world.desk("inspector")
    ward = world.desk("ward")
    store, ward_id, item = place(world)
    lot = goods_in(world, "k1", item, store, 1_000)
    gift = donations_in_kind.new_id(clerk, "donation_in_kind", ("k1",))
    valuation = donations_in_kind.declare_value(
        inspector, key=("w1",), donation_id=gift, currency=CNY, value_minor=90_000, method="INVOICE"
    )
    world.submit(valuation)

    buy_and_repack(world, store, item, lot)

    need = record(world, needs.publish_need(world.desk("hospital-clerk"), needs.Need(("n1",), ward_id, item, 100)))
    world.submit(needs.approve_need(world.desk("hospital-approver"), need, quantity=80))
    share = goods_allocations.Share(("s1",), lot, store, ward_id, 100, reason="They asked by phone.")
    shared = record(world, goods_allocations.propose_goods_allocation(allocator, share))
    world.submit(goods_allocations.approve_goods_allocation(approver, shared))
    unneeded = record(
        world, goods_allocations.propose_goods_allocation(allocator, share._replace(key=("s2",), quantity=5))
    )
    world.submit(goods_allocations.cancel_goods_allocation(allocator, unneeded))

    due = datetime.now(UTC) + timedelta(days=2)
    line = consignments.DispatchLine(lot, 60, shared)
    sent = record(
        world,
        consignments.dispatch(
            dispatcher,
            key=("d1",),
            from_facility_id=store,
            to_facility_id=ward_id,
            lines=[line],
            due=due,
            carrier_id=15,
            waybill_no="W-1",
        ),
    )
    voided = record(
        world,
        consignments.dispatch(
            dispatcher,
            key=("d2",),
            from_facility_id=store,
            to_facility_id=ward_id,
            lines=[line._replace(quantity=10)],
            due=due,
        ),
    )
    world.submit(consignments.void_dispatch(dispatcher, voided, reason="The truck broke down."))
    world.submit(goods_allocations.release_goods_allocation(allocator, shared))
    world.submit(consignments.accept_custody(carrier, key=("c1",), consignment_id=sent))
    first = receipts.receive_consignment(ward, key=("q1",), consignment_id=sent, counted=[receipts.Counted(0, 40)])
    world.submit(first)
    second = receipts.receive_consignment(
        ward,
        key=("q2",),
        consignment_id=sent,
        counted=[receipts.Counted(0, 15, damaged=2)],
        is_final=True,
        completeness=codes.Completeness.Inferred,
    )
    world.submit(second)
    (usable, _, quarantined) = world.chain.call_function("SupplyLedger", "stockOf", (lot, ward_id))
    assert (usable, quarantined) == (55, 2)


def test_stock__all_that_can_happen_in_a_store__every_step_is_recorded(world: World):
    dispatcher, inspector = world.desk("dispatcher"), world.desk("inspector")
    store, _, item = place(world)
    lot = goods_in(world, "k1", item, store, 1_000)
    at = {"lot_id": lot, "facility_id": store}
    world.submit(stock.quarantine(inspector, key=("1",), quantity=50, reason="Damp", **at))
    world.submit(stock.release_quarantine(inspector, key=("2",), quantity=10, **at))
    disposal = record(world, stock.propose_disposal(inspector, key=("3",), quantity=20, **at))
    world.submit(stock.confirm_release(dispatcher, disposal))
    releases = (
        stock.propose_return_to_donor(dispatcher, key=("4",), quantity=5, **at),
        stock.propose_sale(dispatcher, key=("5",), quantity=6, **at),
        stock.propose_distribution(dispatcher, key=("6",), quantity=100, recipients=40, **at),
    )
    for release in releases:
        world.submit(stock.confirm_release(inspector, record(world, release)))
    loss = record(world, stock.register_loss(dispatcher, key=("7",), quantity=30, reason=codes.LossReason.Stolen, **at))
    world.submit(stock.reverse_loss(dispatcher, key=("8",), loss_id=loss, quantity=10))
    world.submit(stock.count_stock(dispatcher, key=("9",), counted=700, **at))
    issue = record(world, stock.propose_issue_without_record(dispatcher, key=("10",), quantity=1, **at))
    world.submit(stock.confirm_issue_without_record(world.desk("inspector"), issue))
    found = record(
        world,
        stock.propose_find(dispatcher, key=("11",), facility_id=store, lot_id=lot, item_id=item, quantity=3),
    )
    world.submit(stock.confirm_find(world.desk("inspector"), found))
    recall = record(world, recalls.open_recall(inspector, key=("12",), lot_id=lot, reason="Straps tear."))
    world.submit(recalls.record_recovered(inspector, key=("13",), recall_id=recall, quantity=100, **at))
    world.submit(recalls.extend_recall(inspector, recall, occasion="1"))
    world.submit(recalls.close_recall(inspector, recall))
    (usable, _, quarantined) = world.chain.call_function("SupplyLedger", "stockOf", (lot, store))
    assert usable + quarantined == 1_000 - 20 - 5 - 6 - 100 - 20 - 1 + 3


def test_truth__findings_corrections_reports_and_evidence__every_step_is_recorded(world: World):
    clerk, importer, auditor = world.desk("clerk"), world.desk("importer"), world.desk("auditor")
    corrector, second = world.desk("corrector"), world.desk("correction-approver")
    store, _, item = place(world)
    pool = fund(world, "clerk", "pool")
    gift = record(world, donations.record_donation(clerk, pool, donations.Gift(("m1",), 50_000)))
    wrong = record(world, donations.record_donation(clerk, pool, donations.Gift(("m2",), 7_000)))
    declared = corrections.declare_errors(
        corrector,
        [
            corrections.Correction(
                ("x1",), "FundLedger", wrong, codes.CorrectionReason.DidNotOccur, "DUPLICATE", "Booked twice."
            ),
            corrections.Correction(
                ("x2",),
                "FundLedger",
                gift,
                codes.CorrectionReason.IncorrectData,
                "TYPO",
                "A digit was wrong.",
                [corrections.Change("amount_minor", 50_000, 40_000)],
                corrective_id=corrections.adjustment_id(corrector, ("x2",)),
                delta=-10_000,
            ),
        ],
    )
    world.submit(declared)
    world.submit(corrections.approve_corrections(second, declared.record_ids))
    words = corrections.declare_error(
        corrector,
        corrections.Correction(
            ("x3",), "Catalogue", item, codes.CorrectionReason.Words, "NAME", "N95 is KN95.", (), NO_RECORD
        ),
    )
    world.submit(words)
    world.submit(corrections.reject_correction(second, words.record_id))
    (totals,) = world.chain.call_function("FundLedger", "totalsOf", (pool,))
    assert totals[0] == 40_000

    finding = record(world, discrepancies.open_finding(auditor, key=("f1",), subject_id=gift, note="No receipt."))
    world.submit(discrepancies.answer(world.desk("clerk"), key=("an1",), discrepancy_id=finding, note="Here it is."))
    same = {"code": codes.Resolution.Explained, "note": "The words stay the same."}
    for number, decide in ((1, discrepancies.reject_resolution), (2, discrepancies.confirm_resolution)):
        seen = discrepancies.as_it_stands(world.chain, finding)
        assert seen == (0, number)
        stale = discrepancies.propose_resolution(corrector, finding, **same, quantity=5, proposal_no=number)
        with pytest.raises(TransactionRefused, match="is about 0 now, not about 5"):
            world.submit(stale)
        world.submit(discrepancies.propose_resolution(corrector, finding, **same, **seen._asdict()))
        assert discrepancies.as_it_stands(world.chain, finding) == seen
        given = {"reason": "Not enough."} if decide is discrepancies.reject_resolution else {}
        world.submit(decide(second, finding, proposal_no=number, **given))
    assert discrepancies.as_it_stands(world.chain, finding) == (0, 3)

    said = reported_distributions.ReportedDistribution(("l", "1", 1), item, 500, publisher="A", list="1", row=1)
    world.submit(reported_distributions.report_distribution(importer, said))
    document = world.documents.put(b"a photograph", "image/jpeg").digest
    world.submit(evidence.anchor_document(importer, evidence.Evidence(("ev1",), gift, document, "A01")))
    assert world.chain.call_function("Publications", "journal", ())[1] == 2
    assert store
