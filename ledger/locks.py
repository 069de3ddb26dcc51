"""Locks that processes on different machines hold on a database they share."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from ledger.database import LOCK_SPACE, Lock

POLL_S = 0.2


@contextmanager
def holding(engine: Engine, lock: Lock, *, wait_s: float | None = None) -> Iterator[bool]:
    """Inside, no other process of any machine holds that lock of the database; it falls when its holder ends.

    Waits for it, for ever or `wait_s`; False when it was not free by then. SQLite, which is of one machine, gives it at
    once: there the transactions that write exclude each other.
    """
    if engine.dialect.name == "sqlite":
        yield True
        return
    deadline = None if wait_s is None else time.monotonic() + wait_s
    named = {"space": LOCK_SPACE, "lock": lock}
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # The lock is the connection's, and goes with it: it is not given back to the pool.
        connection.detach()
        while not (has := bool(connection.scalar(text("SELECT pg_try_advisory_lock(:space, :lock)"), named))):
            if deadline is not None and time.monotonic() > deadline:
                break
            time.sleep(POLL_S)
        yield has
        # The server would notice that the connection is closed, but a moment too late for who asks next. After an error
        # that has to do: it may be the server that does not answer.
        if has:
            with suppress(DBAPIError):
                connection.execute(text("SELECT pg_advisory_unlock(:space, :lock)"), named)
