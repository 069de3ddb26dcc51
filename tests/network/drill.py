"""One ledger in a folder, worked by the commands that a user types, each a process of its own that can be killed."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ledger.chain import connect, connect_deployed
from ledger.consortium import read_consortium
from ledger.deployer import deploy
from ledger.errors import PartAway
from ledger.settings import ROOT
from network import embedded
from tests.ledger.world import close_world, open_world, settings_in

COMMAND = Path(sys.executable).with_name("ledger")
RUN_TIMEOUT_S = 300
POLL_S = 0.005
# A line of the list takes three steps: it is queued, it is signed, its transaction is known to be mined.
STEPS = 3
IMPORTED = """
    select count(*) + count(carrier.sequence) + count(case when carrier.state = 'mined' then 1 end) from outbox_entry
    left join outbox_transaction as carrier on carrier.sequence = outbox_entry.transaction_sequence
    where outbox_entry.function = 'recordDonations'
"""
INDEXED = "select count(*) from chain_log"
TOTALS = (
    "select * from fund_total order by fund_id",
    "select * from summary_total order by currency, exercise",
    "select * from list_total order by 1, 2, 3",
)


class Outcome(NamedTuple):
    """What has to be the same, however often anything was killed: nothing in it names a block or a time."""

    imported: dict[str, Any]
    digest: str
    logs: int
    totals: list[list[tuple[Any, ...]]]
    journals: dict[str, tuple[bytes, int]]


class Ledger:
    """The ledger in `folder`. `took_s` says how long each command took when it last ended by itself.

    `more` are settings that its commands get besides the folder.
    """

    def __init__(self, folder: Path, **more: str) -> None:
        self.settings = settings_in(folder)
        self.took_s: dict[str, float] = {}
        self._more = more

    @classmethod
    def deployed(cls, folder: Path) -> "Ledger":
        """A ledger with the consortium of `ledger deploy` on its chain, stopped. Its keys are cheap to open."""
        world = open_world(folder)
        try:
            consortium = read_consortium(ROOT / "network" / "consortium.toml")
            folder_of_deployments = world.settings.deployments_dir
            deploy(
                world.engine, connect(world.settings), world.keyring, world.documents, consortium, folder_of_deployments
            )
        finally:
            close_world(world)
        return cls(folder)

    def copy_to(self, folder: Path) -> "Ledger":
        """Another ledger with the same keys, donor secret, chain and records. This one has to be stopped."""
        shutil.copytree(self.settings.state_dir, folder, ignore=shutil.ignore_patterns("endpoint"))
        return Ledger(folder)

    def start(self) -> None:
        """Afterwards its chain runs."""
        embedded.start(self.settings)

    def stop(self) -> None:
        """Afterwards nothing of it runs."""
        embedded.stop(self.settings)

    def run(self, *arguments: str | Path) -> dict[str, Any]:
        """What the command says as JSON. It has to end with 0."""
        with self.running(*arguments) as process:
            exit_code = process.wait(RUN_TIMEOUT_S)
        said = self.said(arguments[0], "out")
        assert exit_code == 0, (arguments, exit_code, said, self.said(arguments[0], "err"))
        answer: dict[str, Any] = json.loads(said)
        return answer

    @contextmanager
    def running(self, *arguments: str | Path, as_json: bool = True) -> Iterator["subprocess.Popen[bytes]"]:
        """The command while it runs; killed at the end if it did not end by then."""
        environment = {name: text for name, text in os.environ.items() if not name.startswith("LEDGER_")}
        environment["LEDGER_STATE_DIR"] = str(self.settings.state_dir)
        environment["LEDGER_DEPLOYMENTS_DIR"] = str(self.settings.deployments_dir)
        environment |= self._more
        began = time.monotonic()
        with self._output(arguments[0], "out").open("wb") as out, self._output(arguments[0], "err").open("wb") as err:
            process = subprocess.Popen(
                [COMMAND, *arguments, *(["--json"] if as_json else [])],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            if process.wait() == 0:
                self.took_s[str(arguments[0])] = time.monotonic() - began

    def count(self, query: str) -> int:
        """The number that the query gives; 0 while there is no such table. Looks only: it repairs no file."""
        path = self.settings.state_dir / "ledger.sqlite"
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as connection:
                return int(connection.execute(query).fetchone()[0])
        except sqlite3.OperationalError:
            return 0

    def kill_chain(self) -> None:
        """Ends the embedded chain as a power cut would."""
        process_id = embedded.status(self.settings).process_id
        assert process_id is not None
        os.kill(process_id, signal.SIGKILL)
        while embedded.status(self.settings).running:
            time.sleep(POLL_S)

    def outcome(self, imported: dict[str, Any]) -> Outcome:
        """Everything that is compared. The ledger has to be indexed, and `ledger verify` must find nothing."""
        index = self.run("index", "--digest")
        assert index["documents_missing"] == 0
        verified = self.run("verify")
        assert verified["findings"] == []
        assert verified["index_digest"] == index["digest"]
        assert (verified["commitments_opened"], verified["commitments_mismatched"]) == (verified["commitments"], 0)
        with closing(sqlite3.connect(self.settings.state_dir / "ledger.sqlite")) as connection:
            totals = [connection.execute(query).fetchall() for query in TOTALS]
        return Outcome(imported, index["digest"], index["logs"], totals, self.journals())

    def journals(self) -> dict[str, tuple[bytes, int]]:
        """Head and count of the journal of every contract."""
        chain = connect_deployed(self.settings)
        assert chain.deployment is not None
        names = sorted(chain.deployment.addresses)
        return dict(zip(names, chain.call_functions([(name, "journal", ()) for name in names]), strict=True))

    def _output(self, command: str | Path, kind: str) -> Path:
        return self.settings.state_dir / f"{command}.{kind}"

    def said(self, command: str | Path, kind: str) -> str:
        """What the last such command wrote, to `out` or `err`."""
        return self._output(command, kind).read_text(errors="replace")


class Moment(NamedTuple):
    """When to strike: once `query` counts `mark` (and less than `below`), and `delay_s` after that."""

    query: str
    mark: int
    delay_s: float
    below: int = 2**63


def moments(
    chance: random.Random, strikes: int, query: str, whole: int, took_s: float, within_s: float
) -> Iterator[Moment]:
    """Moments spread over the whole work by chance, one in each part of it and at most `within_s` after its mark; the
    first by the clock alone.
    """
    yield Moment(query, 0, chance.uniform(0, took_s / strikes))
    for part in range(1, strikes):
        yield Moment(query, int(whole * (part + chance.random()) / strikes), chance.uniform(0, within_s))


def reaches(ledger: Ledger, process: "subprocess.Popen[bytes]", moment: Moment) -> bool:
    """Waits for the moment. False when the process ended before it came."""
    while not moment.mark <= ledger.count(moment.query) < moment.below:
        if process.poll() is not None:
            return False
        time.sleep(POLL_S)
    deadline = time.monotonic() + moment.delay_s
    while time.monotonic() < deadline:
        if process.poll() is not None:
            return False
        time.sleep(0.001)
    return True


def is_killed(ledger: Ledger, moment: Moment, *arguments: str | Path) -> bool:
    """Runs the command and kills it at the moment; False when it had ended by itself, well."""
    with ledger.running(*arguments) as process:
        if reaches(ledger, process, moment):
            process.kill()
        exit_code = process.wait(RUN_TIMEOUT_S)
    assert exit_code in (0, -signal.SIGKILL), (arguments, exit_code)
    return exit_code != 0


def is_away(attempt: Callable[[], object]) -> bool:
    """Whether the attempt fails because a part does not answer."""
    try:
        attempt()
    except PartAway:
        return True
    return False
