"""Keeps a profile's programs running: one supervisor starts them, restarts what crashed, and rotates their logs.

    supervise ──▶ running ──crash──▶ waiting 1, 2, 4 .. 60 s ──▶ running        stop ──▶ asked to end ──▶ ended
                     ▲ a supervisor that was killed left it running: the next one takes it over

Whether a program runs is told by a lock that it inherits and the system releases when it ends, however it ends. So no
lock is ever stale, and a noted process id is never another program's.
"""

import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from ledger.errors import BadInput, PartAway
from ledger.files import write_whole
from ledger.settings import ROOT
from network.folders import changing

BACK_OFF_MAX_S = 60.0
STEADY_S = 60.0
LOG_BYTES_MAX = 10_000_000
LOGS_KEPT = 5
_TICK_S = 0.2
_ROTATE_EVERY_S = 5.0
_START_TIMEOUT_S = 30.0
_STOP_MARGIN_S = 10.0
_NOTED_WITHIN_S = 2.0
_LOCK = "running.lock"
_NOTED = "process.json"
_PARTS = "parts.json"
_LOG = "output.log"
_SUPERVISOR = "supervisor"


class Part(NamedTuple):
    """A program to be kept running, in a folder of its own, and how it is asked to end."""

    name: str
    folder: Path
    arguments: tuple[str, ...]
    environment: dict[str, str] = {}  # noqa: RUF012 -- never changed
    stop_signal: int = signal.SIGTERM
    stop_timeout_s: float = 60.0

    @property
    def log(self) -> Path:
        """What it printed; older logs are beside it with a number."""
        return self.folder / _LOG


class PartStatus(NamedTuple):
    """What is known of a program: whether it runs, since when, how often it crashed, and how it ended last."""

    name: str
    running: bool
    process_id: int | None
    started_s: int | None
    restarts: int
    last_end: str | None


def supervise(folder: Path, parts: Sequence[Part]) -> None:
    """Afterwards a supervisor keeps exactly these programs running. What runs already stays as it is.

    Raises PartAway when the supervisor does not start.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    described = [part._asdict() | {"folder": str(part.folder)} for part in parts]
    with changing(folder):
        write_whole(folder / _PARTS, json.dumps(described, indent=1))
        if is_running(folder / _SUPERVISOR):
            os.kill(_process_id(folder / _SUPERVISOR), signal.SIGHUP)
            return
        own = Part(_SUPERVISOR, folder / _SUPERVISOR, (sys.executable, "-m", "network.processes", str(folder)))
        process = _launch(own._replace(environment=dict(os.environ)), {})
        ready = folder / _SUPERVISOR / "ready"
        deadline = time.monotonic() + _START_TIMEOUT_S
        while not ready.exists() or ready.read_text() != str(process.pid):
            if process.poll() is not None or time.monotonic() > deadline:
                raise PartAway(f"The supervisor does not start. It said: {end_of(own.log)}", hint=f"See {own.log}.")
            time.sleep(0.02)


def stop(folder: Path) -> bool:
    """Afterwards no program of the folder runs, nor its supervisor. False when none did.

    Raises PartAway naming those that do not end in time; they are not killed, because that may lose what they write.
    """
    if not folder.exists():
        return False
    with changing(folder):
        parts = _read_parts(folder)
        running = [part.name for part in parts if is_running(part.folder)]
        if is_running(folder / _SUPERVISOR):
            process_id = _process_id(folder / _SUPERVISOR)
            os.kill(process_id, signal.SIGTERM)
            limit_s = max([part.stop_timeout_s for part in parts], default=0) + _STOP_MARGIN_S
            wait_until(lambda: not is_running(folder / _SUPERVISOR, process_id), limit_s)
            running.append(_SUPERVISOR)
        # Those of a supervisor that was killed have nobody else to end them.
        _end(parts)
        if left := [part.name for part in parts if is_running(part.folder)]:
            raise PartAway(f"These do not end: {', '.join(left)}. They may still be writing.", hint=f"See {folder}.")
        return bool(running)


def statuses(folder: Path) -> list[PartStatus]:
    """Every program of the folder, in the order given to `supervise`. Nothing is changed."""
    found = []
    for part in _read_parts(folder):
        noted, running = _noted(part.folder), is_running(part.folder)
        process_id, started_s = (noted.get("process_id"), noted.get("started_s")) if running else (None, None)
        found.append(
            PartStatus(part.name, running, process_id, started_s, noted.get("restarts", 0), noted.get("last_end"))
        )
    return found


def is_supervised(folder: Path) -> bool:
    """Whether a supervisor runs there."""
    return is_running(folder / _SUPERVISOR)


def is_running(folder: Path, process_id: int | None = None) -> bool:
    """Whether the program of that folder runs. Takes note of its end where this very process had started it."""
    if process_id is not None:
        _reap(process_id)
    try:
        with (folder / _LOCK).open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except BlockingIOError:
        return True
    return False


def wait_until(is_so: Callable[[], bool], timeout_s: float, every_s: float = 0.05) -> bool:
    """Waits until it is so; False when it is not in time."""
    deadline = time.monotonic() + timeout_s
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(every_s)
    return True


def end_of(log: Path) -> str:
    """The last lines of a log, for an error's message."""
    try:
        return log.read_text(errors="replace").strip()[-500:] or "nothing"
    except OSError:
        return "nothing"


class Supervisor:
    """The loop of the supervisor's own process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts: list[Part] = []
        self._own: dict[str, subprocess.Popen[bytes]] = {}
        self._crashes: dict[str, int] = {}
        self._start_at: dict[str, float] = {}
        self._taken_over: set[str] = set()
        # How a program ended that could not be written down yet.
        self._unwritten: dict[str, dict[str, Any]] = {}
        self._ending = self._changed = False

    def run(self) -> None:
        """Keeps the programs running until it is asked to end; then ends them."""
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "_ending", True))
        signal.signal(signal.SIGHUP, lambda *_: setattr(self, "_changed", True))
        woken, wakes = os.pipe()
        os.set_blocking(wakes, False)
        signal.set_wakeup_fd(wakes)
        self._parts = _read_parts(self._folder)
        self._tick()
        write_whole(self._folder / _SUPERVISOR / "ready", str(os.getpid()))
        rotate_at_s = time.monotonic()
        while not self._ending:
            if select.select([woken], [], [], _TICK_S)[0]:
                os.read(woken, 64)
            if self._changed:
                self._changed = False
                self._change(_read_parts(self._folder))
            self._tick()
            if time.monotonic() >= rotate_at_s:
                rotate_at_s = time.monotonic() + _ROTATE_EVERY_S
                for log in [self._folder / _SUPERVISOR / _LOG, *(part.log for part in self._parts)]:
                    with suppress(OSError):
                        rotate(log)
        _end(self._parts, self._own)

    def _change(self, parts: list[Part]) -> None:
        wanted = {part.name for part in parts}
        _end([part for part in self._parts if part.name not in wanted], self._own)
        self._parts = parts
        self._taken_over &= wanted

    def _tick(self) -> None:
        for part in self._parts:
            try:
                self._keep(part)
            except OSError as error:
                # Its disk may be full, or its folder away: tried again later, like after a crash. The log of this
                # process may be on the same disk.
                with suppress(OSError):
                    sys.stderr.write(f"{part.name}: {error}\n")
                self._wait(part, lasted_s=0)

    def _keep(self, part: Part) -> None:
        process = self._own.get(part.name)
        if process:
            if (code := process.poll()) is not None:
                del self._own[part.name]
                how = f"killed by {signal.Signals(-code).name}" if code < 0 else f"ended by itself with {code}"
                self._note_end(part, how)
        elif is_running(part.folder):
            self._taken_over.add(part.name)
        elif part.name in self._taken_over:
            # Whose child it was knows how it ended, and is gone.
            self._taken_over.remove(part.name)
            self._note_end(part, "ended, nobody saw how")
        elif time.monotonic() >= self._start_at.get(part.name, 0):
            noted = _noted(part.folder)
            told = {"restarts": noted.get("restarts", 0), "last_end": noted.get("last_end")}
            self._own[part.name] = _launch(part, told | self._unwritten.get(part.name, {}))
            self._unwritten.pop(part.name, None)

    def _note_end(self, part: Part, how: str) -> None:
        noted = _noted(part.folder) | self._unwritten.get(part.name, {})
        self._wait(part, lasted_s=time.time() - noted.get("started_s", 0))
        ended = {"restarts": noted.get("restarts", 0) + 1, "last_end": how}
        self._unwritten[part.name] = ended
        write_whole(part.folder / _NOTED, json.dumps(noted | ended))
        del self._unwritten[part.name]

    def _wait(self, part: Part, lasted_s: float) -> None:
        crashes = 0 if lasted_s > STEADY_S else self._crashes.get(part.name, 0)
        self._start_at[part.name] = time.monotonic() + min(2.0**crashes, BACK_OFF_MAX_S)
        self._crashes[part.name] = crashes + 1


def rotate(log: Path) -> None:
    """Afterwards the log is small; what it held is in `<log>.1`, older ones have higher numbers, the oldest is gone.

    The program goes on writing to the same file, so it is copied and emptied. Raises OSError where there is no space
    for the copy; then all logs are as they were.
    """
    try:
        if log.stat().st_size < LOG_BYTES_MAX:
            return
    except FileNotFoundError:
        return
    # Copied before the others move up: on a full disk that would lose the oldest for nothing, each time.
    aside = log.with_name(f"{log.name}.aside")
    try:
        shutil.copyfile(log, aside)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    for number in range(LOGS_KEPT - 1, 0, -1):
        older = log.with_name(f"{log.name}.{number}")
        if older.exists():
            older.replace(log.with_name(f"{log.name}.{number + 1}"))
    aside.replace(log.with_name(f"{log.name}.1"))
    os.truncate(log, 0)


def execute(part: Part) -> NoReturn:
    """Becomes the program, for a supervisor such as systemd. Raises BadInput when it runs already."""
    descriptor = os.open(part.folder / _LOCK, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BadInput(f"{part.name} runs already.", hint="Stop it first: one program writes its folder.") from error
    os.set_inheritable(descriptor, True)
    noted = {"process_id": os.getpid(), "started_s": int(time.time()), "restarts": 0, "last_end": None}
    write_whole(part.folder / _NOTED, json.dumps(noted))
    os.chdir(part.folder)
    os.execve(part.arguments[0], part.arguments, {"HOME": str(part.folder), "PATH": "/usr/bin:/bin"} | part.environment)  # noqa: S606


def _launch(part: Part, noted: dict[str, Any]) -> "subprocess.Popen[bytes]":
    part.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Where this cannot be written, nothing is started: its process id could not be noted either.
    write_whole(part.folder / _NOTED, json.dumps(noted | {"process_id": None}))
    with (part.folder / _LOCK).open("w") as lock, part.log.open("ab") as log:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        process = subprocess.Popen(
            part.arguments,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=ROOT if part.name == _SUPERVISOR else part.folder,
            env={"HOME": str(part.folder), "PATH": "/usr/bin:/bin"} | part.environment,
            start_new_session=True,
            pass_fds=[lock.fileno()],
        )
    try:
        write_whole(
            part.folder / _NOTED, json.dumps(noted | {"process_id": process.pid, "started_s": int(time.time())})
        )
    except OSError:
        process.kill()
        process.wait()
        raise
    return process


def _end(parts: Sequence[Part], own: "dict[str, subprocess.Popen[bytes]] | None" = None) -> None:
    """Asks the programs to end, all at once, and waits for each as long as it may take."""
    running = [part for part in parts if is_running(part.folder)]
    asked = time.monotonic()
    for part in running:
        os.kill(_process_id(part.folder), part.stop_signal)
    for part in running:
        process = (own or {}).pop(part.name, None)
        left_s = max(0.0, asked + part.stop_timeout_s - time.monotonic())
        wait_until(lambda: not is_running(part.folder), left_s)  # noqa: B023 -- called at once
        if process:
            process.poll()


def _read_parts(folder: Path) -> list[Part]:
    try:
        described = json.loads((folder / _PARTS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [Part(**one | {"folder": Path(one["folder"]), "arguments": tuple(one["arguments"])}) for one in described]


def _noted(folder: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((folder / _NOTED).read_text()))
    except (OSError, ValueError):
        return {}


def _process_id(folder: Path) -> int:
    """The process id of a program that runs. It is noted a moment after the program has its lock."""
    if not wait_until(lambda: _noted(folder).get("process_id") is not None, _NOTED_WITHIN_S, 0.01):
        raise PartAway(f"Nothing says which process has {folder / _LOCK}.", hint="End it by hand (`fuser` names it).")
    return int(_noted(folder)["process_id"])


def _reap(process_id: int) -> None:
    try:
        os.waitpid(process_id, os.WNOHANG)
    except ChildProcessError:
        return


if __name__ == "__main__":
    Supervisor(Path(sys.argv[1])).run()
