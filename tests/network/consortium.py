"""A consortium of four validators with its IPFS and PostgreSQL, started, worked and killed as a user's commands do."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from ledger.chain import connect, connect_deployed
from ledger.database import open_engine
from ledger.errors import PartAway
from ledger.rpc import RpcClient
from ledger.settings import ROOT, Settings
from network import processes, validators
from network.validators import Place
from network.watching import ValidatorStatus, validator_statuses

COMMAND = Path(sys.executable).with_name("ledger")
PUBLISHED = ROOT / "scripts" / "history" / "cash_donations.csv.gz"
RUN_TIMEOUT_S = 400
# Fewer who take part than in network/consortium.toml: each costs a block, and a test has to wait for it.
DESCRIBED = """
[chain]
chain_id = {chain_id}
{chain}
{validators}

[[organisation]]
number = 1
name = "Consortium of a test"

[[organisation]]
number = 2
name = "Wuhan Red Cross"

[[organisation]]
number = 3
name = "Hubei Red Cross"

[[person]]
number = 1
organisation = 1
title = "Registrar and guardian"
accounts = ["registrar"]
roles = [{{ role = "REGISTRAR" }}, {{ role = "GUARDIAN" }}]

[[person]]
number = 2
organisation = 1
title = "Importer"
accounts = ["importer"]
roles = [{{ role = "IMPORTER", organisation = 2 }}, {{ role = "IMPORTER", organisation = 3 }}]
"""
MINED = "select count(*) from outbox_transaction where state <> 'signed'"
SIGNED = "select count(*) from outbox_transaction where state = 'signed'"
DONATIONS = "select count(*), count(distinct donation_id), sum(amount_minor) from donation"


class Consortium:
    """The consortium whose state is in `folder`."""

    def __init__(self, folder: Path, names: Sequence[str] = ("a", "b", "c", "d"), chain_id: int = 20_200_124) -> None:
        self.folder = folder
        self.environment = {
            "LEDGER_STATE_DIR": str(folder / "state"),
            "LEDGER_DEPLOYMENTS_DIR": str(folder / "deployments"),
        }
        self.described = folder / "consortium.toml"
        self.chain_id = chain_id
        folder.mkdir(parents=True, exist_ok=True)
        self.describe(names)

    def describe(self, names: Sequence[str], chain: str = "", more: str = "") -> None:
        """Writes the description, with a validator for each name."""
        tables = "".join(f'\n[[validator]]\nname = "{name}"\norganisation = 1\n{more}' for name in names)
        self.described.write_text(DESCRIBED.format(chain_id=self.chain_id, chain=chain, validators=tables))

    @property
    def settings(self) -> Settings:
        """As a command reads them: anew, with what is noted in the state folder."""
        return Settings.from_environment(self.environment)

    @property
    def supervised(self) -> Path:
        return validators.supervised_dir(self.settings)

    def up(self) -> dict[str, Any]:
        return self.run("up", "--profile", "consortium", "--consortium", self.described)

    def run(self, *arguments: str | Path) -> Any:
        """What the command says as JSON. It has to end with 0."""
        exit_code, said = self.outcome(*arguments)
        assert exit_code == 0, (arguments, exit_code, said)
        return said

    def outcome(self, *arguments: str | Path) -> tuple[int, Any]:
        """The command's exit code and what it says as JSON."""
        with self.running(*arguments) as process:
            out, err = process.communicate(timeout=RUN_TIMEOUT_S)
        assert out, (arguments, err)
        return process.returncode, json.loads(out)

    @contextmanager
    def running(self, *arguments: str | Path) -> Iterator["subprocess.Popen[str]"]:
        """The command while it runs; killed at the end if it did not end by then."""
        environment = {name: said for name, said in os.environ.items() if not name.startswith("LEDGER_")}
        process = subprocess.Popen(
            [COMMAND, *arguments, "--json"],
            cwd=ROOT,
            env=environment | self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()

    def places(self) -> list[Place]:
        return validators.noted_places(self.settings)

    def place(self, name: str) -> Place:
        return next(place for place in self.places() if place.name == name)

    def status(self, name: str) -> ValidatorStatus:
        network = validators.noted_network(self.settings)
        assert network is not None
        return next(one for one in validator_statuses(self.settings, network) if one.name == name)

    def ask(self, name: str, method: str, *params: Any) -> Any:
        """What that validator answers over HTTP. Raises PartAway, RpcError."""
        rpc = RpcClient(self.place(name).url, timeout_s=5)
        try:
            return rpc.call(method, *params)
        finally:
            rpc.close()

    def height(self, name: str) -> int:
        """How far that validator is; -1 when it does not answer."""
        try:
            return int(self.ask(name, "eth_blockNumber"), 16)
        except PartAway:
            return -1

    def has_signed(self, name: str, first: int) -> bool:
        """Whether the head is block `first` or later and that validator signed one of the blocks from there to it."""
        others = RpcClient(",".join(place.url for place in self.places() if place.name != name), timeout_s=5)
        try:
            numbers = range(first, int(others.call("eth_blockNumber"), 16) + 1)
            blocks = others.batch([("kaia_getBlockWithConsensusInfoByNumber", [hex(number)]) for number in numbers])
        finally:
            others.close()
        address = self.place(name).address
        return any(address in map(str.lower, block["committers"]) for block in blocks)

    def head(self) -> int:
        return max(self.height(place.name) for place in self.places())

    def process_id(self, name: str) -> int:
        process_id = self._process_id(name)
        assert process_id is not None, f"{name} does not run"
        return process_id

    def _process_id(self, name: str) -> int | None:
        return next(one for one in processes.statuses(self.supervised) if one.name == name).process_id

    def kill(self, name: str) -> None:
        """Ends a supervised program as a power cut would."""
        process_id = self.process_id(name)
        os.kill(process_id, signal.SIGKILL)
        wait_for(lambda: self._process_id(name) != process_id)

    def kill_supervisor(self) -> None:
        """Nobody starts what is killed now, until the next `up`."""
        process_id = json.loads((self.supervised / "supervisor" / "process.json").read_text())["process_id"]
        os.kill(process_id, signal.SIGKILL)
        wait_for(lambda: not processes.is_supervised(self.supervised))

    def running_now(self) -> set[str]:
        return {one.name for one in processes.statuses(self.supervised) if one.running}

    def count(self, query: str) -> tuple[Any, ...]:
        """The row that the query gives."""
        engine = open_engine(self.settings.database_url)
        try:
            with engine.connect() as connection:
                return tuple(connection.execute(text(query)).one())
        finally:
            engine.dispose()

    def block_times_s(self, first: int, last: int) -> list[int]:
        return list(connect(self.settings).block_times_s(range(first, last + 1)).values())

    def hashes(self, name: str, last: int) -> list[str]:
        """The hashes of blocks 0 to `last` as that validator has them."""
        rpc = RpcClient(self.place(name).url)
        blocks = rpc.batch([("eth_getBlockByNumber", [hex(number), False]) for number in range(last + 1)])
        rpc.close()
        return [block["hash"] for block in blocks]

    def journal(self, contract: str) -> tuple[Any, ...]:
        """Head and count of a contract's journal."""
        return connect_deployed(self.settings).call_function(contract, "journal")


def rows(folder: Path, first: int, last: int) -> Path:
    """A published list with the rows `first` .. `last` of the real one."""
    path = folder / f"donations-{first}-{last}.csv"
    with gzip.open(PUBLISHED, "rt", encoding="utf-8") as published:
        lines = published.readlines()
    path.write_text("".join([lines[0], *lines[first : last + 1]]), encoding="utf-8")
    return path


def wait_for(is_so: Callable[[], object], timeout_s: float = 60, every_s: float = 0.05) -> float:
    """Returns when it is so, and after how many seconds; fails when it is not in time."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < timeout_s, f"it did not come about in {timeout_s:.0f} s"
        time.sleep(every_s)
    return time.monotonic() - began
