"""Corrections: nothing is edited, both versions stay."""

from typing import Annotated

from fastapi import Query

from api.history import adjustments_of, changes_of, place_of, reversals_of
from api.parameters import CodeQuery, IdPath, IdQuery, Part
from api.problems import CURRENT, CURRENT_ONE
from api.reader import Current
from api.routing import Router
from api.schemas.answers import Page, Single, proof_of
from api.schemas.corrections import CorrectionDetail, CorrectionView
from ledger.queries import corrections

router = Router(prefix="/corrections", tags=["corrections"])
PART = CorrectionView.CONTRACT
Holder = Annotated[
    str | None,
    Query(pattern="^[A-Za-z]{1,32}$", description="Only about records of this contract.", examples=["Publications"]),
]


@router.get("", responses=CURRENT)
def list_corrections(
    reader: Current,
    part: Part,
    target: IdQuery = None,
    contract: Holder = None,
    reason: CodeQuery = None,
    state: CodeQuery = None,
) -> Page[CorrectionView]:
    """Corrections in the order in which they were declared."""
    query = corrections.page(part, target_id=target, correction_part=contract, reason=reason, state=state)
    rows = reader.snapshot.rows(query)
    changes = changes_of(reader, [row["correction_id"] for row in rows])
    return reader.page(
        CorrectionView,
        lambda row: CorrectionView.of(row, author_id=row["actor_id"], changes=changes.get(row["correction_id"], [])),
        rows,
        part.limit,
        "journal_no",
    )


@router.get("/{correction_id}", responses=CURRENT_ONE)
def read_correction(reader: Current, correction_id: IdPath) -> Single[CorrectionDetail]:
    """A correction: what was declared, by whom, who approved it, and what it changed."""
    row = reader.snapshot.only(corrections.one(correction_id), f"correction {correction_id}")
    decided = row["decided_journal_no"]
    detail = CorrectionDetail.of(
        row,
        author_id=row["actor_id"],
        changes=changes_of(reader, [correction_id]).get(correction_id, []),
        place=place_of(reader, PART, row["journal_no"]),
        decided=proof_of(PART, decided) if decided else None,
        adjustments=adjustments_of(reader, row["target_id"]),
        reversals=reversals_of(reader, row["target_id"]),
    )
    return reader.single(detail)
