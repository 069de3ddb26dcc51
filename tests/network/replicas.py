"""A streaming replica of a private PostgreSQL, made from the same programs."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from ledger.settings import Settings
from network import postgres, processes
from network.ports import LOOPBACK, free_port
from network.postgres_programs import give, programs_for, run


@contextmanager
def replica_of(settings: Settings, folder: Path) -> Iterator[int]:
    """The port of a replica that runs in `folder` and follows the server of the settings."""
    primary = postgres.folder_of(settings)
    data = folder / "data"
    data.mkdir(parents=True, mode=0o700)
    give(data)
    # The replica's own process reads the password, not this one.
    passfile = Path(shutil.copy(primary / f"{postgres.REPLICA}.pgpass", folder / "primary.pgpass"))
    passfile.chmod(0o600)
    give(passfile)
    port = postgres.status(settings).port
    address = f"host={LOOPBACK} port={port} user={postgres.REPLICA} passfile={passfile}"
    arguments = ["--pgdata", data, "--dbname", address, "--write-recovery-conf", "--checkpoint", "fast"]
    run(programs_for(primary / "data"), data, "pg_basebackup", arguments)
    replica_port = free_port()
    part = postgres.server_part("replica", folder, replica_port)
    processes.supervise(folder / "supervised", [part])
    try:
        postgres.await_answer(folder, replica_port, primary)
        yield replica_port
    finally:
        processes.stop(folder / "supervised")


def admin_of(settings: Settings, port: int) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection to the replica that may hold its replay."""
    return postgres.admin_connection(postgres.folder_of(settings), port)
