"""What allocations were spent on, what was delivered for it, and what suppliers gave back (R1)."""

from functools import cache
from typing import Any

from sqlalchemy import Select, select

from ledger.database import table_of
from ledger.models.expenditure import Expenditure, ExpenditureDelivery, SupplierRefund
from ledger.models.fund import Fund
from ledger.queries.slices import Slice, cut, exercise, matching

_EXPENDITURE, _FUND = table_of(Expenditure), table_of(Fund)
_DELIVERY, _REFUND = table_of(ExpenditureDelivery), table_of(SupplierRefund)


def page(
    part: Slice,
    *,
    fund_id: str | None = None,
    allocation_id: str | None = None,
    kind: str | None = None,
    in_effect: bool | None = None,
) -> Select[Any]:
    """Expenditures in the order in which they were recorded."""
    wanted = {"fund_id": fund_id, "allocation_id": allocation_id, "kind": kind, "in_effect": in_effect}
    query = matching(_expenditures(), _EXPENDITURE, **wanted)
    return cut(query, part, _EXPENDITURE.c.expenditure_id, _EXPENDITURE.c.journal_no)


def one(expenditure_id: str) -> Select[Any]:
    """One expenditure."""
    return _expenditures().where(_EXPENDITURE.c.expenditure_id == expenditure_id)


def deliveries_of(expenditure_id: str) -> Select[Any]:
    """The lots that were delivered for it, with their cost."""
    query = select(*_DELIVERY.c).where(_DELIVERY.c.expenditure_id == expenditure_id)
    return query.order_by(_DELIVERY.c.journal_no)


def supplier_refunds_of(expenditure_id: str) -> Select[Any]:
    """What the supplier gave back."""
    query = select(*_REFUND.c).where(_REFUND.c.expenditure_id == expenditure_id)
    return query.order_by(_REFUND.c.journal_no)


@cache
def _expenditures() -> Select[Any]:
    query = select(*_EXPENDITURE.c, _FUND.c.currency, exercise(_EXPENDITURE.c.expenditure_id))
    return query.select_from(_EXPENDITURE.join(_FUND, _FUND.c.fund_id == _EXPENDITURE.c.fund_id))
