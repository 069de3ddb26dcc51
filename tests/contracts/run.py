"""Runs brownie's tests in a folder of their own below build/, on an anvil of their own, so that runs never meet.

Arguments go to pytest. CONTRACTS="FundLedger Participants" compiles those, and what they import, alone.
"""

import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
ANVIL = {"accounts": 20, "chain_id": 1337, "evm_version": "cancun", "gas_limit": 300_000_000, "base_fee": 0}
IMPORT = re.compile(r'^\s*(?:import|\})[^;"]*"(\.[^"]+)"', re.MULTILINE)


def main() -> int:
    """The exit code of pytest; the folder is gone afterwards, and so is the chain."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what it started is ended, too
    runs = ROOT / "build" / "brownie"
    runs.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=runs))
    try:
        environment = prepare(folder)
        program = [str(Path(sys.executable).parent / "brownie"), "test", *(sys.argv[1:] or ["tests/contracts"])]
        tests = subprocess.Popen(program, cwd=folder, env=environment, start_new_session=True)
        try:
            return tests.wait()
        except KeyboardInterrupt:
            return 130
        finally:  # brownie ends its anvil; this ends it too when brownie itself was killed
            end_session(tests.pid)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def prepare(folder: Path) -> dict[str, str]:
    """Afterwards `folder` is a brownie project with the contracts and tests as they stand; returns its environment."""
    names = os.environ.get("CONTRACTS", "").split()
    wanted = [ROOT / "contracts" / f"{name}.sol" for name in names] or sorted((ROOT / "contracts").glob("*.sol"))
    copy(closure(wanted), folder)
    copy([ROOT / "brownie-config.yaml", *(ROOT / "tests" / "contracts").rglob("*")], folder)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    (folder / "scripts").mkdir()
    settings = folder / "home" / ".brownie" / "network-config.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text(yaml.safe_dump(networks()))
    return os.environ | {
        "HOME": str(folder / "home"),
        "PATH": f"{ROOT / 'build' / 'bin'}:{os.environ['PATH']}",
        "SOLCX_BINARY_PATH": str(ROOT / "build" / "solc"),
    }


def networks() -> dict[str, list[dict[str, object]]]:
    """Brownie's own list of networks, with `development` on a free port of the loopback interface."""
    brownie = Path(importlib.util.find_spec("brownie").origin).parent
    known = yaml.safe_load((brownie / "data" / "network-config.yaml").read_text())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for network in known["development"]:
        if network["id"] == "development":
            network["cmd_settings"] = ANVIL | {"port": port}
    return known


def closure(paths: Iterable[Path]) -> set[Path]:
    """The sources and everything that they import by a relative path."""
    found: set[Path] = set()
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [(path.parent / name).resolve() for name in IMPORT.findall(path.read_text(encoding="utf-8"))]
    return found


def copy(paths: Iterable[Path], folder: Path) -> None:
    """Afterwards the files stand in `folder` where they stand in the project."""
    for path in paths:
        if path.is_file() and path.suffix != ".pyc":
            target = folder / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)


def end_session(leader: int) -> None:
    """Afterwards no process of the session that `leader` began is running."""
    try:
        os.killpg(leader, signal.SIGTERM)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    sys.exit(main())
