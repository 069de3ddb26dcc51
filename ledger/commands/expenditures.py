"""What allocations paid for, and what suppliers paid back."""

from ledger.canonical import NO_RECORD
from ledger.codes import ExpenditureKind
from ledger.commands.desk import Desk, Draft, Key, amount, new_id, put_content, write

CONTRACT = "FundLedger"


def record_expenditure(
    desk: Desk,
    *,
    key: Key,
    allocation_id: bytes,
    kind: ExpenditureKind,
    amount_minor: int,
    order_digest: bytes = NO_RECORD,
    invoice_digest: bytes = NO_RECORD,
    date: str | None = None,
    supplier: str | None = None,
    description: str | None = None,
) -> Draft:
    """Records a payment out of an allocation, never more than it has left (R1). A supplier is an organisation."""
    expenditure_id = new_id(desk, "expenditure", key)
    content = put_content(desk, "expenditure", date=date, supplier=supplier, description=description)
    args = (expenditure_id, allocation_id, kind, amount(amount_minor), order_digest, invoice_digest, content)
    return write(desk, CONTRACT, "recordExpenditure", expenditure_id, args)


def record_supplier_refund(
    desk: Desk,
    *,
    key: Key,
    expenditure_id: bytes,
    amount_minor: int,
    date: str | None = None,
    reason: str | None = None,
) -> Draft:
    """Records what a supplier paid back: it reduces what the expenditure spent."""
    refund_id = new_id(desk, "supplier_refund", key)
    content = put_content(desk, "supplier_refund", date=date, reason=reason)
    args = (refund_id, expenditure_id, amount(amount_minor), content)
    return write(desk, CONTRACT, "recordSupplierRefund", refund_id, args)
