"""Traces both ways: from a gift to where it ended, and from goods back to who gave (R5)."""

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any

from fastapi import Query
from sqlmodel import Session

from api.parameters import IdPath, Limit
from api.problems import CURRENT_ONE
from api.reader import Current
from api.routing import Router
from api.schemas.answers import Single
from api.schemas.traces import Ascent, Descent, Donor, OtherSource, ReceiptLineOrigin, ReceiptOrigin, TraceStep
from ledger.errors import NotFound
from ledger.pools import Pool
from ledger.queries.trace_down import trace_donation, trace_donation_in_kind, trace_lot_down
from ledger.queries.trace_nodes import TraceNode, leaves
from ledger.queries.trace_up import lots_of_receipt, trace_lot_up
from ledger.queries.traces import traceable_kind

router = Router(tags=["traces"])
DONORS_OF_LINE = 20


class Direction(StrEnum):
    """Which way to go from a lot."""

    up = "up"
    down = "down"


Way = Annotated[Direction, Query(description="up: back to who gave; down: to where the goods are now.")]
AfterDonor = Annotated[
    str | None,
    Query(pattern="^[0-9a-f]{64}-[0-9]{1,18}$", description="`next_after` of the page before; with direction up."),
]


@router.get("/donations/{donation_id}/trace", responses=CURRENT_ONE)
def trace_gift(reader: Current, donation_id: IdPath) -> Single[Descent]:
    """What became of a donation of money: free, refunded, or through which allocations into which receipts."""
    session = reader.snapshot.session
    if traceable_kind(session, donation_id) != "donation":
        raise NotFound(f"There is no donation of money {donation_id}.")
    return reader.single(_descent(trace_donation(session, donation_id)))


@router.get("/donations-in-kind/{donation_id}/trace", responses=CURRENT_ONE)
def trace_gift_in_kind(reader: Current, donation_id: IdPath) -> Single[Descent]:
    """Where the goods of a donation in kind are now."""
    return reader.single(_descent(trace_donation_in_kind(reader.snapshot.session, donation_id)))


@router.get("/lots/{lot_id}/trace", responses=CURRENT_ONE)
def trace_lot(
    reader: Current,
    lot_id: IdPath,
    direction: Way = Direction.up,
    after: AfterDonor = None,
    limit: Limit = 50,
) -> Single[Ascent] | Single[Descent]:
    """Up: the donations behind a lot, page by page. Down: where its goods are now."""
    session = reader.snapshot.session
    if direction is Direction.down:
        return reader.single(_descent(trace_lot_down(session, lot_id)))
    fund_id, _, position = (after or "").partition("-")
    return reader.single(_ascent(session, lot_id, (fund_id, int(position)) if after else None, limit))


@router.get("/receipts/{receipt_id}/trace", responses=CURRENT_ONE)
def trace_receipt(reader: Current, receipt_id: IdPath) -> Single[ReceiptOrigin]:
    """From a counted receipt back to who gave, line by line."""
    session = reader.snapshot.session
    pools: dict[str, Pool] = {}
    lines = [
        ReceiptLineOrigin(
            line_no=counted.line_no,
            good=counted.good,
            origin=_ascent(session, sent.lot_id, None, DONORS_OF_LINE, pools),
            all_donors=f"/v1/lots/{sent.lot_id}/trace?direction=up",
        )
        for counted, sent in lots_of_receipt(session, receipt_id)
    ]
    return reader.single(ReceiptOrigin(receipt_id=receipt_id, lines=lines))


def _descent(root: TraceNode) -> Descent:
    total = sum((leaf.share for leaf in leaves(root)), Fraction(0))
    return Descent(root=_step(root), shares_sum=str(total))


def _ascent(
    session: Session, lot_id: str, after: tuple[str, int] | None, limit: int, pools: dict[str, Pool] | None = None
) -> Ascent:
    origin = trace_lot_up(session, lot_id, after=after, limit=limit + 1, pools=pools)
    donors, more = origin.donors[:limit], len(origin.donors) > limit
    return Ascent(
        lot_id=lot_id,
        root=_step(origin.root),
        donors=[
            Donor(
                donation_id=donor.donation_id,
                fund_id=donor.fund_id,
                amount_minor=donor.amount_minor,
                share=str(donor.share),
                unattributed=str(donor.unattributed),
                donation=f"/v1/donations/{donor.donation_id}",
            )
            for donor in donors
        ],
        next_after=f"{donors[-1].fund_id}-{donors[-1].journal_no}" if more else None,
        others=[
            OtherSource(kind=kind, record_id=record_id, share=str(share))
            for (kind, record_id), share in origin.others.items()
        ],
        shares_sum=str(origin.shares_sum),
    )


def _step(node: TraceNode) -> TraceStep:
    said: dict[str, Any] = {name: getattr(node, name) for name in ("kind", "record_id", "amount_minor", "currency")}
    return TraceStep(
        **said,
        share=str(node.share),
        share_of_parent=str(node.share_of_parent),
        quantity=None if node.quantity is None else str(node.quantity),
        name=node.name,
        method=node.method,
        receipt_ids=list(node.receipt_ids),
        children=[_step(child) for child in node.children],
    )
