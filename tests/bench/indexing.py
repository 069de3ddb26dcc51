"""Indexing, in CPU seconds of the indexing process, against a web3.py loop over the same chain.

The comparator is what its documentation shows: get_logs, process_log for each, SQLModel objects, add_all, commit.
"""

import itertools
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from sqlmodel import Field, Session, SQLModel, create_engine
from web3 import HTTPProvider, Web3

from ledger import commands
from ledger.chain import ChainClient
from ledger.commands import donations, funds
from ledger.contracts import artifact
from ledger.database import open_engine
from ledger.indexer import converge
from ledger.schema import upgrade
from tests.ledger.world import World, close_world, deployed_world

BATCH = 200
RATIO_MIN = 15
EVENTS_PER_CPU_S_TARGET = 30_000
_NAIVE_BLOCKS_PER_CALL = 10


class NaiveDonation(SQLModel, table=True):
    """A donation as the comparator keeps it; no contents, no totals, no journal, no raw log."""

    __tablename__ = "naive_donation"

    id: str = Field(primary_key=True)
    fund_id: str
    actor_id: int
    amount_minor: int
    donor_commitment: str
    content_digest: str
    block_number: int
    log_index: int


class Measured(NamedTuple):
    """How many events each indexed in a CPU second, and what the ledger's took of memory."""

    events: int
    events_per_cpu_s: float
    naive_events_per_cpu_s: float
    rss_max_mb: int

    @property
    def ratio(self) -> float:
        """How many times the comparator."""
        return self.events_per_cpu_s / self.naive_events_per_cpu_s


def record_donations(world: World, count: int) -> bytes:
    """Records that many donations in documents of 200 lines; returns the fund."""
    clerk = world.desk("clerk")
    fund = funds.open_fund(clerk, key=("bench",), name="Bench", currency="VND")
    world.submit(fund)
    numbers = iter(range(count))
    while batch := list(itertools.islice(numbers, BATCH)):
        gifts = [
            donations.Gift(
                ("bench", n), 1 + n % 900_000, None, "individual", "2024-09-10", "A bank", f"list {n // 20_000}", n
            )
            for n in batch
        ]
        commands.submit(
            world.engine, world.chain, world.keyring, donations.record_donations(clerk, fund.record_id, gifts)
        )
    return fund.record_id


def index_with_ledger(chain: ChainClient, world: World, folder: Path) -> tuple[int, float]:
    """Events indexed, and the CPU seconds it took."""
    engine = open_engine(f"sqlite:///{folder / 'ledger.sqlite'}")
    upgrade(engine)
    started = time.process_time()
    converge(engine, chain, world.documents, chain.deployment)
    spent_s = time.process_time() - started
    with engine.connect() as connection:
        events = connection.exec_driver_sql("SELECT count(*) FROM chain_log").scalar_one()
    engine.dispose()
    return events, spent_s


def index_naively(url: str, address: str, head: int, folder: Path) -> tuple[int, float]:
    """The same donations with web3.py and SQLModel as their documentation shows them."""
    web3 = Web3(HTTPProvider(url))
    contract = web3.eth.contract(address=Web3.to_checksum_address(address), abi=artifact("FundLedger")["abi"])
    engine = create_engine(f"sqlite:///{folder / 'naive.sqlite'}")
    SQLModel.metadata.create_all(engine, tables=[NaiveDonation.__table__])
    event = contract.events.DonationRecorded()
    topic = web3.keccak(text="DonationRecorded(bytes32,bytes32,uint24,uint64,bytes32,bytes32)")
    started, events = time.process_time(), 0
    for first in range(0, head + 1, _NAIVE_BLOCKS_PER_CALL):
        last = min(first + _NAIVE_BLOCKS_PER_CALL - 1, head)
        logs = web3.eth.get_logs({"fromBlock": first, "toBlock": last, "address": contract.address, "topics": [topic]})
        with Session(engine) as session:
            found = [event.process_log(log) for log in logs]
            session.add_all(
                NaiveDonation(
                    id=one["args"]["donationId"].hex(),
                    fund_id=one["args"]["fundId"].hex(),
                    actor_id=one["args"]["actorId"],
                    amount_minor=one["args"]["amountMinor"],
                    donor_commitment=one["args"]["donorCommitment"].hex(),
                    content_digest=one["args"]["contentDigest"].hex(),
                    block_number=one["blockNumber"],
                    log_index=one["logIndex"],
                )
                for one in found
            )
            session.commit()
        events += len(found)
    spent_s = time.process_time() - started
    engine.dispose()
    return events, spent_s


def measure(world: World, count: int) -> Measured:
    """Records, then indexes with either."""
    record_donations(world, count)
    chain = world.chain
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        events, spent_s = index_with_ledger(chain, world, folder)
        rss_max_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        naive_events, naive_s = index_naively(
            chain.rpc.url, chain.deployment.address("FundLedger"), chain.head(), folder
        )
    assert naive_events == count, "the comparator saw every donation"
    return Measured(events, events / spent_s, naive_events / naive_s, max(rss_max_mb, before_mb))


def main() -> None:
    """Prints the measurement of as many donations as the first argument says."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as name:
        world = deployed_world(Path(name) / "ledger")
        try:
            print(measure(world, count))  # noqa: T201
        finally:
            close_world(world)


if __name__ == "__main__":
    main()
