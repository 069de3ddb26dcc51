"""One PostgreSQL, several processes: what they keep each other from, and what a replica says.

├── two indexers               → one writes, the other waits; killed -9, the other goes on to the same index
├── two senders, on two hosts  → one sends, the other waits; killed -9, the other goes on: each write once
├── an indexer that lost its lock meanwhile → goes on from where the other one is
└── the API on a replica       → states the block of its own, older one; follows; refuses to write
"""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from api.app import create_app
from ledger.commands import funds
from ledger.commands.donations import Gift, record_donations
from ledger.database import Lock, open_engine, table_of, writing
from ledger.documents import DocumentStore
from ledger.indexer import converge
from ledger.locks import holding
from ledger.models.chain import ChainBlock
from ledger.models.outbox import OutboxEntry, OutboxTransaction
from ledger.outbox import Entry, enqueue
from ledger.queries.snapshot import reading_engine
from ledger.schema import upgrade
from ledger.settings import ROOT
from ledger.verification import verify
from network import postgres
from tests import databases
from tests.ledger.indexes import Ledger, digest_of, make_engine
from tests.ledger.test_outbox import FUND, gift, opening
from tests.ledger.world import World, close_world, deployed_world
from tests.network.daemons import wait_for
from tests.network.replicas import admin_of, replica_of

INDEX = """
import sys, time
from pathlib import Path
from ledger import indexer
from ledger.chain import connect_deployed
from ledger.database import open_engine
from ledger.documents import DocumentStore
from ledger.settings import Settings

# Small steps, so that there is time to be killed in.
indexer.BLOCKS_PER_FETCH_MAX = 2
settings = Settings(state_dir=Path(sys.argv[1]), deployments_dir=Path(sys.argv[2]), database_url=sys.argv[3])
chain, engine = connect_deployed(settings), open_engine(settings.database_url)
def progress(block, head):
    print(block, flush=True)
    time.sleep(float(sys.argv[4]))
print("ready", flush=True)
indexer.converge(engine, chain, DocumentStore(settings.documents_path), chain.deployment, progress=progress)
print("done", flush=True)
"""
SEND = """
import sys, time
from pathlib import Path
from ledger import outbox
from ledger.chain import connect_deployed
from ledger.database import open_engine
from ledger.keys import Keyring
from ledger.settings import Settings

outbox.WINDOW_TRANSACTIONS = 2
settings = Settings(state_dir=Path(sys.argv[1]), deployments_dir=Path(sys.argv[2]), database_url=sys.argv[3])
chain, engine = connect_deployed(settings), open_engine(settings.database_url)
def progress(recorded):
    print(recorded, flush=True)
    time.sleep(float(sys.argv[5]))
print("ready", flush=True)
keyring = Keyring(Path(sys.argv[4]), settings.password_file, scrypt_n=2)
outcome = outbox.drain(engine, chain, keyring, progress=progress)
assert not outcome.refused, outcome.refused
print("done", flush=True)
"""
GIFTS = 2_000
# Long enough that the second process has begun before the first one is done.
STEP_S = 0.5


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A ledger on a database of PostgreSQL's."""
    with databases.on(databases.POSTGRESQL):
        made = deployed_world(tmp_path / "ledger")
    yield made
    close_world(made)


class Started:
    """A program of its own on the world's database, and what it said so far."""

    def __init__(self, program: str, world: World, out: Path, *arguments: object) -> None:
        settings = world.settings
        command = [sys.executable, "-c", program, settings.state_dir, settings.deployments_dir, settings.database_url]
        self.out = out
        with out.open("wb") as file:
            self.process = subprocess.Popen([*map(str, command), *map(str, arguments)], stdout=file, cwd=ROOT)
        wait_for(lambda: self.process.poll() is not None or out.read_text().startswith("ready"))

    def said(self) -> list[str]:
        """What came after its first word."""
        return self.out.read_text().split()[1:]

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def start(world: World, tmp_path: Path) -> Iterator[Callable[..., Started]]:
    """Starts a program; ended at the end of the test."""
    running: list[Started] = []

    def begin(program: str, *arguments: object) -> Started:
        running.append(Started(program, world, tmp_path / f"{len(running)}.out", *arguments))
        return running[-1]

    yield begin
    for one in running:
        one.kill()


def put(world: World, entries: list[Entry]) -> None:
    with Session(writing(world.engine)) as session, session.begin():
        enqueue(session, entries)


def record(world: World) -> None:
    """Some hundred donations with their documents, in thirty blocks and more."""
    clerk = world.desk("clerk")
    fund = funds.open_fund(clerk, key=("general",), name="General", currency="CNY")
    world.submit(fund)
    for batch in range(30):
        gifts = [
            Gift(("gift", batch, n), 100 + n, None, publisher="Red Cross", list="01", row=batch * 20 + n)
            for n in range(20)
        ]
        world.submit(record_donations(clerk, fund.record_id, gifts))


def test_indexers__two_on_one_database_and_one_killed__the_other_goes_on(world: World, start, tmp_path: Path):
    record(world)
    first = start(INDEX, STEP_S)
    number = select(func.count()).select_from(table_of(ChainBlock))

    def indexed() -> int:
        with world.engine.connect() as connection:
            return int(connection.scalar(number) or 0)

    wait_for(lambda: indexed() > 4)
    second = start(INDEX, 0)
    wait_for(lambda: indexed() > 8)
    assert second.said() == [], "the second one waits"
    first.kill()
    at_the_kill, head = indexed(), world.chain.head()
    assert at_the_kill < head, "it was killed in the midst of it"
    assert second.process.wait(60) == 0
    blocks = second.said()
    assert blocks[-1] == "done"
    assert int(blocks[0]) >= at_the_kill
    assert indexed() == head + 1
    chain = world.chain
    found = verify(world.engine, chain, world.documents, chain.deployment)
    assert found.findings == []
    undisturbed = make_engine(tmp_path, "undisturbed")
    converge(undisturbed, chain, world.documents, chain.deployment)
    assert found.digest == digest_of(undisturbed)


def test_senders__two_on_one_database_and_one_killed__each_write_once(world: World, start, tmp_path: Path):
    put(world, [opening(), *(gift(n, batch=n // 50) for n in range(GIFTS))])
    elsewhere = Path(shutil.copytree(world.settings.keys_dir, tmp_path / "keys on another host"))
    first = start(SEND, world.settings.keys_dir, STEP_S)
    wait_for(lambda: len(first.said()) > 1)
    second = start(SEND, elsewhere, 0)
    with holding(world.engine, Lock.SENDING, wait_s=0.5) as is_held:
        assert not is_held
    assert second.said() == [], "the second one waits"
    assert first.process.poll() is None
    first.kill()
    assert second.process.wait(60) == 0
    assert second.said()[-1] == "done"
    entry, transaction = table_of(OutboxEntry).c, table_of(OutboxTransaction).c
    with world.engine.connect() as connection:
        open_entries = connection.scalar(select(func.count()).where(entry.transaction_sequence.is_(None)))
        nonces = connection.scalars(
            select(transaction.nonce).where(transaction.account == "importer").order_by(transaction.nonce)
        ).all()
        states = set(connection.scalars(select(transaction.state).distinct()))
    assert (open_entries, states) == (0, {"mined"})
    assert list(nonces) == list(range(len(nonces)))
    assert world.chain.nonces([world.keyring.address("importer")]) == [len(nonces)]
    assert world.chain.call_function("FundLedger", "totalsOf", (FUND,))[0][0] == GIFTS * 100


def test_converge__another_one_indexed_meanwhile__goes_on_from_there():
    with databases.on(databases.POSTGRESQL):
        engine = make_engine(Path())
    ledger = Ledger()
    for _ in range(6):
        ledger.donate(3)
    quick = open_engine(engine.url.render_as_string(hide_password=False))

    class Overtaken(type(ledger.chain)):  # type: ignore[misc]
        """A chain during whose third answer the same database is indexed past its locks."""

        answers = 0

        def blocks(self, first, last, addresses):
            self.answers += 1
            if self.answers == 3:
                without_locks(quick, ledger)
            return super().blocks(first, last, addresses)

    overtaken = Overtaken()
    overtaken.__dict__.update(ledger.chain.__dict__)
    converge(engine, overtaken, ledger.documents, ledger.chain.deployment)
    expected = make_engine_of_sqlite(ledger)
    assert digest_of(engine) == expected


def without_locks(engine: Engine, ledger: Ledger) -> None:
    """As a process does whose connection, and lock with it, was lost."""
    with patch("ledger.indexer.holding", return_value=nullcontext()):
        converge(engine, ledger.chain, ledger.documents, ledger.chain.deployment)


def make_engine_of_sqlite(ledger: Ledger) -> str:
    engine = open_engine("sqlite://")
    upgrade(engine)
    ledger.index(engine)
    return digest_of(engine)


def test_api__on_a_replica__states_its_own_block_and_follows(tmp_path: Path):
    settings = databases.server()
    url = databases.new_postgresql()
    primary = open_engine(url)
    upgrade(primary)
    ledger = Ledger()
    ledger.donate(3)
    ledger.index(primary)
    documents = DocumentStore(tmp_path / "documents")
    with replica_of(settings, tmp_path / "replica") as port:
        name = str(primary.url.database)
        replica_url = postgres.url_of(postgres.folder_of(settings), postgres.READER, port, name)
        reads = [reading_engine(one) for one in (url, replica_url)]
        with (
            TestClient(create_app(reads[0], documents, ledger.chain)) as here,
            TestClient(create_app(reads[1], documents, ledger.chain)) as there,
        ):
            follows(here, there)
            with admin_of(settings, port) as admin:
                admin.execute("SELECT pg_wal_replay_pause()")
                ledger.donate(4)
                ledger.index(primary)
                ahead, behind = summary(here), summary(there)
                assert behind["as_of_block"] == ahead["as_of_block"] - 1
                # The chain's head is asked for once a second.
                wait_for(lambda: (summary(here)["index_lag_blocks"], summary(there)["index_lag_blocks"]) == (0, 1))
                assert behind["as_of_block_hash"] == ledger.chain.block_hash(behind["as_of_block"])
                assert behind["journals"]["FundLedger"]["count"] < ahead["journals"]["FundLedger"]["count"]
                admin.execute("SELECT pg_wal_replay_resume()")
            follows(here, there)
        with open_engine(replica_url).connect() as connection, pytest.raises(DBAPIError, match="read-only transaction"):
            connection.execute(text("DELETE FROM fund"))
    primary.dispose()
    documents.close()


def summary(client: TestClient) -> dict:
    answer = client.get("/v1/summary")
    assert answer.status_code == 200, answer.text
    return answer.json()


def follows(here: TestClient, there: TestClient) -> None:
    """Waits until both give the same answers, byte for byte."""
    wait_for(lambda: summary(there)["as_of_block"] == summary(here)["as_of_block"])
    for path in ("summary", "funds", "donations", "reconciliation"):
        assert there.get(f"/v1/{path}").content == here.get(f"/v1/{path}").content
