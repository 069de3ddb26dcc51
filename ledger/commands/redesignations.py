"""Changes of a fund's purpose for a part of its money, which an approver signs (R4)."""

from ledger.commands.desk import Desk, Draft, Key, act, amount, earmark, new_id, put_content, write

CONTRACT = "FundLedger"


def propose_redesignation(
    desk: Desk,
    *,
    key: Key,
    fund_id: bytes,
    amount_minor: int,
    purpose: str | None = None,
    place: str | None = None,
    reason: str | None = None,
) -> Draft:
    """Proposes that a part of an earmarked fund may serve another purpose or place."""
    redesignation_id = new_id(desk, "redesignation", key)
    content = put_content(desk, "redesignation", reason=reason)
    args = (redesignation_id, fund_id, amount(amount_minor), earmark(purpose, place), content)
    return write(desk, CONTRACT, "proposeRedesignation", redesignation_id, args)


def approve_redesignation(desk: Desk, redesignation_id: bytes) -> Draft:
    """Approves it, as another person than the proposer."""
    return act(desk, CONTRACT, "approveRedesignation", redesignation_id)
