"""The embedded chain: started once, stopped whole, killed at any moment, its state damaged."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from ledger.chain import connect
from ledger.errors import BadInput, PartAway
from ledger.settings import ROOT, Settings
from network import embedded


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    made = Settings(state_dir=tmp_path / "state")
    yield made
    embedded.stop(made)


def kill(settings: Settings) -> None:
    process_id = embedded.status(settings).process_id
    assert process_id is not None
    os.kill(process_id, signal.SIGKILL)
    os.waitpid(process_id, 0)


def mine(settings: Settings, blocks: int) -> str | None:
    chain = connect(settings)
    chain.rpc.call("anvil_mine", hex(blocks))
    return chain.block_hash(chain.head())


def test_start__not_running__answers_on_loopback_only(settings: Settings):
    started = embedded.start(settings)
    assert started.running
    assert started.head == 0
    port = int(started.url.rsplit(":", 1)[1])
    with socket.socket() as probe:
        probe.settimeout(0.5)
        assert probe.connect_ex(("127.0.0.1", port)) == 0
    listening = Path("/proc/net/tcp").read_text() if Path("/proc/net/tcp").exists() else ""
    assert f"00000000:{port:04X}" not in listening


def test_start__running__nothing_changes(settings: Settings):
    assert embedded.start(settings) == embedded.start(settings)


def test_start__web_page_of_another_site__not_let_in(settings: Settings):
    url = embedded.start(settings).url
    answer = requests.post(
        url, json={"jsonrpc": "2.0", "id": 1, "method": "eth_chainId"}, headers={"Origin": "http://x"}, timeout=5
    )
    assert "access-control-allow-origin" not in answer.headers


def test_start__process_id__is_the_chain_itself(settings: Settings):
    started = embedded.start(settings)
    assert Path(f"/proc/{started.process_id}/exe").resolve() == embedded.anvil_binary()


def test_start__blocks_need_no_fee__balance_zero_may_send(settings: Settings):
    embedded.start(settings)
    chain = connect(settings)
    newest = chain.rpc.call("eth_getBlockByNumber", "latest", False)
    assert int(newest["baseFeePerGas"], 16) == 0
    assert int(newest["gasLimit"], 16) == embedded.BLOCK_GAS


def test_stop__not_running__says_so(settings: Settings):
    assert embedded.stop(settings) is False


def test_stop__then_start__same_blocks_and_real_time(settings: Settings):
    embedded.start(settings)
    newest = mine(settings, 5)
    assert embedded.stop(settings) is True
    assert not embedded.status(settings).running
    again = embedded.start(settings)
    assert (again.head, again.began_from) == (5, "its last state")
    assert connect(settings).block_hash(5) == newest
    mine(settings, 1)
    (made_s,) = connect(settings).block_times_s([6]).values()
    clock_s = int(subprocess.check_output(["/bin/date", "+%s"]))
    assert abs(made_s - clock_s) <= 2


def test_status__killed__not_running_and_no_stale_lock(settings: Settings):
    first = embedded.start(settings)
    genesis = connect(settings).genesis_hash()
    kill(settings)
    assert not embedded.status(settings).running
    with pytest.raises(PartAway, match="does not answer"):
        connect(settings).head()
    second = embedded.start(settings)
    assert second.process_id != first.process_id
    assert second.url == first.url
    assert connect(settings).genesis_hash() == genesis


@pytest.mark.parametrize("keep", [0.0, 0.5, 0.999])
def test_start__state_file_cut_off_by_a_crash__good_copy_used(settings: Settings, keep: float):
    embedded.start(settings)
    newest = mine(settings, 3)
    embedded.stop(settings)
    embedded.start(settings)
    embedded.stop(settings)
    state = settings.chain_dir / "state.json"
    whole = state.read_bytes()
    state.write_bytes(whole[: int(len(whole) * keep)])
    again = embedded.start(settings)
    assert (again.head, again.began_from) == (3, "the copy of an earlier state")
    assert connect(settings).block_hash(3) == newest
    assert (settings.chain_dir / "state.refused.json").exists()


@pytest.mark.parametrize("field", ["nonce", "balance"])
def test_start__accounts_ahead_of_the_last_block__good_copy_used(settings: Settings, field: str):
    embedded.start(settings)
    newest = mine(settings, 3)
    embedded.stop(settings)
    embedded.start(settings)
    embedded.stop(settings)
    path = settings.chain_dir / "state.json"
    state = json.loads(path.read_text())
    account = next(iter(state["accounts"].values()))
    account[field] = 7 if field == "nonce" else "0x7"
    path.write_text(json.dumps(state))
    again = embedded.start(settings)
    assert (again.head, again.began_from) == (3, "the copy of an earlier state")
    assert connect(settings).block_hash(3) == newest
    assert (settings.chain_dir / "state.refused.json").exists()


def test_start__no_state_left__same_block_0(settings: Settings):
    embedded.start(settings)
    genesis = connect(settings).genesis_hash()
    mine(settings, 3)
    embedded.stop(settings)
    for path in settings.chain_dir.glob("state*.json"):
        path.unlink()
    again = embedded.start(settings)
    assert (again.head, again.began_from) == (0, "its genesis")
    assert connect(settings).genesis_hash() == genesis


def test_start__state_of_another_beginning__put_aside(settings: Settings, tmp_path: Path):
    other = Settings(state_dir=tmp_path / "other")
    embedded.start(settings)
    genesis = connect(settings).genesis_hash()
    embedded.stop(settings)
    embedded.start(other)
    connect(other).rpc.call("evm_setTime", 4_000_000_000)
    mine(other, 2)
    embedded.stop(other)
    (settings.chain_dir / "state.json").write_bytes((other.chain_dir / "state.json").read_bytes())
    assert embedded.start(settings).began_from != "its last state"
    assert connect(settings).genesis_hash() == genesis


def test_start__configured_port_is_taken__named(settings: Settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BadInput, match=f"LEDGER_CHAIN_PORT: port {port} is taken"):
            embedded.start(settings.model_copy(update={"chain_port": port}))


def test_start__folder_of_another_chain_id__named(settings: Settings):
    embedded.start(settings)
    embedded.stop(settings)
    with pytest.raises(BadInput, match=r"LEDGER_CHAIN_ID is 77, but .* holds chain 31337"):
        embedded.start(settings.model_copy(update={"chain_id": 77}))


def test_start__two_at_once__one_chain(settings: Settings):
    program = "from ledger.settings import Settings; from network import embedded; import sys;"
    program += "print(embedded.start(Settings(state_dir=sys.argv[1])).process_id)"
    command = [sys.executable, "-c", program, str(settings.state_dir)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(2)]
    said = {process.communicate()[0] for process in both}
    assert len(said) == 1
    assert all(process.returncode == 0 for process in both)
    # Started by a process that is gone, it is not ours to wait for.
    assert embedded.stop(settings)


def test_set_clock__before_the_last_block__time_does_not_go_back(settings: Settings):
    embedded.start(settings)
    chain = connect(settings)
    later_s = int(time.time()) + 1_000
    assert chain.set_next_block_time(later_s)
    mine(settings, 1)
    assert chain.set_clock(later_s - 900)
    mine(settings, 1)
    times_s = chain.block_times_s([1, 2])
    assert times_s[1] == later_s
    assert times_s[2] >= later_s
