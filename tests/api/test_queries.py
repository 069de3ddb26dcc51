"""No query of the index escapes: each is compiled for PostgreSQL, and run on SQLite against a ledger with everything."""

import importlib
import inspect
import pkgutil
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, get_type_hints

import pytest
from sqlalchemy import Select, event
from sqlalchemy.dialects import postgresql

from ledger import queries
from ledger.queries.slices import Slice
from ledger.queries.snapshot import snapshot
from ledger.queries.trace_up import trace_lot_up
from tests.api.conftest import Served

ID = "00000002" + "ab" * 28
# What each type of parameter is given, once as nothing and once as something.
ARGUMENTS: dict[Any, Any] = {
    str: ID,
    int: 1,
    bool: True,
    Slice: Slice(0, 5, True, 2),
    list[str]: [ID],
    Sequence[str]: [ID],
    Sequence[int]: [1],
    Sequence[tuple[str, str]]: [("Red Cross", "04")],
    tuple[str, str]: (ID, ID),
    tuple[str, str, int, str]: (ID, "FundLedger", 1, "content_digest"),
}


def all_queries() -> Iterator[tuple[str, Callable[..., Select[Any]]]]:
    """Every public function of ledger.queries that builds a query."""
    for module in pkgutil.iter_modules(queries.__path__):
        loaded = importlib.import_module(f"ledger.queries.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            is_own = function.__module__ == loaded.__name__ and not name.startswith("_")
            if is_own and get_type_hints(function).get("return") == Select[Any] and module.name != "slices":
                yield f"{module.name}.{name}", function


QUERIES = dict(all_queries())


def built(function: Callable[..., Select[Any]]) -> Iterator[Select[Any]]:
    """The query with every filter, and the query with none."""
    hints = get_type_hints(function)
    parameters = inspect.signature(function).parameters.values()
    for with_filters in (True, False):
        given = {}
        for parameter in parameters:
            kinds = [one for one in getattr(hints[parameter.name], "__args__", ()) if one is not type(None)]
            is_optional = type(None) in getattr(hints[parameter.name], "__args__", ())
            kind = kinds[0] if is_optional else hints[parameter.name]
            given[parameter.name] = ARGUMENTS[kind] if with_filters or not is_optional else None
        yield function(**given)


def test_queries__all_modules__found() -> None:
    assert len(QUERIES) > 60
    assert {name.split(".")[0] for name in QUERIES} >= {"funds", "donations", "lots", "summary", "state", "chain"}


@pytest.mark.parametrize("name", QUERIES)
def test_query__with_and_without_filters__compiles_for_postgresql_and_runs_on_sqlite(name: str, served: Served) -> None:
    with snapshot(served.engine) as read:
        for query in built(QUERIES[name]):
            assert str(query.compile(dialect=postgresql.dialect())).startswith("SELECT")
            read.rows(query)


def test_every_statement_of_the_api__all_routes__compiles_for_postgresql(served: Served) -> None:
    """What traces and detail views run, too: nothing reaches the database as bare text."""
    seen = []

    def compile_it(_connection: Any, clause: Any, _many: Any, _parameters: Any, _options: Any) -> None:
        seen.append(str(clause.compile(dialect=postgresql.dialect())))

    event.listen(served.engine, "before_execute", compile_it)
    try:
        for path in served.app.openapi()["paths"]:
            for address in served.addresses(path):
                assert served.client.get(address).status_code == 200, address
    finally:
        event.remove(served.engine, "before_execute", compile_it)
    assert len(seen) > 200
    assert all(statement.startswith("SELECT") for statement in seen)


@pytest.mark.parametrize(
    "name", ["donations.page", "lots.page", "needs.page", "reported_distributions.page", "discrepancies.page"]
)
def test_page__any_list__read_in_order_of_an_index(name: str, served: Served) -> None:
    """A page costs its own length, not the list's."""
    query = QUERIES[name](Slice(10, 5))
    literal = query.compile(served.engine, compile_kwargs={"literal_binds": True})
    with served.engine.connect() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {literal}")]
    assert not [step for step in plan if "TEMP B-TREE FOR ORDER BY" in step], plan


def test_reading_engine__writing__refused(served: Served) -> None:
    from sqlalchemy.exc import OperationalError

    with served.engine.connect() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.exec_driver_sql("DELETE FROM fund")


def test_fund_total__one_row__by_primary_key_and_without_a_sum(served: Served) -> None:
    query = QUERIES["funds.one"](ID)
    literal = query.compile(served.engine, compile_kwargs={"literal_binds": True})
    assert "sum(" not in str(literal).lower()
    with served.engine.connect() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {literal}")]
    assert all(step.startswith("SEARCH") for step in plan), plan


def test_history__nothing_on_the_record__three_queries_an_answer_in_one_thread(served: Served) -> None:
    """The state, the record, and one for all that could stand on it."""
    fund_id = next(
        one["fund_id"]
        for one in served.items("/funds")
        if not any(kind for kind in served.item(f"/funds/{one['fund_id']}")["history"].values() if type(kind) is list)
    )
    statements, threads = [], set()

    def note(*_: Any) -> None:
        statements.append(1)
        threads.add(threading.get_ident())

    event.listen(served.engine, "before_execute", note)
    try:
        served.get(f"/funds/{fund_id}")
    finally:
        event.remove(served.engine, "before_execute", note)
    assert (len(statements), len(threads)) == (3, 1)


def test_traces__two_bought_by_one_fund__its_pool_is_read_once(served: Served) -> None:
    bought = [one["lot_id"] for one in served.items("/lots", limit=200) if one["origin"] == "bought"] * 2
    statements: list[str] = []
    event.listen(served.engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
    with snapshot(served.engine) as read:
        alone = [trace_lot_up(read.session, lot_id) for lot_id in bought]
        whole, pools = len([one for one in statements if "FROM pool_flow" in one]), {}
        statements.clear()
        together = [trace_lot_up(read.session, lot_id, pools=pools) for lot_id in bought]
    assert together == alone
    assert len([one for one in statements if "FROM pool_flow" in one]) == len(pools) < whole
