"""From a donation onwards: the allocations it bore, what they paid for, and where the goods are now.

Each node is divided without a rest. What an allocation gave back is in the pool again; the allocations after it bear it
as well, and each stands here once, with all that it holds of the donation. Money that was passed on is followed into
the fund that received it.
"""

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction

from sqlmodel import Session, col, select

from ledger.carrying import Carried, carry
from ledger.errors import NotFound
from ledger.models.allocation import Allocation
from ledger.models.consignment import Consignment, ConsignmentLine, Receipt, ReceiptLine
from ledger.models.disbursement import Conversion, Disbursement
from ledger.models.donation import Donation, Refund
from ledger.models.expenditure import Expenditure, ExpenditureDelivery
from ledger.models.fund import Fund
from ledger.models.lot import DonationInKind, Lot, Stock, Transformation, TransformationPart
from ledger.pools import Gift, Pool
from ledger.queries.funding import method_of, read_pool, unattributed_part
from ledger.queries.trace_nodes import LOT_DEPTH_MAX, LOTS_MAX, Division, TraceNode, with_shares
from ledger.queries.trace_up import divide_lots, lot_name

GONE = ("in_transit", "distributed", "sold", "lost", "disposed", "returned_to_donor")
"""Where goods can be other than in a store, as terms of R7."""
DEPTH_MAX = 20
"""How many allocations and conversions after each other are followed: money can go in circles between members."""


def trace_donation(session: Session, donation_id: str) -> TraceNode:
    """What became of a donation of money, or in kind. Raises NotFound when there is no such donation."""
    donation = session.get(Donation, donation_id)
    if donation is None:
        return trace_donation_in_kind(session, donation_id)
    fund = session.get(Fund, donation.fund_id)
    root = TraceNode(
        "donation",
        donation_id,
        amount_minor=donation.recorded_minor,
        currency=fund.currency if fund else None,
        method=method_of(session, donation.fund_id),
    )
    return with_shares(_Down(session).divide_gift(root, donation))


def trace_donation_in_kind(session: Session, donation_id: str) -> TraceNode:
    """What became of goods that were given; its lots divide it by quantity, or in equal parts if of several items."""
    if session.get(DonationInKind, donation_id) is None:
        raise NotFound(f"There is no donation {donation_id}.")
    lots = session.exec(select(Lot).where(Lot.source_id == donation_id).order_by(col(Lot.journal_no))).all()
    down, division = _Down(session), Division()
    method, sizes = divide_lots([(lot.item_id, lot.quantity) for lot in lots])
    for lot, size in zip(lots, sizes, strict=True):
        division.add(down.lot_node(lot), size)
    return with_shares(division.divide(TraceNode("donation_in_kind", donation_id, method=method)))


def trace_lot_down(session: Session, lot_id: str) -> TraceNode:
    """Where the goods of a lot are now. Raises NotFound when there is no such lot."""
    lot = session.get(Lot, lot_id)
    if lot is None:
        raise NotFound(f"There is no lot {lot_id}.")
    return with_shares(_Down(session).lot_node(lot))


class _Down:
    """One way down. What several branches meet is built once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pools: dict[str, Pool] = {}
        self._path: list[str] = []
        self._lots = self._lot_depth = 0

    def divide_gift(self, root: TraceNode, donation: Donation) -> TraceNode:
        """Divides a donation into what was refunded or corrected, what is free, and what allocations hold of it."""
        pool = self._pool(donation.fund_id)
        gift = Gift(donation.journal_no, donation.donation_id, donation.recorded_minor)
        entries = pool.entries_of(gift)
        carried = carry(pool, gift.donation_id, entries)
        kept = 1 - unattributed_part(pool, gift)
        brought = sum((entry.amount_minor for entry in entries if entry.amount_minor > 0), Fraction(0))
        used = carried.covered + carried.free_again + sum(carried.held.values(), Fraction(0))
        taken_back = brought - carried.free - used * kept
        # A refund or correction that was itself taken back changes nothing.
        undone = min(taken_back, brought - gift.amount_minor)
        division = Division()
        self._divide_pool(division, pool, carried, kept)
        taken_back -= undone
        refunded = min(Fraction(self._refunded(donation.donation_id)), taken_back)
        division.add(TraceNode("refunded", donation.donation_id), refunded)
        division.add(TraceNode("corrected", donation.donation_id), taken_back - refunded)
        return division.divide(replace(root, amount_minor=int(brought - undone)))

    def lot_node(self, lot: Lot) -> TraceNode:
        """Divides a lot by where its goods are."""
        self._lots += 1
        self._lot_depth += 1
        division = Division()
        receipts = self._receipts(lot.lot_id)
        stocks = select(Stock).where(Stock.lot_id == lot.lot_id).order_by(col(Stock.facility_id))
        for stock in self._session.exec(stocks):
            for kind, quantity in (("on_hand", stock.usable), ("quarantined", stock.quarantined)):
                there = TraceNode(
                    kind,
                    stock.facility_id,
                    quantity=Fraction(quantity),
                    receipt_ids=tuple(receipts.get(stock.facility_id, ())),
                )
                division.add(there, quantity)
        for term in GONE:
            quantity = getattr(lot, term)
            division.add(TraceNode(term, lot.lot_id, quantity=Fraction(quantity)), quantity)
        for node, quantity in self._transformed(lot):
            division.add(node, quantity)
        self._lot_depth -= 1
        node = TraceNode("lot", lot.lot_id, quantity=Fraction(lot.quantity), name=lot_name(self._session, lot))
        return division.divide(replace(node, method="by quantity"))

    def _pool(self, fund_id: str) -> Pool:
        if fund_id not in self._pools:
            self._pools[fund_id] = read_pool(self._session, fund_id)
        return self._pools[fund_id]

    def _refunded(self, donation_id: str) -> int:
        refunds = select(Refund).where(Refund.donation_id == donation_id, col(Refund.in_effect))
        return sum(refund.amount_minor for refund in self._session.exec(refunds))

    def _divide_pool(self, division: Division, pool: Pool, carried: Carried, kept: Fraction) -> None:
        division.add(TraceNode("unallocated", pool.fund_id), carried.free + carried.free_again * kept)
        division.add(TraceNode("deficit_covered", pool.fund_id), carried.covered * kept)
        for record_id, amount in carried.held.items():
            division.add(self._step_node(record_id), amount * kept)

    def _step_node(self, record_id: str) -> TraceNode:
        allocation = self._session.get(Allocation, record_id)
        conversion = None if allocation else self._session.get(Conversion, record_id)
        if allocation:
            node = TraceNode("allocation", record_id, name=allocation.description)
        else:
            node = TraceNode("conversion" if conversion else "refunded_to_others", record_id)
        if record_id in self._path or len(self._path) == DEPTH_MAX:
            return node
        self._path.append(record_id)
        if allocation:
            node = self._divide_allocation(node, allocation)
        elif conversion:
            node = self._arrival(node, conversion.to_fund_id)
        self._path.pop()
        return node

    def _arrival(self, node: TraceNode, fund_id: str) -> TraceNode:
        """Divides what came into a fund from another one, as a donation is divided."""
        pool, source_id = self._pool(fund_id), node.record_id or ""
        entries = [entry for entry in pool.entries if entry.source_id == source_id]
        division = Division()
        self._divide_pool(division, pool, carry(pool, source_id, entries), Fraction(1))
        return division.divide(replace(node, method=method_of(self._session, fund_id)))

    def _divide_allocation(self, node: TraceNode, allocation: Allocation) -> TraceNode:
        allocation_id = allocation.allocation_id
        division = Division()
        expenditures = select(Expenditure).where(Expenditure.allocation_id == allocation_id)
        disbursements = select(Disbursement).where(Disbursement.allocation_id == allocation_id)
        for expenditure in self._session.exec(expenditures.order_by(col(Expenditure.journal_no))):
            net_minor = expenditure.amount_minor - expenditure.reduced_minor
            division.add(self._divide_expenditure(expenditure), net_minor if expenditure.in_effect else 0)
        for disbursement in self._session.exec(disbursements.order_by(col(Disbursement.journal_no))):
            if disbursement.in_effect and disbursement.state != "rejected":
                division.add(self._passed_on(disbursement), disbursement.amount_minor)
        if allocation.state == "approved" and allocation.in_effect:
            unspent_minor = max(allocation.amount_minor - allocation.reduced_minor, 0)
            division.add(TraceNode("unspent", allocation_id), unspent_minor)
        return division.divide(replace(node, method="by amount"))

    def _passed_on(self, disbursement: Disbursement) -> TraceNode:
        node = TraceNode("disbursement", disbursement.disbursement_id, name=disbursement.description)
        return self._arrival(node, disbursement.child_fund_id) if disbursement.state == "acknowledged" else node

    def _divide_expenditure(self, expenditure: Expenditure) -> TraceNode:
        node = TraceNode("expenditure", expenditure.expenditure_id, name=expenditure.description, method="by cost")
        net_minor = expenditure.amount_minor - expenditure.reduced_minor
        if expenditure.kind != "goods":
            return replace(node, children=(TraceNode(expenditure.kind, expenditure.expenditure_id),))
        division = Division()
        deliveries = select(ExpenditureDelivery, Lot).where(
            ExpenditureDelivery.expenditure_id == expenditure.expenditure_id,
            col(ExpenditureDelivery.in_effect),
            col(Lot.lot_id) == col(ExpenditureDelivery.lot_id),
        )
        for delivery, lot in self._session.exec(deliveries.order_by(col(ExpenditureDelivery.journal_no))):
            division.add(self.lot_node(lot), delivery.cost_minor)
        undelivered = net_minor - expenditure.delivered_minor
        division.add(TraceNode("prepaid", expenditure.expenditure_id), max(undelivered, 0))
        return division.divide(node)

    def _transformed(self, lot: Lot) -> list[tuple[TraceNode, int]]:
        parts = (
            select(TransformationPart)
            .join(Transformation, col(Transformation.transformation_id) == col(TransformationPart.transformation_id))
            .where(
                TransformationPart.lot_id == lot.lot_id,
                TransformationPart.side == "input",
                col(Transformation.in_effect),
            )
            .order_by(col(TransformationPart.transformation_id))
        )
        return [(self._divide_transformation(part), part.quantity) for part in self._session.exec(parts)]

    def _divide_transformation(self, part: TransformationPart) -> TraceNode:
        if self._lots > LOTS_MAX or self._lot_depth >= LOT_DEPTH_MAX:
            return TraceNode("more_transformations", part.transformation_id, quantity=Fraction(part.quantity))
        query = select(Lot).where(Lot.source_id == part.transformation_id).order_by(col(Lot.journal_no))
        made = self._session.exec(query).all()
        method, sizes = divide_lots([(lot.item_id, lot.quantity) for lot in made])
        division = Division()
        for lot, size in zip(made, sizes, strict=True):
            division.add(self.lot_node(lot), size)
        node = TraceNode("transformation", part.transformation_id, quantity=Fraction(part.quantity), method=method)
        return division.divide(node)

    def _receipts(self, lot_id: str) -> dict[str, list[str]]:
        """Receipts in effect that counted the lot, by the facility they counted it into."""
        query = (
            select(Consignment.to_facility_id, Receipt.receipt_id)
            .join(Receipt, col(Receipt.consignment_id) == col(Consignment.consignment_id))
            .join(ReceiptLine, col(ReceiptLine.receipt_id) == col(Receipt.receipt_id))
            .join(
                ConsignmentLine,
                (col(ConsignmentLine.consignment_id) == col(Consignment.consignment_id))
                & (col(ConsignmentLine.line_no) == col(ReceiptLine.line_no)),
            )
            .where(ConsignmentLine.lot_id == lot_id, col(Receipt.in_effect))
            .order_by(col(Receipt.journal_no))
        )
        found: dict[str, list[str]] = defaultdict(list)
        for facility_id, receipt_id in self._session.exec(query):
            found[facility_id].append(receipt_id)
        return found
