"""Which parts a profile runs on this machine, all kept running by one supervisor.

embedded     one anvil, SQLite, the document store on disk: for trying out
consortium   the validators that are at home here, a private IPFS daemon and a private PostgreSQL, each unless the
             settings name another
"""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from ledger.errors import BadInput
from ledger.files import write_whole
from ledger.settings import DATABASE_URL_FILE, IPFS_ADDRESS_FILE, Settings
from network import embedded, ipfs, postgres, processes, validators
from network.building import Progress
from network.description import read_network
from network.watching import await_blocks


class Profile(StrEnum):
    """A set of parts."""

    embedded = "embedded"
    consortium = "consortium"


def start_consortium(
    settings: Settings, described: Path, progress: Progress = lambda *_: None, say: Callable[[str], None] = print
) -> int:
    """Afterwards every part of the consortium that is at home here runs, and blocks are made; returns the last one.

    Raises BadInput when the description cannot be used or the embedded chain runs, PartAway when a part cannot be built
    or does not come up.
    """
    if embedded.status(settings).running:
        raise BadInput("The embedded chain runs in this state folder.", hint="Stop it with `ledger down`.")
    network = read_network(described)
    parts = validators.prepare(settings, network, progress)
    if own_ipfs := _is_own(settings, settings.ipfs_address, IPFS_ADDRESS_FILE, default=None):
        parts.append(ipfs.prepare(settings, progress))
    sqlite = f"sqlite:///{settings.state_dir / 'ledger.sqlite'}"
    if own_database := _is_own(settings, settings.database_url, DATABASE_URL_FILE, default=sqlite):
        parts.append(postgres.part(settings))
    say(f"Starting {', '.join(part.name for part in parts)}.")
    processes.supervise(validators.supervised_dir(settings), parts)
    if own_database:
        postgres.make_ready(settings)
    if own_ipfs:
        ipfs.await_answer(settings)
    placed = validators.places(settings, network, as_noted=True)
    number = await_blocks(placed)
    write_whole(settings.endpoint_file, "".join(f"{place.url}\n" for place in placed if place.here))
    return number


def stop(settings: Settings) -> list[str]:
    """Afterwards no part runs; what they hold is on disk. Returns what was stopped. Raises PartAway."""
    folder = validators.supervised_dir(settings)
    running = [one.name for one in processes.statuses(folder) if one.running]
    if processes.stop(folder):
        settings.endpoint_file.unlink(missing_ok=True)
    return running + (["chain"] if embedded.stop(settings) else [])


def is_consortium_running(settings: Settings) -> bool:
    """Whether a supervisor keeps the consortium's parts running."""
    return processes.is_supervised(validators.supervised_dir(settings))


def part_sentences(settings: Settings) -> dict[str, str]:
    """Of every supervised part, whether it runs and how it fared."""
    said = {}
    for one in processes.statuses(validators.supervised_dir(settings)):
        state = f"process {one.process_id}" if one.running else "not running"
        said[one.name] = state + (f", started again {one.restarts} times, {one.last_end}" if one.restarts else "")
    return said


def _is_own(settings: Settings, named: str | None, noted_in: Path, *, default: str | None) -> bool:
    """Whether what the settings name is the private part of this state folder, made already or not yet."""
    noted = settings.state_dir / noted_in
    return named == default or (noted.exists() and noted.read_text(encoding="utf-8").strip() == named)
