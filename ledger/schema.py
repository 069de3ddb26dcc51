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
from sqlalchemy import Connection, Engine

from ledger.database import open_engine, writing
from ledger.errors import BadInput

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
