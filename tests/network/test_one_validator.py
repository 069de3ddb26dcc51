"""One validator on one machine, run as systemd runs it: durable, whatever ends it."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.settings import ROOT, Settings
from network import validators
from network.watching import await_blocks
from tests.network.consortium import Consortium, wait_for

BAD_INPUT = 2
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def consortium(tmp_path: Path) -> Consortium:
    return Consortium(tmp_path, names=("a",), chain_id=20_200_126)


@contextmanager
def run(consortium: Consortium) -> Iterator["subprocess.Popen[str]"]:
    """`ledger network run a`, making blocks; it has the command's own process id."""
    with consortium.running("network", "run", "a", "--consortium", consortium.described) as process:
        wait_for(lambda: validators.noted_network(consortium.settings) is not None)
        await_blocks(consortium.places())
        yield process


def test_run__asked_to_end__ends_well_and_goes_on_where_it_was(consortium: Consortium):
    with run(consortium) as process:
        assert (Path("/proc") / str(process.pid) / "exe").readlink().name == "validator"
        last = consortium.height("a")
        first = consortium.hashes("a", last)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    with run(consortium):
        assert consortium.hashes("a", last) == first
        assert consortium.height("a") > last


def test_run__killed__loses_no_block(consortium: Consortium):
    with run(consortium) as process:
        wait_for(lambda: consortium.height("a") >= 5)
        last = consortium.height("a")
        before = consortium.hashes("a", last)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with run(consortium):
        assert consortium.hashes("a", last) == before


def test_run__runs_already__refused(consortium: Consortium):
    with run(consortium):
        exit_code, said = consortium.outcome("network", "run", "a", "--consortium", consortium.described)
        assert exit_code == BAD_INPUT
        assert "runs already" in said["message"]


def test_run__unknown_name__told_the_known_ones(consortium: Consortium):
    exit_code, said = consortium.outcome("network", "run", "b", "--consortium", consortium.described)
    assert exit_code == BAD_INPUT
    assert "describes: a" in said["hint"]


def test_units__their_commands__are_ours():
    folder = ROOT / "network" / "systemd"
    started = [
        line.partition("/bin/ledger ")[2]
        for path in sorted(folder.glob("*.service"))
        for line in path.read_text().splitlines()
        if line.startswith("ExecStart=")
    ]
    assert started == ["serve", "index --follow", "network run %i --consortium /etc/relief-ledger/consortium.toml"]


def test_units__environment__every_name_is_a_setting(tmp_path: Path):
    lines = (ROOT / "network" / "systemd" / "environment").read_text().splitlines()
    named = dict(line.split("=", 1) for line in lines if line.startswith("LEDGER_"))
    url = tmp_path / "database.url"
    url.touch(mode=0o600)
    url.write_text("sqlite:///ledger.sqlite\n")
    settings = Settings.from_environment(named | {"LEDGER_DATABASE_URL_FILE": str(url)})
    assert settings.finality == "latest"
    assert settings.state_dir == Path("/var/lib/relief-ledger")
