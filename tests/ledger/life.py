"""A ledger in which everything happened once, and then was corrected: for the tests that compare index and contracts."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from ledger import codes
from ledger.canonical import canonical_bytes, organisation_of, record_id
from ledger.commands import (
    Draft,
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
    facilities,
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
from ledger.commands.discrepancies import Resolution
from tests.ledger.import_report import IMPORT_REPORT
from tests.ledger.world import HOSPITAL, STORE_KEY, WARD_KEY, WUHAN, World

GOOD, DAMAGED, LOST, OVER = range(4)


class Life:
    """Writes to a world. Ids that later steps stand on are attributes."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._corrections = 0

    def do(self, draft: Draft) -> bytes:
        """Records a draft and returns its first record's id."""
        self.world.submit(draft)
        return draft.record_id

    def desk(self, account: str):
        return self.world.desk(account)

    def places(self) -> None:
        """A store, a ward and two items."""
        clerk, hospital = self.desk("clerk"), self.desk("hospital-clerk")
        self.store = self.do(facilities.register_facility(clerk, facilities.Facility(STORE_KEY, "Store")))
        self.ward = self.do(facilities.register_facility(hospital, facilities.Facility(WARD_KEY, "Ward", city="Wuhan")))
        self.mask = self.do(items.register_item(clerk, items.Item("N95 mask", "1860", "piece")))
        self.box = self.do(items.register_item(clerk, items.Item("N95 mask", "1860", "box")))

    def promises_and_gifts(self) -> None:
        """Pledge, commitment, payment, published gifts, a refund and interest, in one fund."""
        clerk = self.desk("clerk")
        self.fund = self.do(funds.open_fund(clerk, key=("general",), name="General", currency="CNY"))
        self.pledge = self.do(
            pledges.record_pledge(
                clerk, key=("p",), fund_id=self.fund, amount_minor=5_000, donor="X", date="2020-01-20"
            )
        )
        self.commitment = self.do(
            commitments.record_commitment(
                clerk, key=("c",), fund_id=self.fund, amount_minor=4_000, pledge_id=self.pledge
            )
        )
        self.payment = self.do(
            donations.record_payment(clerk, self.fund, donations.Gift(("paid",), 3_000, "X"), self.commitment)
        )
        gifts = [
            donations.Gift(
                ("gift", n),
                10_000 * n,
                f"donor {n}",
                "individual",
                "2020-01-26",
                publisher="Red Cross",
                list="01",
                row=n,
            )
            for n in range(1, 6)
        ]
        self.world.submit(donations.record_donations(clerk, self.fund, gifts))
        self.gifts = [donations.new_id(clerk, "donation", gift.key) for gift in gifts]
        self.refund = self.do(
            refunds.record_refund(
                self.desk("second-clerk"), key=("r",), donation_id=self.payment, amount_minor=100, reason="Paid twice"
            )
        )
        interest = codes.IncomeKind.Interest
        self.interest = self.do(
            funds.record_income(clerk, key=("i",), fund_id=self.fund, kind=interest, amount_minor=50, date="2020-02-01")
        )

    def allocate(self, key: str, amount_minor: int, fund_id: bytes | None = None, **given) -> bytes:
        """An approved allocation."""
        proposal = allocations.propose_allocation(
            self.desk("allocator"), key=(key,), fund_id=fund_id or self.fund, amount_minor=amount_minor, **given
        )
        allocation = self.do(proposal)
        self.do(allocations.approve_allocation(self.desk("approver"), allocation))
        return allocation

    def spend(self, key: str, allocation: bytes, kind: codes.ExpenditureKind, amount_minor: int) -> bytes:
        return self.do(
            expenditures.record_expenditure(
                self.desk("allocator"),
                key=(key,),
                allocation_id=allocation,
                kind=kind,
                amount_minor=amount_minor,
                supplier="A supplier",
            )
        )

    def money_out(self) -> None:
        """Allocations that are spent, returned, closed and cancelled; money passed on and changed."""
        allocator = self.desk("allocator")
        self.allocation = self.allocate("a1", 40_000, description="Masks and freight")
        self.services = self.spend("e1", self.allocation, codes.ExpenditureKind.Services, 6_000)
        self.goods = self.spend("e2", self.allocation, codes.ExpenditureKind.Goods, 9_000)
        self.supplier_refund = self.do(
            expenditures.record_supplier_refund(allocator, key=("s",), expenditure_id=self.services, amount_minor=500)
        )
        self.returned = self.do(
            allocations.return_unspent(allocator, key=("u",), allocation_id=self.allocation, amount_minor=1_000)
        )
        closed = self.allocate("a2", 2_000)
        self.do(allocations.close_allocation(allocator, closed))
        cancelled = self.do(allocations.propose_allocation(allocator, key=("a3",), fund_id=self.fund, amount_minor=10))
        self.do(allocations.cancel_allocation(allocator, cancelled))
        self.unused = self.allocate("a4", 700)
        self._pass_on()

    def _pass_on(self) -> None:
        clerk, allocator, approver = self.desk("clerk"), self.desk("allocator"), self.desk("approver")
        hospital = self.desk("hospital-clerk")
        marked = self.do(funds.open_fund(clerk, key=("marked",), name="Health", currency="CNY", purpose="122"))
        self.child = self.do(funds.open_fund(hospital, key=("child",), name="Child", currency="CNY", purpose="122"))
        dong = self.do(funds.open_fund(clerk, key=("dong",), name="Dong", currency="VND", purpose="122"))
        self.do(donations.record_donation(clerk, marked, donations.Gift(("m",), 100_000)))
        change = self.do(
            redesignations.propose_redesignation(
                allocator, key=("d",), fund_id=marked, amount_minor=1_000, purpose="130", reason="Not needed there."
            )
        )
        self.do(redesignations.approve_redesignation(approver, change))
        self.allocate("a5", 400, marked, purpose="130", redesignation_id=change)
        passed = self.allocate("a6", 30_000, marked, purpose="122")
        self.sent = [
            self.do(
                disbursements.record_disbursement(
                    allocator, key=("o", n), allocation_id=passed, child_fund_id=self.child, amount_minor=1_000 * n
                )
            )
            for n in (1, 2, 3)
        ]
        self.do(disbursements.acknowledge_disbursement(hospital, self.sent[0]))
        self.do(disbursements.acknowledge_disbursement(hospital, self.sent[1]))
        self.do(disbursements.reject_disbursement(hospital, self.sent[2], reason="Wrong fund."))
        self.conversion = self.do(
            conversions.record_conversion(
                allocator,
                key=("x",),
                from_fund_id=marked,
                to_fund_id=dong,
                from_amount_minor=10_000,
                to_amount_minor=330_000,
                rate_date="2020-02-01",
                rate_source="central bank",
                evidence_digest=self.world.documents.put(b"rate", "text/plain").digest,
            )
        )

    def goods_in(self) -> None:
        """A gift of two lots with its value, a bought lot, and boxes made into pieces."""
        clerk = self.desk("clerk")
        given = [lots.Lot(("k", n), self.mask, 1_000, expiry_date="2099-12-31") for n in (1, 2)]
        gift = donations_in_kind.record_donation_in_kind(
            clerk, key=("k",), facility_id=self.store, lots=given, donor="A company", date="2020-01-28"
        )
        self.gift_in_kind = self.do(gift)
        self.lot, self.second_lot = (lots.new_id(clerk, "lot", lot.key) for lot in given)
        self.value = self.do(
            donations_in_kind.declare_value(
                self.desk("inspector"),
                key=("w",),
                donation_id=self.gift_in_kind,
                currency="CNY",
                value_minor=90_000,
                method="INVOICE",
            )
        )
        bought = lots.Lot(("b",), self.mask, 300, cost_minor=8_000)
        self.do(lots.commission_bought(clerk, self.store, self.goods, [bought]))
        self.bought = lots.new_id(clerk, "lot", bought.key)
        pieces = lots.Lot(("t", 1), self.box, 400)
        self.transformation = self.do(
            lots.transform(
                self.desk("dispatcher"),
                key=("t",),
                facility_id=self.store,
                inputs=[lots.Part(self.second_lot, 10)],
                outputs=[pieces],
                evidence_digest=self.world.documents.put(b"repacked", "text/plain").digest,
            )
        )
        self.made = lots.new_id(self.desk("dispatcher"), "lot", pieces.key)

    def share(self, key: str, quantity: int, **given) -> bytes:
        """An approved goods allocation to the ward."""
        share = goods_allocations.Share((key,), self.lot, self.store, self.ward, quantity, **given)
        shared = self.do(goods_allocations.propose_goods_allocation(self.desk("allocator"), share))
        self.do(goods_allocations.approve_goods_allocation(self.desk("approver"), shared))
        return shared

    def send(self, key: str, lines: Sequence[consignments.DispatchLine], carrier_id: int = 0) -> bytes:
        return self.do(
            consignments.dispatch(
                self.desk("dispatcher"),
                key=(key,),
                from_facility_id=self.store,
                to_facility_id=self.ward,
                lines=lines,
                due=datetime.now(UTC) + timedelta(days=2),
                carrier_id=carrier_id,
                waybill_no=key,
            )
        )

    def receive(self, key: str, consignment: bytes, counted: receipts.Counted, is_final: bool = False) -> bytes:
        return self.do(
            receipts.receive_consignment(
                self.desk("ward"), key=(key,), consignment_id=consignment, counted=[counted], is_final=is_final
            )
        )

    def goods_out(self) -> None:
        """Needs, goods set aside, dispatched, in custody, received in parts, too much and too little."""
        need = needs.Need(("n",), self.ward, self.mask, 100)
        self.need = self.do(needs.publish_need(self.desk("hospital-clerk"), need))
        self.do(needs.approve_need(self.desk("hospital-approver"), self.need, quantity=80))
        self.repeated = self.do(needs.publish_need(self.desk("hospital-clerk"), need._replace(key=("n2",), quantity=7)))
        self.shared = self.share("s", 200, need_id=self.need)
        self.unsent = self.share("s2", 5, reason="They asked by phone.")
        line = consignments.DispatchLine(self.lot, 60, self.shared)
        self.consignment = self.send("c1", [line], carrier_id=15)
        voided = self.send("c2", [line._replace(quantity=10)])
        self.do(consignments.void_dispatch(self.desk("dispatcher"), voided, reason="The truck broke down."))
        self.custody = self.do(
            consignments.accept_custody(self.desk("carrier"), key=("cu",), consignment_id=self.consignment)
        )
        self.receipt = self.receive("q1", self.consignment, receipts.Counted(0, 40, over=3))
        self.final = self.receive("q2", self.consignment, receipts.Counted(0, 10, damaged=2, lost=1), is_final=True)
        self.whole = self.send("c3", [line._replace(quantity=20)])
        self.released = self.share("s3", 30, need_id=self.repeated, reason="Not approved yet.")
        self.partly = self.send("c4", [line._replace(quantity=12, allocation_id=self.released)])
        self.do(goods_allocations.release_goods_allocation(self.desk("allocator"), self.released))
        self._write_off()

    def _write_off(self) -> None:
        kind, subject = codes.DiscrepancyKind.Outstanding, self.consignment
        (outstanding,) = self.world.chain.call_function(
            "Discrepancies", "discrepancyIdOf", (int(kind), WUHAN, subject, 0)
        )
        corrector, second = self.desk("corrector"), self.desk("correction-approver")
        self.do(discrepancies.answer(self.desk("clerk"), key=("an",), discrepancy_id=outstanding, note="It fell off."))
        code = Resolution.WrittenOff
        self.do(discrepancies.propose_resolution(corrector, outstanding, code=code, note="One box.", quantity=7))
        self.do(discrepancies.reject_resolution(second, outstanding, reason="Look again.", proposal_no=1))
        # The same words again: another proposal.
        again = {"code": code, "note": "One box.", "quantity": 7, "proposal_no": 2}
        self.do(discrepancies.propose_resolution(corrector, outstanding, **again))
        self.do(discrepancies.confirm_resolution(second, outstanding, proposal_no=2))
        self.written_off = outstanding

    def in_the_store(self) -> None:
        """Everything that StockLedger knows."""
        keeper, inspector = self.desk("dispatcher"), self.desk("inspector")
        at = {"lot_id": self.second_lot, "facility_id": self.store}
        self.quarantined = self.do(stock.quarantine(inspector, key=("1",), quantity=50, reason="Damp", **at))
        self.released_again = self.do(stock.release_quarantine(inspector, key=("2",), quantity=10, **at))
        self.disposed = self.do(stock.propose_disposal(inspector, key=("3",), quantity=20, **at))
        self.do(stock.confirm_release(keeper, self.disposed))
        self.given_back = self.do(stock.propose_return_to_donor(keeper, key=("4",), quantity=5, **at))
        self.sold = self.do(stock.propose_sale(keeper, key=("5",), quantity=6, **at))
        handed_out = stock.propose_distribution(keeper, key=("6",), quantity=100, recipients=40, **at)
        self.distributed = self.do(handed_out)
        for release in (self.given_back, self.sold, self.distributed):
            self.do(stock.confirm_release(inspector, release))
        self.never_sold = self.do(stock.propose_sale(keeper, key=("16",), quantity=7, **at))
        stolen = codes.LossReason.Stolen
        self.lost = self.do(stock.register_loss(keeper, key=("7",), quantity=30, reason=stolen, note="At night", **at))
        self.loss_reversed = self.do(stock.reverse_loss(keeper, key=("8",), loss_id=self.lost, quantity=10))
        self.counted = self.do(stock.count_stock(keeper, key=("9",), counted=700, **at))
        self.issued = self.do(stock.propose_issue_without_record(keeper, key=("10",), quantity=1, **at))
        self.do(stock.confirm_issue_without_record(inspector, self.issued))
        find = {"facility_id": self.store, "item_id": self.mask}
        self.found = self.do(stock.propose_find(keeper, key=("11",), lot_id=self.second_lot, quantity=3, **find))
        self.do(stock.confirm_find(inspector, self.found))
        new_lot = record_id(WUHAN, "lot", "found")
        self.found_lot = self.do(stock.propose_find(keeper, key=("12",), lot_id=new_lot, quantity=4, **find))
        self.do(stock.confirm_find(inspector, self.found_lot))
        self.recall = self.do(
            recalls.open_recall(inspector, key=("13",), lot_id=self.second_lot, reason="Straps tear.")
        )
        recovered = recalls.record_recovered(inspector, key=("14",), recall_id=self.recall, quantity=100, **at)
        self.recovered = self.do(recovered)
        closed = self.do(recalls.open_recall(inspector, key=("15",), lot_id=self.bought, reason="Asked for."))
        self.do(recalls.close_recall(inspector, closed))
        sale = codes.IncomeKind.SaleProceeds
        self.proceeds = self.do(
            funds.record_income(
                self.desk("clerk"), key=("i2",), fund_id=self.fund, kind=sale, amount_minor=60, sale_id=self.sold
            )
        )

    def published(self) -> None:
        """What others published: hand-outs, an import report, evidence; and an auditor's finding."""
        importer = self.desk("importer")
        reported = reported_distributions.ReportedDistribution(
            ("rd",), self.mask, 18_000, recipient="A hospital", publisher="Red Cross", list="out", row=1
        )
        self.reported = self.do(reported_distributions.report_distribution(importer, reported))
        without = reported._replace(key=("rd2",), quantity=0, row=2)
        self.do(reported_distributions.report_distribution(importer, without))
        report = self.world.documents.put(canonical_bytes(IMPORT_REPORT)).digest
        anchored = evidence.Evidence(("rep",), record_id(WUHAN, "list", "Red Cross", "04"), report, "import-report")
        self.do(evidence.anchor_document(importer, anchored))
        photo = self.world.documents.put(b"a photo", "image/jpeg").digest
        self.evidence = self.do(
            evidence.anchor_document(importer, evidence.Evidence(("ph",), self.gifts[0], photo, "A01"))
        )
        finding = {"subject_id": self.gifts[1], "note": "No receipt."}
        self.finding = self.do(discrepancies.open_finding(self.desk("auditor"), key=("f",), **finding))

    def everything(self) -> None:
        """All of it, once."""
        self.places()
        self.promises_and_gifts()
        self.money_out()
        self.goods_in()
        self.goods_out()
        self.in_the_store()
        self.published()

    def correct(self, wanted: corrections.Correction) -> None:
        """Declares and approves a correction, by the people of the organisations whose word it needs."""
        approving, target = organisation_of(wanted.target_id), wanted.target_id
        if wanted.part == "FundLedger":
            (approving,) = self.world.chain.call_function(wanted.part, "approvingOrganisationOf", (target,))
        corrector = "hospital-corrector" if organisation_of(target) == HOSPITAL else "corrector"
        second = "hospital-approver" if approving == HOSPITAL else "correction-approver"
        declared = self.do(corrections.declare_error(self.desk(corrector), wanted))
        self.do(corrections.approve_corrections(self.desk(second), [declared]))

    def reverse(self, part: str, *targets: bytes) -> None:
        """Takes records of one part out of effect, dependants first."""
        did_not_occur = codes.CorrectionReason.DidNotOccur
        for target in targets:
            self._corrections += 1
            key = ("reverse", self._corrections)
            self.correct(corrections.Correction(key, part, target, did_not_occur, "NOT", "It did not occur."))

    def adjust(self, part: str, target: bytes, delta: int, line_no: int = 0, field: int = 0) -> bytes:
        """Posts a difference; returns the adjustment's id."""
        self._corrections += 1
        key = ("adjust", self._corrections)
        corrective = record_id(int.from_bytes(target[:4], "big"), "adjustment", *key)
        change = corrections.Change("quantity", 1, 2)
        wrong = codes.CorrectionReason.IncorrectData
        self.correct(
            corrections.Correction(
                key, part, target, wrong, "TYPO", "A digit.", [change], corrective, line_no, field, delta
            )
        )
        return corrective
