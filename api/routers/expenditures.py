"""Expenditures: what allocations were spent on."""

from api.history import history_of
from api.parameters import CodeQuery, IdPath, IdQuery, InEffect, Part
from api.problems import CURRENT, CURRENT_ONE
from api.reader import Current
from api.routing import Router
from api.schemas.answers import Page, Single, proven
from api.schemas.expenditures import ExpenditureDetail, ExpenditureView
from ledger.queries import expenditures

router = Router(prefix="/expenditures", tags=["money"])
PART = ExpenditureView.CONTRACT


@router.get("", responses=CURRENT)
def list_expenditures(
    reader: Current,
    part: Part,
    fund: IdQuery = None,
    allocation: IdQuery = None,
    kind: CodeQuery = None,
    in_effect: InEffect = None,
) -> Page[ExpenditureView]:
    """Expenditures in the order in which they were recorded."""
    query = expenditures.page(part, fund_id=fund, allocation_id=allocation, kind=kind, in_effect=in_effect)
    return reader.page(ExpenditureView, ExpenditureView.of, reader.snapshot.rows(query), part.limit, "journal_no")


@router.get("/{expenditure_id}", responses=CURRENT_ONE)
def read_expenditure(reader: Current, expenditure_id: IdPath) -> Single[ExpenditureDetail]:
    """An expenditure with the lots that were delivered for it, and what the supplier gave back."""
    read = reader.snapshot
    row = read.only(expenditures.one(expenditure_id), f"expenditure {expenditure_id}")
    deliveries = read.rows(expenditures.deliveries_of(expenditure_id))
    detail = ExpenditureDetail.of(
        row,
        deliveries=[proven(PART, one, lot=f"/v1/lots/{one['lot_id']}") for one in deliveries],
        supplier_refunds=[proven(PART, one) for one in read.rows(expenditures.supplier_refunds_of(expenditure_id))],
        history=history_of(reader, PART, row["journal_no"], expenditure_id),
    )
    return reader.single(detail)
