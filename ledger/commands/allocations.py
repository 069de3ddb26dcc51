"""Allocations of a fund's money: proposed by one person, approved by another, closed when done."""

from ledger.canonical import NO_RECORD
from ledger.commands.desk import Desk, Draft, Key, act, amount, earmark, new_id, put_content, write

CONTRACT = "FundLedger"


def propose_allocation(
    desk: Desk,
    *,
    key: Key,
    fund_id: bytes,
    amount_minor: int,
    purpose: str | None = None,
    place: str | None = None,
    redesignation_id: bytes = NO_RECORD,
    description: str | None = None,
) -> Draft:
    """Proposes to set money of a fund aside for a coded purpose and place."""
    allocation_id = new_id(desk, "allocation", key)
    content = put_content(desk, "allocation", description=description)
    args = (allocation_id, fund_id, amount(amount_minor), earmark(purpose, place), redesignation_id, content)
    return write(desk, CONTRACT, "proposeAllocation", allocation_id, args)


def approve_allocation(desk: Desk, allocation_id: bytes) -> Draft:
    """Approves a proposed allocation, as another person than its proposer; the pool freezes here (R5)."""
    return act(desk, CONTRACT, "approveAllocation", allocation_id)


def cancel_allocation(desk: Desk, allocation_id: bytes) -> Draft:
    """Cancels a proposed allocation."""
    return act(desk, CONTRACT, "cancelAllocation", allocation_id)


def return_unspent(desk: Desk, *, key: Key, allocation_id: bytes, amount_minor: int) -> Draft:
    """Gives a part of what an allocation did not spend back to its fund."""
    return_id = new_id(desk, "return", key)
    return write(desk, CONTRACT, "returnUnspent", return_id, (return_id, allocation_id, amount(amount_minor)))


def close_allocation(desk: Desk, allocation_id: bytes) -> Draft:
    """Closes an approved allocation; what it did not spend returns to the fund (R1)."""
    return act(desk, CONTRACT, "closeAllocation", allocation_id)
