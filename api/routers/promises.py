"""Pledges and commitments: promised, counted nowhere until paid (R2)."""

from collections.abc import Mapping
from typing import Any

from api.history import history_of
from api.parameters import IdPath, IdQuery, InEffect, Part
from api.problems import CURRENT, CURRENT_ONE
from api.reader import Current, Reader
from api.routing import Router
from api.schemas.answers import Page, Single, proven
from api.schemas.promises import CommitmentDetail, CommitmentView, PledgeDetail, PledgeView
from ledger.queries import promises
from ledger.queries.slices import LIMIT_MAX

router = Router(tags=["money"])
PART = PledgeView.CONTRACT


@router.get("/pledges", responses=CURRENT)
def list_pledges(reader: Current, part: Part, fund: IdQuery = None, in_effect: InEffect = None) -> Page[PledgeView]:
    """Pledges in the order in which they were recorded; they count in no total."""
    rows = reader.snapshot.rows(promises.pledges(part, fund_id=fund, in_effect=in_effect))
    return reader.page(PledgeView, lambda row: PledgeView.of(row, **_open(row)), rows, part.limit, "journal_no")


@router.get("/pledges/{pledge_id}", responses=CURRENT_ONE)
def read_pledge(reader: Current, pledge_id: IdPath) -> Single[PledgeDetail]:
    """A pledge with the donations that fulfilled it."""
    row = reader.snapshot.only(promises.pledge(pledge_id), f"pledge {pledge_id}")
    return reader.single(PledgeDetail.of(row, **_open(row), **_stands_on(reader, row, pledge_id)))


@router.get("/commitments", responses=CURRENT)
def list_commitments(
    reader: Current, part: Part, fund: IdQuery = None, pledge: IdQuery = None, in_effect: InEffect = None
) -> Page[CommitmentView]:
    """Commitments in the order in which they were recorded; they count in no total until paid."""
    rows = reader.snapshot.rows(promises.commitments(part, fund_id=fund, pledge_id=pledge, in_effect=in_effect))
    return reader.page(CommitmentView, lambda row: CommitmentView.of(row, **_open(row)), rows, part.limit, "journal_no")


@router.get("/commitments/{commitment_id}", responses=CURRENT_ONE)
def read_commitment(reader: Current, commitment_id: IdPath) -> Single[CommitmentDetail]:
    """A commitment with the donations that fulfilled it."""
    row = reader.snapshot.only(promises.commitment(commitment_id), f"commitment {commitment_id}")
    return reader.single(CommitmentDetail.of(row, **_open(row), **_stands_on(reader, row, commitment_id)))


def _open(row: Mapping[str, Any]) -> dict[str, int]:
    return {"open_minor": max(0, row["amount_minor"] - row["reduced_minor"])}


def _stands_on(reader: Reader, row: Mapping[str, Any], promise_id: str) -> dict[str, Any]:
    payments = reader.snapshot.rows(promises.payments_of(promise_id, LIMIT_MAX))
    return {
        "payments": [proven(PART, payment) for payment in payments],
        "history": history_of(reader, PART, row["journal_no"], promise_id),
    }
