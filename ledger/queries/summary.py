"""The ledger on one page: real records, and an exercise's apart (R21). Money from maintained totals."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import SQLModel

from ledger.database import table_of
from ledger.models.allocation import Allocation
from ledger.models.catalogue import Facility, Item
from ledger.models.consignment import Consignment, Receipt
from ledger.models.correction import Correction
from ledger.models.disbursement import Disbursement
from ledger.models.discrepancy import Discrepancy
from ledger.models.expenditure import Expenditure
from ledger.models.fund import SummaryTotal
from ledger.models.lot import QUANTITIES, DonationInKind, GoodsTotal, Lot
from ledger.models.need import GoodsAllocation, Need
from ledger.models.promise import Commitment, Pledge
from ledger.models.publication import Evidence, ImportList, ReportedDistribution
from ledger.queries.discrepancies import RESOLVED
from ledger.queries.slices import is_exercise, organisation_of

COUNTED: dict[str, type[SQLModel]] = {
    "donations_in_kind": DonationInKind,
    "pledges": Pledge,
    "commitments": Commitment,
    "allocations": Allocation,
    "expenditures": Expenditure,
    "disbursements": Disbursement,
    "lots": Lot,
    "items": Item,
    "facilities": Facility,
    "needs": Need,
    "goods_allocations": GoodsAllocation,
    "consignments": Consignment,
    "receipts": Receipt,
    "reported_distributions": ReportedDistribution,
    "evidence": Evidence,
    "corrections": Correction,
    "discrepancies": Discrepancy,
}
"""What the summary counts, by the name of the figure. Records out of effect are not counted, where there is such."""
_SUMMARY, _GOODS, _ITEM = table_of(SummaryTotal), table_of(GoodsTotal), table_of(Item)
_LIST, _DISCREPANCY = table_of(ImportList), table_of(Discrepancy)


def money() -> Select[Any]:
    """The terms of R1 per currency, real and exercise apart; one row each, maintained."""
    return select(*_SUMMARY.c).order_by(_SUMMARY.c.currency, _SUMMARY.c.exercise)


def counts(*, of_exercise: bool) -> Select[Any]:
    """How many records there are of each kind."""
    figures = []
    for name, model in COUNTED.items():
        table = table_of(model)
        key = next(iter(table.primary_key.columns))
        mine = is_exercise(key)
        query = select(func.count()).where(mine if of_exercise else ~mine)
        if "in_effect" in table.c:
            query = query.where(table.c.in_effect.is_(True))
        figures.append(query.scalar_subquery().label(name))
    mine = is_exercise(_DISCREPANCY.c.discrepancy_id)
    still_open = select(func.count()).where(_DISCREPANCY.c.state != RESOLVED, mine if of_exercise else ~mine)
    return select(*figures, still_open.scalar_subquery().label("open_discrepancies"))


def lists(*, of_exercise: bool) -> Select[Any]:
    """Rows of published lists, by what became of them; of a list that was read again, its last report counts."""
    organisation = organisation_of(_LIST.c.evidence_id)
    newest = (
        select(func.max(_LIST.c.journal_no).label("journal_no"))
        .group_by(organisation, _LIST.c.publisher, _LIST.c.list_name)
        .subquery()
    )
    mine = is_exercise(_LIST.c.evidence_id)
    figures = ("rows", "recorded", "held_back", "refused")
    query = select(
        func.count().label("lists"), *(func.coalesce(func.sum(_LIST.c[name]), 0).label(name) for name in figures)
    )
    return query.where(
        _LIST.c.journal_no.in_(select(newest.c.journal_no)), mine if of_exercise else ~mine, _LIST.c.rows.is_not(None)
    )


def goods(*, of_exercise: bool) -> Select[Any]:
    """What became of goods, unit by unit as the storekeepers wrote them; different units are never added (R6).

    Goods whose unit was not published are in none of these figures: nobody knows what they would be added to.
    """
    mine = is_exercise(_ITEM.c.item_id)
    figures = (*QUANTITIES, "lots", "reported", "reports")
    query = select(
        _ITEM.c.unit, func.count().label("items"), *(func.sum(_GOODS.c[name]).label(name) for name in figures)
    )
    query = query.select_from(_ITEM.join(_GOODS, _GOODS.c.item_id == _ITEM.c.item_id))
    query = query.where(mine if of_exercise else ~mine, _ITEM.c.unit.is_not(None))
    return query.group_by(_ITEM.c.unit).order_by(_ITEM.c.unit)


def goods_without_unit(*, of_exercise: bool) -> Select[Any]:
    """How many items have no published unit, with their lots and published lines."""
    mine = is_exercise(_ITEM.c.item_id)
    figures = (func.coalesce(func.sum(_GOODS.c[name]), 0).label(name) for name in ("lots", "reports"))
    query = select(func.count().label("items"), *figures)
    query = query.select_from(_ITEM.join(_GOODS, _GOODS.c.item_id == _ITEM.c.item_id))
    return query.where(mine if of_exercise else ~mine, _ITEM.c.unit.is_(None))
