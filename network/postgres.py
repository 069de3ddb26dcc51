"""A private PostgreSQL on loopback for index and outbox, for people without one. Its state is below the state folder.

    start ──▶ running (kept so by a supervisor) ──stop──▶ stopped
                 └──kill -9, power cut──▶ started again: it replays its log, what was committed is there

Four roles, each with a random password that is in a file of its own and nowhere else: `ledger_admin` makes the others,
`ledger` owns the database and writes, `ledger_read` may select from the published tables, `ledger_replica` streams.
`ledger.url` and `ledger_read.url` name the password's file, not the password; settings find them by themselves, also
while the server is stopped, so that nobody writes into another database by mistake.

The data folder is made aside and renamed when it is whole, so a start that was killed leaves nothing half made.
"""

import secrets
import shutil
import signal
import time
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg import sql
from sqlalchemy import URL

from ledger.database import READING_ROLE
from ledger.errors import BadInput, PartAway
from ledger.files import write_whole
from ledger.settings import DATABASE_URL_FILE, READ_URL_FILE, Settings
from network import processes
from network.folders import changing, disk_bytes
from network.ports import LOOPBACK, free_port
from network.postgres_programs import as_account, environment, give, programs_for, run, server_account
from network.processes import Part

DATABASE = "ledger"
ADMIN, OWNER, READER, REPLICA = "ledger_admin", "ledger", READING_ROLE, "ledger_replica"
START_TIMEOUT_S = 60.0
_POLL_S = 0.05
_PORT = "port"
_SUPERVISED = "supervised"
_CONFIGURATION = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "128MB",
    # A commit that was reported is on disk: the outbox's nonces depend on it.
    "fsync": "on",
    "synchronous_commit": "on",
    # After a crash the whole file system is written out at once, not one file after the other: seconds less.
    "recovery_init_sync_method": "syncfs",
    "wal_level": "replica",
    "max_wal_senders": "4",
    "wal_keep_size": "128MB",
    "max_wal_size": "512MB",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    # Never what a statement carried: names are among it.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
_ADMITTED = (("all", ADMIN), ("all", OWNER), ("all", READER), ("replication", REPLICA))


class PostgresStatus(NamedTuple):
    """What is known of the private server. `size_bytes` is what its data folder takes."""

    running: bool
    port: int | None
    process_id: int | None
    version: int | None
    size_bytes: int


def start(settings: Settings) -> PostgresStatus:
    """Afterwards the server answers, the roles and the database are there, and settings find their URLs.

    Where it runs already, nothing changes. Raises PartAway when PostgreSQL is not installed, or does not come up.
    """
    own = part(settings)
    processes.supervise(own.folder / _SUPERVISED, [own])
    make_ready(settings)
    return status(settings)


def stop(settings: Settings) -> bool:
    """Afterwards the server does not run; who was connected is cut off, what was not committed is undone.

    False when it did not run. Raises PartAway when it does not end in time.
    """
    return processes.stop(folder_of(settings) / _SUPERVISED)


def status(settings: Settings) -> PostgresStatus:
    """Whether the server runs and where. Nothing is changed."""
    folder = folder_of(settings)
    data, port = folder / "data", _noted_port(folder)
    size_bytes = disk_bytes(data)
    if not port or not processes.is_running(folder):
        return PostgresStatus(False, None, None, None, size_bytes)
    return PostgresStatus(True, port, _process_id(data), programs_for(data).version, size_bytes)


def part(settings: Settings) -> Part:
    """The server as a program to be kept running. Afterwards its data folder is made, and its port chosen."""
    folder = folder_of(settings)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711 if server_account() else 0o700)
    with changing(folder):
        make_data(folder)
        if not processes.is_running(folder):
            write_whole(folder / _PORT, str(free_port(_noted_port(folder))))
    return server_part("postgres", folder, _noted_port(folder))


def make_ready(settings: Settings) -> None:
    """Waits until the server answers. Afterwards roles and database are there, and settings find their URLs.

    Raises PartAway with what the server said when it does not come up.
    """
    folder = folder_of(settings)
    port = _noted_port(folder)
    await_answer(folder, port)
    _make_roles(folder, port)
    for role, name in ((OWNER, DATABASE_URL_FILE), (READER, READ_URL_FILE)):
        write_whole(settings.state_dir / name, url_of(folder, role, port) + "\n")


def folder_of(settings: Settings) -> Path:
    """Where the private server keeps everything."""
    return settings.state_dir / "postgres"


def url_of(folder: Path, role: str, port: int, database: str = DATABASE) -> str:
    """SQLAlchemy's URL for that role, whose password is in `folder`; it names the file of the password."""
    query = {"passfile": str(folder / f"{role}.pgpass"), "connect_timeout": "10"}
    made = URL.create("postgresql+psycopg", username=role, host=LOOPBACK, port=port, database=database, query=query)
    return made.render_as_string()


def make_data(folder: Path) -> None:
    """Afterwards `data` holds a database cluster, and each role has its password's file.

    Raises BadInput when there is a cluster and not its admin's password: nothing here could open it.
    """
    data, fresh = folder / "data", folder / "data.fresh"
    is_made, key = (data / "PG_VERSION").exists(), folder / f"{ADMIN}.pgpass"
    if is_made and not key.exists():
        raise BadInput(
            f"{key} is not there, and {data} lets nobody in without it.",
            hint="Put it back from the backup, mode 0600; docs/operations.md, Back-up and restore, says what to do "
            "where there is none.",
        )
    for role in (ADMIN, OWNER, READER, REPLICA):
        # The others' passwords are set anew at every start.
        _make_password(folder, role)
    if is_made:
        return
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    password = folder / "initdb.password"
    write_whole(password, _password(folder, ADMIN) + "\n")
    give(fresh)
    give(password)
    try:
        # Text in the order of its bytes, as SQLite has it, so that a page of the API is the same on both.
        locale = ("--encoding", "UTF8", "--locale", "C")
        access = ("--username", ADMIN, "--pwfile", password, "--auth", "scram-sha-256")
        run(programs_for(fresh), fresh, "initdb", ["-D", fresh, *access, *locale])
    finally:
        password.unlink()
    rules = fresh / "pg_hba.conf"
    write_whole(rules, "".join(f"host {where} {role} {LOOPBACK}/32 scram-sha-256\n" for where, role in _ADMITTED))
    give(rules)
    fresh.rename(data)


def server_part(name: str, folder: Path, port: int) -> Part:
    """A server for the data in that folder, to be kept running in the foreground under the right account."""
    data = folder / "data"
    programs = programs_for(data)
    options = [f"{option}={value}" for option, value in (_CONFIGURATION | {"port": str(port)}).items()]
    flags = [argument for option in options for argument in ("-c", option)]
    command = [*as_account(programs, data), programs.folder / "postgres", "-D", data, *flags]
    # SIGINT: nobody is waited for, everything is written.
    return Part(name, folder, tuple(map(str, command)), environment(), signal.SIGINT)


def await_answer(folder: Path, port: int, passwords: Path | None = None) -> None:
    """Afterwards the server of `folder` lets `ledger_admin` in. Raises PartAway with what it said when it does not."""
    log = folder / "output.log"
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            with admin_connection(passwords or folder, port):
                return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                said = processes.end_of(log)
                raise PartAway(f"PostgreSQL does not come up. It said: {said}", hint=f"See {log}.") from error
        time.sleep(_POLL_S)


def admin_connection(folder: Path, port: int, database: str = "postgres") -> "psycopg.Connection[Any]":
    """A connection that makes roles and databases; each statement is its own transaction."""
    return psycopg.connect(
        host=LOOPBACK,
        port=port,
        user=ADMIN,
        dbname=database,
        passfile=str(folder / f"{ADMIN}.pgpass"),
        connect_timeout=5,
        autocommit=True,
    )


def _make_roles(folder: Path, port: int) -> None:
    with admin_connection(folder, port) as connection:
        for role, rights in ((OWNER, "LOGIN"), (READER, "LOGIN"), (REPLICA, "LOGIN REPLICATION")):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            # Only what the password is checked against is told to the server, so that no log can hold it.
            verifier = connection.pgconn.encrypt_password(_password(folder, role).encode(), role.encode())
            statement = sql.SQL("{verb} ROLE {role} {rights} PASSWORD {verifier}")
            connection.execute(
                statement.format(
                    verb=sql.SQL("ALTER" if known else "CREATE"),
                    role=sql.Identifier(role),
                    rights=sql.SQL(rights),
                    verifier=sql.Literal(verifier.decode()),
                )
            )
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            made = sql.SQL("CREATE DATABASE {name} OWNER {owner}")
            connection.execute(made.format(name=sql.Identifier(DATABASE), owner=sql.Identifier(OWNER)))


def _make_password(folder: Path, role: str) -> None:
    path = folder / f"{role}.pgpass"
    if not path.exists():
        write_whole(path, f"*:*:*:{role}:{secrets.token_urlsafe(32)}\n")


def _password(folder: Path, role: str) -> str:
    return (folder / f"{role}.pgpass").read_text().strip().rpartition(":")[2]


def _noted_port(folder: Path) -> int:
    """The port of the last start; 0 before the first."""
    try:
        return int((folder / _PORT).read_text())
    except FileNotFoundError:
        return 0


def _process_id(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
