"""Databases for tests, on either engine: a file of SQLite's, or a database of a private PostgreSQL's.

`on(POSTGRESQL)` is what a test that runs on both sets; everything that makes a database asks `url_in`.
"""

import atexit
import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from psycopg import sql
from sqlalchemy.engine import make_url

from ledger.settings import Settings
from network import postgres

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_numbers = itertools.count(1)
_chosen = SQLITE


@contextmanager
def on(engine: str) -> Iterator[None]:
    """Inside, new databases are that engine's."""
    global _chosen
    before, _chosen = _chosen, engine
    try:
        yield
    finally:
        _chosen = before


def url_in(folder: Path, name: str = "ledger") -> str:
    """The URL of a database of that name: in that folder, or empty in the tests' PostgreSQL."""
    if _chosen == SQLITE:
        return f"sqlite:///{folder / name}.sqlite"
    return new_postgresql()


def new_postgresql(template: str = "template1") -> str:
    """The URL of a new database of the tests' PostgreSQL, empty or a copy."""
    name = f"test_{next(_numbers)}"
    settings = server()
    port = postgres.status(settings).port
    assert port is not None
    folder = postgres.folder_of(settings)
    with postgres.admin_connection(folder, port) as connection:
        made = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
        parts = (sql.Identifier(one) for one in (name, postgres.OWNER, template))
        connection.execute(made.format(*parts))
    return postgres.url_of(folder, postgres.OWNER, port, name)


def reading_url_of(url: str) -> str:
    """The URL of the same database for the role that may only read."""
    parsed, settings = make_url(url), server()
    assert parsed.port and parsed.database
    return postgres.url_of(postgres.folder_of(settings), postgres.READER, parsed.port, parsed.database)


def copy_of(url: str, folder: Path, name: str = "copy") -> str:
    """The URL of a copy. Nothing may be connected to the database."""
    parsed = make_url(url)
    assert parsed.database
    if parsed.get_backend_name() == SQLITE:
        return f"sqlite:///{shutil.copy(parsed.database, folder / f'{name}.sqlite')}"
    return new_postgresql(parsed.database)


@cache
def server() -> Settings:
    """The settings of a PostgreSQL that runs until the tests end."""
    folder = Path(tempfile.mkdtemp(prefix="ledger-postgres-"))
    settings = Settings(state_dir=folder, deployments_dir=folder / "deployments")
    atexit.register(_close, settings)
    postgres.start(settings)
    return settings


def _close(settings: Settings) -> None:
    postgres.stop(settings)
    shutil.rmtree(settings.state_dir)
