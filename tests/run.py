"""Runs every suite, three at a time, and ends with one line that counts the tests: `N passed` or `N passed, M failed`.

What is marked `alone` comes last: it kills parts and says how soon the others go on, which means little on a machine that
is busy with something else. What it runs is built before.

TEST_LONG=1 asks each suite for its long form. Ends with 1 if any suite failed, whatever it counted, and prints again how
it ended.
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONG = os.environ.get("TEST_LONG") == "1"
PYTEST = [str(ROOT / ".venv" / "bin" / "python"), "-m", "pytest", "-p", "no:cacheprovider"]
# The short form is the same at every run; the long one looks further each time.
SEED = {"FOUNDRY_FUZZ_SEED": "0x1"}
# What a suite's last lines say: pytest's "3 passed, 1 failed in 2.1s", forge's "4 tests passed, 0 failed".
COUNT = re.compile(r"(\d+) (?:tests )?(passed|failed|errors?)\b")
CLOSING = re.compile(r"\bin [\d.]+s\b.*|\(\d+ total tests\)")
# One more than the processors of the machine that all is measured on, because suites wait for what they start.
LANES = 3
# How much of a failed suite is printed again.
LINES_AGAIN = 60


@dataclass
class Suite:
    """A command, the suite that it needs to have ended, and after it ran what it counted and how it ended."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    counting: bool = True
    alone: bool = False
    after: str = ""
    exit_code: int = -1
    took_s: float = 0.0
    last_lines: deque[str] = field(default_factory=lambda: deque(maxlen=LINES_AGAIN))

    @property
    def ended_well(self) -> bool:
        """It ended with 0 and, where it counts, counted at least one test."""
        return self.exit_code == 0 and (self.counts.get("passed", 0) > 0 or not self.counting)


def suites() -> list[Suite]:
    """All of them, in an order in which the lanes end at about the same time, also where the programs are built first."""
    brownie = [str(ROOT / ".venv-brownie" / "bin" / "python"), str(ROOT / "tests" / "contracts" / "run.py")]
    network = [*PYTEST, "tests/network", "-m"]
    return [
        Suite("ledger", [*PYTEST, "tests/ledger", "tests/properties"]),
        Suite("build", [str(ROOT / ".venv" / "bin" / "ledger"), "network", "build"], counting=False),
        Suite("contracts", brownie),
        Suite("network", [*network, "not validators and not alone"]),
        Suite("validators", [*network, "validators and not alone"], after="build"),
        Suite("api", [*PYTEST, "tests/api"]),
        Suite("invariants", [str(ROOT / "build/bin/forge"), "test"], {"FOUNDRY_PROFILE": "long"} if LONG else SEED),
        Suite("check", ["make", "--no-print-directory", "check"], counting=False),
        Suite("drills", [*network, "alone"], alone=True),
    ]


def run(suite: Suite) -> None:
    """Afterwards the suite has run, every line of it printed behind its name, and its counts are known."""
    began = time.monotonic()
    process = subprocess.Popen(
        suite.command,
        cwd=ROOT,
        env=os.environ | suite.environment | {"PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    with _LOCK:
        _RUNNING.add(process)
    for line in process.stdout or ():
        with _LOCK:
            sys.stdout.write(f"{suite.name:>10} | {line}")
            sys.stdout.flush()
        suite.last_lines.append(line)
        if CLOSING.search(line) and (counted := COUNT.findall(line)):
            suite.counts = {"failed" if word.startswith("error") else word: int(n) for n, word in counted}
    suite.exit_code = process.wait()
    suite.took_s = time.monotonic() - began
    with _LOCK:
        _RUNNING.discard(process)


def sequences(chosen: list[Suite]) -> list[list[Suite]]:
    """Those that run beside others, each behind the one that it needs."""
    found: dict[str, list[Suite]] = {}
    for suite in chosen:
        if not suite.alone:
            found.setdefault(suite.after if suite.after in found else suite.name, []).append(suite)
    return list(found.values())


def run_in_turn(suites: list[Suite]) -> None:
    """Afterwards all of them have run, unless everything was stopped."""
    for suite in suites:
        if not _STOPPED.is_set():
            run(suite)


def main() -> int:
    """0 when every suite ended well and counted at least one test, where it counts."""
    chosen = [suite for suite in suites() if suite.name in (sys.argv[1:] or [suite.name])]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    lanes = ThreadPoolExecutor(max_workers=LANES)
    try:
        for done in [lanes.submit(run_in_turn, suites) for suites in sequences(chosen)]:
            done.result()
        for suite in chosen:
            if suite.alone:
                run(suite)
    finally:
        _STOPPED.set()
        lanes.shutdown(wait=False, cancel_futures=True)
        for process in list(_RUNNING):
            os.killpg(process.pid, signal.SIGTERM)
    return report(chosen)


def report(ran: list[Suite]) -> int:
    """Prints how failed suites ended, a line a suite and the closing line; returns the exit code."""
    for suite in ran:
        if not suite.ended_well:
            print(f"{suite.name:>10} | failed; its last lines again:")
            print("".join(f"{suite.name:>10} | {line}" for line in suite.last_lines), end="")
    passed = failed = 0
    for suite in ran:
        wrong = suite.counts.get("failed", 0)
        passed += suite.counts.get("passed", 0)
        failed += wrong or int(not suite.ended_well)
        said = ", ".join(f"{count} {word}" for word, count in suite.counts.items()) or "no tests to count"
        print(f"{suite.name:>10} | {'ok' if suite.ended_well else 'FAILED'}, {said}, {suite.took_s:.0f} s")
    print(f"{passed} passed, {failed} failed" if failed else f"{passed} passed")
    return int(failed > 0)


_LOCK = threading.Lock()
_RUNNING: set["subprocess.Popen[str]"] = set()
_STOPPED = threading.Event()

if __name__ == "__main__":
    sys.exit(main())
