"""What facilities ask for, and which goods are set aside for whom (R9, R10)."""

from sqlmodel import Field, SQLModel

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


class Need(SQLModel, table=True):
    """A line that a facility asked for. Quantity 0: the number was not given (R9)."""

    __tablename__ = "need"

    need_id: str = record_key("Id of the need.")
    facility_id: str = record_ref("Who asks.", index=True)
    item_id: str = record_ref("For what.", index=True)
    quantity: int = integer("In effect: as approved, corrected; 0: number not given.")
    recorded_quantity: int = integer("As it was published; 0: number not given.")
    allocated: int = running("Approved goods allocations that cite it.")
    repeated: bool = flag("The facility asked for this item before: flagged, not added up.")
    state: str = text("published or approved.", index=True)
    publisher: str | None = published("Who published it.")
    list_name: str | None = published("In which list.")
    row_no: int | None = optional_integer("The list's own number of the line.")
    date: str | None = published("YYYY-MM-DD as published.")
    note: str | None = published("As published.")
    content_digest: str | None = optional_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who published it here.")
    approver_id: int | None = optional_integer("Who approved it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of NeedLedger.", index=True)
    approved_journal_no: int | None = optional_integer("Where it was approved.")


class Demand(SQLModel, table=True):
    """Of a facility for an item, over all its needs: a repeated submission adds a need, not a demand (R9)."""

    __tablename__ = "demand"

    facility_id: str = record_key("Who asks.")
    item_id: str = Field(primary_key=True, max_length=64, index=True, description="For what.")
    needs: int = running("Needs in effect.")
    allocated: int = running("Approved goods allocations that cite them.")


class GoodsAllocation(SQLModel, table=True):
    """A lot, or a part of it, set aside for a facility. Flags are computed by the contract (R10)."""

    __tablename__ = "goods_allocation"

    allocation_id: str = record_key("Id of the goods allocation.")
    lot_id: str = record_ref("The lot.", index=True)
    from_facility_id: str = record_ref("Where it is.", index=True)
    to_facility_id: str = record_ref("For whom.", index=True)
    need_id: str | None = optional_ref("The need it answers; None: allocated without request.", index=True)
    purpose: str = text("Coded purpose, empty for none.")
    place: str = text("Coded place, empty for none.")
    quantity: int = integer("How much.")
    dispatched: int = running("What was dispatched of it.")
    state: str = text("proposed, approved, cancelled or released.", index=True)
    without_request: bool = flag("ALLOCATION_WITHOUT_REQUEST.")
    over_coverage: bool = flag("OVER_COVERAGE.")
    reason: str | None = published("Why, as published.")
    reason_digest: str | None = optional_ref("SHA-256 of the reason's document.")
    actor_id: int = integer("Who proposed it.")
    approver_id: int | None = optional_integer("Who approved it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of NeedLedger.", index=True)
    approved_journal_no: int | None = optional_integer("Where it was approved.")
    ended_journal_no: int | None = optional_integer("Where it was cancelled or released.")
    released: int | None = optional_integer("What the release set free.")
