"""The parts that commands work with, opened from the settings when they are first asked for."""

from functools import cached_property

from sqlalchemy import Engine

from ledger.chain import ChainClient, connect, connect_deployed
from ledger.codes import CONSORTIUM
from ledger.commands import Desk
from ledger.contracts import PARTICIPANTS, Deployment
from ledger.database import open_engine
from ledger.documents import DocumentStore, open_documents
from ledger.errors import BadInput, NotFound
from ledger.keys import Keyring
from ledger.schema import upgrade
from ledger.settings import Settings, read_secret


class Parts:
    """Settings, database, chain, keys and documents of one command."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings.from_environment()

    @cached_property
    def engine(self) -> Engine:
        """The database, its tables up to date."""
        self.settings.state_dir.mkdir(parents=True, exist_ok=True)
        engine = open_engine(self.settings.database_url)
        upgrade(engine)
        return engine

    @cached_property
    def bare_chain(self) -> ChainClient:
        """The chain, whether or not the contracts are on it."""
        return connect(self.settings)

    @cached_property
    def chain(self) -> ChainClient:
        """The chain with the contracts."""
        return connect_deployed(self.settings)

    @property
    def deployment(self) -> Deployment:
        """Where the contracts are on the chain."""
        if self.chain.deployment is None:
            raise NotFound("No deployment is known for this chain.", hint="Run `ledger deploy`.")
        return self.chain.deployment

    @cached_property
    def keyring(self) -> Keyring:
        """The accounts' keys."""
        return Keyring.open(self.settings)

    @cached_property
    def documents(self) -> DocumentStore:
        """The document store."""
        return open_documents(self.settings)

    def desk(self, account: str, organisation_id: int | None = None) -> Desk:
        """Where `account` writes: for its person's organisation, unless another is named.

        Raises BadInput when no person stands behind the account.
        """
        if organisation_id is None:
            address = self.keyring.address(account)
            (person,) = self.chain.call_function(PARTICIPANTS, "personOf", (address,))
            if not person:
                raise BadInput(
                    f"No person stands behind the account {account!r} ({address}).",
                    hint="Link it first, or name the organisation it writes for.",
                )
            (organisation_id,) = self.chain.call_function(PARTICIPANTS, "organisationOf", (person,))
        secret = read_secret(self.settings.donor_secret_file, "LEDGER_DONOR_SECRET_FILE").strip()
        return Desk(account, organisation_id or CONSORTIUM, self.documents, secret)
