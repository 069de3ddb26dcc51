"""Brings a database's tables up to date by its migrations, and writes the next migration when the models changed.

python -m ledger.schema "Say what changes"
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from ledger.database import READING_ROLE, open_engine, writing
from ledger.errors import BadInput, PartAway
from ledger.models import CHAIN, DERIVED, PER_BLOCK, UNRESOLVED

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Afterwards every table is there, as the newest migration says; rows stay.

    Raises BadInput when the database is newer than this program.
    """
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == head:
        return
    with writing(engine).begin() as connection:
        # Another process may have done it while this one waited for the lock.
        current = MigrationContext.configure(connection).get_current_revision()
        _require_known(current)
        if current != head:
            command.upgrade(_config(connection), "head")
            if connection.dialect.name == "postgresql":
                _let_read(connection)


def require_current(engine: Engine) -> None:
    """For a database that may only be read: raises PartAway when its tables are not as the newest migration says."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current != head:
        raise PartAway(
            f"The database that is read from is at migration {current or 'none'}, and {head} is needed.",
            hint="Run `ledger index` with the role that owns the tables; a replica follows by itself.",
        )


def _let_read(connection: Connection) -> None:
    """Where there is a role for reading: it may select what is published, and neither names nor what is to be sent."""
    if not connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": READING_ROLE}):
        return
    published = (*CHAIN, *PER_BLOCK, *DERIVED, *UNRESOLVED)
    names = ", ".join(f'"{name}"' for name in ("alembic_version", *(model.__tablename__ for model in published)))
    connection.exec_driver_sql(f'GRANT SELECT ON {names} TO "{READING_ROLE}"')


def _require_known(current: str | None) -> None:
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if current is not None and current not in known:
        raise BadInput(
            f"The database is at migration {current}, which this program does not know.",
            hint="It was written by a newer version of the program: use that one.",
        )


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(year)d-%%(month).2d-%%(day).2d_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def main() -> None:
    """Writes the migration from what the migrations give to what the models say."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'empty.sqlite'}")
        upgrade(engine)
        with writing(engine).begin() as connection:
            command.revision(_config(connection), message=" ".join(sys.argv[1:]) or None, autogenerate=True)


if __name__ == "__main__":
    main()
