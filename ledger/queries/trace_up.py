"""From goods back to who gave: a lot, or the lots of a receipt, to donations in kind, finds and the money behind them.

Lots of one transformation's inputs divide it by quantity where they are all of one item; goods of different units are
never added (R6), so several items divide it in equal parts, and the trace says so.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sqlmodel import Session, col, select

from ledger.errors import NotFound
from ledger.models.catalogue import Item
from ledger.models.consignment import ConsignmentLine, Receipt, ReceiptLine
from ledger.models.expenditure import Expenditure, ExpenditureDelivery
from ledger.models.lot import Lot, TransformationPart
from ledger.pools import Pool
from ledger.queries.funding import DonorShare, Funding, donor_shares, donors_share, funding_of, method_of
from ledger.queries.trace_nodes import LOT_DEPTH_MAX, LOTS_MAX, Division, TraceNode, leaves, with_shares

BY_QUANTITY, IN_EQUAL_PARTS = "by quantity", "in equal parts"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a lot came from: the way back as a tree, a page of the donors behind its money, and the proof."""

    root: TraceNode
    donors: tuple[DonorShare, ...]
    others: dict[tuple[str, str], Fraction]
    """Shares that no donation bears, by kind and record: interest, sales, or unattributed."""
    shares_sum: Fraction
    """Of all leaves, donors on every page included: exactly 1."""


def trace_lot_up(
    session: Session,
    lot_id: str,
    *,
    after: tuple[str, int] | None = None,
    limit: int = 50,
    pools: dict[str, Pool] | None = None,
) -> Origin:
    """Where the lot came from, with the next `limit` donors after (fund, journal position).

    `pools` are those that were read already, by fund; those that are read are added to them.
    Raises NotFound when there is no such lot.
    """
    root = with_shares(_Up(session).lot_node(lot_id, 0))
    allocations: dict[str, Fraction] = defaultdict(Fraction)
    rest = Fraction(0)
    for leaf in leaves(root):
        if leaf.kind == "allocation" and leaf.record_id:
            allocations[leaf.record_id] += leaf.share
        else:
            rest += leaf.share
    funding = funding_of(session, allocations, pools) if allocations else Funding()
    donors = donor_shares(session, funding, after, limit)
    shares_sum = rest + donors_share(session, funding) + sum(funding.others.values(), Fraction(0))
    return Origin(root, tuple(donors), dict(funding.others), shares_sum)


def lots_of_receipt(session: Session, receipt_id: str) -> Sequence[tuple[ReceiptLine, ConsignmentLine]]:
    """The receipt's lines with the lots they counted. Raises NotFound when there is no such receipt."""
    if session.get(Receipt, receipt_id) is None:
        raise NotFound(f"There is no receipt {receipt_id}.")
    query = (
        select(ReceiptLine, ConsignmentLine)
        .where(
            ReceiptLine.receipt_id == receipt_id,
            col(ConsignmentLine.consignment_id) == col(ReceiptLine.consignment_id),
            col(ConsignmentLine.line_no) == col(ReceiptLine.line_no),
        )
        .order_by(col(ReceiptLine.line_no))
    )
    return session.exec(query).all()


def lot_name(session: Session, lot: Lot) -> str | None:
    """The item's name as its catalogue has it."""
    item = session.get(Item, lot.item_id)
    return item.name if item else None


class _Up:
    """One way up, through no more than LOTS_MAX lots."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lots = 0

    def lot_node(self, lot_id: str, depth: int) -> TraceNode:
        """The lot with what it came from. Raises NotFound when there is no such lot."""
        lot = self._session.get(Lot, lot_id)
        if lot is None:
            raise NotFound(f"There is no lot {lot_id}.")
        self._lots += 1
        node = TraceNode("lot", lot_id, quantity=Fraction(lot.quantity), name=lot_name(self._session, lot))
        if lot.origin == "in_kind":
            return replace(node, method="in kind", children=(TraceNode("donation_in_kind", lot.source_id),))
        if lot.origin == "bought":
            return replace(node, method="by cost", children=(_expenditure_node(self._session, lot),))
        if lot.origin == "found":
            return replace(node, method="found", children=(TraceNode("found", lot.source_id),))
        if depth >= LOT_DEPTH_MAX or self._lots > LOTS_MAX:
            return replace(node, children=(TraceNode("more_transformations", lot.source_id),))
        return replace(node, children=(self._transformation_node(lot.source_id, depth),))

    def _transformation_node(self, transformation_id: str, depth: int) -> TraceNode:
        query = (
            select(TransformationPart, Lot)
            .where(
                TransformationPart.transformation_id == transformation_id,
                TransformationPart.side == "input",
                col(Lot.lot_id) == col(TransformationPart.lot_id),
            )
            .order_by(col(TransformationPart.line_no))
        )
        inputs = self._session.exec(query).all()
        method, sizes = divide_lots([(lot.item_id, part.quantity) for part, lot in inputs])
        division = Division()
        for (_, lot), size in zip(inputs, sizes, strict=True):
            division.add(self.lot_node(lot.lot_id, depth + 1), size)
        return division.divide(TraceNode("transformation", transformation_id, method=method))


def _expenditure_node(session: Session, lot: Lot) -> TraceNode:
    expenditure = session.get(Expenditure, lot.source_id)
    if expenditure is None:
        raise NotFound(f"There is no expenditure {lot.source_id}.")
    delivery = session.get(ExpenditureDelivery, lot.lot_id)
    cost_minor = delivery.cost_minor if delivery else lot.cost_minor
    method = method_of(session, expenditure.fund_id)
    allocation = TraceNode("allocation", expenditure.allocation_id, amount_minor=cost_minor, method=method)
    return TraceNode("expenditure", lot.source_id, amount_minor=cost_minor, children=(allocation,))


def divide_lots(lots: Sequence[tuple[str, int]]) -> tuple[str, list[Fraction]]:
    """The method, and each lot's part, of lots given as (item, quantity)."""
    items = {item_id for item_id, _ in lots}
    if len(items) == 1:
        return BY_QUANTITY, [Fraction(quantity) for _, quantity in lots]
    whole = {item: sum(quantity for item_id, quantity in lots if item_id == item) for item in items}
    return IN_EQUAL_PARTS, [Fraction(quantity, whole[item_id]) for item_id, quantity in lots]
