"""What does not add up, and how it was resolved."""

from collections.abc import Mapping
from typing import Any

from api.history import place_of
from api.parameters import CodeQuery, FlagQuery, IdPath, IdQuery, Part
from api.problems import CURRENT, CURRENT_ONE
from api.reader import Current
from api.routing import Router
from api.schemas.answers import Page, Single, proven
from api.schemas.discrepancies import DiscrepancyDetail, DiscrepancyView
from ledger.queries import discrepancies

router = Router(prefix="/discrepancies", tags=["corrections"])
PART = DiscrepancyView.CONTRACT


@router.get("", responses=CURRENT)
def list_discrepancies(
    reader: Current,
    part: Part,
    subject: IdQuery = None,
    kind: CodeQuery = None,
    state: CodeQuery = None,
    unresolved: FlagQuery = None,
) -> Page[DiscrepancyView]:
    """Discrepancies in the order in which they were last opened."""
    query = discrepancies.page(part, subject_id=subject, kind=kind, state=state, unresolved=unresolved)
    return reader.page(DiscrepancyView, _view, reader.snapshot.rows(query), part.limit, "journal_no")


@router.get("/{discrepancy_id}", responses=CURRENT_ONE)
def read_discrepancy(reader: Current, discrepancy_id: IdPath) -> Single[DiscrepancyDetail]:
    """A discrepancy with its answers, and the steps of resolving it."""
    read = reader.snapshot
    row = read.only(discrepancies.one(discrepancy_id), f"discrepancy {discrepancy_id}")
    detail = DiscrepancyDetail.of(
        row,
        opened_times=row["opened"],
        place=place_of(reader, PART, row["journal_no"]),
        answers=[proven(PART, one) for one in read.rows(discrepancies.answers_of(discrepancy_id))],
        resolutions=[proven(PART, one) for one in read.rows(discrepancies.resolutions_of(discrepancy_id))],
        all_evidence=f"/v1/evidence?subject={discrepancy_id}",
    )
    return reader.single(detail)


def _view(row: Mapping[str, Any]) -> DiscrepancyView:
    return DiscrepancyView.of(row, opened_times=row["opened"])
