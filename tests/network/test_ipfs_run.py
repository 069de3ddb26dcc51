"""`ledger network run ipfs`: the private IPFS daemon alone, in the foreground, as systemd runs it."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import pytest

from network import ipfs
from network.ports import LOOPBACK, free_port
from tests.network.consortium import Consortium, wait_for
from tests.network.daemons import store_of

BAD_INPUT = 2


@pytest.fixture
def ledger(tmp_path: Path) -> Consortium:
    """A ledger without anything, whose settings name an address of IPFS."""
    made = Consortium(tmp_path)
    made.environment["LEDGER_IPFS_ADDRESS"] = f"/ip4/{LOOPBACK}/tcp/{free_port()}"
    return made


@contextmanager
def run(ledger: Consortium) -> Iterator["Popen[str]"]:
    """The command, when the daemon answers; it has the command's own process id."""
    with ledger.running("network", "run", "ipfs") as process:
        wait_for(lambda: ipfs.status(ledger.settings).version)
        yield process


def test_run__address_named__answers_there_and_ends_when_asked(ledger: Consortium):
    with run(ledger) as process:
        assert Path(f"/proc/{process.pid}/exe").readlink().name == "ipfs"
        assert ipfs.status(ledger.settings).address == ledger.environment["LEDGER_IPFS_ADDRESS"]
        with store_of(ledger.settings) as store:
            digest = store.put(b"kept over a restart", "text/plain").digest
        exit_code, said = ledger.outcome("network", "run", "ipfs")
        assert (exit_code, "runs already" in said["message"]) == (BAD_INPUT, True)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    with run(ledger), store_of(ledger.settings) as store:
        assert store.get(digest) == b"kept over a restart"


def test_run__port_taken__refused_and_no_other_one_chosen(ledger: Consortium):
    port = int(ledger.environment["LEDGER_IPFS_ADDRESS"].rpartition("/")[2])
    with socket.socket() as taken:
        taken.bind((LOOPBACK, port))
        taken.listen()
        exit_code, said = ledger.outcome("network", "run", "ipfs")
    assert exit_code == BAD_INPUT
    assert ledger.environment["LEDGER_IPFS_ADDRESS"] in said["message"]
    assert "taken by another program" in said["message"]


def test_run__address_of_another_host__refused(ledger: Consortium):
    ledger.environment["LEDGER_IPFS_ADDRESS"] = "/ip4/10.1.0.5/tcp/5001"
    exit_code, said = ledger.outcome("network", "run", "ipfs")
    assert exit_code == BAD_INPUT
    assert "on loopback only" in said["message"]
