"""The measurements. Each interleaves the ledger with its comparator on the same chain and database, CPU seconds first."""

import hashlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlmodel import Session, SQLModel, create_engine
from web3 import Web3

from api.app import create_app
from ledger.commands import keep
from ledger.commands.donations import Gift, record_donations
from ledger.commands.funds import open_fund
from ledger.database import open_engine, table_of, writing
from ledger.indexer import converge
from ledger.models.chain import ChainLog
from ledger.models.donation import Donation
from ledger.models.fund import FundTotal
from ledger.outbox import drain
from ledger.schema import upgrade
from ledger.settings import Settings
from network import postgres
from tests.bench.comparators import PlainDonation, contract_of, index_plainly, record_one_by_one, summing_app
from tests.ledger.world import World

BATCH = 200
# The peak of the process alone: what wait4 tells begins with the size of the one that forked.
_MEASURED = """
import atexit, pathlib, re, sys
noted = pathlib.Path(sys.argv.pop(1))
peak = lambda: re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]
atexit.register(lambda: noted.write_text(peak()))
from ledger.cli import main
main()
"""
ROUNDS = 3
WEB3_RECORDS = 150
PLAIN_BLOCKS = 30


class Timed(NamedTuple):
    """What something took."""

    made: Any
    cpu_s: float
    wall_s: float


def timed(work: Callable[[], Any]) -> Timed:
    """Runs it once."""
    cpu, wall = time.process_time(), time.perf_counter()
    made = work()
    return Timed(made, time.process_time() - cpu, time.perf_counter() - wall)


def fund_of(world: World, key: str) -> bytes:
    """A new fund of the clerk's organisation."""
    draft = open_fund(world.desk("clerk"), key=(key,), name=key, currency="CNY")
    world.submit(draft)
    return draft.record_id


def record(world: World, fund_id: bytes, name: str, donations: int) -> None:
    """Records so many donations through commands, outbox and chain, batch after batch of documents."""
    desk = world.desk("clerk")
    for first in range(0, donations, BATCH):
        gifts = [
            Gift(
                (name, number),
                100 + number,
                f"Donor {number}",
                "individual",
                publisher="Bench",
                list=name,
                row=number + 1,
            )
            for number in range(first, min(first + BATCH, donations))
        ]
        with Session(writing(world.engine)) as session, session.begin():
            keep(session, record_donations(desk, fund_id, gifts))
    drain(world.engine, world.chain, world.keyring).raise_refusals()


def recording(world: World, donations: int) -> dict[str, Any]:
    """Donations a second, end to end through the outbox, against one transaction for each, signed, sent and awaited."""
    chain = world.chain
    assert chain.deployment is not None
    web3 = Web3(Web3.HTTPProvider(chain.rpc.url))
    contract = contract_of(web3, "FundLedger", chain.deployment.addresses["FundLedger"])
    account = world.keyring._unlock("second-clerk")
    fund_id = fund_of(world, "recording")
    ours, theirs = [], []
    for round_no in range(ROUNDS):
        lines = [
            (
                bytes([0, 0, 0, 2]) + hashlib.sha256(b"%d/%d" % (round_no, number)).digest()[:28],
                100 + number,
                hashlib.sha256(b"donor %d" % number).digest(),
                hashlib.sha256(b"content %d" % number).digest(),
            )
            for number in range(WEB3_RECORDS)
        ]
        plain = timed(lambda lines=lines: record_one_by_one(web3, contract, account, fund_id, lines))
        theirs.append(WEB3_RECORDS / plain.wall_s)
        mine = timed(lambda no=round_no: record(world, fund_id, f"round {no}", donations // ROUNDS))
        ours.append((donations // ROUNDS) / mine.wall_s)
    return {
        "donations/s": statistics.median(ours),
        "web3.py loop, donations/s": statistics.median(theirs),
        "ratio": statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True)),
        "wanted": "ratio 20, target 5,000/s",
    }


def indexing(world: World, folder: Path) -> dict[str, Any]:
    """Events a CPU second of the indexer, against get_logs, process_log and add_all over the same chain."""
    chain = world.chain
    assert chain.deployment is not None
    web3 = Web3(Web3.HTTPProvider(chain.rpc.url))
    contract = contract_of(web3, "FundLedger", chain.deployment.addresses["FundLedger"])
    head = chain.head()
    ours, theirs = [], []
    for round_no in range(ROUNDS):
        engine = open_engine(f"sqlite:///{folder / f'index-{round_no}.sqlite'}")
        upgrade(engine)
        mine = timed(lambda engine=engine: converge(engine, chain, world.documents, chain.deployment))
        with Session(engine) as session:
            events = session.scalar(select(func.count()).select_from(table_of(Donation))) or 0
        engine.dispose()
        ours.append(events / mine.cpu_s)
        plain_engine = create_engine(f"sqlite:///{folder / f'plain-{round_no}.sqlite'}")
        SQLModel.metadata.create_all(plain_engine, tables=[table_of(PlainDonation)])
        plain = timed(
            lambda engine=plain_engine: index_plainly(web3, contract, engine, max(0, head - PLAIN_BLOCKS), head)
        )
        theirs.append(plain.made / plain.cpu_s)
        plain_engine.dispose()
    return {
        "events/CPU s": statistics.median(ours),
        "web3.py loop, events/CPU s": statistics.median(theirs),
        "ratio": statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True)),
        "wanted": "ratio 15, target 30,000/CPU s",
    }


def fill(world: World, donations: int, name: str = "totals") -> str:
    """A fund with so many donations, indexed; its id."""
    fund_id = fund_of(world, name)
    record(world, fund_id, name, donations)
    chain = world.chain
    assert chain.deployment is not None
    converge(world.engine, chain, world.documents, chain.deployment)
    return fund_id.hex()


def totals(world: World, fund_id: str) -> dict[str, Any]:
    """A fund's total, maintained, against SUM over its rows: at the query's level."""
    donation, total = table_of(Donation), table_of(FundTotal)
    kept = select(total.c.received_minor).where(total.c.fund_id == fund_id)
    summed = select(func.sum(donation.c.amount_minor)).where(donation.c.fund_id == fund_id)
    with world.engine.connect() as connection:
        assert connection.execute(kept).scalar() == connection.execute(summed).scalar()
        pairs = []
        for _ in range(20):
            mine = timed(lambda: [connection.execute(kept).scalar() for _ in range(50)])
            plain = timed(lambda: connection.execute(summed).scalar())
            pairs.append((mine.cpu_s / 50, plain.cpu_s))
    return {
        "maintained, CPU us": statistics.median(mine for mine, _ in pairs) * 1e6,
        "SUM, CPU us": statistics.median(other for _, other in pairs) * 1e6,
        "ratio": statistics.median(other / mine for mine, other in pairs),
        "wanted": "ratio 100",
    }


def totals_over_http(world: World, fund_id: str) -> dict[str, Any]:
    """The same fund asked for through both applications, in this process."""
    ours = TestClient(create_app(world.engine, world.documents, None))
    theirs = TestClient(summing_app(world.engine))
    pairs = []
    with ours, theirs:
        for _ in range(60):
            mine = timed(lambda: ours.get(f"/v1/funds/{fund_id}").raise_for_status())
            plain = timed(lambda: theirs.get(f"/funds/{fund_id}").raise_for_status())
            pairs.append((mine.cpu_s, plain.cpu_s))
    return {
        "ours, CPU ms": statistics.median(mine for mine, _ in pairs) * 1e3,
        "SUM, CPU ms": statistics.median(other for _, other in pairs) * 1e3,
        "ratio": statistics.median(other / mine for mine, other in pairs),
        "wanted": "ratio 3",
    }


def rebuilding(world: World, folder: Path) -> dict[str, Any]:
    """Events a CPU second of the indexer, from an empty index to the whole of it, on a private PostgreSQL."""
    chain = world.chain
    assert chain.deployment is not None
    postgres.start(Settings(state_dir=folder))
    try:
        engine = open_engine(Settings(state_dir=folder).database_url)
        upgrade(engine)
        took = timed(lambda: converge(engine, chain, world.documents, chain.deployment))
        with engine.connect() as connection:
            events = connection.scalar(select(func.count()).select_from(table_of(ChainLog))) or 0
        engine.dispose()
    finally:
        postgres.stop(Settings(state_dir=folder))
    return {
        "events": events,
        "events/CPU s": events / took.cpu_s,
        "events/s": events / took.wall_s,
        "wanted": "30,000 events/CPU s",
    }


def memory(folder: Path, arguments: list[str]) -> dict[str, Any]:
    """The largest resident memory, in MB, of a run of the command `ledger` on the ledger in that folder."""
    environment = os.environ | {"LEDGER_STATE_DIR": str(folder), "LEDGER_DEPLOYMENTS_DIR": str(folder / "deployments")}
    noted = folder / "peak"
    began = time.perf_counter()
    command = [sys.executable, "-c", _MEASURED, str(noted), *arguments, "--json"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return {
        "exit": process.returncode,
        "MB": int(noted.read_text()) / 1024,
        "CPU s": usage.ru_utime + usage.ru_stime,
        "seconds": time.perf_counter() - began,
        "wanted": "at most 300 MB",
    }
