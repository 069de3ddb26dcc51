"""Members, and who may act for them: persons as numbers, grants shown before they take effect."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Path

from api.index_state import moment
from api.parameters import AfterPosition, CodeQuery, FlagQuery, Limit, OrganisationNumber
from api.problems import CURRENT, CURRENT_ONE
from api.reader import Current, Reader
from api.routing import Router
from api.schemas.answers import Page, Single, proof_of
from api.schemas.organisations import OrganisationDetail, OrganisationView, RoleGrantView
from ledger.queries import organisations
from ledger.queries.slices import LIMIT_MAX

router = Router(tags=["participants"])
PART = organisations.PART
Number = Annotated[int, Path(ge=1, le=2**32 - 1, description="Number of an organisation.", examples=[2])]


@router.get("/organisations", responses=CURRENT)
def list_organisations(
    reader: Current, after: AfterPosition = 0, limit: Limit = 50, exercise: FlagQuery = None
) -> Page[OrganisationView]:
    """Members by number; without `exercise` the real ones and those of an exercise."""
    rows = reader.snapshot.rows(organisations.page(after, limit, exercise=exercise))
    return reader.page(
        OrganisationView,
        lambda row: OrganisationView.model_validate(_organisation(row)),
        rows,
        limit,
        "organisation_id",
    )


@router.get("/organisations/{organisation_id}", responses=CURRENT_ONE)
def read_organisation(reader: Current, organisation_id: Number) -> Single[OrganisationDetail]:
    """A member, and who may act for it."""
    read = reader.snapshot
    row = read.only(organisations.one(organisation_id), f"organisation {organisation_id}")
    grants = read.rows(organisations.grants(0, LIMIT_MAX - 1, organisation_id=organisation_id))
    roles = [_grant(reader, grant) for grant in grants]
    return reader.single(OrganisationDetail.model_validate({**_organisation(row), "roles": roles}))


@router.get("/role-grants", responses=CURRENT)
def list_role_grants(
    reader: Current,
    after: AfterPosition = 0,
    limit: Limit = 50,
    organisation: OrganisationNumber = None,
    state: CodeQuery = None,
) -> Page[RoleGrantView]:
    """Grants of roles in the order in which they were made, those that still wait included (R18).

    `state` is granted, cancelled or revoked, as recorded; whether a granted one waits follows from its delay.
    """
    rows = reader.snapshot.rows(organisations.grants(after, limit, organisation_id=organisation, state=state))
    return reader.page(RoleGrantView, lambda row: _grant(reader, row), rows, limit, "journal_no")


def _organisation(row: Mapping[str, Any]) -> dict[str, Any]:
    number = row["organisation_id"]
    return {
        **row,
        "url": f"/v1/organisations/{number}",
        "grants": f"/v1/role-grants?organisation={number}",
        "proof": proof_of(PART, row["journal_no"]),
    }


def _grant(reader: Reader, row: Mapping[str, Any]) -> RoleGrantView:
    granted_at_s = row["granted_at_s"]
    takes_effect_s = None if granted_at_s is None else granted_at_s + row["delay_s"]
    state = row["state"]
    if state == "granted":
        waits = takes_effect_s is None or takes_effect_s > reader.state.timestamp_s
        state = "waiting" if waits else "in_effect"
    said = {
        "facility_id": row["scope"],
        "state": state,
        "takes_effect_at": None if takes_effect_s is None else moment(takes_effect_s),
        "proof": proof_of(PART, row["journal_no"]),
        "ended": proof_of(PART, row["ended_journal_no"]) if row["ended_journal_no"] else None,
    }
    return RoleGrantView.model_validate({**row, **said})
