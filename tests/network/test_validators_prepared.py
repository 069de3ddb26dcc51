"""What `up` and `run` make before a validator starts, and that nothing else makes it.

├── prepare
│   ├── refused (chain, host, key or port)     → no key is made, and the network that was noted stays
│   ├── data folder without its blocks         → said, and left
│   └── by two units at the same time          → one after the other, both come up
├── status, metrics, places as they were noted → nothing is written
├── a key that is lost                         → said, and no other made
└── admit, remove
    ├── a name that is not described           → the known ones are said, no key is made
    └── no description named                   → that of the running network
"""

import shutil
import socket
from pathlib import Path

import pytest

from ledger.errors import BadInput
from ledger.settings import Settings
from network import validators
from network.description import read_network
from network.ports import LOOPBACK
from network.watching import await_blocks, validator_statuses
from tests.network.consortium import Consortium, wait_for

BAD_INPUT = 2
KEY = "ab" * 64
pytestmark = [pytest.mark.validators, pytest.mark.timeout(120)]


@pytest.fixture
def consortium(tmp_path: Path) -> Consortium:
    return Consortium(tmp_path, names=("a", "b"), chain_id=20_200_131)


@pytest.fixture
def prepared(consortium: Consortium) -> Consortium:
    """Two validators that could be started."""
    validators.prepare(consortium.settings, read_network(consortium.described))
    return consortium


def keys(settings: Settings) -> set[str]:
    """The validators that have a key here."""
    return {path.parent.name for path in validators.validators_dir(settings).glob("*/nodekey")}


def seen(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file and folder, and when it was written: another one where it was written anew."""
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.rglob("*")}


def test_prepare__another_chain__no_key_made_and_noted_network_stays(prepared: Consortium, tmp_path: Path):
    settings, noted = prepared.settings, validators.noted_network(prepared.settings)
    other = Consortium(tmp_path / "other", names=("validator-1", "validator-2"), chain_id=4711)
    with pytest.raises(BadInput, match="4711"):
        validators.prepare(settings, read_network(other.described))
    assert validators.noted_network(settings) == noted
    assert keys(settings) == {"a", "b"}


def test_prepare__nobody_at_home__no_genesis_made_and_nothing_noted(consortium: Consortium):
    more = f'host = "127.0.0.1"\np2p_port = 9\npublic_key = "{KEY}"\n'
    consortium.describe(("a",), chain="genesis_time_s = 1", more=more)
    with pytest.raises(BadInput, match="None of the described validators is at home here"):
        validators.prepare(consortium.settings, read_network(consortium.described))
    assert validators.noted_network(consortium.settings) is None
    assert not validators.genesis_file(consortium.settings).exists()


def test_prepare__described_port_taken__no_key_made(consortium: Consortium):
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        text = consortium.described.read_text()
        port = f'name = "b"\np2p_port = {taken.getsockname()[1]}\n'
        consortium.described.write_text(text.replace('name = "b"\n', port))
        with pytest.raises(BadInput, match="taken by another program"):
            validators.prepare(consortium.settings, read_network(consortium.described))
    assert keys(consortium.settings) == set()
    assert validators.noted_network(consortium.settings) is None


def test_prepare__blocks_gone_from_the_data_folder__said_and_left(prepared: Consortium):
    data = validators.validators_dir(prepared.settings) / "a" / "data"
    shutil.rmtree(data / "klay" / "chaindata")
    before = seen(data)
    with pytest.raises(BadInput, match="is not whole: its blocks are not there"):
        validators.prepare(prepared.settings, read_network(prepared.described))
    assert seen(data) == before


def test_prepare__again__ports_not_written_anew(prepared: Consortium):
    file = validators.validators_dir(prepared.settings) / "ports.json"
    before = file.stat()
    validators.prepare(prepared.settings, read_network(prepared.described))
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_status__prepared_or_not_described_before__writes_nothing(prepared: Consortium):
    folder = validators.validators_dir(prepared.settings)
    before = seen(folder)
    assert {one.state for one in validator_statuses(prepared.settings, read_network(prepared.described))} == {"away"}
    prepared.run("metrics")
    assert seen(folder) == before


def test_status__key_lost__said_and_no_other_made(prepared: Consortium):
    (validators.validators_dir(prepared.settings) / "a" / "nodekey").unlink()
    exit_code, said = prepared.outcome("status")
    assert exit_code == BAD_INPUT
    assert "Validator a has no key here" in said["message"]
    assert keys(prepared.settings) == {"b"}


def test_noted_network__round_no_longer_than_a_block__said(prepared: Consortium):
    file = validators.validators_dir(prepared.settings) / "network.json"
    file.write_text(file.read_text().replace('"round_timeout_s": 2.0', '"round_timeout_s": 1.0'))
    with pytest.raises(BadInput, match="round_timeout_s"):
        validators.noted_network(prepared.settings)


def test_admit__not_described__known_ones_said_and_no_key_made(consortium: Consortium):
    exit_code, said = consortium.outcome("network", "admit", "e", "--consortium", consortium.described)
    assert exit_code == BAD_INPUT
    assert "No validator is called 'e'" in said["message"]
    assert keys(consortium.settings) == set()


def test_run__two_units_of_one_host_at_first_start__both_come_up_and_stay_two(consortium: Consortium):
    run = ("network", "run")
    described = ("--consortium", consortium.described)
    with consortium.running(*run, "a", *described) as a, consortium.running(*run, "b", *described) as b:
        wait_for(lambda: validators.noted_network(consortium.settings) is not None or a.poll() or b.poll(), 30)
        assert (a.poll(), b.poll()) == (None, None)
        assert await_blocks(consortium.places()) > 0
        assert (a.poll(), b.poll()) == (None, None)
        # Without --consortium it is the network that runs, not the repository's own.
        assert consortium.run("network", "admit", "b")["voted"] == []
        exit_code, said = consortium.outcome("network", "remove", "b")
        assert exit_code == BAD_INPUT
        assert "more than half of two is both" in said["message"]
        exit_code, said = consortium.outcome("network", "admit", "e")
        assert (exit_code, "--consortium" in said["hint"]) == (BAD_INPUT, True)
        for process in (a, b):
            process.terminate()
            process.wait(30)
