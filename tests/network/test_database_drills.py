"""A full disk under the index, and kill -9 of indexer, sender and PostgreSQL at random moments of real work.

├── the disk fills up           → a clear error, whole blocks stay; with space again it goes on by itself
└── killed again and again      → every line recorded once, `ledger verify` finds nothing

DRILLS=full kills 50 times (`make drills`); DRILL_SEED=NUMBER repeats the moments of an earlier run.
"""

import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import OperationalError

from ledger.chain import connect
from ledger.consortium import read_consortium
from ledger.database import open_engine, table_of
from ledger.deployer import deploy
from ledger.documents import DocumentStore
from ledger.errors import LedgerError
from ledger.keys import Keyring, make_secret
from ledger.models.chain import ChainBlock
from ledger.models.donation import Donation
from ledger.models.outbox import OutboxEntry, OutboxTransaction
from ledger.schema import upgrade
from ledger.settings import ROOT, Settings
from network import embedded, postgres
from tests import databases
from tests.network.daemons import wait_for
from tests.network.drill import Ledger

FULL = os.environ.get("DRILLS") == "full"
SEED = int(os.environ.get("DRILL_SEED") or secrets.randbelow(10**6))
KILLS, LINES = (50, 20_000) if FULL else (4, 3_000)
MIB = 2**20
DISK_MIB = {databases.SQLITE: 24, databases.POSTGRESQL: 192}
# What is left free when the disk is said to be full: not enough for what is to be indexed.
LEFT_BYTES = 256 * 1024
VICTIMS = ("import", "index", "postgres")

pytestmark = pytest.mark.timeout(1_800)


def said(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


@contextmanager
def small_disk(folder: Path, mib: int) -> Iterator[None]:
    """A disk of its own under that folder."""
    folder.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={mib}m,mode=0755", "tmpfs", folder],  # noqa: S607
        capture_output=True,
        text=True,
    )
    if mounted.returncode:
        pytest.skip(
            f"The drill of a full disk needs one of its own, and this machine does not allow it: {mounted.stderr}"
        )
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)  # noqa: S607


def list_of(lines: int, folder: Path) -> Path:
    path = folder / "donations.csv"
    rows = (f"{n},2020-01-30,Donor {n},individual,{100 + n}" for n in range(1, lines + 1))
    path.write_text("row,date,donor,donor_kind,amount_cny\n" + "\n".join(rows) + "\n")
    return path


def deployed(settings: Settings) -> Ledger:
    """A ledger on the embedded chain with the consortium of `ledger deploy`; its keys are cheap to open."""
    make_secret(settings.donor_secret_file)
    make_secret(settings.state_dir / "secrets" / "keys")
    embedded.start(settings)
    engine = open_engine(settings.database_url)
    upgrade(engine)
    keyring = Keyring(settings.keys_dir, settings.state_dir / "secrets" / "keys", scrypt_n=2)
    documents = DocumentStore(settings.documents_path)
    consortium = read_consortium(ROOT / "network" / "consortium.toml")
    deploy(engine, connect(settings), keyring, documents, consortium, settings.deployments_dir)
    engine.dispose()
    documents.close()
    return Ledger(settings.state_dir)


def import_arguments(file: Path) -> list[str | Path]:
    return ["import", "donations", file, "--publisher", "Wuhan Red Cross", "--list", "drill", "--currency", "CNY"]


def blocks(engine: Engine) -> int:
    """How many blocks are indexed; -1 while the database is away."""
    try:
        with engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(table_of(ChainBlock))) or 0
    except OperationalError:
        return -1


@pytest.mark.parametrize("kind", [databases.SQLITE, databases.POSTGRESQL])
def test_index__disk_full__says_so_and_goes_on_with_space(tmp_path: Path, kind: str):
    folder = tmp_path / "ledger"
    disk = folder / "postgres" if kind == databases.POSTGRESQL else folder / "disk"
    with small_disk(disk, DISK_MIB[kind]):
        settings = Settings(state_dir=folder, deployments_dir=folder / "deployments")
        if kind == databases.POSTGRESQL:
            postgres.start(settings)
        try:
            fills_up(Settings(state_dir=folder, deployments_dir=folder / "deployments"), disk, kind)
        finally:
            embedded.stop(settings)
            postgres.stop(settings)


def fills_up(settings: Settings, disk: Path, kind: str) -> None:
    ledger = deployed(settings)
    ledger.run(*import_arguments(list_of(LINES, settings.state_dir)))
    if kind == databases.SQLITE:
        # Index and outbox are one file: it goes to the small disk when everything is recorded.
        shutil.copy(settings.state_dir / "ledger.sqlite", disk)
        ledger = Ledger(settings.state_dir, LEDGER_DATABASE_URL=f"sqlite:///{disk / 'ledger.sqlite'}")
        settings = settings.model_copy(update={"database_url": f"sqlite:///{disk / 'ledger.sqlite'}"})
    engine, head = open_engine(settings.database_url), connect(settings).head()
    filler = disk / "filler"
    fill(filler)
    with ledger.running("index", "--follow", as_json=False) as process:
        wait_for(lambda: "trying again" in ledger.said("index", "err") or process.poll() is not None, 60)
        sentence = " ".join(ledger.said("index", "err").split())
        assert process.poll() is None, sentence
        assert ("No space left on device" if kind == databases.POSTGRESQL else "disk is full") in sentence
        assert sentence.count("trying again") == 1
        assert -1 < blocks(engine) <= head, "what was there before can still be read"
        filler.unlink()
        wait_for(lambda: blocks(engine) == head + 1, 90)
        assert process.poll() is None
    said(f"{kind}: {sentence}")
    assert ledger.run("verify")["findings"] == []
    engine.dispose()


def fill(path: Path) -> None:
    """Takes all but LEFT_BYTES of what is free on the disk that the path is on."""
    free = shutil.disk_usage(path.parent).free
    with path.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free - LEFT_BYTES)


def test_everything__killed_at_random_moments__each_line_once_and_verified(tmp_path: Path):
    said(f"\nDRILL_SEED={SEED}")
    chance, began = random.Random(f"{SEED}/database"), time.monotonic()
    folder = tmp_path / "ledger"
    settings = Settings(state_dir=folder, deployments_dir=folder / "deployments")
    postgres.start(settings)
    try:
        settings = Settings(state_dir=folder, deployments_dir=folder / "deployments")
        killed = is_killed_again_and_again(deployed(settings), chance, list_of(LINES, folder))
        said(f"killed {', '.join(f'{name} {killed.count(name)} times' for name in VICTIMS)}")
        ends_well(Ledger(folder), open_engine(settings.database_url), list_of(LINES, folder))
        said(f"{len(killed)} kills in {time.monotonic() - began:.0f} s")
    finally:
        embedded.stop(settings)
        postgres.stop(settings)


def is_killed_again_and_again(ledger: Ledger, chance: random.Random, file: Path) -> list[str]:
    """Imports and indexes side by side while one after the other is killed; who was killed, in order."""
    killed: list[str] = []
    while len(killed) < KILLS:
        with (
            ledger.running(*import_arguments(file)) as importing,
            ledger.running("index", "--follow", as_json=False) as indexing,
        ):
            victim = chance.choice(VICTIMS)
            deadline = time.monotonic() + chance.uniform(0.8, 4.0)
            while time.monotonic() < deadline:
                time.sleep(0.005)
            if victim == "import" and importing.poll() is None:
                importing.kill()
            elif victim == "index":
                assert indexing.poll() is None, ledger.said("index", "err")
                indexing.kill()
            else:
                victim = "postgres"
                kill_postgres(ledger.settings)
                # Whoever was at work is told so and ends, or waits for it.
                importing.wait(60)
                wait_for(lambda: indexing.poll() is not None or is_answering(ledger.settings), 60)
                assert indexing.poll() is None, ledger.said("index", "err")
        killed.append(victim)
        said(f"kill {len(killed)}: {victim}, {ledger_rows(ledger.settings)}")
    return killed


def ledger_rows(settings: Settings) -> str:
    """How far it had come."""
    engine = open_engine(Settings(state_dir=settings.state_dir).database_url)
    entry = table_of(OutboxEntry).c
    with engine.connect() as connection:
        queued = connection.scalar(select(func.count()).where(entry.transaction_sequence.is_(None)))
        sent = connection.scalar(select(func.count()).where(entry.transaction_sequence.is_not(None)))
        indexed = connection.scalar(select(func.count()).select_from(table_of(Donation)))
    engine.dispose()
    return f"{queued} lines queued, {sent} sent, {indexed} indexed"


def kill_postgres(settings: Settings) -> None:
    """Ends the server as a power cut would, and starts it again at once."""
    process_id = postgres.status(settings).process_id
    if process_id is not None:
        with suppress(ProcessLookupError):
            os.kill(process_id, signal.SIGKILL)
    # A supervisor waits longer each time; whoever runs the server does not.
    postgres.stop(settings)
    postgres.start(settings)


def is_answering(settings: Settings) -> bool:
    try:
        postgres.make_ready(settings)
    except LedgerError:
        return False
    return True


def ends_well(ledger: Ledger, engine: Engine, file: Path) -> None:
    """Goes on to the end. Afterwards every line is recorded once and the index is what follows from the chain."""
    imported = ledger.run(*import_arguments(file))
    assert (imported["recorded"], imported["refused"], imported["lines"]) == (LINES, 0, LINES)
    ledger.run("index")
    verified = ledger.run("verify")
    assert verified["findings"] == []
    assert verified["commitments_opened"] == verified["commitments"]
    entry, transaction, donation = (table_of(one).c for one in (OutboxEntry, OutboxTransaction, Donation))
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).where(entry.transaction_sequence.is_(None))) == 0
        nonces = connection.scalars(
            select(transaction.nonce).where(transaction.account == "importer").order_by(transaction.nonce)
        ).all()
        assert list(nonces) == list(range(len(nonces)))
        recorded = connection.execute(select(func.count(), func.sum(donation.amount_minor))).one()
    assert tuple(recorded) == (LINES, sum((100 + n) * 100 for n in range(1, LINES + 1)))
    engine.dispose()
