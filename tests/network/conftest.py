"""One consortium for all tests that need one: it is started once, with the contracts on it."""

from collections.abc import Iterator

import pytest

from tests.network.consortium import Consortium


@pytest.fixture(scope="session")
def consortium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consortium]:
    """Four validators, IPFS and PostgreSQL, and the contracts. A test that stops something starts it again."""
    made = Consortium(tmp_path_factory.mktemp("consortium"))
    try:
        made.up()
        made.run("deploy", "--consortium", made.described)
        yield made
    finally:
        made.outcome("down")
