"""Brings the index up to the chain. A block's raw logs, rows, totals, journals and its own row commit together.

    chain ──blocks──▶ converge ──events──▶ HANDLERS ──rows──▶ database
                          ▲
                      documents (contents, each hashed again)

The block row is the cursor: a crash at any moment leaves the index at a whole block. An undecodable log, an error in a
handler or a chain that does not go on from the last indexed block stops the indexer; nothing is ever skipped.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, Protocol

from sqlalchemy import Engine, delete, func, select
from sqlmodel import Session

from ledger.blocks import Block, BlockSource
from ledger.canonical import canonical_bytes
from ledger.contents import ContentResolver, DocumentSource
from ledger.database import Lock, insert, insert_rows, table_of, writing
from ledger.decoder import Decoded, LogDecoder
from ledger.errors import ChainBehindIndex, ChainForked, UndecodableLog, WrongChain
from ledger.events import Event
from ledger.journal import EMPTY, keccak
from ledger.locks import holding
from ledger.missing import Filling, fill_missing
from ledger.models import CHAIN, DERIVED, PER_BLOCK, UNRESOLVED
from ledger.models.chain import ChainBlock, ChainIdentity, ChainLog, ChainTransaction, JournalHead
from ledger.projections import HANDLERS

LOGS_PER_FETCH = 4_000
BLOCKS_PER_FETCH_MAX = 1_000
_LOG_COLUMNS = (
    "block_number",
    "log_index",
    "transaction_index",
    "contract",
    "journal_no",
    "actor_id",
    "record",
)


class DeploymentIdentity(Protocol):
    """What has to be known of a deployment. `contracts.Deployment` is one."""

    @property
    def chain_id(self) -> int:
        """eth_chainId."""

    @property
    def genesis_hash(self) -> str:
        """Hash of block 0."""

    @property
    def addresses(self) -> Mapping[str, str]:
        """Address by contract name."""


Progress = Callable[[int, int], None]
"""Called with (last indexed block, head) after each commit."""


def converge(
    engine: Engine,
    source: BlockSource,
    documents: DocumentSource,
    deployment: DeploymentIdentity,
    *,
    blocks_max: int | None = None,
    progress: Progress | None = None,
    fill: Filling = fill_missing,
) -> int:
    """Indexes at most `blocks_max` blocks after the last indexed one, all without it, and returns how many it did.

    Documents that were missing and are here now are filled in first, by `fill`. While another process indexes into this
    database, this one waits, and goes on where that one stopped.

    Raises WrongChain, ChainBehindIndex, ChainForked or UndecodableLog; what was committed before stays, whole blocks.
    """
    with holding(engine, Lock.INDEXING):
        return _converge(engine, source, documents, deployment, blocks_max, progress, fill)


def rebuild(
    engine: Engine,
    source: BlockSource,
    documents: DocumentSource,
    deployment: DeploymentIdentity,
    *,
    progress: Progress | None = None,
    fill: Filling = fill_missing,
) -> int:
    """Forgets what was indexed and indexes the chain again from block 0; returns how many blocks it did.

    The outbox, the donors' openings and the published lists' fingerprints stay. Interrupted, it leaves an index that
    is short of the head, from which `converge` goes on.
    """
    with holding(engine, Lock.INDEXING):
        with Session(writing(engine, Lock.INDEX)) as session, session.begin():
            for model in (*CHAIN, *PER_BLOCK, *DERIVED, *UNRESOLVED):
                session.connection().execute(delete(table_of(model)))
        return _converge(engine, source, documents, deployment, None, progress, fill)


def next_span(blocks: int, logs: int) -> int:
    """How many blocks to ask for next, so that one answer holds about LOGS_PER_FETCH logs, whatever the list."""
    fitting = LOGS_PER_FETCH * blocks // max(logs, 1)
    return max(1, min(fitting, blocks * 4, BLOCKS_PER_FETCH_MAX))


def open_index(engine: Engine, source: BlockSource, deployment: DeploymentIdentity) -> Block | None:
    """The last indexed block, or None. Afterwards the database is bound to this chain and these contracts.

    Raises WrongChain when it is bound to others, ChainBehindIndex or ChainForked when the chain does not hold the last
    indexed block.
    """
    _bind(engine, source, deployment)
    with Session(engine) as session:
        tip = last_block(session)
    if tip is None:
        return None
    head = source.head()
    if head < tip.number:
        raise ChainBehindIndex(f"The chain's head is block {head}, but block {tip.number} was indexed from it.")
    found = source.block_hash(tip.number)
    if found != tip.hash:
        raise ChainForked(f"Block {tip.number} was indexed as {tip.hash}; the chain now has {found} there.")
    return tip


def last_block(session: Session) -> Block | None:
    """The header of the last indexed block, without its logs."""
    table = table_of(ChainBlock)
    row = session.connection().execute(select(table).order_by(table.c.number.desc()).limit(1)).one_or_none()
    return Block(row.number, row.hash, row.parent_hash, row.timestamp_s, ()) if row else None


def replay(session: Session, block: Block, logs: Sequence[tuple[int, int, Decoded]], resolver: ContentResolver) -> None:
    """Applies a block's decoded logs, (log index, journal_no, decoded), to the derived tables through the handlers."""
    contents = resolver.resolve([decoded[2] for _, _, decoded in logs])
    runs: list[list[Event]] = []
    kind: type | None = None
    number = block.number
    for (log_index, journal_no, (contract, _, fields)), content in zip(logs, contents, strict=True):
        if type(fields) is not kind:
            kind = type(fields)
            runs.append([])
        runs[-1].append(Event(contract, journal_no, number, log_index, fields, content))
    for run in runs:
        HANDLERS[type(run[0].fields)](session, run)
        resolver.note_missing(session, run)


def _converge(
    engine: Engine,
    source: BlockSource,
    documents: DocumentSource,
    deployment: DeploymentIdentity,
    blocks_max: int | None,
    progress: Progress | None,
    fill: Filling,
) -> int:
    tip = open_index(engine, source, deployment)
    decoder = LogDecoder(deployment.addresses)
    resolver = ContentResolver(documents)
    fill(engine, resolver)
    first = tip.number + 1 if tip else 0
    head = source.head()
    last = head if blocks_max is None else min(head, first + blocks_max - 1)
    done, span = 0, 1
    with _collecting_seldom() as collect:
        while (start := tip.number + 1 if tip else 0) <= last:
            blocks = source.blocks(start, min(start + span - 1, last), list(decoder.addresses.values()))
            _check_chain(tip, start, blocks)
            with Session(writing(engine, Lock.INDEX)) as session, session.begin():
                goes_on = last_block(session) == tip
                if goes_on:
                    _apply(session, blocks, decoder, resolver)
            if not goes_on:
                # Another process indexed meanwhile: on from where it is now.
                tip = open_index(engine, source, deployment)
                continue
            tip = blocks[-1]._replace(logs=())
            done += len(blocks)
            span = next_span(len(blocks), sum(len(block.logs) for block in blocks))
            blocks = []
            collect()
            if progress:
                progress(tip.number, head)
    return done


def _apply(session: Session, blocks: Sequence[Block], decoder: LogDecoder, resolver: ContentResolver) -> None:
    journals = _journals(session)
    decode = decoder.decode
    for block in blocks:
        logs: list[tuple[int, int, Decoded]] = []
        rows: list[tuple[Any, ...]] = []
        transactions: dict[int, str] = {}
        number, place, transaction_index = block.number, None, -1
        for log in block.logs:
            decoded = decode(log)
            contract, record, fields = decoded
            count, head = journals.get(contract, EMPTY)
            count += 1
            journals[contract] = (count, keccak(head + record))
            log_index = int(log["logIndex"], 16)
            if log["transactionIndex"] != place:
                place = log["transactionIndex"]
                transaction_index = int(place, 16)
                transactions[transaction_index] = log["transactionHash"]
            # A bytearray, because for bytes the driver looks for an adapter.
            rows.append((number, log_index, transaction_index, contract, count, fields[2], bytearray(record)))
            logs.append((log_index, count, decoded))
        _insert_block(session, block, rows, transactions)
        replay(session, block, logs, resolver)
        touched = sorted({row[3] for row in rows})
        heads = [(name, number, journals[name][0], journals[name][1].hex()) for name in touched]
        insert_rows(session, JournalHead, ("contract", "block_number", "count", "head"), heads)


def _insert_block(session: Session, block: Block, rows: list[tuple[Any, ...]], transactions: Mapping[int, str]) -> None:
    header = (block.number, block.hash, block.parent_hash, block.timestamp_s)
    insert_rows(session, ChainBlock, ("number", "hash", "parent_hash", "timestamp_s"), [header])
    hashes = [(block.number, index, transaction_hash) for index, transaction_hash in sorted(transactions.items())]
    insert_rows(session, ChainTransaction, ("block_number", "transaction_index", "hash"), hashes)
    insert_rows(session, ChainLog, _LOG_COLUMNS, rows)


def _journals(session: Session) -> dict[str, tuple[int, bytes]]:
    table = table_of(JournalHead)
    newest = select(table.c.contract, func.max(table.c.block_number).label("block")).group_by(table.c.contract)
    last = newest.subquery()
    rows = session.connection().execute(
        select(table.c.contract, table.c.count, table.c.head).join(
            last, (table.c.contract == last.c.contract) & (table.c.block_number == last.c.block)
        )
    )
    return {contract: (count, bytes.fromhex(head)) for contract, count, head in rows}


@contextmanager
def _collecting_seldom() -> Iterator[Callable[[], object]]:
    """Leaves cyclic garbage until the yielded function is called: once an answer of the node, not again and again while
    its thousands of dicts are made, which takes as long as parsing them.
    """
    was_enabled = gc.isenabled()
    # What is there already is not looked through at every collection.
    gc.freeze()
    gc.disable()
    try:
        yield gc.collect
    finally:
        gc.unfreeze()
        if was_enabled:
            gc.enable()


def _check_chain(tip: Block | None, start: int, blocks: Sequence[Block]) -> None:
    before = tip
    for number, block in enumerate(blocks, start):
        if block.number != number:
            raise UndecodableLog(f"The node was asked for block {number} and gave block {block.number}.")
        if before and block.parent_hash != before.hash:
            raise ChainForked(
                f"Block {block.number} follows {block.parent_hash}, but block {before.number} is {before.hash}."
            )
        indexes = [int(log["logIndex"], 16) for log in block.logs]
        if any(later <= earlier for earlier, later in pairwise(indexes)):
            raise UndecodableLog(f"The node gave the logs of block {block.number} out of order, or one twice.")
        before = block


def _bind(engine: Engine, source: BlockSource, deployment: DeploymentIdentity) -> None:
    addresses = canonical_bytes(dict(deployment.addresses)).decode()
    mine = (deployment.chain_id, deployment.genesis_hash, addresses)
    found = (source.chain_id(), source.block_hash(0), addresses)
    if found != mine:
        raise WrongChain(f"The deployment is on chain {mine[:2]}, but the node is on chain {found[:2]}.")
    with Session(writing(engine, Lock.INDEX)) as session, session.begin():
        table = table_of(ChainIdentity)
        row = session.connection().execute(select(table)).one_or_none()
        if row is None:
            values = dict(zip(("chain_id", "genesis_hash", "addresses"), mine, strict=True))
            insert(session, ChainIdentity, **values)
        elif tuple(row) != mine:
            raise WrongChain(f"This database is about chain {tuple(row)}, not about {mine}.")
