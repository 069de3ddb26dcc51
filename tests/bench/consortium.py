"""Four validators, IPFS and PostgreSQL on this machine: how many donations a second, and after how long each is visible.

clerk  ──gifts──▶ documents, outbox ──sender──▶ validators ──indexer──▶ PostgreSQL ──▶ API
bare sender of batches that were signed before ─▶ validators
"""

import os
import signal
import statistics
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import requests
from sqlalchemy import Engine, func, select
from sqlmodel import Session

from ledger.chain import ChainClient, connect_deployed
from ledger.commands import Desk, Draft, keep, submit
from ledger.commands.donations import Gift, record_donations
from ledger.commands.funds import open_fund
from ledger.contracts import encode_batch, encode_head, encode_line
from ledger.database import open_engine, table_of, writing
from ledger.documents import DocumentStore, open_documents
from ledger.keys import Keyring
from ledger.models.chain import ChainBlock
from ledger.models.fund import FundTotal
from ledger.outbox import GAS_MAX, drain
from ledger.settings import Settings, read_secret
from network.ports import free_port
from tests.network.consortium import COMMAND, Consortium

BATCH, DRAFTS_KEPT_AT_ONCE = 200, 5
ORGANISATION = 2
CLERKS = """
[[person]]
number = 3
organisation = 2
title = "Clerk"
accounts = ["clerk"]
roles = [{ role = "INTAKE_CLERK" }]

[[person]]
number = 4
organisation = 2
title = "Clerk whose batches are signed before"
accounts = ["bare"]
roles = [{ role = "INTAKE_CLERK" }]
"""
WARM_UP, ROUNDS, DONATIONS = 4_000, 3, 30_000
SUBMIT_EVERY_S, SUBMIT_FOR_S = 0.1, 20.0
POLL_S = 0.02
WITHIN_S = 240.0


class Site(NamedTuple):
    """A consortium that runs, and what its clerks work with."""

    consortium: Consortium
    settings: Settings
    engine: Engine
    keyring: Keyring
    documents: DocumentStore

    def desk(self, account: str) -> Desk:
        """Where that account writes."""
        secret = read_secret(self.settings.donor_secret_file, "secret").strip()
        return Desk(account, ORGANISATION, self.documents, secret)

    def chain(self) -> ChainClient:
        """A client for one thread."""
        return connect_deployed(self.settings)

    def new_fund(self, name: str) -> bytes:
        """A fund of that name."""
        draft = open_fund(self.desk("clerk"), key=(name,), name=name, currency="CNY")
        submit(self.engine, self.chain(), self.keyring, draft)
        return draft.record_id

    def indexed(self, fund_id: bytes) -> int:
        """How many donations to the fund the index has."""
        total = table_of(FundTotal).c
        with self.engine.connect() as connection:
            return connection.scalar(select(total.donations).where(total.fund_id == fund_id.hex())) or 0

    def last_indexed(self) -> int:
        """The number of the last indexed block; -1 before the first."""
        with self.engine.connect() as connection:
            number: int | None = connection.scalar(select(func.max(table_of(ChainBlock).c.number)))
        return -1 if number is None else number

    @contextmanager
    def running(self, *arguments: str) -> Iterator[None]:
        """One of the commands that go on until they are interrupted."""
        environment = {name: said for name, said in os.environ.items() if not name.startswith("LEDGER_")}
        process = subprocess.Popen(
            [COMMAND, *arguments],
            env=environment | self.consortium.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


@contextmanager
def started(folder: Path) -> Iterator[Site]:
    """The consortium in that folder with the contracts on it; stopped at the end."""
    consortium = Consortium(folder)
    consortium.described.write_text(consortium.described.read_text() + CLERKS)
    try:
        consortium.up()
        consortium.run("deploy", "--consortium", consortium.described)
        settings = consortium.settings
        documents = open_documents(settings)
        engine = open_engine(settings.database_url)
        yield Site(consortium, settings, engine, Keyring.open(settings), documents)
        engine.dispose()
        documents.close()
    finally:
        consortium.outcome("down")


def throughput(site: Site) -> dict[str, Any]:
    """Donations a second from the outbox to the index, against those of a bare sender until they are final."""
    fund_id = site.new_fund("throughput")
    _bare(site, _drafts(site, "bare", fund_id, "bare warm-up", WARM_UP))
    _whole(site, fund_id, _drafts(site, "clerk", fund_id, "warm-up", WARM_UP))
    ours, theirs = [], []
    for round_no in range(ROUNDS):
        theirs.append(DONATIONS / _bare(site, _drafts(site, "bare", fund_id, f"bare {round_no}", DONATIONS)))
        ours.append(DONATIONS / _whole(site, fund_id, _drafts(site, "clerk", fund_id, f"whole {round_no}", DONATIONS)))
    return {
        "final and indexed, donations/s": statistics.median(ours),
        "bare sender, final, donations/s": statistics.median(theirs),
        "ratio": f"{statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True)):.2f}",
        "rounds, ours": " ".join(f"{rate:,.0f}" for rate in ours),
        "rounds, bare": " ".join(f"{rate:,.0f}" for rate in theirs),
        "wanted": "ratio 0.7 and 2,000/s; target 0.9 and 3,000/s",
    }


def visibility(site: Site, rate: float) -> dict[str, Any]:
    """Seconds from a clerk's submission until the API shows the donation, at that many donations a second."""
    fund_id = site.new_fund("visibility")
    port = free_port()
    with site.running("index", "--follow"), site.running("serve", "--port", str(port)):
        watched = _Watched(f"http://127.0.0.1:{port}/v1", fund_id)
        _until(lambda: watched.counted() == 0)
        with ThreadPoolExecutor(2) as threads:
            ended = threading.Event()
            sending = threads.submit(_send_until, site, ended)
            watching = threads.submit(watched.watch, ended)
            try:
                submitted, took_s = _submit_steadily(site, fund_id, rate, watched, [sending, watching])
                _until(lambda: not watched.waiting or watching.done())
            finally:
                ended.set()
            sending.result()
            watching.result()
        watched.require_shown()
    seconds = sorted(watched.seconds)
    return {
        "submitted, donations/s": submitted / took_s,
        "batches": len(seconds),
        "median, s": f"{statistics.median(seconds):.2f}",
        "99th percentile, s": f"{seconds[min(len(seconds) - 1, len(seconds) * 99 // 100)]:.2f}",
        "wanted": "median 1.5 s, 99th percentile 3 s",
    }


class _Watched:
    """Batches that were submitted, in order, and after how long the API counted each among the fund's donations.

    Its total and its rows become visible together; asked for every batch, one watcher would wait for its own questions.
    """

    def __init__(self, address: str, fund_id: bytes) -> None:
        self._address, self._fund = address, f"{address}/funds/{fund_id.hex()}"
        self._session = requests.Session()
        self._last: list[bytes] = []
        self._submitted = 0
        self.waiting: deque[tuple[int, float]] = deque()
        self.seconds: list[float] = []

    def add(self, record_ids: Sequence[bytes], submitted_at: float) -> None:
        """From now on that batch is waited for."""
        self._last.append(record_ids[-1])
        self._submitted += len(record_ids)
        self.waiting.append((self._submitted, submitted_at))

    def counted(self) -> int:
        """How many donations the API says the fund has; -1 while it does not answer."""
        try:
            answer = self._session.get(self._fund, timeout=30)
        except requests.ConnectionError:
            return -1
        return int(answer.json()["item"]["totals"]["donations"]) if answer.status_code == requests.codes.ok else -1

    def watch(self, ended: threading.Event) -> None:
        """Until `ended`."""
        while not ended.is_set():
            counted = self.counted() if self.waiting else 0
            now = time.monotonic()
            while self.waiting and self.waiting[0][0] <= counted:
                self.seconds.append(now - self.waiting.popleft()[1])
            time.sleep(POLL_S)

    def require_shown(self) -> None:
        """The API shows the last donation of every batch."""
        for record_id in self._last:
            self._session.get(f"{self._address}/donations/{record_id.hex()}", timeout=30).raise_for_status()


def _submit_steadily(
    site: Site, fund_id: bytes, rate: float, watched: _Watched, others: Sequence["Future[None]"]
) -> tuple[int, float]:
    """Submits gifts at that rate; how many, and how long it took."""
    desk, size = site.desk("clerk"), round(rate * SUBMIT_EVERY_S)
    began, submitted = time.monotonic(), 0
    for number in range(round(SUBMIT_FOR_S / SUBMIT_EVERY_S)):
        time.sleep(max(0.0, began + number * SUBMIT_EVERY_S - time.monotonic()))
        if any(one.done() for one in others):
            break
        now = time.monotonic()
        draft = record_donations(desk, fund_id, _gifts("visibility", submitted, size))
        _keep(site, [draft])
        watched.add(draft.record_ids, now)
        submitted += size
    return submitted, time.monotonic() - began


def _send_until(site: Site, ended: threading.Event) -> None:
    chain = site.chain()
    while not ended.is_set():
        drain(site.engine, chain, site.keyring).raise_refusals()
        time.sleep(POLL_S)


def _gifts(name: str, first: int, count: int) -> list[Gift]:
    return [
        Gift(
            (name, number),
            100 + number,
            f"Donor {number}",
            "individual",
            publisher="Bench",
            list=name,
            row=number + 1,
        )
        for number in range(first, first + count)
    ]


def _drafts(site: Site, account: str, fund_id: bytes, name: str, donations: int) -> list[Draft]:
    desk = site.desk(account)
    return [
        record_donations(desk, fund_id, _gifts(name, first, min(BATCH, donations - first)))
        for first in range(0, donations, BATCH)
    ]


def _keep(site: Site, drafts: Sequence[Draft]) -> None:
    with Session(writing(site.engine)) as session, session.begin():
        keep(session, *drafts)


def _whole(site: Site, fund_id: bytes, drafts: Sequence[Draft]) -> float:
    """Seconds from the first donation in the outbox to the last one in the index."""
    chain, donations = site.chain(), sum(len(draft.entries) for draft in drafts)
    with site.running("index", "--follow"):
        before = _settled(site, chain, fund_id)
        began = time.monotonic()
        with ThreadPoolExecutor(1) as threads:
            kept = threads.submit(_keep_all, site, drafts)
            is_last = False
            while not is_last:
                is_last = kept.done()
                drain(site.engine, chain, site.keyring).raise_refusals()
            kept.result()
        _until(lambda: site.indexed(fund_id) == before + donations)
        return time.monotonic() - began


def _keep_all(site: Site, drafts: Sequence[Draft]) -> None:
    for first in range(0, len(drafts), DRAFTS_KEPT_AT_ONCE):
        _keep(site, drafts[first : first + DRAFTS_KEPT_AT_ONCE])


def _settled(site: Site, chain: ChainClient, fund_id: bytes) -> int:
    """How many donations the fund has, when the index has them all."""
    head = chain.head()
    _until(lambda: site.last_indexed() >= head)
    return site.indexed(fund_id)


def _bare(site: Site, drafts: Sequence[Draft]) -> float:
    """Seconds from the first of the signed batches that is sent to the last that is final."""
    chain, address = site.chain(), site.keyring.address("bare")
    (nonce,) = chain.nonces([address])
    signed = [_signed(site, chain, draft, nonce + number) for number, draft in enumerate(drafts)]
    began = time.monotonic()
    refused = [error for error in chain.send(signed) if error]
    if refused:
        raise refused[0]
    _until(lambda: chain.nonces([address])[0] == nonce + len(signed))
    return time.monotonic() - began


def _signed(site: Site, chain: ChainClient, draft: Draft, nonce: int) -> bytes:
    assert chain.deployment is not None
    contract, function, head_args = draft.entries[0].contract, draft.entries[0].function, draft.entries[0].head_args
    lines = [encode_line(contract, function, entry.line) for entry in draft.entries if entry.line is not None]
    transaction = {
        "nonce": nonce,
        "gasPrice": 0,
        "gas": GAS_MAX,
        "value": 0,
        "data": encode_batch(contract, function, encode_head(contract, function, head_args), lines),
        "chainId": chain.chain_id(),
        "to": bytes.fromhex(chain.deployment.address(contract).removeprefix("0x")),
    }
    return site.keyring.sign("bare", transaction).raw


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN_S
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError(f"It did not come about in {WITHIN_S:.0f} s.")
        time.sleep(POLL_S)
