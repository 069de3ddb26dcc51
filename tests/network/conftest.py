"""One consortium for all tests that need one, started once with the contracts on it; and one IPFS daemon."""

from collections.abc import Iterator
from pathlib import Path

import ipfshttpclient
import pytest

from ledger.documents import DocumentStore
from ledger.documents.ipfs import IpfsShelf
from ledger.settings import Settings
from network import ipfs
from tests.network.consortium import Consortium
from tests.network.daemons import PATIENCE_S, settings_in


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


@pytest.fixture(scope="session")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """One daemon for the documents of all tests."""
    made = settings_in(tmp_path_factory.mktemp("documents") / "state")
    ipfs.start(made)
    yield settings_in(made.state_dir)
    ipfs.stop(made)


@pytest.fixture
def running(daemon: Settings) -> Settings:
    """The daemon, answering, whatever the test before did to it."""
    ipfs.start(daemon)
    return daemon


@pytest.fixture
def shelf(running: Settings) -> Iterator[IpfsShelf]:
    """That daemon, as a store has it."""
    made = IpfsShelf(running.ipfs_address, patience_s=PATIENCE_S)
    yield made
    made.close()


@pytest.fixture
def store(shelf: IpfsShelf, tmp_path: Path) -> Iterator[DocumentStore]:
    """A store with a folder of this test's own, on the daemon."""
    made = DocumentStore(tmp_path / "documents", shelf)
    yield made
    made.close()


@pytest.fixture
def client(running: Settings):
    """The daemon itself, as its operator speaks to it."""
    return ipfshttpclient.Client(running.ipfs_address, timeout=30)
