"""What a fund's money is set aside for, what came back of it, and changes of an earmark (R1, R4)."""

from sqlmodel import SQLModel

from ledger.models.columns import (
    flag,
    integer,
    optional_integer,
    optional_ref,
    published,
    record_key,
    record_ref,
    running,
    text,
)


class Redesignation(SQLModel, table=True):
    """Earmarked money that goes to another named end, which an approver signs (R4)."""

    __tablename__ = "redesignation"

    redesignation_id: str = record_key("Id of the redesignation.")
    fund_id: str = record_ref("The fund.", index=True)
    amount_minor: int = integer("How much of it.")
    reduced_minor: int = running("Allocated or disbursed under it.")
    purpose: str = text("The new purpose.")
    place: str = text("The new place.")
    state: str = text("proposed or approved.")
    reason: str | None = published("Why, as published.")
    content_digest: str = record_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who proposed it.")
    approver_id: int | None = optional_integer("Who approved it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of FundLedger.")
    approved_journal_no: int | None = optional_integer("Where it was approved.")


class Allocation(SQLModel, table=True):
    """Money set aside. The pool that bears it is the fund's at the approval (R5)."""

    __tablename__ = "allocation"

    allocation_id: str = record_key("Id of the allocation.")
    fund_id: str = record_ref("The fund.", index=True)
    amount_minor: int = integer("What was allocated.")
    reduced_minor: int = running("What was spent, disbursed or returned of it.")
    purpose: str = text("Coded purpose, empty for none.")
    place: str = text("Coded place, empty for none.")
    redesignation_id: str | None = optional_ref("The redesignation that it needs.", index=True)
    state: str = text("proposed, approved, closed or cancelled.", index=True)
    pool_minor: int | None = optional_integer("What the fund had unallocated just before the approval.")
    description: str | None = published("What it is for, as published.")
    content_digest: str = record_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who proposed it.")
    approver_id: int | None = optional_integer("Who approved it.")
    closer_id: int | None = optional_integer("Who closed or cancelled it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of FundLedger.", index=True)
    approved_journal_no: int | None = optional_integer("Where it was approved.")
    ended_journal_no: int | None = optional_integer("Where it was closed or cancelled.")
    returned_minor: int | None = optional_integer("What the closing gave back.")


class AllocationReturn(SQLModel, table=True):
    """Unspent money that went back to the fund while the allocation stayed open."""

    __tablename__ = "allocation_return"

    return_id: str = record_key("Id of the return.")
    allocation_id: str = record_ref("The allocation.", index=True)
    fund_id: str = record_ref("The fund.", index=True)
    amount_minor: int = integer("Amount in effect.")
    recorded_minor: int = integer("Amount as recorded.")
    actor_id: int = integer("Who recorded it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of FundLedger.")
