"""upgrade

├── given no database         → every table that the models say, and nothing else
├── given one that is up to date → nothing changes, and what would change it is not imported
├── given one at several migrations → BadInput
└── given one of a newer program → BadInput
"""

import shutil
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from ledger import migrating, models, schema
from ledger.database import open_engine
from ledger.errors import BadInput
from ledger.schema import MIGRATIONS, newest, upgrade
from ledger.settings import ROOT
from tests.databases import url_in


@pytest.fixture
def engine(tmp_path):
    return open_engine(url_in(tmp_path, "new"))


def test_upgrade__new_database__what_the_models_say(engine):
    upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, models.metadata) == []
    made = set(inspect(engine).get_table_names()) - {"alembic_version"}
    listed = (*models.CHAIN, *models.PER_BLOCK, *models.DERIVED, *models.UNRESOLVED, *models.KEPT)
    assert made == {model.__tablename__ for model in listed} == set(models.metadata.tables)
    assert len(listed) == len(set(listed))


def test_upgrade__new_database__checks_are_in_it(engine):
    upgrade(engine)
    for model in models.metadata.tables:
        said = {
            check.name
            for check in models.metadata.tables[model].constraints
            if type(check).__name__ == "CheckConstraint"
        }
        assert {check["name"] for check in inspect(engine).get_check_constraints(model)} == said


def test_upgrade__again__changes_nothing(engine):
    upgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO donor_opening VALUES ('a', 'b', 'c')")
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM donor_opening").scalar() == 1


def test_newest__by_the_names__as_alembic_follows_them():
    assert newest() == ScriptDirectory(str(MIGRATIONS)).get_current_head()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param("UPDATE alembic_version SET version_num = '9999'", "9999", id="newer"),
        pytest.param("INSERT INTO alembic_version VALUES ('0001')", "0001", id="at_several"),
    ],
)
def test_upgrade__database_at_no_migration_of_this_program__bad_input(engine, change, said):
    upgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(change)
    with pytest.raises(BadInput, match=said):
        upgrade(engine)


def test_tables__for_postgresql__compile():
    for table in models.metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=postgresql.dialect()))
        for index in table.indexes:
            assert "CREATE" in str(CreateIndex(index).compile(dialect=postgresql.dialect()))


def test_upgrade__nothing_to_migrate__what_migrates_is_not_imported(tmp_path):
    url = url_in(tmp_path, "current")
    upgrade(open_engine(url))
    looked = (
        "import sys; from ledger.database import open_engine; from ledger.schema import upgrade; "
        "upgrade(open_engine(sys.argv[1])); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", looked, url], cwd=ROOT, check=False).returncode == 0


def test_migrating__models_as_the_migrations_say__next_number_and_nothing_in_it(tmp_path, monkeypatch):
    versions = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, versions, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "MIGRATIONS", versions)
    monkeypatch.setattr(migrating, "MIGRATIONS", versions)
    monkeypatch.setattr(sys, "argv", ["migrating", "Say", "nothing"])
    before = int(newest())

    migrating.main()

    assert newest() == f"{before + 1:04}" == ScriptDirectory(str(versions)).get_current_head()
    (made,) = versions.glob(f"versions/*_{newest()}_say_nothing.py")
    assert "op." not in made.read_text().partition("def upgrade")[2]
