"""Fixtures of the tests that need a running ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import POSTGRESQL, SQLITE, on
from tests.ledger.world import World, close_world, deployed_world

ON_BOTH = (
    *("test_indexer", "test_index_digest", "test_index_redesignations", "test_schema"),
    *("test_verification", "test_outbox", "test_database"),
)
"""Files whose every test runs on SQLite and on PostgreSQL."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.module.__name__.rpartition(".")[2] in ON_BOTH:
        metafunc.fixturenames.append("database")
        metafunc.parametrize("database", [SQLITE, POSTGRESQL], indirect=True, scope="module")


@pytest.fixture(scope="module")
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The engine that new databases are of."""
    chosen = getattr(request, "param", SQLITE)
    with on(chosen):
        yield chosen


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A deployed ledger of this test's own."""
    made = deployed_world(tmp_path / "ledger")
    yield made
    close_world(made)


@pytest.fixture(scope="module")
def shared_world(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A deployed ledger that the tests of one file share."""
    made = deployed_world(tmp_path_factory.mktemp("shared") / "ledger")
    yield made
    close_world(made)
