"""What others published that they handed out."""

from collections.abc import Mapping
from typing import Any

from api.history import history_of
from api.parameters import IdPath, IdQuery, InEffect, Part, TextQuery
from api.problems import CURRENT, CURRENT_ONE
from api.reader import Current
from api.routing import Router
from api.schemas.answers import Page, Single
from api.schemas.publications import ReportedDistributionDetail, ReportedDistributionView
from ledger.queries import reported_distributions

router = Router(prefix="/reported-distributions", tags=["publications"])
PART = ReportedDistributionView.CONTRACT


@router.get("", responses=CURRENT)
def list_reported_distributions(
    reader: Current,
    part: Part,
    item: IdQuery = None,
    lot: IdQuery = None,
    list_name: TextQuery = None,
    recipient: TextQuery = None,
    in_effect: InEffect = None,
) -> Page[ReportedDistributionView]:
    """Published lines in the order in which they were recorded; they move no stock."""
    query = reported_distributions.page(
        part, item_id=item, lot_id=lot, list_name=list_name, recipient=recipient, in_effect=in_effect
    )
    return reader.page(ReportedDistributionView, _view, reader.snapshot.rows(query), part.limit, "journal_no")


@router.get("/{report_id}", responses=CURRENT_ONE)
def read_reported_distribution(reader: Current, report_id: IdPath) -> Single[ReportedDistributionDetail]:
    """A published line, as it was published and as it was corrected."""
    row = reader.snapshot.only(reported_distributions.one(report_id), f"reported distribution {report_id}")
    history = history_of(reader, PART, row["journal_no"], report_id)
    return reader.single(ReportedDistributionDetail.of(row, **_numbers(row), history=history))


def _view(row: Mapping[str, Any]) -> ReportedDistributionView:
    return ReportedDistributionView.of(row, **_numbers(row))


def _numbers(row: Mapping[str, Any]) -> dict[str, Any]:
    # Zero is how the contract says 'not published' (R23); a reversed line is out of effect and stands at its amount 0.
    recorded = row["recorded_quantity"] or None
    return {"quantity": row["quantity"] if recorded else None, "recorded_quantity": recorded}
