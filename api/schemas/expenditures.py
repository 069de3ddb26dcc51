"""Money paid to suppliers (R1)."""

from typing import ClassVar

from api.schemas.answers import Proof, Record
from api.schemas.fields import Address, Code, Currency, Day, Digest, Flag, Id, Minor, Person, Text, View, about
from api.schemas.history import Detail


class ExpenditureView(Record):
    """Money paid to a supplier; of goods, what was not delivered yet is prepaid."""

    CONTRACT: ClassVar[str] = "FundLedger"
    PATH: ClassVar[str] = "expenditures"
    KEY: ClassVar[str] = "expenditure_id"

    expenditure_id: Id = about("Id of the expenditure.")
    allocation_id: Id = about("The allocation that it is taken from.")
    fund_id: Id = about("The fund.")
    currency: Currency = about("ISO 4217.")
    kind: Code = about("goods, services, fees or overhead.", "goods")
    amount_minor: Minor = about("Amount in effect.")
    recorded_minor: Minor = about("Amount as it was recorded.")
    reduced_minor: Minor = about("What the supplier gave back.", 0)
    delivered_minor: Minor = about("Cost of the lots delivered for it.")
    supplier: Text | None = about("As published; null: not published.", "Hubei Medical Supply")
    description: Text | None = about("As published; null: not published.", "N95 masks")
    date: Day | None = about("When, as published; null: not published.")
    in_effect: Flag = about("False: declared never to have occurred.")
    actor_id: Person = about("Who recorded it.")


class DeliveryView(View):
    """A lot that was delivered for the expenditure."""

    lot_id: Id = about("The lot.")
    lot: Address = about("Where the lot is.", "/v1/lots/" + "00000002" + "ab" * 28)
    cost_minor: Minor = about("What it cost.")
    in_effect: Flag = about("False: the lot was declared never to have been.")
    proof: Proof = about("Its raw log.")


class SupplierRefundView(View):
    """Money that the supplier gave back; it reduces what was spent."""

    refund_id: Id = about("Id of the refund.")
    amount_minor: Minor = about("In effect.")
    recorded_minor: Minor = about("As it was recorded.")
    reason: Text | None = about("Why, as published; null: not published.", "Returned goods")
    date: Day | None = about("When, as published; null: not published.")
    in_effect: Flag = about("False: declared never to have occurred.")
    actor_id: Person = about("Who recorded it.")
    proof: Proof = about("Its raw log.")


class ExpenditureDetail(ExpenditureView, Detail):
    """An expenditure with what was delivered and given back, and its history."""

    content_digest: Digest = about("SHA-256 of its content document.")
    order_digest: Digest | None = about("SHA-256 of the purchase order; null: none.")
    invoice_digest: Digest | None = about("SHA-256 of the invoice; null: none.")
    deliveries: list[DeliveryView] = about("The lots delivered for it.")
    supplier_refunds: list[SupplierRefundView] = about("What the supplier gave back.")
