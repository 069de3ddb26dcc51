"""How the index is read: one transaction that sees one state of it, and cannot write.

with snapshot(engine) as read:
    total = read.row(funds.one(fund_id))
    gifts = read.rows(donations.page(Slice(after=0, limit=50)))
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, Select, event
from sqlmodel import Session

from ledger.database import open_engine
from ledger.errors import NotFound

Row = dict[str, Any]
"""A row's columns by name."""
READERS_MAX = 15
"""How many transactions read at once: the size of SQLAlchemy's pool. A request beyond that waits."""


class Snapshot:
    """One state of the index. Valid inside `snapshot`."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._connection = session.connection()

    def rows(self, query: Select[Any]) -> list[Row]:
        """Every row, columns by name."""
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def row(self, query: Select[Any]) -> Row | None:
        """The only row, or None."""
        found = self._connection.execute(query).mappings().one_or_none()
        return None if found is None else dict(found)

    def only(self, query: Select[Any], what: str) -> Row:
        """The only row. Raises NotFound saying `what` there is not."""
        found = self.row(query)
        if found is None:
            raise NotFound(f"There is no {what}.")
        return found


@contextmanager
def snapshot(engine: Engine) -> Iterator[Snapshot]:
    """One read transaction: everything that is read inside is of one moment."""
    with Session(engine) as session:
        yield Snapshot(session)


def reading_engine(database_url: str) -> Engine:
    """An engine that refuses to write, for as many readers as READERS_MAX at once."""
    engine = open_engine(database_url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _forbid_writes)
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _forbid_writes(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA query_only = ON").close()
