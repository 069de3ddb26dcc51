"""Published lists, and what became of each of their rows."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import Query

from api.parameters import FlagQuery, IdPath, Limit, Part, TextQuery
from api.problems import CURRENT, CURRENT_ONE
from api.reader import Current, Reader
from api.routing import Router
from api.schemas.answers import Page, Single, proven
from api.schemas.fields import INTEGER_MAX
from api.schemas.history import Change
from api.schemas.publications import HeldBackRowView, ListView, RefusedRowView
from ledger.queries import lists

router = Router(prefix="/lists", tags=["publications"])
PART = "Publications"
AfterRow = Annotated[
    int, Query(ge=-1, le=INTEGER_MAX, description="`next_after` of the page before; -1 begins.", examples=[-1])
]


@router.get("", responses=CURRENT)
def list_lists(reader: Current, part: Part, publisher: TextQuery = None, list_name: TextQuery = None) -> Page[ListView]:
    """Lists as they were read: every row is recorded, held back or refused."""
    rows = reader.snapshot.rows(lists.page(part, publisher=publisher, list_name=list_name))
    totals = _totals(reader, rows)
    return reader.page(ListView, lambda row: _view(row, totals), rows, part.limit, "journal_no")


@router.get("/{list_id}", responses=CURRENT_ONE)
def read_list(reader: Current, list_id: IdPath) -> Single[ListView]:
    """One list as it was read."""
    row = reader.snapshot.only(lists.one(list_id), f"list {list_id}")
    return reader.single(_view(row, _totals(reader, [row])))


@router.get("/{list_id}/held-back", responses=CURRENT_ONE)
def list_held_back_rows(
    reader: Current, list_id: IdPath, after: AfterRow = -1, limit: Limit = 50, changed: FlagQuery = None
) -> Page[HeldBackRowView]:
    """Rows that repeat another list's, with what was silently changed in them (R22)."""
    read = reader.snapshot
    read.only(lists.one(list_id), f"list {list_id}")
    rows = read.rows(lists.held_back(list_id, after, limit, changed=changed))
    changes: dict[int, list[Change]] = {}
    for row in read.rows(lists.changes_of(list_id, [row["row_no"] for row in rows if row["changes"]])):
        changes.setdefault(row["row_no"], []).append(Change.model_validate(row))
    return reader.page(
        HeldBackRowView,
        lambda row: HeldBackRowView.model_validate({**row, "changes": changes.get(row["row_no"], [])}),
        rows,
        limit,
        "row_no",
    )


@router.get("/{list_id}/refused", responses=CURRENT_ONE)
def list_refused_rows(
    reader: Current, list_id: IdPath, after: AfterRow = -1, limit: Limit = 50
) -> Page[RefusedRowView]:
    """Rows that could not be used, and why."""
    reader.snapshot.only(lists.one(list_id), f"list {list_id}")
    rows = reader.snapshot.rows(lists.refused(list_id, after, limit))
    return reader.page(RefusedRowView, RefusedRowView.model_validate, rows, limit, "position")


def _totals(reader: Reader, rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    names = [(row["publisher"], row["list_name"]) for row in rows if row["publisher"] and row["list_name"]]
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in reader.snapshot.rows(lists.totals_of(names)) if names else ():
        found.setdefault((row["publisher"], row["list_name"]), []).append(row)
    return found


def _view(row: Mapping[str, Any], totals: Mapping[tuple[str, str], list[dict[str, Any]]]) -> ListView:
    list_id = row["evidence_id"]
    # A list that was read again under an earlier report has its figures at the last one.
    recorded = totals.get((row["publisher"], row["list_name"]), []) if row["is_last"] else []
    said = {
        "list_id": list_id,
        "organisation_id": int(list_id[:8], 16),
        "gaps": row["gaps"] or None,
        "recorded_totals": [one for one in recorded if one["fund_id"][:8] == list_id[:8]],
        "held_back_rows": f"/v1/lists/{list_id}/held-back",
        "refused_rows": f"/v1/lists/{list_id}/refused",
    }
    return ListView.model_validate(proven(PART, row, **said))
