"""Allocations of money, what came back of them, and changes of an earmark (R1, R4)."""

from typing import ClassVar

from api.schemas.answers import Proof, Record
from api.schemas.fields import Code, Currency, Digest, Flag, Id, Minor, Person, Text, View, about
from api.schemas.history import Detail


class AllocationView(Record):
    """Money of a fund that was set aside. Proposed by one person, approved by another (R17)."""

    CONTRACT: ClassVar[str] = "FundLedger"
    PATH: ClassVar[str] = "allocations"
    KEY: ClassVar[str] = "allocation_id"

    allocation_id: Id = about("Id of the allocation.")
    fund_id: Id = about("The fund.")
    currency: Currency = about("ISO 4217.")
    amount_minor: Minor = about("What was allocated.")
    reduced_minor: Minor = about("What was spent, disbursed or returned of it.")
    purpose: str = about("Coded purpose, empty for none.", "")
    place: str = about("Coded place, empty for none.", "")
    state: Code = about("proposed, approved, closed or cancelled.")
    description: Text | None = about("What it is for, as published; null: not published.", "Masks for three hospitals")
    redesignation_id: Id | None = about("The change of earmark that it needs; null: none.")
    proposer_id: Person = about("Who proposed it.")
    approver_id: Person | None = about("Who approved it; null: nobody yet.")
    ender_id: Person | None = about("Who closed or cancelled it; null: nobody.")
    returned_minor: Minor | None = about("What the closing gave back to the fund; null: not closed.")
    in_effect: Flag = about("False: declared never to have occurred.")


class ReturnView(View):
    """Unspent money that went back to the fund while the allocation stayed open."""

    return_id: Id = about("Id of the return.")
    amount_minor: Minor = about("In effect.")
    recorded_minor: Minor = about("As it was recorded.")
    in_effect: Flag = about("False: declared never to have occurred.")
    actor_id: Person = about("Who recorded it.")
    proof: Proof = about("Its raw log.")


class RedesignationView(View):
    """A change of an earmark, which an approver signs (R4)."""

    redesignation_id: Id = about("Id of the redesignation.")
    amount_minor: Minor = about("How much of the fund's money.")
    reduced_minor: Minor = about("What was allocated or disbursed under it.")
    purpose: str = about("The new purpose.", "health")
    place: str = about("The new place.", "")
    state: Code = about("proposed or approved.")
    reason: Text | None = about("Why, as published; null: not published.", "The first end was reached")
    proposer_id: Person = about("Who proposed it.")
    approver_id: Person | None = about("Who approved it; null: nobody yet.")
    in_effect: Flag = about("False: declared never to have occurred.")
    proof: Proof = about("Its raw log.")


class AllocationDetail(AllocationView, Detail):
    """An allocation with what came back of it, and its history."""

    content_digest: Digest = about("SHA-256 of its content document.")
    pool_minor: Minor | None = about("What the fund had unallocated just before the approval (R5); null: not approved.")
    approved: Proof | None = about("The raw log of the approval; null: not approved.")
    ended: Proof | None = about("The raw log of the closing or cancelling; null: neither.")
    returns: list[ReturnView] = about("What went back to the fund.")
    redesignation: RedesignationView | None = about("The change of earmark it stands on; null: none.")
