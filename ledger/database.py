"""The SQL database of index and outbox: how it is opened, and the inserts of the hot path."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    Table,
    create_engine,
    event,
)
from sqlmodel import Session, SQLModel

BUSY_TIMEOUT_MS = 30_000
CACHE_KIB = 65_536
# A third fewer page writes than with 4,096; holds for databases made from here on.
PAGE_BYTES = 16_384
WAL_PAGES = 2_000
_WRITES = "ledger_writes"
Row = tuple[Any, ...]


def open_engine(database_url: str) -> Engine:
    """An engine for that URL. On SQLite: WAL, foreign keys checked, waiting writers wait up to 30 s."""
    engine = create_engine(database_url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine for transactions that write: on SQLite they take the write lock when they begin.

    A transaction that reads first and writes later could otherwise find that another wrote in between, and fail.
    """
    return engine.execution_options(**{_WRITES: True})


def insert_rows(session: Session, model: type[SQLModel], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Inserts rows of these columns past the ORM: with one executemany, on PostgreSQL with one binary COPY.

    COPY costs the client a tenth of it, from two rows on.
    """
    if not rows:
        return
    connection = session.connection()
    cursor = connection.connection.cursor()
    if connection.dialect.name != "postgresql":
        cursor.executemany(_insert_statement(model, tuple(columns), "?"), rows)
    elif len(rows) == 1:
        cursor.execute(_insert_statement(model, tuple(columns), "%s"), rows[0])
    else:
        statement, types = _copy_statement(model, tuple(columns))
        with cursor.copy(statement) as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)
    cursor.close()


def insert(session: Session, model: type[SQLModel], **values: Any) -> None:
    """Inserts one row, columns that are not named at their defaults."""
    columns = {**_defaults(model), **values}
    insert_rows(session, model, tuple(columns), [tuple(columns.values())])


def execute(session: Session, statement: str, values: Row) -> Any:
    """Runs a statement of ours in the session's transaction, past SQLAlchemy, whose share of a small one is nine
    tenths. Returns the driver's cursor.
    """
    cursor = session.connection().connection.cursor()
    cursor.execute(statement, values)
    return cursor


def table_of(model: type[SQLModel]) -> Table:
    """The SQLAlchemy table of a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def marker_of(connection: Connection) -> str:
    """How the driver marks a parameter in a statement."""
    return "?" if connection.dialect.paramstyle == "qmark" else "%s"


@cache
def _defaults(model: type[SQLModel]) -> dict[str, Any]:
    return {name: field.default for name, field in model.model_fields.items() if not field.is_required()}


@cache
def _insert_statement(model: type[SQLModel], columns: tuple[str, ...], marker: str) -> str:
    names = _names(model, columns)
    return f'INSERT INTO "{model.__tablename__}" ({names}) VALUES ({", ".join([marker] * len(columns))})'  # noqa: S608


@cache
def _copy_statement(model: type[SQLModel], columns: tuple[str, ...]) -> tuple[str, list[str]]:
    """The statement, and the columns' types, which binary COPY has to be told."""
    types = [_type_name(table_of(model).columns[column]) for column in columns]
    return f'COPY "{model.__tablename__}" ({_names(model, columns)}) FROM STDIN (FORMAT BINARY)', types


def _names(model: type[SQLModel], columns: tuple[str, ...]) -> str:
    known = {column.name for column in table_of(model).columns}
    if unknown := set(columns) - known:
        raise ValueError(f"{model.__tablename__} has no column {', '.join(sorted(unknown))}.")
    return ", ".join(f'"{column}"' for column in columns)


def _type_name(column: Column[Any]) -> str:
    names = ((BigInteger, "int8"), (Integer, "int4"), (Boolean, "bool"), (LargeBinary, "bytea"))
    return next((name for kind, name in names if isinstance(column.type, kind)), "text")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver would begin transactions late and by itself; `_begin_sqlite` does it instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"page_size = {PAGE_BYTES}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        f"wal_autocheckpoint = {WAL_PAGES}",
        f"cache_size = -{CACHE_KIB}",
        "temp_store = MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")
