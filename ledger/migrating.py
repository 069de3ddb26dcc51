"""Changes a database's tables by the migrations, and writes the next migration when the models changed.

python -m ledger.migrating "Say what changes"
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from ledger.database import open_engine, writing
from ledger.errors import BadInput
from ledger.schema import MIGRATIONS, newest


def migrate(connection: Connection, current: str | None) -> None:
    """Afterwards the tables are as the newest migration says, from the one they are `current`ly at; rows stay.

    Raises BadInput when that one is not known here.
    """
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if current is not None and current not in known:
        raise BadInput(
            f"The database is at migration {current}, which this program does not know.",
            hint="It was written by a newer version of the program: use that one.",
        )
    command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(year)d-%%(month).2d-%%(day).2d_%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def main() -> None:
    """Writes the migration from what the migrations give to what the models say."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'empty.sqlite'}")
        with writing(engine).begin() as connection:
            migrate(connection, None)
        with writing(engine).begin() as connection:
            number = f"{int(newest()) + 1:04}"
            command.revision(_config(connection), " ".join(sys.argv[1:]) or "change", autogenerate=True, rev_id=number)


if __name__ == "__main__":
    main()
