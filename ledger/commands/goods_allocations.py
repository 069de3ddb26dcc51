"""Lots set aside for facilities, with a need or with a reason (R10)."""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.canonical import NO_RECORD
from ledger.commands.desk import Desk, Draft, Key, act, amount, earmark, lines, new_id, put_content
from ledger.errors import BadInput

CONTRACT = "NeedLedger"


class Share(NamedTuple):
    """A quantity of a lot for a facility. Without a need it gives its reason, which is published."""

    key: Key
    lot_id: bytes
    from_facility_id: bytes
    to_facility_id: bytes
    quantity: int
    need_id: bytes = NO_RECORD
    reason: str | None = None
    purpose: str | None = None
    place: str | None = None


def propose_goods_allocations(desk: Desk, shares: Sequence[Share]) -> Draft:
    """Proposes to set goods aside. Whether they were asked for, and whether it is too much, the contract says."""
    given = []
    for share in shares:
        if share.need_id == NO_RECORD and not share.reason:
            raise BadInput(f"The goods allocation {share.key} answers no need, so it needs a reason.")
        reason = put_content(desk, "goods_allocation", reason=share.reason) if share.reason else NO_RECORD
        given.append(
            (
                new_id(desk, "goods_allocation", share.key),
                share.lot_id,
                share.from_facility_id,
                share.to_facility_id,
                share.need_id,
                *earmark(share.purpose, share.place),
                amount(share.quantity, "quantity"),
                reason,
            )
        )
    return lines(desk, CONTRACT, "proposeGoodsAllocations", (), given)


def propose_goods_allocation(desk: Desk, share: Share) -> Draft:
    """Proposes to set a quantity of a lot aside for a facility, for a need or for a reason."""
    return propose_goods_allocations(desk, [share])


def approve_goods_allocation(desk: Desk, allocation_id: bytes) -> Draft:
    """Approves it, as another person than the proposer; the stock is reserved."""
    return act(desk, CONTRACT, "approveGoodsAllocation", allocation_id)


def cancel_goods_allocation(desk: Desk, allocation_id: bytes) -> Draft:
    """Cancels a proposed one."""
    return act(desk, CONTRACT, "cancelGoodsAllocation", allocation_id)


def release_goods_allocation(desk: Desk, allocation_id: bytes) -> Draft:
    """Frees what of an approved one was not dispatched."""
    return act(desk, CONTRACT, "releaseGoodsAllocation", allocation_id)
