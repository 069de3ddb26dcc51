"""What happened to goods in a store: moved to quarantine, lost, handed out, counted, recalled (R7, R12, R13, R14)."""

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


class StockMovement(SQLModel, table=True):
    """One movement of a lot in a store. Kinds: see `projections.stock.ROUTES`."""

    __tablename__ = "stock_movement"

    record_id: str = record_key("Id of the record.")
    kind: str = text("quarantine, release, disposal, return_to_donor, sale, distribution, loss ...", index=True)
    lot_id: str = record_ref("The lot.", index=True)
    facility_id: str = record_ref("The store.", index=True)
    quantity: int = integer("Quantity in effect.")
    recorded_quantity: int = integer("Quantity as recorded.")
    reversed_quantity: int = running("Loss: what was found again of it.")
    state: str = text("proposed or recorded; releases, issues without record and finds wait for a second person.")
    recipients: int | None = optional_integer("Distribution: people, at least 10; 0: fewer than ten (R14).")
    reason: str | None = published("Loss: unknown, lost, damaged, expired or stolen.")
    item_id: str | None = optional_ref("Find: the item.")
    stands_on_id: str | None = optional_ref("The recall or loss that it belongs to.", index=True)
    note: str | None = published("As published.")
    content_digest: str | None = optional_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who recorded or proposed it.")
    second_person_id: int | None = optional_integer("Who confirmed it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of StockLedger.")
    confirmed_journal_no: int | None = optional_integer("Where it was confirmed.")


class StockCount(SQLModel, table=True):
    """What somebody counted, beside what the ledger expected."""

    __tablename__ = "stock_count"

    count_id: str = record_key("Id of the count.")
    lot_id: str = record_ref("The lot.", index=True)
    facility_id: str = record_ref("The store.", index=True)
    counted: int = integer("Counted.")
    expected: int = integer("Expected by the ledger at that moment.")
    note: str | None = published("As published.")
    content_digest: str | None = optional_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who counted.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of StockLedger.")


class Recall(SQLModel, table=True):
    """A recall of a lot and of all that was made of it (R13)."""

    __tablename__ = "recall"

    recall_id: str = record_key("Id of the recall.")
    lot_id: str = record_ref("The lot that it begins with.", index=True)
    state: str = text("open or closed.")
    reason: str | None = published("Why, as published.")
    content_digest: str | None = optional_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who opened it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of StockLedger.")
    closed_journal_no: int | None = optional_integer("Where it was closed.")


class RecalledLot(SQLModel, table=True):
    """A lot that a recall is on."""

    __tablename__ = "recalled_lot"

    recall_id: str = record_key("The recall.")
    lot_id: str = record_key("The lot.")
    journal_no: int = integer("Position in the journal of StockLedger.")
