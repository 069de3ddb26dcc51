"""A whole ledger in a folder: embedded chain, database, keys, documents, deployed contracts, and who acts there."""

import os
import signal
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine

from ledger import commands
from ledger.chain import ChainClient, connect, connect_deployed
from ledger.commands import Desk, Draft
from ledger.consortium import Consortium
from ledger.database import open_engine
from ledger.deployer import deploy
from ledger.documents import DocumentStore
from ledger.keys import Keyring, make_secret
from ledger.outbox import Outcome
from ledger.schema import upgrade
from ledger.settings import Settings, read_secret
from network import embedded
from tests.databases import url_in

WUHAN, HOSPITAL, EXERCISE = 2, 3, 9
STORE_KEY, WARD_KEY = ("store",), ("ward",)


def _person(number: int, organisation: int, account: str, *roles: str | dict[str, object]) -> dict[str, object]:
    held = [{"role": role} if isinstance(role, str) else role for role in roles]
    return {
        "number": number,
        "organisation": organisation,
        "title": account.replace("-", " "),
        "accounts": [account],
        "roles": held,
    }


CONSORTIUM = Consortium.model_validate(
    {
        "organisation": [
            {"number": 1, "name": "Consortium"},
            {"number": WUHAN, "name": "Wuhan store"},
            {"number": HOSPITAL, "name": "A hospital"},
            {"number": EXERCISE, "name": "An exercise", "exercise": True},
        ],
        "person": [
            _person(1, 1, "registrar", "REGISTRAR"),
            _person(2, 1, "guardian", "GUARDIAN"),
            _person(3, 1, "auditor", "AUDITOR"),
            _person(10, WUHAN, "clerk", "INTAKE_CLERK"),
            _person(9, WUHAN, "second-clerk", "INTAKE_CLERK"),
            _person(11, WUHAN, "importer", "IMPORTER"),
            _person(12, WUHAN, "allocator", "ALLOCATOR"),
            _person(13, WUHAN, "approver", "ALLOCATION_APPROVER"),
            _person(14, WUHAN, "dispatcher", "DISPATCHER"),
            _person(15, WUHAN, "carrier", "CARRIER"),
            _person(16, WUHAN, "inspector", "INSPECTOR"),
            _person(17, WUHAN, "corrector", "CORRECTOR"),
            _person(18, WUHAN, "correction-approver", "CORRECTION_APPROVER"),
            _person(19, WUHAN, "storekeeper", {"role": "CONSIGNEE", "facility": STORE_KEY}),
            _person(20, HOSPITAL, "ward", {"role": "CONSIGNEE", "facility": WARD_KEY}),
            _person(21, HOSPITAL, "hospital-clerk", "INTAKE_CLERK"),
            _person(22, HOSPITAL, "hospital-allocator", "ALLOCATOR", "DISPATCHER"),
            _person(23, HOSPITAL, "hospital-approver", "ALLOCATION_APPROVER", "CORRECTION_APPROVER"),
            _person(24, HOSPITAL, "hospital-corrector", "CORRECTOR"),
            _person(90, EXERCISE, "exercise-clerk", "INTAKE_CLERK"),
        ],
    }
)


class World(NamedTuple):
    """Everything that commands need, in one folder."""

    settings: Settings
    engine: Engine
    keyring: Keyring
    documents: DocumentStore

    @property
    def chain(self) -> ChainClient:
        """A client of the chain as it runs now, knowing the contracts."""
        return connect_deployed(self.settings)

    def desk(self, account: str) -> Desk:
        """Where that account writes, for its person's organisation."""
        home = next(one.organisation for one in CONSORTIUM.person if account in one.accounts)
        secret = read_secret(self.settings.donor_secret_file, "secret").strip()
        return Desk(account, home, self.documents, secret)

    def submit(self, draft: Draft) -> Outcome:
        """Records a draft; raises what the contract refused."""
        return commands.submit(self.engine, self.chain, self.keyring, draft)

    def kill_chain(self) -> None:
        """Ends the chain as a power cut would."""
        process_id = embedded.status(self.settings).process_id
        assert process_id is not None
        os.kill(process_id, signal.SIGKILL)
        os.waitpid(process_id, 0)

    def journals(self) -> dict[str, tuple[bytes, int]]:
        """Head and count of every contract's journal."""
        chain = self.chain
        assert chain.deployment is not None
        names = sorted(chain.deployment.addresses)
        return dict(zip(names, chain.call_functions([(name, "journal", ()) for name in names]), strict=True))


def settings_in(folder: Path) -> Settings:
    """Settings whose every path is in that folder; the database is of the engine that the test chose."""
    return Settings(state_dir=folder, deployments_dir=folder / "deployments", database_url=url_in(folder))


def open_world(folder: Path) -> World:
    """The parts in that folder, the chain running, nothing deployed."""
    settings = settings_in(folder)
    make_secret(settings.donor_secret_file)
    make_secret(settings.state_dir / "secrets" / "keys")
    embedded.start(settings)
    engine = open_engine(settings.database_url)
    upgrade(engine)
    keyring = Keyring(settings.keys_dir, settings.password_file, scrypt_n=2)
    return World(settings, engine, keyring, DocumentStore(settings.documents_path))


def deployed_world(folder: Path) -> World:
    """The same with the contracts deployed, sealed, and the consortium registered."""
    world = open_world(folder)
    deployments_dir = world.settings.deployments_dir
    try:
        deploy(world.engine, connect(world.settings), world.keyring, world.documents, CONSORTIUM, deployments_dir)
    except BaseException:
        close_world(world)
        raise
    return world


def close_world(world: World) -> None:
    """Stops the chain and lets go of the files."""
    world.engine.dispose()
    world.documents.close()
    embedded.stop(world.settings)
