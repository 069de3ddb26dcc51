"""The supervisor: it starts, restarts with back-off, takes over, rotates logs, and ends what it started."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.errors import PartAway
from ledger.files import write_whole
from ledger.settings import ROOT, Settings
from network import processes, validators
from network.processes import Part, PartStatus, statuses, stop, supervise
from tests.network.consortium import COMMAND

SLEEPS = "import time; print('up', flush=True); time.sleep(600)"
ENDS = "import sys; print('no', flush=True); sys.exit(3)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
)


def part(folder: Path, name: str, program: str = SLEEPS, stop_timeout_s: float = 10) -> Part:
    return Part(name, folder / name, (sys.executable, "-c", program), stop_timeout_s=stop_timeout_s)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    for one in statuses(tmp_path):
        if one.process_id:
            os.kill(one.process_id, signal.SIGKILL if one.name == "stubborn" else signal.SIGTERM)
    stop(tmp_path)


def status(folder: Path, name: str) -> PartStatus:
    return next(one for one in statuses(folder) if one.name == name)


def await_status(folder: Path, name: str, is_so) -> PartStatus:  # type: ignore[no-untyped-def]
    assert processes.wait_until(lambda: is_so(status(folder, name)), 20, 0.02), status(folder, name)
    return status(folder, name)


def supervisor_id(folder: Path) -> int:
    return int(json.loads((folder / "supervisor" / "process.json").read_text())["process_id"])


def test_supervise__two_programs__run_and_end_with_stop(folder: Path):
    supervise(folder, [part(folder, "a"), part(folder, "b")])
    assert [one.running for one in statuses(folder)] == [True, True]
    assert processes.is_supervised(folder)
    assert stop(folder)
    assert [one.running for one in statuses(folder)] == [False, False]
    assert not processes.is_supervised(folder)
    assert not stop(folder)


def test_supervise__killed__started_again_and_noted(folder: Path):
    supervise(folder, [part(folder, "a")])
    first = status(folder, "a").process_id
    assert first is not None
    os.kill(first, signal.SIGKILL)
    again = await_status(folder, "a", lambda one: one.running and one.process_id != first)
    assert (again.restarts, again.last_end) == (1, "killed by SIGKILL")


def test_supervise__ends_again_and_again__waits_longer_each_time(folder: Path):
    supervise(folder, [part(folder, "a", ENDS)])
    began = time.monotonic()
    noted = await_status(folder, "a", lambda one: one.restarts == 3)
    # At once, after 1 s and after 2 s.
    assert 3 <= time.monotonic() - began < 8
    assert noted.last_end == "ended by itself with 3"


def test_supervise__another_list__starts_and_ends_the_difference(folder: Path):
    a, b, c = (part(folder, name) for name in "abc")
    supervise(folder, [a, b])
    kept, dropped = status(folder, "b").process_id, status(folder, "a").process_id
    supervise(folder, [b, c])
    await_status(folder, "c", lambda one: one.running)
    assert status(folder, "b").process_id == kept
    assert dropped is not None
    assert processes.wait_until(lambda: not processes.is_running(a.folder), 10)


def test_supervisor__killed__programs_go_on_and_are_taken_over(folder: Path):
    supervise(folder, [part(folder, "a")])
    ran = status(folder, "a").process_id
    os.kill(supervisor_id(folder), signal.SIGKILL)
    assert processes.wait_until(lambda: not processes.is_supervised(folder), 5)
    assert status(folder, "a").process_id == ran
    supervise(folder, [part(folder, "a")])
    assert status(folder, "a").process_id == ran
    assert ran is not None
    time.sleep(0.5)
    os.kill(ran, signal.SIGKILL)
    await_status(folder, "a", lambda one: one.running and one.restarts == 1)


def test_stop__supervisor_was_killed__ends_what_it_left(folder: Path):
    supervise(folder, [part(folder, "a")])
    os.kill(supervisor_id(folder), signal.SIGKILL)
    assert processes.wait_until(lambda: not processes.is_supervised(folder), 5)
    assert stop(folder)
    assert not status(folder, "a").running


def test_stop__does_not_end__named_and_not_killed(folder: Path):
    supervise(folder, [part(folder, "stubborn", STUBBORN, stop_timeout_s=0.5)])
    assert processes.wait_until(lambda: "up" in (folder / "stubborn" / "output.log").read_text(), 10)
    with pytest.raises(PartAway, match="stubborn"):
        stop(folder)
    assert status(folder, "stubborn").running


def test_status__supervisor_killed__said_beside_parts_that_run(tmp_path: Path):
    folder = validators.supervised_dir(Settings(state_dir=tmp_path))
    environment = {"LEDGER_STATE_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}

    def shown() -> dict[str, str]:
        ran = subprocess.run([COMMAND, "status", "--json"], env=environment, cwd=ROOT, capture_output=True, check=True)
        facts: dict[str, str] = json.loads(ran.stdout)
        return facts

    assert "supervised" not in shown()
    supervise(folder, [part(tmp_path, "a")])
    try:
        assert shown()["supervised"] == "yes"
        os.kill(supervisor_id(folder), signal.SIGKILL)
        assert processes.wait_until(lambda: not processes.is_supervised(folder), 5)
        said = shown()
        assert said["supervised"] == "no"
        assert said["part_a"] == f"process {status(folder, 'a').process_id}"
    finally:
        stop(folder)


def test_rotate__log_is_full__kept_with_a_number_and_the_oldest_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(processes, "LOG_BYTES_MAX", 10)
    log = tmp_path / "output.log"
    with log.open("ab", buffering=0) as writing:
        for n in range(7):
            writing.write(b"%d" % n * 10)
            processes.rotate(log)
        writing.write(b"short")
        processes.rotate(log)
    assert log.read_bytes() == b"short"
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["output.log", *(f"output.log.{n}" for n in range(1, processes.LOGS_KEPT + 1))]
    assert (tmp_path / "output.log.1").read_bytes() == b"6" * 10


def test_rotate__no_space_for_a_copy__every_log_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(processes, "LOG_BYTES_MAX", 10)
    log = tmp_path / "output.log"
    for n in range(processes.LOGS_KEPT + 1):
        log.write_bytes(b"%d" % n * 10)
        processes.rotate(log)
    log.write_bytes(b"x" * 10)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with no_file_above(9):
        for _ in range(processes.LOGS_KEPT):
            with pytest.raises(OSError, match="too large"):
                processes.rotate(log)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@contextmanager
def no_file_above(bytes_max: int) -> Iterator[None]:
    """Writing fails half-way, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_max, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_supervisor__its_own_log_is_full__rotated_too(folder: Path):
    log = folder / "supervisor" / "output.log"
    log.parent.mkdir()
    log.touch()
    os.truncate(log, processes.LOG_BYTES_MAX)
    supervise(folder, [part(folder, "a")])
    assert processes.wait_until(lambda: log.stat().st_size == 0, 10)
    assert log.with_name("output.log.1").stat().st_size == processes.LOG_BYTES_MAX


def test_supervisor__no_space_for_its_own_log_and_a_part_fails__goes_on(folder: Path):
    (folder / "supervisor").mkdir()
    (folder / "supervisor" / "output.log").symlink_to("/dev/full")
    (folder / "no-folder").touch()
    supervise(folder, [part(folder / "no-folder", "away"), part(folder, "a")])
    ran = status(folder, "a").process_id
    assert ran is not None
    os.kill(ran, signal.SIGKILL)
    await_status(folder, "a", lambda one: one.running and one.restarts == 1)


def test_write_whole__file__private(tmp_path: Path):
    write_whole(tmp_path / "a", "secret")
    assert (tmp_path / "a").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
