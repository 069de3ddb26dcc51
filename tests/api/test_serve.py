"""`ledger serve` as a process of its own, on this machine alone."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from ledger.cli.serve import listen
from ledger.errors import BadInput, PartAway
from tests.api.conftest import Served

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [str(Path(sys.executable).with_name("ledger")), "serve", "--port", "0"]


def test_serve__a_ledger__answers_and_ends_when_told(served: Served) -> None:
    settings = served.world.settings
    environment = os.environ | {
        "LEDGER_STATE_DIR": str(settings.state_dir),
        "LEDGER_DEPLOYMENTS_DIR": str(settings.deployments_dir),
    }
    process = subprocess.Popen(COMMAND, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())
        assert found
        summary = requests.get(f"{found[0]}/v1/summary", timeout=60).json()
        assert summary["as_of_block"] == served.get("/summary")["as_of_block"]
        assert summary["index_lag_blocks"] == 0
        assert requests.get(f"{found[0]}/v1/ready", timeout=60).status_code == 200
        assert "server" not in requests.get(f"{found[0]}/v1/health", timeout=60).headers
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "news.example"])  # noqa: S104 - refused
def test_listen__address_of_others__refused(host: str) -> None:
    with pytest.raises(BadInput, match=re.escape(repr(host))):
        listen(host, 0)


def test_listen__port_taken__says_so() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(PartAway, match=str(other.getsockname()[1])):
            listen("127.0.0.1", other.getsockname()[1])
