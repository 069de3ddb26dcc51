"""`ledger index`: brings the index up to the chain."""

import time
from typing import Annotated, Any, NoReturn

import typer
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from ledger.cli import output
from ledger.cli.help import CHECK
from ledger.cli.opened import Parts
from ledger.database import table_of
from ledger.errors import ChainBehindIndex, NotFound, PartAway
from ledger.index_digest import index_digest, table_digests
from ledger.indexer import converge, rebuild
from ledger.missing import Filling, FillingSeldom, fill_missing
from ledger.models.chain import ChainBlock, ChainLog, MissingDocument

POLL_S = 0.03
# After this long without a block: documents that were missing may be here.
LOOK_AGAIN_S = 1.0
WAIT_MAX_S = 30.0


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(rich_help_panel=CHECK)(index)


def index(
    follow: Annotated[bool, typer.Option("--follow", help="Go on when new blocks come, until interrupted.")] = False,
    again: Annotated[bool, typer.Option("--rebuild", help="Forget the index and make it anew from block 0.")] = False,
    digest: Annotated[bool, typer.Option("--digest", help="Show the digest of the index too.")] = False,
    as_json: output.Json = False,
) -> None:
    """Brings the index up to the chain; documents that were missing and are here now are filled in."""
    parts = Parts()
    if follow:
        _follow(parts, again=again)
    done = _index(parts, again=again)
    facts: dict[str, Any] = {
        "blocks_indexed": done,
        "block": _number(parts, ChainBlock, "number"),
        "logs": _count(parts, ChainLog),
        "documents_missing": _count(parts, MissingDocument),
    }
    if digest:
        facts["digest"] = index_digest(table_digests(parts.engine))
    output.show_facts("Index", facts, as_json=as_json)


def _follow(parts: Parts, *, again: bool) -> NoReturn:
    """Goes on for ever. Where a part is away or a disk is full it says so once, and tries again until it goes on."""
    wait_s, trouble, fill = LOOK_AGAIN_S, "", FillingSeldom()
    while True:
        try:
            done, last = _index(parts, again=again, fill=fill), _number(parts, ChainBlock, "number")
            if done:
                output.say(f"Indexed {done} blocks; block {last} is the last.")
            again, wait_s, trouble = False, LOOK_AGAIN_S, ""
            _await_block(parts, last)
        except ChainBehindIndex:
            raise
        except (PartAway, OperationalError, OSError) as error:
            reason = _reason(error)
            if reason != trouble:
                output.say(f"Waiting, and trying again: {reason}")
            trouble, wait_s = reason, min(wait_s * 2, WAIT_MAX_S)
            time.sleep(wait_s)


def _reason(error: PartAway | OperationalError | OSError) -> str:
    if isinstance(error, PartAway):
        return error.message
    if isinstance(error, OSError):
        return output.reason_of(error)
    # The first line of a database's error is what it is about; the others are the statement.
    return str(error.orig).splitlines()[0]


def _await_block(parts: Parts, last: int | None) -> None:
    """Waits until the chain has a block after `last`, at most LOOK_AGAIN_S."""
    until = time.monotonic() + LOOK_AGAIN_S
    while time.monotonic() < until and parts.chain.head() <= (-1 if last is None else last):
        time.sleep(POLL_S)


def _index(parts: Parts, *, again: bool, fill: Filling = fill_missing) -> int:
    deployment = parts.chain.deployment
    if deployment is None:
        raise NotFound("No deployment is known for this chain.", hint="Run `ledger deploy`.")
    run = rebuild if again else converge
    with output.progress("indexing blocks", parts.chain.head()) as advance:

        def told(block: int, _head: int) -> None:
            advance(block)

        return run(parts.engine, parts.chain, parts.documents, deployment, progress=told, fill=fill)


def _count(parts: Parts, model: Any) -> int:
    with parts.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table_of(model))).scalar_one())


def _number(parts: Parts, model: Any, column: str) -> int | None:
    with parts.engine.connect() as connection:
        found: int | None = connection.execute(select(func.max(table_of(model).c[column]))).scalar_one()
    return found
