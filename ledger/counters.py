"""Compares what the index says with the contracts' own counters, at the last indexed block."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Engine, select
from sqlmodel import SQLModel

from ledger.database import table_of
from ledger.findings import Difference, Finding
from ledger.models.chain import JournalHead
from ledger.models.consignment import ConsignmentLine
from ledger.models.fund import TERMS, FundTotal
from ledger.models.lot import QUANTITIES, Lot, Stock
from ledger.models.need import Demand, Need

CALLS_PER_BATCH = 400
_FETCH = 1_000

Call = tuple[str, str, Sequence[Any]]


class ContractReader(Protocol):
    """The part of the chain client that answers for the contracts."""

    def call_functions(self, calls: Sequence[Call], block_number: int | None = None) -> list[tuple[Any, ...]]:
        """What each (contract, function, args) returns."""


class Counter(NamedTuple):
    """A table whose rows a view function can confirm: how it is asked, and which columns it answers."""

    model: type[SQLModel]
    contract: str
    function: str
    args: Callable[[Any], tuple[Any, ...]]
    columns: tuple[str, ...]
    answered: Callable[[tuple[Any, ...]], Sequence[Any]]


def _id(text: str) -> bytes:
    return bytes.fromhex(text)


COUNTERS: tuple[Counter, ...] = (
    Counter(FundTotal, "FundLedger", "totalsOf", lambda row: (_id(row.fund_id),), TERMS, lambda found: found[0]),
    Counter(Lot, "SupplyLedger", "quantitiesOf", lambda row: (_id(row.lot_id),), QUANTITIES, lambda found: found[0]),
    Counter(
        Stock,
        "SupplyLedger",
        "stockOf",
        lambda row: (_id(row.lot_id), _id(row.facility_id)),
        ("usable", "reserved", "quarantined"),
        lambda found: found,
    ),
    Counter(
        ConsignmentLine,
        "ConsignmentLedger",
        "lineOf",
        lambda row: (_id(row.consignment_id), row.line_no),
        ("dispatched", "good", "damaged", "lost", "over", "written_off"),
        lambda found: found[1:],
    ),
    Counter(Need, "NeedLedger", "needOf", lambda row: (_id(row.need_id),), ("allocated",), lambda found: found[4:5]),
    Counter(
        Demand,
        "NeedLedger",
        "demandOf",
        lambda row: (_id(row.facility_id), _id(row.item_id)),
        ("needs", "allocated"),
        lambda found: found,
    ),
)


def check_counters(engine: Engine, chain: ContractReader, block_number: int | None) -> list[Finding]:
    """The rows that differ from what the contracts count."""
    findings: list[Finding] = []
    with engine.connect() as connection:
        for counter in COUNTERS:
            for rows in _pages(connection, counter.model):
                calls = [(counter.contract, counter.function, counter.args(row)) for row in rows]
                answers = chain.call_functions(calls, block_number)
                for row, answer in zip(rows, answers, strict=True):
                    findings += _compare(counter, row, answer)
    return findings


def check_journals(
    engine: Engine, chain: ContractReader, contracts: Sequence[str], block_number: int | None
) -> list[Finding]:
    """The contracts whose journal is not what the index folded from their logs (R24)."""
    findings = []
    table = table_of(JournalHead)
    answers = chain.call_functions([(contract, "journal", ()) for contract in contracts], block_number)
    with engine.connect() as connection:
        for contract, (head, count) in zip(contracts, answers, strict=True):
            newest = select(table.c.count, table.c.head).where(table.c.contract == contract)
            row = connection.execute(newest.order_by(table.c.block_number.desc()).limit(1)).one_or_none()
            indexed = (row[0], row[1]) if row else (0, "0" * 64)
            if indexed != (count, head.hex()):
                differences = (
                    Difference("count", str(indexed[0]), str(count)),
                    Difference("head", indexed[1], head.hex()),
                )
                sentence = (
                    f"The journal of {contract} has {count} records and the head {head.hex()}; "
                    f"the index folded {indexed[0]} to {indexed[1]}."
                )
                findings.append(Finding("journals", sentence, str(table.name), contract, differences))
    return findings


def _compare(counter: Counter, row: Any, answer: tuple[Any, ...]) -> Iterator[Finding]:
    differences = tuple(
        Difference(column, str(row._mapping[column]), str(counted))
        for column, counted in zip(counter.columns, counter.answered(answer), strict=True)
        if row._mapping[column] != counted
    )
    if differences:
        name = str(counter.model.__tablename__)
        key = "/".join(str(row._mapping[column.name]) for column in table_of(counter.model).primary_key.columns)
        words = ", ".join(f"{one.column} is {one.indexed}, the contract has {one.expected}" for one in differences)
        yield Finding("counters", f"{name} {key}: {words}.", name, key, differences)


def _pages(connection: Connection, model: type[SQLModel]) -> Iterator[Sequence[Any]]:
    rows = connection.execution_options(yield_per=_FETCH).execute(select(table_of(model)))
    yield from rows.partitions(CALLS_PER_BATCH)
