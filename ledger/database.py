"""The SQL database of index and outbox: how it is opened, and the inserts of the hot path."""

from collections.abc import Sequence
from enum import IntEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    URL,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Engine,
    ExceptionContext,
    Integer,
    LargeBinary,
    Table,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

BUSY_TIMEOUT_MS = 30_000
CACHE_KIB = 65_536
# A third fewer page writes than with 4,096; holds for databases made from here on.
PAGE_BYTES = 16_384
WAL_PAGES = 2_000
READING_ROLE = "ledger_read"
"""The role of PostgreSQL that may select what is published; where it exists it is given that."""
_WRITES = "ledger_writes"
LOCK_SPACE = 0x4C454447
"""First number of PostgreSQL's advisory locks that are the ledger's."""
_GONE_AFTER_MS = 15_000
# A host that dies says nothing: unasked, the server would keep its locks, and a client its question, for two hours.
_OF_SERVER = {
    "tcp_keepalives_idle": 5,
    "tcp_keepalives_interval": 2,
    "tcp_keepalives_count": 3,
    "tcp_user_timeout": _GONE_AFTER_MS,
}
_OF_CLIENT = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": _GONE_AFTER_MS,
}
Row = tuple[Any, ...]


class Lock(IntEnum):
    """What processes that share a database keep each other from. The first two are of a transaction."""

    RECORDS = 1  # outbox and whatever else is not made from the chain
    INDEX = 2  # the tables that are made from the chain
    SENDING = 3  # one sender
    INDEXING = 4  # one indexer; others wait and follow


def open_engine(database_url: str) -> Engine:
    """An engine for that URL. On SQLite: WAL, foreign keys checked, waiting writers wait up to 30 s.

    On PostgreSQL server and client each notice within about 15 s that the other's host is gone.
    """
    url = make_url(database_url)
    is_server = url.get_backend_name() != "sqlite"
    arguments = _watching_each_other(url) if is_server else {}
    # A server may have been started again since a connection was last used.
    # An error does not show what a statement carried: names are among it.
    engine = create_engine(url, pool_pre_ping=is_server, hide_parameters=True, connect_args=arguments)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
        event.listen(engine, "handle_error", _on_error, retval=True)
    return engine


def writing(engine: Engine, lock: Lock = Lock.RECORDS) -> Engine:
    """The same engine for transactions that write: from their beginning on no other one under that lock goes on.

    A transaction that reads first and writes later could otherwise find that another wrote in between. On SQLite there
    is one lock for all.
    """
    return engine.execution_options(**{_WRITES: lock})


def one_moment(engine: Engine) -> Engine:
    """The same engine for transactions in which everything that is read is of one moment, as it always is on SQLite."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


def insert_rows(session: Session, model: type[SQLModel], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Inserts rows of these columns past the ORM: with one executemany, on PostgreSQL with one binary COPY.

    COPY costs the client a tenth of it, from two rows on.
    """
    if not rows:
        return
    connection = session.connection()
    cursor = connection.connection.cursor()
    try:
        if connection.dialect.name != "postgresql":
            cursor.executemany(_insert_statement(model, tuple(columns), "?"), rows)
        elif len(rows) == 1:
            cursor.execute(_insert_statement(model, tuple(columns), "%s"), rows[0])
        else:
            statement, types = _copy_statement(model, tuple(columns))
            with cursor.copy(statement) as copy:
                copy.set_types(types)
                write = copy.write_row
                for row in rows:
                    write(row)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_any_other(connection, f"inserts into {model.__tablename__}", error) from error
    cursor.close()


def insert(session: Session, model: type[SQLModel], **values: Any) -> None:
    """Inserts one row, columns that are not named at their defaults."""
    columns = {**_defaults(model), **values}
    insert_rows(session, model, tuple(columns), [tuple(columns.values())])


def execute(session: Session, statement: str, values: Row) -> Any:
    """Runs a statement of ours in the session's transaction, past SQLAlchemy, whose share of a small one is nine
    tenths. Returns the driver's cursor.
    """
    connection = session.connection()
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_any_other(connection, statement, error) from error
    return cursor


def table_of(model: type[SQLModel]) -> Table:
    """The SQLAlchemy table of a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def marker_of(connection: Connection) -> str:
    """How the driver marks a parameter in a statement."""
    return "?" if connection.dialect.paramstyle == "qmark" else "%s"


def _as_any_other(connection: Connection, statement: str, error: Exception) -> BaseException:
    """The driver's error as SQLAlchemy raises it from everything else, without the values: names are among them."""
    dialect = connection.dialect
    _leave_out_values(error)
    return DBAPIError.instance(statement, None, error, dialect.loaded_dbapi.Error, True, False, dialect)


def _leave_out_values(error: BaseException) -> None:
    """PostgreSQL tells the whole row that breaks a rule, after the sentence that says which rule."""
    if isinstance(error, Exception) and getattr(getattr(error, "diag", None), "message_detail", None):
        error.args = (error.diag.message_primary,)  # type: ignore[attr-defined]


def _on_error(context: ExceptionContext) -> BaseException | None:
    original, dialect = context.original_exception, context.dialect
    if not getattr(getattr(original, "diag", None), "message_detail", None):
        return None
    _leave_out_values(original)
    base = dialect.loaded_dbapi.Error
    return DBAPIError.instance(context.statement, None, original, base, True, context.is_disconnect, dialect)


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
    statement = f'COPY "{model.__tablename__}" ({_names(model, columns)}) FROM STDIN (FORMAT BINARY)'
    return statement, [_type_name(table_of(model).columns[column]) for column in columns]


def _names(model: type[SQLModel], columns: tuple[str, ...]) -> str:
    known = {column.name for column in table_of(model).columns}
    if unknown := set(columns) - known:
        raise ValueError(f"{model.__tablename__} has no column {', '.join(sorted(unknown))}.")
    return ", ".join(f'"{column}"' for column in columns)


def _type_name(column: Column[Any]) -> str:
    names = ((BigInteger, "int8"), (Integer, "int4"), (Boolean, "bool"), (LargeBinary, "bytea"))
    return next((name for kind, name in names if isinstance(column.type, kind)), "text")


def _watching_each_other(url: URL) -> dict[str, Any]:
    """What a connection is opened with, so that a peer whose host died is noticed. What the URL says itself holds.

    On a Unix socket all of it is without effect.
    """
    said = url.query.get("options", ())
    options = [f"-c {name}={value}" for name, value in _OF_SERVER.items()]
    options += [said] if isinstance(said, str) else said
    named = {name: value for name, value in _OF_CLIENT.items() if name not in url.query}
    return named | {"options": " ".join(options)}


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


def _begin_postgresql(connection: Connection) -> None:
    if lock := connection.get_execution_options().get(_WRITES):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK_SPACE}, {int(lock)})")


def _begin_sqlite(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")
