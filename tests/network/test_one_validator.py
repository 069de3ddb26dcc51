"""One validator on one machine, run as systemd runs it: durable, whatever ends it."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from network import validators
from network.watching import await_blocks
from tests.network.consortium import Consortium, wait_for

BAD_INPUT = 2
pytestmark = [pytest.mark.validators, pytest.mark.timeout(300)]


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
