"""The indexer, ended with SIGKILL at ten random moments and started again: the index of an undisturbed run."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.commands import donations, funds
from ledger.indexer import converge
from ledger.verification import verify
from tests.ledger.indexes import digest_of, everything, make_engine
from tests.ledger.world import World

ROOT = Path(__file__).resolve().parents[2]
KILLS, BATCHES, BATCH = 10, 12, 50
INDEX = """
import sys
from pathlib import Path
from ledger.chain import connect_deployed
from ledger.database import open_engine
from ledger.documents import DocumentStore
from ledger.indexer import converge
from ledger.settings import Settings

settings = Settings(state_dir=Path(sys.argv[1]), deployments_dir=Path(sys.argv[2]))
chain, engine = connect_deployed(settings), open_engine(sys.argv[3])
documents = DocumentStore(settings.documents_path)
print("ready", flush=True)
while converge(engine, chain, documents, chain.deployment, blocks_max=3):
    pass
print("done", flush=True)
"""


@pytest.fixture
def recorded(world: World) -> World:
    """Some hundred donations in a dozen batches."""
    clerk = world.desk("clerk")
    fund = funds.open_fund(clerk, key=("general",), name="General", currency="CNY")
    world.submit(fund)
    for batch in range(BATCHES):
        gifts = [
            donations.Gift(("gift", batch, n), 100 + n, None, publisher="Red Cross", list="01", row=batch * BATCH + n)
            for n in range(BATCH)
        ]
        world.submit(donations.record_donations(clerk, fund.record_id, gifts))
    return world


def start(world: World, database_url: str) -> subprocess.Popen:
    settings = world.settings
    arguments = [str(settings.state_dir), str(settings.deployments_dir), database_url]
    process = subprocess.Popen([sys.executable, "-c", INDEX, *arguments], stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout.readline() == b"ready\n"
    return process


def test_indexer__killed_ten_times__same_index_as_undisturbed(recorded: World, tmp_path: Path):
    chain, documents = recorded.chain, recorded.documents
    steady, disturbed = make_engine(tmp_path, "steady"), make_engine(tmp_path, "disturbed")
    converge(steady, chain, documents, chain.deployment)
    moments = random.Random(20200130)
    killed = 0
    for _ in range(KILLS):
        process = start(recorded, disturbed.url.render_as_string(hide_password=False))
        try:
            process.wait(timeout=moments.uniform(0, 0.12))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait()
        process.stdout.close()
    assert killed > KILLS // 2, "most were ended in the midst of it"
    converge(disturbed, chain, documents, chain.deployment)
    assert everything(disturbed) == everything(steady)
    assert digest_of(disturbed) == digest_of(steady)
    assert verify(disturbed, chain, documents, chain.deployment).findings == []
