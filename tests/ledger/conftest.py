"""Fixtures of the tests that need a running ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.world import World, close_world, deployed_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A deployed ledger of this test's own."""
    made = deployed_world(tmp_path / "ledger")
    yield made
    close_world(made)


@pytest.fixture(scope="module")
def shared_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A deployed ledger that the tests of one file share."""
    made = deployed_world(tmp_path_factory.mktemp("shared") / "ledger")
    yield made
    close_world(made)
