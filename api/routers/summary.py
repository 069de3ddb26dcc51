"""The ledger on one page, and the flows of money through its funds."""

from collections.abc import Mapping
from typing import Any

from fastapi import Response

from api import caching
from api.parameters import Part
from api.problems import CURRENT, problem_responses
from api.reader import Current, Reader
from api.routing import Router
from api.schemas.answers import Page
from api.schemas.flows import Flow, FundFlows
from api.schemas.funds import Totals
from api.schemas.summary import CurrencyTotals, ListCounts, RecordCounts, Root, Summary, UnitMissing, UnitTotals, World
from ledger.currency import minor_digits
from ledger.errors import BadInput
from ledger.queries import disbursements, funds, summary

router = Router(tags=["overview"])
Row = Mapping[str, Any]
LISTS = """
    funds donations pledges commitments allocations expenditures disbursements conversions flows donations-in-kind lots
    balances needs coverage goods-allocations consignments items facilities organisations role-grants discrepancies
    corrections reported-distributions lists reconciliation reconciliation/lots evidence documents/missing journals
""".split()
_INTO = {
    "received_minor": "donors",
    "interest_minor": "interest",
    "sale_proceeds_minor": "sale_proceeds",
    "transfers_in_minor": "transfers_in",
    "deficit_minor": "deficit",
}
_OUT_OF = {
    "unallocated_minor": "unallocated",
    "allocated_unspent_minor": "allocated_unspent",
    "spent_on_lots_minor": "lots",
    "spent_on_services_minor": "services",
    "prepaid_minor": "prepaid",
    "refunded_minor": "refunds",
}


@router.get("", responses=problem_responses())
def read_root(response: Response) -> Root:
    """Where everything is."""
    response.headers["Cache-Control"] = caching.ASK_AGAIN
    return Root(
        description="/v1/openapi.json",
        summary="/v1/summary",
        health="/v1/ready",
        lists=[f"/v1/{name}" for name in LISTS],
    )


@router.get("/summary", responses=CURRENT)
def read_summary(reader: Current) -> Summary:
    """What was given, what became of it, and what does not add up: real records, and the exercise apart."""
    # Records are counted by a scan of their tables: once for a state of the index, not for every reader of it.
    real, exercise = reader.index.counted(
        reader.state, lambda: (_world(reader, of_exercise=False), _world(reader, of_exercise=True))
    )
    answer: Summary = reader.answer(
        Summary,
        chain_id=reader.state.chain_id,
        real=real,
        exercise=exercise,
        missing_documents=reader.state.missing,
    )
    return answer


@router.get("/flows", responses=CURRENT)
def list_flows(reader: Current, part: Part) -> Page[FundFlows]:
    """Each fund's ribbons, for a flow diagram: what came in, and where it went or is. Both sides are equal (R1)."""
    rows = reader.snapshot.rows(funds.page(part))
    ids = [row["fund_id"] for row in rows]
    onward: dict[str, list[Row]] = {}
    steps = (disbursements.onward_of(ids), disbursements.converted_of(ids))
    for row in (row for step in steps for row in reader.snapshot.rows(step)):
        onward.setdefault(row["fund_id"], []).append(row)
    return reader.page(
        FundFlows, lambda row: _flows(row, onward.get(row["fund_id"], [])), rows, part.limit, "journal_no"
    )


def _world(reader: Reader, *, of_exercise: bool) -> World:
    read = reader.snapshot
    money = [row for row in read.rows(summary.money()) if bool(row["exercise"]) == of_exercise]
    counts = read.only(summary.counts(of_exercise=of_exercise), "summary")
    without_unit = read.only(summary.goods_without_unit(of_exercise=of_exercise), "summary")
    lists = read.only(summary.lists(of_exercise=of_exercise), "summary")
    return World(
        money=[
            CurrencyTotals(
                currency=row["currency"],
                minor_digits=_minor_digits(row["currency"]),
                funds=row["funds"],
                totals=Totals.model_validate(row),
            )
            for row in money
        ],
        goods=[UnitTotals.model_validate(row) for row in read.rows(summary.goods(of_exercise=of_exercise))],
        goods_without_unit=UnitMissing.model_validate(without_unit),
        records=RecordCounts(donations=sum(row["donations"] for row in money), **counts),
        lists=ListCounts.model_validate(lists),
    )


def _minor_digits(currency: str) -> int | None:
    try:
        return minor_digits(currency)
    except BadInput:
        return None


def _flows(fund: Row, onward: list[Row]) -> FundFlows:
    incoming = [_flow(name, "fund", fund[term]) for term, name in _INTO.items() if fund[term]]
    outgoing = [_flow("fund", name, fund[term]) for term, name in _OUT_OF.items() if fund[term]]
    for row in onward:
        target = row.get("child_fund_id") or row["to_fund_id"]
        kind = {"sent": "disbursed_on_the_way", "acknowledged": "disbursed"}.get(row.get("state", ""), "converted")
        outgoing.append(Flow(source="fund", target=kind, target_fund_id=target, amount_minor=row["amount_minor"]))
    return FundFlows.model_validate({**fund, "incoming": incoming, "outgoing": outgoing})


def _flow(source: str, target: str, amount_minor: int) -> Flow:
    return Flow(source=source, target=target, target_fund_id=None, amount_minor=amount_minor)
