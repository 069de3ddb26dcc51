"""Goods received against goods published as handed out: per item and unit, and per lot."""

from collections.abc import Mapping
from typing import Any

from api.parameters import FlagQuery, Part, TextQuery
from api.problems import CURRENT
from api.reader import Current
from api.routing import Router
from api.schemas.answers import Page
from api.schemas.history import Change
from api.schemas.reconciliation import ItemReconciliation, LotReconciliation, Stated
from ledger.queries import corrections, reconciliation

router = Router(prefix="/reconciliation", tags=["overview"])


@router.get("", responses=CURRENT)
def list_items_reconciled(
    reader: Current, part: Part, name: TextQuery = None, unit: TextQuery = None, differing: FlagQuery = None
) -> Page[ItemReconciliation]:
    """By item and unit, exactly as written: what came in, what was published as handed out, and the difference."""
    rows = reader.snapshot.rows(reconciliation.items(part, name=name, unit=unit, differing=differing))
    return reader.page(ItemReconciliation, _item, rows, part.limit, "journal_no")


@router.get("/lots", responses=CURRENT)
def list_lots_reconciled(reader: Current, part: Part, unexplained: FlagQuery = None) -> Page[LotReconciliation]:
    """Lots that published lines say they came from: what is unexplained, as published first and as corrected."""
    rows = reader.snapshot.rows(reconciliation.lots(part, unexplained=unexplained))
    words: dict[str, list[Change]] = {}
    for row in reader.snapshot.rows(corrections.words_of([row["lot_id"] for row in rows])) if rows else ():
        words.setdefault(row["target_id"], []).append(Change.model_validate(row))
    return reader.page(
        LotReconciliation, lambda row: _lot(row, words.get(row["lot_id"], [])), rows, part.limit, "journal_no"
    )


def _item(row: Mapping[str, Any]) -> ItemReconciliation:
    item_id = row["item_id"]
    said = {"organisation_id": int(item_id[:8], 16), "item": f"/v1/items/{item_id}"}
    return ItemReconciliation.model_validate({**row, **said})


def _lot(row: Mapping[str, Any], words: list[Change]) -> LotReconciliation:
    lot_id = row["lot_id"]
    first = _stated(row["quantity"], row["first_stated"])
    now = _stated(row["given"], row["stated"])
    said = {
        "organisation_id": int(lot_id[:8], 16),
        "as_published": first,
        "in_effect": now,
        "changed": first != now,
        "words": words,
        "reports": f"/v1/reported-distributions?lot={lot_id}",
        "lot": f"/v1/lots/{lot_id}",
    }
    return LotReconciliation.model_validate({**row, **said})


def _stated(given: int, stated: int) -> Stated:
    return Stated(given=given, stated=stated, unexplained=given - int(stated))
