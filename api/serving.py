"""The application as `ledger serve` runs it: everything from the settings."""

from fastapi import FastAPI

from api.app import create_app
from ledger.chain import ChainClient, connect
from ledger.database import open_engine
from ledger.documents import open_documents
from ledger.errors import PartAway
from ledger.queries.snapshot import reading_engine
from ledger.schema import upgrade
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
    """The application that the environment's settings describe. The database's tables are there afterwards."""
    settings = Settings.from_environment()
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    writer = open_engine(settings.database_url)
    upgrade(writer)
    writer.dispose()
    documents = open_documents(settings, patience_s=DOCUMENTS_PATIENCE_S)
    return create_app(reading_engine(settings.database_url), documents, ConfiguredChain(settings))
