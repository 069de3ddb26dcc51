"""What facilities ask for, what is set aside for them, and how much of it is covered (R9, R10)."""

from typing import ClassVar

from api.schemas.answers import Proof, Record
from api.schemas.fields import Code, Count, Day, Digest, Flag, Id, Person, Quantity, Text, about
from api.schemas.goods import ItemFields
from api.schemas.history import Detail


class NeedView(Record, ItemFields):
    """A line that a facility asked for."""

    CONTRACT: ClassVar[str] = "NeedLedger"
    PATH: ClassVar[str] = "needs"
    KEY: ClassVar[str] = "need_id"

    need_id: Id = about("Id of the need.")
    facility_id: Id = about("Who asks.")
    facility_name: Text | None = about("Its name, as written; null while its document is missing.", "Union Hospital")
    quantity: Quantity | None = about("In effect: as approved, corrected; null: asked, number not given.")
    recorded_quantity: Quantity | None = about("As it was published first; null: number not given.")
    allocated: Quantity = about("Approved goods allocations that cite it.", 0)
    repeated: Flag = about("The facility asked for this item before: flagged, not added up.", False)
    state: Code = about("published or approved.", "published")
    publisher: Text | None = about("Who published it; null: not from a published list.", "wuhan2020")
    list_name: Text | None = about("In which list.", "hospital_needs")
    row_no: int | None = about("The list's own number of the line.", 14)
    date: Day | None = about("As published; null: not published (R23).")
    actor_id: Person = about("Who published it here.")
    approver_id: Person | None = about("Who approved it; null: nobody yet.")
    in_effect: Flag = about("False: declared never to have occurred.")


class NeedDetail(NeedView, Detail):
    """A need with its history."""

    note: Text | None = about("As published; null: none.")
    content_digest: Digest | None = about("SHA-256 of its content document; null: it has none.")
    approved: Proof | None = about("The raw log of the approval; null: not approved.")


class CoverageView(ItemFields):
    """A facility's demand for an item, and what is set aside for it with and without a request."""

    facility_id: Id = about("The facility.")
    facility_name: Text | None = about("Its name, as written; null while its document is missing.", "Union Hospital")
    exercise: Flag = about("Part of a marked exercise.", False)
    needs: Count = about("Times that it asked; repeated submissions are counted and not added up (R9).")
    needs_with_quantity: Count = about("How many of them gave a number.")
    asked: Quantity | None = about("The largest number it gave; null: it asked without a number, or did not ask.")
    allocated_for_need: Quantity = about("Set aside in answer to its needs.")
    allocated_without_request: Quantity = about("Set aside without a need: ALLOCATION_WITHOUT_REQUEST (R10).", 0)
    received: Quantity = about("Counted in good condition by the facility.")
    coverage_percent: int | None = about(
        "What is set aside for its needs, in percent of what it asked, rounded down; null: no number was given.", 83
    )
    over_coverage: Flag = about("More was set aside for its needs than it asked for.", False)


class GoodsAllocationView(Record, ItemFields):
    """A lot, or a part of it, set aside for a facility. Flags are computed by the contract, never typed in (R10)."""

    CONTRACT: ClassVar[str] = "NeedLedger"
    PATH: ClassVar[str] = "goods-allocations"
    KEY: ClassVar[str] = "allocation_id"

    allocation_id: Id = about("Id of the goods allocation.")
    lot_id: Id = about("The lot.")
    from_facility_id: Id = about("Where it is.")
    from_facility_name: Text | None = about("Its name; null while its document is missing.", "Central store")
    to_facility_id: Id = about("For whom.")
    to_facility_name: Text | None = about("Its name; null while its document is missing.", "Union Hospital")
    need_id: Id | None = about("The need that it answers; null: allocated without request.")
    purpose: str = about("Coded purpose, empty for none.", "")
    place: str = about("Coded place, empty for none.", "")
    quantity: Quantity = about("How much.")
    dispatched: Quantity = about("What was dispatched of it.")
    released: Quantity | None = about("What was set free of it; null: nothing was.")
    state: Code = about("proposed, approved, cancelled or released.")
    without_request: Flag = about("ALLOCATION_WITHOUT_REQUEST.", False)
    over_coverage: Flag = about("OVER_COVERAGE.", False)
    reason: Text | None = about("Why, as published; null: not published.", "Outbreak at the ward")
    proposer_id: Person = about("Who proposed it.")
    approver_id: Person | None = about("Who approved it; null: nobody yet.")
    in_effect: Flag = about("False: declared never to have occurred.")


class GoodsAllocationDetail(GoodsAllocationView, Detail):
    """A goods allocation with its history."""

    reason_digest: Digest | None = about("SHA-256 of the reason's document; null: none was given.")
    approved: Proof | None = about("The raw log of the approval; null: not approved.")
    ended: Proof | None = about("The raw log of the cancelling or release; null: neither.")
