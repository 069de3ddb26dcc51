"""Which migration a database's tables are at, and which they have to be at. `ledger.migrating` is what changes them."""

from pathlib import Path

from sqlalchemy import Connection, Engine, column, inspect, select, table, text

from ledger.database import READING_ROLE, writing
from ledger.errors import BadInput, PartAway
from ledger.models import CHAIN, DERIVED, PER_BLOCK, UNRESOLVED

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_VERSION = "alembic_version"


def upgrade(engine: Engine) -> None:
    """Afterwards every table is there, as the newest migration says; rows stay.

    Raises BadInput when the database is newer than this program, or says that it is at several migrations.
    """
    with engine.connect() as connection:
        if _current(connection) == newest():
            return
    # Every command comes by here, hardly one has anything to change, and what changes it takes long to import.
    from ledger.migrating import migrate

    with writing(engine).begin() as connection:
        # Another process may have done it while this one waited for the lock.
        if (current := _current(connection)) != newest():
            migrate(connection, current)
            if connection.dialect.name == "postgresql":
                _let_read(connection)


def require_current(engine: Engine) -> None:
    """For a database that may only be read: raises PartAway when its tables are not as the newest migration says."""
    with engine.connect() as connection:
        current = _current(connection)
    if current != newest():
        raise PartAway(
            f"The database that is read from is at migration {current or 'none'}, and {newest()} is needed.",
            hint="Run `ledger index` with the role that owns the tables; a replica follows by itself.",
        )


def newest() -> str:
    """The last migration, by the files' names: DATE_NUMBER_WHAT.py."""
    return max(path.stem.split("_")[1] for path in (MIGRATIONS / "versions").glob("*_*_*.py"))


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_VERSION):
        return None
    revisions: list[str] = list(connection.scalars(select(column("version_num")).select_from(table(_VERSION))))
    if len(revisions) > 1:
        raise BadInput(
            f"The database says that it is at several migrations: {', '.join(revisions)}. Restore a back-up."
        )
    return revisions[0] if revisions else None


def _let_read(connection: Connection) -> None:
    """Where there is a role for reading: it may select what is published, and neither names nor what is to be sent."""
    if not connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": READING_ROLE}):
        return
    published = (*CHAIN, *PER_BLOCK, *DERIVED, *UNRESOLVED)
    names = ", ".join(f'"{name}"' for name in (_VERSION, *(model.__tablename__ for model in published)))
    connection.exec_driver_sql(f'GRANT SELECT ON {names} TO "{READING_ROLE}"')
