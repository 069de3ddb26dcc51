"""The private PostgreSQL: what it keeps secret, what survives kill -9, who may read what.

├── started                           → answers; settings find it; started again it changes nothing
├── killed -9                         → comes back by itself with what was committed, at the same address
├── a start that was killed half way  → the next one makes the data folder anew
├── data of another version           → PartAway naming both
├── the passwords                     → in files of their owner alone: not in arguments, log, URL or settings' text
└── the role that reads               → what is published, and no names, no outbox, no change
"""

import os
import signal
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlmodel import Session

from ledger import models
from ledger.database import insert, open_engine, table_of, writing
from ledger.errors import PartAway
from ledger.models.donor_opening import DonorOpening
from ledger.queries.snapshot import reading_engine
from ledger.schema import require_current, upgrade
from ledger.settings import Settings
from network import postgres
from network.ports import LOOPBACK
from network.postgres_programs import installed, programs_for


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The settings of a server that runs, its tables made."""
    folder = tmp_path_factory.mktemp("private")
    settings = Settings(state_dir=folder)
    postgres.start(settings)
    found = Settings(state_dir=folder)
    engine = open_engine(found.database_url)
    upgrade(engine)
    engine.dispose()
    yield found
    postgres.stop(settings)


@pytest.fixture
def engine(private: Settings) -> Iterator[Engine]:
    made = open_engine(private.database_url)
    yield made
    made.dispose()


def secrets_of(settings: Settings) -> dict[str, str]:
    """Every role's password."""
    paths = postgres.folder_of(settings).glob("*.pgpass")
    return {path.stem: path.read_text().strip().rpartition(":")[2] for path in paths}


def test_start__runs_already__nothing_changes(private: Settings):
    before = postgres.status(private)
    assert before.running
    assert before.version == programs_for(postgres.folder_of(private) / "data").version
    again = postgres.start(private)
    assert (again.process_id, again.port) == (before.process_id, before.port)
    assert again.size_bytes > 20_000_000


def test_start__passwords__in_files_of_their_owner_alone(private: Settings):
    folder, known = postgres.folder_of(private), secrets_of(private)
    assert set(known) == {postgres.ADMIN, postgres.OWNER, postgres.READER, postgres.REPLICA}
    assert len(set(known.values())) == 4
    assert min(map(len, known.values())) >= 40
    for path in [*folder.glob("*.pgpass"), *folder.glob("*.url")]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    process_id = postgres.status(private).process_id
    shown = [
        private.database_url,
        private.database_read_url,
        repr(private),
        Path(f"/proc/{process_id}/cmdline").read_text(),
        Path(f"/proc/{process_id}/environ").read_text(),
        (folder / "output.log").read_text(errors="replace"),
        *((folder / "data" / name).read_text() for name in ("pg_hba.conf", "postgresql.conf", "postgresql.auto.conf")),
    ]
    assert [text for text in shown for password in known.values() if password in text] == []


def test_connect__wrong_or_no_password__refused(private: Settings, tmp_path: Path):
    wrong = tmp_path / "wrong.pgpass"
    wrong.write_text(f"*:*:*:{postgres.OWNER}:wrong\n")
    wrong.chmod(0o600)
    port = postgres.status(private).port
    for passfile in (wrong, tmp_path / "none"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(
                host=LOOPBACK, port=port, user=postgres.OWNER, dbname=postgres.DATABASE, passfile=str(passfile)
            )


def test_server__killed__comes_back_with_what_was_committed(private: Settings, engine: Engine):
    with Session(writing(engine)) as session, session.begin():
        insert(session, DonorOpening, record_id="a" * 64, name="A donor", salt=b"b" * 16)
    before = postgres.status(private)
    assert before.process_id is not None
    os.kill(before.process_id, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while postgres.status(private).process_id in (before.process_id, None):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    postgres.make_ready(private)
    assert postgres.status(private).port == before.port
    # The very engine whose connections the kill has cut off.
    with engine.connect() as connection:
        rows = connection.execute(select(table_of(DonorOpening))).all()
    assert [row.name for row in rows] == ["A donor"]


def test_reading_role__what_is_published__and_nothing_else(private: Settings):
    assert postgres.READER in private.database_read_url
    engine = reading_engine(private.database_read_url)
    require_current(engine)
    published = (*models.CHAIN, *models.DERIVED, *models.PER_BLOCK, *models.UNRESOLVED)
    for model in published:
        with engine.connect() as connection:
            connection.execute(select(table_of(model)).limit(1)).all()
    for model in models.KEPT:
        with engine.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(select(table_of(model)).limit(1))
    engine.dispose()
    # Past our own engine, which asks for transactions that only read.
    with open_engine(private.database_read_url).connect() as connection:
        for statement in (
            "DELETE FROM fund",
            "INSERT INTO alembic_version VALUES ('9')",
            "CREATE TABLE mine (one int)",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), connection.begin():
                connection.execute(text(statement))


def test_reading_engine__role_that_may_write__refused_all_the_same(private: Settings):
    engine = reading_engine(private.database_url)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="read-only transaction"):
        connection.execute(text("DELETE FROM fund"))
    engine.dispose()


def test_require_current__tables_of_an_older_version__part_away(private: Settings, engine: Engine):
    with engine.begin() as connection:
        newest = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    try:
        with pytest.raises(PartAway, match=f"migration 0001, and {newest} is needed"):
            require_current(engine)
    finally:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :newest"), {"newest": newest})


def test_settings__server_stopped__still_name_it_and_not_sqlite(private: Settings):
    assert postgres.stop(private)
    assert not postgres.status(private).running
    assert not postgres.stop(private)
    found = Settings(state_dir=private.state_dir)
    assert found.database_url == private.database_url
    assert found.database_read_url == private.database_read_url
    named = Settings(state_dir=private.state_dir, database_url="sqlite:///elsewhere")
    assert named.database_read_url == "sqlite:///elsewhere"
    with pytest.raises(DBAPIError, match="refused"):
        open_engine(found.database_url).connect()
    assert postgres.start(private).running


def test_make_data__killed_half_way__made_anew(tmp_path: Path):
    half = tmp_path / "data.fresh"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    postgres.make_data(tmp_path)
    assert not half.exists()
    assert (tmp_path / "data" / "global" / "pg_control").exists()
    assert not list(tmp_path.glob("initdb*"))


def test_programs_for__data_of_another_version__named(tmp_path: Path):
    (tmp_path / "PG_VERSION").write_text("9\n")
    with pytest.raises(PartAway, match="was made by PostgreSQL 9") as raised:
        programs_for(tmp_path)
    assert str(installed()[0].version) in raised.value.message
