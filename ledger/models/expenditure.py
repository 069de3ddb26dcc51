"""What allocations were spent on, what was delivered of it, and what suppliers gave back (R1)."""

from sqlmodel import SQLModel

from ledger.models.columns import flag, integer, optional_ref, published, record_key, record_ref, running, text


class Expenditure(SQLModel, table=True):
    """Money paid to a supplier. Of goods, what was not delivered yet is prepaid."""

    __tablename__ = "expenditure"

    expenditure_id: str = record_key("Id of the expenditure.")
    allocation_id: str = record_ref("The allocation.", index=True)
    fund_id: str = record_ref("The fund.", index=True)
    kind: str = text("goods, services, fees or overhead.")
    amount_minor: int = integer("Amount in effect.")
    recorded_minor: int = integer("Amount as recorded.")
    reduced_minor: int = running("What the supplier gave back.")
    delivered_minor: int = running("Cost of the lots delivered for it.")
    order_digest: str | None = optional_ref("SHA-256 of the purchase order.")
    invoice_digest: str | None = optional_ref("SHA-256 of the invoice.")
    supplier: str | None = published("As published.")
    description: str | None = published("As published.")
    date: str | None = published("When, as published.")
    content_digest: str = record_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who recorded it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of FundLedger.", index=True)


class ExpenditureDelivery(SQLModel, table=True):
    """A lot that was delivered for an expenditure, and its cost."""

    __tablename__ = "expenditure_delivery"

    lot_id: str = record_key("The lot.")
    expenditure_id: str = record_ref("The expenditure.", index=True)
    cost_minor: int = integer("What the lot cost.")
    actor_id: int = integer("Who recorded it.")
    in_effect: bool = flag("False: the lot was declared never to have been.", default=True)
    journal_no: int = integer("Position in the journal of FundLedger.")


class SupplierRefund(SQLModel, table=True):
    """Money that a supplier gave back; it reduces what was spent."""

    __tablename__ = "supplier_refund"

    refund_id: str = record_key("Id of the refund.")
    expenditure_id: str = record_ref("The expenditure.", index=True)
    fund_id: str = record_ref("The fund.", index=True)
    amount_minor: int = integer("Amount in effect.")
    recorded_minor: int = integer("Amount as recorded.")
    reason: str | None = published("Why, as published.")
    date: str | None = published("When, as published.")
    content_digest: str = record_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who recorded it.")
    in_effect: bool = flag("False: declared never to have occurred.", default=True)
    journal_no: int = integer("Position in the journal of FundLedger.")
