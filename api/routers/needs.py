"""Needs, and how much of them is covered."""

from collections.abc import Mapping
from typing import Any

from api.history import history_of
from api.parameters import AfterTwo, CodeQuery, Exercise, FlagQuery, IdPath, IdQuery, InEffect, Limit, Part, two_ids
from api.problems import CURRENT, CURRENT_ONE
from api.reader import Current
from api.routing import Router
from api.schemas.answers import Page, Single, proof_of
from api.schemas.needs import CoverageView, NeedDetail, NeedView
from ledger.queries import needs

router = Router(tags=["needs"])
PART = NeedView.CONTRACT


@router.get("/needs", responses=CURRENT)
def list_needs(
    reader: Current,
    part: Part,
    facility: IdQuery = None,
    item: IdQuery = None,
    state: CodeQuery = None,
    repeated: FlagQuery = None,
    in_effect: InEffect = None,
) -> Page[NeedView]:
    """Needs in the order in which they were published; repeated submissions are flagged, not added up."""
    query = needs.page(part, facility_id=facility, item_id=item, state=state, repeated=repeated, in_effect=in_effect)
    rows = reader.snapshot.rows(query)
    return reader.page(NeedView, lambda row: NeedView.of(row, **_numbers(row)), rows, part.limit, "journal_no")


@router.get("/needs/{need_id}", responses=CURRENT_ONE)
def read_need(reader: Current, need_id: IdPath) -> Single[NeedDetail]:
    """A need with its history."""
    row = reader.snapshot.only(needs.one(need_id), f"need {need_id}")
    approved = row["approved_journal_no"]
    detail = NeedDetail.of(
        row,
        **_numbers(row),
        approved=proof_of(PART, approved) if approved else None,
        history=history_of(reader, PART, row["journal_no"], need_id),
    )
    return reader.single(detail)


@router.get("/coverage", responses=CURRENT)
def list_coverage(
    reader: Current,
    after: AfterTwo = None,
    limit: Limit = 50,
    exercise: Exercise = False,
    facility: IdQuery = None,
    item: IdQuery = None,
) -> Page[CoverageView]:
    """By facility and item: what it asked for, what is set aside for that, and what without having been asked for."""
    query = needs.coverage(two_ids(after), limit, of_exercise=exercise, facility_id=facility, item_id=item)
    rows = reader.snapshot.rows(query)
    return reader.page(CoverageView, _coverage, rows, limit, "facility_id", "item_id")


def _numbers(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"quantity": row["quantity"] or None, "recorded_quantity": row["recorded_quantity"] or None}


def _coverage(row: Mapping[str, Any]) -> CoverageView:
    asked, allocated = row["asked"], row["allocated_for_need"]
    covered = {
        "coverage_percent": int(allocated) * 100 // int(asked) if asked else None,
        "over_coverage": bool(asked) and allocated > asked,
    }
    return CoverageView.model_validate({**row, **covered})
