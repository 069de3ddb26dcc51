"""verify: what anybody changed in the index by hand, in whichever table, is found and named.

├── given the index as it was made          → nothing is found
├── given a changed row in every table      → table, key and column are named
├── given a deleted row in every table      → table and key are named
├── given a row too many in every table     → table and key are named
├── given many changed rows                 → the first are named, the rest are counted
├── given another name behind a commitment  → the record is named; an erased name is no fault
├── given a document that is away           → it is named, with what cites it
├── given an index that goes on meanwhile   → nothing is found
└── through the command                     → exit 1 and the row, exit 0 and "Everything agrees."
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Boolean, Connection, Integer, LargeBinary, inspect, text
from sqlmodel import Session
from typer.testing import CliRunner

from ledger import models
from ledger.cli import build
from ledger.commands.funds import open_fund
from ledger.comparison import ROWS_NAMED_MAX
from ledger.database import insert_rows, open_engine, table_of
from ledger.errors import ChainForked, CheckFailed, IndexEmpty
from ledger.indexer import converge
from ledger.models.donor_opening import DonorOpening
from ledger.schema import upgrade
from ledger.verification import verify
from tests.databases import SQLITE, copy_of, on, url_in
from tests.ledger.indexes import digest_of, make_engine, read
from tests.ledger.life import Life

COMPARED = (*models.DERIVED, *models.PER_BLOCK, *models.CHAIN)


@pytest.fixture(scope="module")
def life(shared_world):
    made = Life(shared_world)
    made.everything()
    reversed_gift = made.gifts[0]
    made.reverse("Publications", made.evidence)
    made.reverse("FundLedger", reversed_gift)
    made.adjust("FundLedger", made.gifts[1], 7)
    return made


@pytest.fixture(scope="module")
def indexed(database, life, tmp_path_factory) -> str:
    """The URL of an index that is as it should be."""
    url = url_in(tmp_path_factory.mktemp("indexed"))
    engine = open_engine(url)
    upgrade(engine)
    chain = life.world.chain
    converge(engine, chain, life.world.documents, chain.deployment)
    kept = read(life.world.engine, DonorOpening)
    with Session(engine) as session, session.begin():
        insert_rows(session, DonorOpening, ("record_id", "name", "salt"), [tuple(opening) for opening in kept])
    engine.dispose()
    return url


@pytest.fixture
def copied(indexed, tmp_path) -> str:
    """A copy to be tampered with."""
    return copy_of(indexed, tmp_path)


@pytest.fixture
def check(life, copied):
    """What verification finds in the copy."""

    def run():
        engine = open_engine(copied)
        chain = life.world.chain
        found = verify(engine, chain, life.world.documents, chain.deployment)
        engine.dispose()
        return found

    return run


@contextmanager
def by_hand(copied: str) -> Iterator[Connection]:
    """A connection for somebody who may do everything, past every check."""
    engine = open_engine(copied)
    with engine.begin() as connection:
        if engine.dialect.name == SQLITE:
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        else:
            for table in inspect(connection).get_table_names():
                for check in inspect(connection).get_check_constraints(table):
                    connection.exec_driver_sql(f'ALTER TABLE "{table}" DROP CONSTRAINT "{check["name"]}"')
        yield connection
    engine.dispose()


def tampered(copied: str, change) -> dict[str, str]:
    """Applies change(connection, model, the first row) to every table; returns the key that is to be named, by table."""
    expected = {}
    with by_hand(copied) as connection:
        for model in COMPARED:
            if model is not models.ChainIdentity:
                expected[model.__tablename__] = change(connection, table_of(model))
    return expected


def first_row(connection, table, offset=0):
    key = [column.name for column in table.primary_key.columns]
    order = ", ".join(f'"{name}"' for name in key)
    place = "rowid" if connection.dialect.name == SQLITE else "ctid"
    found = connection.exec_driver_sql(
        f'SELECT {place}, {order} FROM "{table.name}" ORDER BY {order} LIMIT 1 OFFSET {offset}'
    ).fetchone()
    assert found, f"{table.name} is empty: this test would show nothing of it"
    values = [int(value) if isinstance(value, bool) else value for value in found[1:]]
    return f"{place} = '{found[0]}'", "/".join(map(str, values))


def changed_digit(connection, table):
    """Adds one to a number, or turns a letter, in one column that is not part of the key."""
    row, key = first_row(connection, table)
    columns = [column for column in table.columns if not column.primary_key]
    filled = [
        column
        for column in columns
        if connection.exec_driver_sql(f'SELECT "{column.name}" FROM "{table.name}" WHERE {row}').fetchone()[0]
        is not None
    ]
    column = (filled or columns)[-1]
    if isinstance(column.type, Boolean):
        value = f'NOT "{column.name}"'
    elif isinstance(column.type, Integer):
        value = f'"{column.name}" + 1000000'
    elif isinstance(column.type, LargeBinary):
        octet = "x'00'" if connection.dialect.name == SQLITE else "'\\x00'::bytea"
        kind = "BLOB" if connection.dialect.name == SQLITE else "bytea"
        value = f'CAST("{column.name}" || {octet} AS {kind})'
    else:
        value = f"\"{column.name}\" || '0'"
    connection.exec_driver_sql(f'UPDATE "{table.name}" SET "{column.name}" = {value} WHERE {row}')
    return key, column.name


def deleted(connection, table):
    row, key = first_row(connection, table)
    connection.exec_driver_sql(f'DELETE FROM "{table.name}" WHERE {row}')
    return key


def inserted(connection, table):
    """A copy of a row under another key."""
    row, key = first_row(connection, table)
    keys = list(table.primary_key.columns)
    place = max(place for place, column in enumerate(keys) if not isinstance(column.type, Boolean))
    last = keys[place]
    others = [f'"{column.name}"' for column in table.columns]
    value = f'"{last.name}" + 900000' if isinstance(last.type, Integer) else f"'f' || substr(\"{last.name}\", 2)"
    copies = [value if column.name == last.name else f'"{column.name}"' for column in table.columns]
    if table.name == "chain_log":
        copies = [
            '"journal_no" + 900000' if column.name == "journal_no" else copy
            for column, copy in zip(table.columns, copies, strict=True)
        ]
    if table.name == "donation":
        copies = [
            "900001" if column.name == "journal_no" else copy
            for column, copy in zip(table.columns, copies, strict=True)
        ]
    connection.exec_driver_sql(
        f'INSERT INTO "{table.name}" ({", ".join(others)}) SELECT {", ".join(copies)} FROM "{table.name}" WHERE {row}'
    )
    parts = key.split("/")
    parts[place] = str(int(parts[place]) + 900_000) if isinstance(last.type, Integer) else "f" + parts[place][1:]
    return "/".join(parts)


def test_verify__index_as_it_was_made__nothing_found(check):
    found = check()
    assert found.findings == []
    assert found.openings.mismatched == found.openings.unknown == 0
    assert found.openings.opened + found.openings.erased == found.openings.commitments > 6
    assert [name for name, table in found.tables.items() if not table.rows] == []


def test_verify__one_digit_changed_in_every_table__each_row_and_column_named(check, copied):
    expected = tampered(copied, changed_digit)
    tip = expected.pop("chain_block")
    named = {(one.table, one.record): [difference.column for difference in one.differences] for one in check().findings}
    missed = {name: key for name, (key, column) in expected.items() if column not in named.get((name, key), ())}
    assert missed == {}
    assert ("chain_block", tip[0]) in named


def test_verify__one_row_deleted_in_every_table__each_named(check, copied):
    expected = tampered(copied, deleted)
    named = {(one.table, one.record): one.sentence for one in check().findings}
    assert {name: key for name, key in expected.items() if "missing" not in named.get((name, key), "")} == {}


def test_verify__one_row_inserted_in_every_table__each_named(check, copied):
    expected = tampered(
        copied, lambda connection, table: None if table.name == "chain_block" else inserted(connection, table)
    )
    named = {(one.table, one.record): one.sentence for one in check().findings}
    missed = {
        name: key for name, key in expected.items() if key and "nothing on the chain" not in named.get((name, key), "")
    }
    assert missed == {}


def test_verify__many_rows_changed__first_named_and_rest_counted(check, copied):
    with by_hand(copied) as connection:
        changed = connection.exec_driver_sql("UPDATE chain_log SET actor_id = actor_id + 1").rowcount
    found = [one for one in check().findings if one.table == "chain_log"]
    assert len(found) == ROWS_NAMED_MAX + 1
    assert f"{changed - ROWS_NAMED_MAX} more rows" in found[-1].sentence


def test_verify__other_name_and_erased_name__mismatch_is_named(check, copied, life):
    other = text("UPDATE donor_opening SET name = 'Somebody else' WHERE record_id = :id")
    with by_hand(copied) as connection:
        connection.execute(text("DELETE FROM donor_opening WHERE record_id = :id"), {"id": life.gifts[3].hex()})
        connection.execute(other, {"id": life.gifts[4].hex()})
    before = check()
    assert [(one.check, one.record) for one in before.findings] == [("openings", life.gifts[4].hex())]
    assert (before.openings.mismatched, before.openings.erased >= 1) == (1, True)


def test_verify__document_away__named_with_what_cites_it(check, life):
    folder = life.world.settings.documents_path
    place = next(path for path in folder.rglob("*.json") if b"central bank" in path.read_bytes())
    kept = place.read_bytes()
    place.unlink()
    try:
        found = check().findings
    finally:
        place.write_bytes(kept)
    assert {one.check for one in found} >= {"documents"}
    assert any("rate_source_digest" in one.sentence for one in found)


def test_verify__nothing_indexed__index_empty(life, tmp_path):
    chain = life.world.chain
    with pytest.raises(IndexEmpty):
        verify(make_engine(tmp_path), chain, life.world.documents, chain.deployment)


def test_digest__same_records_indexed_twice__same(life, tmp_path):
    chain = life.world.chain
    engines = [make_engine(tmp_path, name) for name in ("one", "two")]
    converge(engines[0], chain, life.world.documents, chain.deployment)
    while converge(engines[1], chain, life.world.documents, chain.deployment, blocks_max=7):
        pass
    assert digest_of(engines[0]) == digest_of(engines[1])


def test_digest__index_on_either_engine__same(life, indexed, tmp_path):
    chain = life.world.chain
    with on(SQLITE):
        other = make_engine(tmp_path)
    converge(other, chain, life.world.documents, chain.deployment)
    engine = open_engine(indexed)
    assert digest_of(engine) == digest_of(other)
    engine.dispose()


def run(life, copied, monkeypatch, *arguments):
    settings = life.world.settings
    monkeypatch.setenv("LEDGER_STATE_DIR", str(settings.state_dir))
    monkeypatch.setenv("LEDGER_DEPLOYMENTS_DIR", str(settings.deployments_dir))
    monkeypatch.setenv("LEDGER_DATABASE_URL", copied)
    return CliRunner().invoke(build(), list(arguments))


def test_verify_command__index_as_it_was_made__exit_0(life, copied, monkeypatch):
    indexed = run(life, copied, monkeypatch, "index", "--digest")
    assert indexed.exit_code == 0, indexed.output
    result = run(life, copied, monkeypatch, "verify")
    assert (result.exit_code, "Everything agrees." in result.output) == (0, True), result.output


def test_verify_command__changed_row__exit_1_and_names_it(life, copied, monkeypatch):
    more = text("UPDATE donation SET amount_minor = amount_minor + 1 WHERE donation_id = :id")
    with by_hand(copied) as connection:
        connection.execute(more, {"id": life.gifts[2].hex()})
    result = run(life, copied, monkeypatch, "verify", "--json")
    assert result.exit_code == 1
    assert life.gifts[2].hex() in result.output
    people = run(life, copied, monkeypatch, "verify")
    assert isinstance(people.exception, CheckFailed)
    told = run(life, copied, monkeypatch, "metrics").output.splitlines()
    (failed,) = [line for line in told if line.startswith('ledger_check_findings{check="index"}')]
    assert float(failed.split()[-1]) > 0
    assert {"ledger_database_up 1.0", "ledger_chain_up 1.0"} <= set(told)


def test_verify_command__index_of_another_chain__exit_1_and_told_as_a_finding(life, copied, monkeypatch):
    assert run(life, copied, monkeypatch, "index").exit_code == 0
    assert run(life, copied, monkeypatch, "verify").exit_code == 0
    with by_hand(copied) as connection:
        last = connection.execute(text("SELECT max(number) FROM chain_block")).scalar_one()
        connection.execute(
            text("UPDATE chain_block SET hash = :hash WHERE number = :last"), {"hash": "0x", "last": last}
        )
    forked = run(life, copied, monkeypatch, "verify")
    assert isinstance(forked.exception, ChainForked)
    assert 'ledger_check_findings{check="index"} 1.0' in run(life, copied, monkeypatch, "metrics").output


def test_verify__chain_and_index_go_on_meanwhile__nothing_found(life, copied):
    engine = open_engine(copied)
    chain, documents = life.world.chain, life.world.documents
    steps = []

    def go_on(step):
        steps.append(step)
        life.do(open_fund(life.desk("clerk"), key=("meanwhile", copied, len(steps)), name="Meanwhile", currency="CNY"))
        converge(engine, chain, documents, chain.deployment)

    assert verify(engine, chain, documents, chain.deployment, step=go_on).findings == []
    assert len(steps) == 5
    engine.dispose()
