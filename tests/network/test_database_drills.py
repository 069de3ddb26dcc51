"""A full disk under the index, and kill -9 of indexer, sender and PostgreSQL at random moments of real work.

├── the disk fills up           → a clear error, whole blocks stay; with space again it goes on by itself
├── also under the documents    → commands end with 4, the index goes on by itself with space
├── also for PostgreSQL's log   → the server ends, and comes back whole when there is space
└── killed again and again      → every line recorded once, `ledger verify` finds nothing

DRILLS=full kills 50 times (`make drills`); DRILL_SEED=NUMBER repeats the moments of an earlier run.
"""

import json
import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import OperationalError

from ledger.chain import connect
from ledger.cli import output
from ledger.consortium import read_consortium
from ledger.database import open_engine, table_of
from ledger.deployer import deploy
from ledger.documents import DocumentStore
from ledger.errors import PartAway
from ledger.keys import Keyring, make_secret
from ledger.models.chain import ChainBlock
from ledger.models.donation import Donation
from ledger.models.outbox import OutboxEntry, OutboxTransaction
from ledger.schema import upgrade
from ledger.settings import ROOT, Settings
from network import embedded, postgres
from tests import databases
from tests.ledger.indexes import Ledger as FakeLedger
from tests.ledger.indexes import digest_of
from tests.network.daemons import wait_for
from tests.network.drill import IMPORTED, Ledger

FULL = os.environ.get("DRILLS") == "full"
# The short form is the same at every run.
SEED = int(os.environ.get("DRILL_SEED") or (secrets.randbelow(10**6) if FULL else 1))
KILLS, LINES = (50, 5_000) if FULL else (3, 3_000)
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


def list_of(number: int, folder: Path) -> Path:
    """A published list of LINES donations; no two are alike."""
    path = folder / f"donations-{number}.csv"
    rows = (f"{n},2020-01-30,Donor {number}/{n},individual,{amount(number, n)}" for n in range(1, LINES + 1))
    path.write_text("row,date,donor,donor_kind,amount_cny\n" + "\n".join(rows) + "\n")
    return path


def amount(number: int, row: int) -> int:
    return 100 + (row * (number + 1)) % 997 + number


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


def import_arguments(number: int, folder: Path) -> list[str | Path]:
    named = ["--publisher", "Wuhan Red Cross", "--list", f"drill {number}", "--currency", "CNY"]
    return ["import", "donations", list_of(number, folder), *named]


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
    ledger.run(*import_arguments(0, settings.state_dir))
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


def test_commands__documents_and_temporary_files_on_the_full_disk__4_and_index_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "ledger"
    settings = Settings(state_dir=folder, deployments_dir=folder / "deployments")
    with small_disk(folder / "disk", DISK_MIB[databases.SQLITE]):
        monkeypatch.setattr(tempfile, "tempdir", str(folder / "disk"))
        try:
            documents_fill_up(settings, folder / "disk")
        finally:
            embedded.stop(settings)


def documents_fill_up(settings: Settings, disk: Path) -> None:
    deployed(settings)
    shutil.copytree(settings.documents_path, disk / "documents")
    shutil.copy(settings.state_dir / "ledger.sqlite", disk)
    here = {"LEDGER_DOCUMENTS_PATH": str(disk / "documents"), "TMPDIR": str(disk)}
    for url in (settings.database_url, f"sqlite:///{disk / 'ledger.sqlite'}"):
        fill(disk / "filler", 0)
        assert output.keep_traceback(OSError()) is None
        ledger = Ledger(settings.state_dir, LEDGER_DATABASE_URL=url, **here)
        goes_on_with_space(ledger, url, disk / "filler")
    assert ledger.run("verify")["findings"] == []


def goes_on_with_space(ledger: Ledger, url: str, filler: Path) -> None:
    """Afterwards the filler is gone and everything is indexed."""
    for command in (["index"], ["documents", "add", ROOT / "README.md"]):
        with ledger.running(*command) as process:
            code = process.wait(60)
        told = json.loads(ledger.said(command[0], "out"))
        assert (code, told["error"]) == (PartAway.exit_code, "PartAway"), told
    engine, head = open_engine(url), connect(ledger.settings).head()
    with ledger.running("index", "--follow", as_json=False) as process:
        wait_for(lambda: "trying again" in ledger.said("index", "err") or process.poll() is not None, 60)
        assert process.poll() is None, ledger.said("index", "err")
        filler.unlink()
        wait_for(lambda: blocks(engine) == head + 1, 90)
        assert process.poll() is None
    engine.dispose()


def fill(path: Path, left_bytes: int = LEFT_BYTES) -> None:
    """Takes all but so much of what is free on the disk that the path is on."""
    free = shutil.disk_usage(path.parent).free
    with path.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free - left_bytes)


def test_postgresql__no_space_for_its_log__ends_and_comes_back_whole(tmp_path: Path):
    disk = tmp_path / "postgres"
    with small_disk(disk, 256):
        postgres.start(Settings(state_dir=tmp_path))
        settings = Settings(state_dir=tmp_path)
        engine, ledger = open_engine(settings.database_url), ledger_of(8)
        upgrade(engine)
        ledger.index(engine, blocks_max=4)
        expected = blocks(engine)
        # Too little for the next file of its log, of 16 MB.
        fill(disk / "filler", 8 * MIB)
        try:
            with pytest.raises((OperationalError, psycopg.OperationalError)):
                while True:
                    end_log_file(settings)
                    ledger.index(engine)
                    ledger.donate(1)
            wait_for(lambda: "No space left on device" in (disk / "output.log").read_text(), 30)
            (disk / "filler").unlink()
            wait_for(lambda: blocks(engine) >= expected, 60)
            ledger.index(engine)
            assert digest_of(engine) == digest_on_sqlite(ledger)
        finally:
            engine.dispose()
            postgres.stop(settings)


def end_log_file(settings: Settings) -> None:
    """Has the server begin the next file of its log."""
    port = postgres.status(settings).port
    assert port is not None
    with postgres.admin_connection(postgres.folder_of(settings), port) as connection:
        connection.execute("SELECT pg_switch_wal()")


def ledger_of(batches: int) -> FakeLedger:
    made = FakeLedger()
    for _ in range(batches):
        made.donate(400)
    return made


def digest_on_sqlite(ledger: FakeLedger) -> str:
    engine = open_engine("sqlite://")
    upgrade(engine)
    ledger.index(engine)
    return digest_of(engine)


def test_everything__killed_at_random_moments__each_line_once_and_verified(tmp_path: Path):
    said(f"\nDRILL_SEED={SEED}")
    chance, began = random.Random(f"{SEED}/database"), time.monotonic()
    folder = tmp_path / "ledger"
    settings = Settings(state_dir=folder, deployments_dir=folder / "deployments")
    postgres.start(settings)
    try:
        settings = Settings(state_dir=folder, deployments_dir=folder / "deployments")
        ledger, engine = deployed(settings), open_engine(settings.database_url)
        ledger.run(*import_arguments(0, folder))
        victims: list[str] = []
        while len(victims) < KILLS:
            victims += chance.sample(VICTIMS, len(VICTIMS))
        for number, victim in enumerate(victims[:KILLS], start=1):
            is_killed(ledger, engine, chance, victim, number)
            # Whoever ran it runs it again.
            imported = ledger.run(*import_arguments(number, folder))
            assert (imported["lines"], imported["refused"], imported["held_back"]) == (LINES, 0, 0)
        ends_well(ledger, engine)
        said(f"{KILLS} kills in {time.monotonic() - began:.0f} s")
    finally:
        embedded.stop(settings)
        postgres.stop(settings)


def is_killed(ledger: Ledger, engine: Engine, chance: random.Random, victim: str, number: int) -> None:
    """Imports a list and indexes side by side, and kills one of the parts at some moment of the work."""
    arguments = import_arguments(number, ledger.settings.state_dir)
    # What an undisturbed one takes; at first the program has to be read.
    delay_s = chance.uniform(0.6, 1.1) * ledger.took_s["import"]
    with ledger.running(*arguments) as importing, ledger.running("index", "--follow") as indexing:
        time.sleep(delay_s)
        at = f"{steps(engine)} steps, {indexed(engine)} indexed"
        assert indexing.poll() is None, ledger.said("index", "out")
        if victim == "postgres":
            kill_postgres(ledger.settings)
            # Whoever sends is told so and ends; whoever follows waits, and goes on.
            importing.wait(60)
            follows(ledger, engine, indexing)
        else:
            (importing if victim == "import" else indexing).kill()
    said(f"kill {number}: {victim} at {at}")


def follows(ledger: Ledger, engine: Engine, indexing: "subprocess.Popen[bytes]") -> None:
    """Waits until the indexer is at the chain's head again."""
    head = connect(ledger.settings).head()
    wait_for(lambda: indexing.poll() is not None or blocks(engine) == head + 1, 60)
    assert indexing.poll() is None, ledger.said("index", "out")


def steps(engine: Engine) -> int:
    """What is done of all imports: a line is queued, it is signed, its transaction is known to be mined."""
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(IMPORTED).scalar_one())


def indexed(engine: Engine) -> int:
    """How many donations are in the index."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table_of(Donation))) or 0


def kill_postgres(settings: Settings) -> None:
    """Ends the server as a power cut would, and starts it again at once."""
    process_id = postgres.status(settings).process_id
    if process_id is not None:
        with suppress(ProcessLookupError):
            os.kill(process_id, signal.SIGKILL)
    # A supervisor waits longer each time; whoever runs the server does not.
    postgres.stop(settings)
    postgres.start(settings)


def ends_well(ledger: Ledger, engine: Engine) -> None:
    """Afterwards every line is recorded once and the index is what follows from the chain."""
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
    whole = sum(amount(number, row) for number in range(KILLS + 1) for row in range(1, LINES + 1))
    assert tuple(recorded) == ((KILLS + 1) * LINES, whole * 100)
    engine.dispose()
