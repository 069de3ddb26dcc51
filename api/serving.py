"""The application as `ledger serve` runs it: everything from the settings."""

from fastapi import FastAPI

from api.app import create_app
from ledger.chain import ChainClient, connect
from ledger.database import open_engine
from ledger.documents import open_documents
from ledger.errors import PartAway
from ledger.queries.snapshot import reading_engine
from ledger.schema import require_current, upgrade
from ledger.settings import Settings

HEAD_TIMEOUT_S = 1.0
DOCUMENTS_PATIENCE_S = 0.5


class ConfiguredChain:
    """The chain of the settings, found again after it was away or came back under another address."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._chain: ChainClient | None = None

    def head(self) -> int:
        """Number of the last final block. Raises PartAway when the chain does not answer within a second."""
        try:
            if self._chain is None:
                self._chain = connect(self._settings)
                self._chain.rpc.timeout_s = HEAD_TIMEOUT_S
            return self._chain.head()
        except PartAway:
            self._chain = None
            raise


def application() -> FastAPI:
    """The application that the environment's settings describe.

    Where it reads with the writer's URL the database's tables are there afterwards; with a role that may only read, or
    from a replica, they have to be: raises PartAway when they are not.
    """
    settings = Settings.from_environment()
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    engine = reading_engine(settings.database_read_url)
    if settings.database_read_url == settings.database_url:
        writer = open_engine(settings.database_url)
        upgrade(writer)
        writer.dispose()
    else:
        require_current(engine)
    documents = open_documents(settings, patience_s=DOCUMENTS_PATIENCE_S)
    return create_app(engine, documents, ConfiguredChain(settings))
