"""The outbox's tables: what was asked for, what was signed for it, what became of it. `outbox.py` draws the states.

Every function works in the caller's database transaction and commits nothing.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, and_, delete, func, insert, select, update
from sqlmodel import Session

from ledger.chain import Receipt
from ledger.contracts import encode_call, encode_constructor, encode_head, encode_line
from ledger.database import insert_rows, table_of
from ledger.errors import CheckFailed, Conflict, TransactionRefused
from ledger.models.outbox import MINED, REVERTED, SIGNED, OutboxEntry, OutboxTransaction

CONSTRUCTOR = "constructor"
# Single writes that stand on none of those that may be under way: contracts that are made, and their names.
_SINGLE_INTAKE = frozenset({CONSTRUCTOR, "namePart"})
RUN_ENTRIES_MAX = 3_200
_SQL_VARIABLES_MAX = 500
T = TypeVar("T")
# Statements are written against the tables: the mapped classes' attributes have the rows' types, not the columns'.
_ENTRY, _TRANSACTION = table_of(OutboxEntry), table_of(OutboxTransaction)
_E, _T = _ENTRY.c, _TRANSACTION.c
_CARRIED = (_E.account, _E.contract, _E.function, _E.head, _E.line, _E.sequence)
_ASKED = ("key", "account", "contract", "function", "head", "line", "content")
_QUEUED = and_(_E.transaction_sequence.is_(None), _E.refused_name.is_(None))


class Entry(NamedTuple):
    """One write: `function` of `contract`, called by `account`, once for this `key`.

    With a `line`, `head_args` are the arguments before the array of lines, and entries that follow each other and
    differ in the line only are sent as one batch. Without, `head_args` are all arguments. The function `constructor`
    makes the contract.
    """

    key: str
    account: str
    contract: str
    function: str
    head_args: tuple[Any, ...]
    line: tuple[Any, ...] | bytes | None = None


class Kept(NamedTuple):
    """A signed transaction as it is kept."""

    sequence: int
    account: str
    address: str
    nonce: int
    hash: bytes
    signed: bytes
    contract: str
    function: str
    genesis_hash: str
    state: str
    block_timestamp_s: int | None = None


class Batch(NamedTuple):
    """Queued entries that one transaction can carry, in order."""

    account: str
    contract: str
    function: str
    head: bytes
    sequences: tuple[int, ...]
    lines: tuple[bytes, ...] | None

    @property
    def is_intake(self) -> bool:
        """Whether it stands on no other: sent without trying it first, and while others are under way."""
        return self.lines is not None or self.function in _SINGLE_INTAKE


_KEPT = tuple(_T[name] for name in Kept._fields)


def enqueue(session: Session, entries: Iterable[Entry]) -> int:
    """Afterwards every entry is in the outbox, in this order; returns how many were not there yet.

    An entry whose key is there with the same content stays as it is, unless it had been refused: then it is tried
    again. Raises Conflict when a key is there with other content; the caller's transaction has to be rolled back.
    """
    added = 0
    rows = _rows(entries)
    while chunk := list(islice(rows, _SQL_VARIABLES_MAX)):
        by_key = {row["key"]: row for row in chunk}
        for row in chunk:
            _require_same(by_key[row["key"]]["content"], row)
        known = session.execute(select(_E.key, _E.content, _E.refused_name).where(_E.key.in_(by_key))).all()
        for key, content, refused in known:
            _require_same(content, by_key[key])
            if refused is None:
                del by_key[key]
        if again := [key for key, _, refused in known if refused is not None]:
            session.execute(delete(_ENTRY).where(_E.key.in_(again)))
        insert_rows(session, OutboxEntry, _ASKED, [tuple(row.values()) for row in by_key.values()])
        added += len(by_key)
    return added


def next_run(
    session: Session, lines_max: Callable[[str], int], functions: Collection[str] | None = None
) -> list[Batch]:
    """The next batches that can be under way together, in order: those of one account's intake, or one other write.

    Of these functions only, if any are named.
    """
    wanted = _QUEUED if functions is None else and_(_QUEUED, _E.function.in_(functions))
    queued = session.execute(select(*_CARRIED).where(wanted).order_by(_E.sequence).limit(RUN_ENTRIES_MAX)).all()
    run: list[Batch] = []
    for (account, _, function, _, single), rows in groupby(
        queued, key=lambda row: (*row[:4], row[5] if row[4] is None else None)
    ):
        part = [_batch(entries) for entries in _chunks(rows, 1 if single is not None else lines_max(function))]
        if run and (account != run[0].account or not part[0].is_intake):
            return run
        if not part[0].is_intake:
            return part
        run += part
    return run


def queued_count(session: Session) -> int:
    """How many entries wait to be signed."""
    return session.scalar(select(func.count()).select_from(_ENTRY).where(_QUEUED)) or 0


def is_waiting(session: Session, keys: Sequence[str]) -> bool:
    """Whether any of these entries is queued."""
    return any(
        session.scalar(select(_E.key).where(_QUEUED, _E.key.in_(keys[first : first + _SQL_VARIABLES_MAX])).limit(1))
        for first in range(0, len(keys), _SQL_VARIABLES_MAX)
    )


def next_sequence(session: Session) -> int:
    """The position of the next transaction among all."""
    return (session.scalar(select(func.max(_T.sequence))) or 0) + 1


def next_nonce(session: Session, address: str) -> int | None:
    """The nonce after the last one that was signed with; None when this account signed nothing yet."""
    last = session.scalar(select(func.max(_T.nonce)).where(_T.address == address))
    return None if last is None else last + 1


def store_signed(session: Session, signed: Sequence[tuple[Kept, Batch]]) -> None:
    """Afterwards these transactions are kept, and carry their batches' entries. Only then may they be sent.

    Raises CheckFailed when they would carry others than these, or not all.
    """
    session.execute(insert(_TRANSACTION), [one._asdict() | {"hash": one.hash.hex()} for one, _ in signed])
    for one, batch in signed:
        first, last = batch.sequences[0], batch.sequences[-1]
        # What lies between and is not of this batch was passed over, and so is of another function.
        carried = session.connection().execute(
            update(_ENTRY)
            .where(_E.sequence.between(first, last), _E.function == batch.function, _QUEUED)
            .values(transaction_sequence=one.sequence)
        )
        if carried.rowcount != len(batch.sequences):
            raise CheckFailed(f"Entries {first} to {last} of the outbox are not those that were signed for.")


def unfinished(session: Session) -> list[Kept]:
    """The transactions of which it is not known that they were mined, in the order in which they were signed."""
    return _kept(session, select(*_KEPT).where(_T.state == SIGNED).order_by(_T.sequence))


def last_finished(session: Session) -> Kept | None:
    """The last transaction that is known to have been mined: a chain that lacks it lost something."""
    finished = select(*_KEPT).where(_T.state.in_((MINED, REVERTED))).order_by(_T.sequence.desc()).limit(1)
    return next(iter(_kept(session, finished)), None)


def addresses(session: Session) -> list[str]:
    """Every account that signed anything."""
    return list(session.scalars(select(_T.address).distinct().order_by(_T.address)))


def kept(session: Session, after: int, limit: int) -> list[Kept]:
    """At most `limit` transactions with a sequence above `after`, whatever became of them, in order."""
    return _kept(session, select(*_KEPT).where(_T.sequence > after).order_by(_T.sequence).limit(limit))


def finish(session: Session, mined: Sequence[tuple[int, Receipt]], times_s: Mapping[int, int]) -> int:
    """Notes what became of mined transactions, by sequence, and when their blocks were made.

    Returns how many entries are recorded by them.
    """
    session.execute(
        update(OutboxTransaction),
        [
            {
                "sequence": sequence,
                "state": MINED if receipt.succeeded else REVERTED,
                "block_number": receipt.block_number,
                "block_timestamp_s": times_s[receipt.block_number],
                "contract_address": receipt.contract_address,
            }
            for sequence, receipt in mined
        ],
    )
    succeeded = [sequence for sequence, receipt in mined if receipt.succeeded]
    return session.scalar(select(func.count()).select_from(_ENTRY).where(_E.transaction_sequence.in_(succeeded))) or 0


def reverted_batches(session: Session) -> list[tuple[int, Batch]]:
    """What reverted transactions carried and is neither refused nor queued again, with the transaction's sequence."""
    rows = session.execute(
        select(_T.sequence, *_CARRIED)
        .join_from(_ENTRY, _TRANSACTION, _E.transaction_sequence == _T.sequence)
        .where(_T.state == REVERTED)
        .order_by(_T.sequence, _E.sequence)
    ).all()
    return [
        (sequence, _batch([row[1:] for row in carried])) for sequence, carried in groupby(rows, key=lambda row: row[0])
    ]


def refuse(session: Session, sequence: int, refusal: TransactionRefused) -> str:
    """Marks one entry as refused, for good unless it is asked for again; returns its key."""
    session.execute(
        update(_ENTRY)
        .where(_E.sequence == sequence)
        .values(
            transaction_sequence=None,
            refused_name=refusal.name,
            refused_args=json.dumps(refusal.args_by_name, default=bytes.hex),
            refused_sentence=refusal.message,
        ),
    )
    key = session.scalar(select(_E.key).where(_E.sequence == sequence))
    return str(key)


def requeue(session: Session, transaction_sequence: int) -> None:
    """Queues again what a reverted transaction carried and was not itself refused."""
    session.execute(
        update(_ENTRY).where(_E.transaction_sequence == transaction_sequence).values(transaction_sequence=None),
    )


def _batch(rows: Sequence[Any]) -> Batch:
    account, contract, function, head, line, _ = rows[0]
    lines = None if line is None else tuple(row[4] for row in rows)
    return Batch(account, contract, function, head, tuple(row[5] for row in rows), lines)


def _kept(session: Session, statement: Select[Any]) -> list[Kept]:
    rows = session.execute(statement).mappings()
    return [Kept(**{**row, "hash": bytes.fromhex(row["hash"])}) for row in rows]


def _rows(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    last_head: tuple[Any, ...] | None = None
    head = b""
    for entry in entries:
        batched = entry.line is not None
        described = (entry.contract, entry.function, batched, entry.head_args)
        if described != last_head:
            encode = encode_head if batched else encode_constructor if entry.function == CONSTRUCTOR else encode_call
            head = encode(entry.contract, entry.function, entry.head_args)
            last_head = described
        line = encode_line(entry.contract, entry.function, entry.line) if batched else None
        content = hashlib.sha256(f"{entry.contract}.{entry.function}:{len(head)}:".encode() + head + (line or b""))
        yield {
            "key": entry.key,
            "account": entry.account,
            "contract": entry.contract,
            "function": entry.function,
            "head": head,
            "line": line,
            "content": content.hexdigest(),
        }


def _require_same(content: str, row: dict[str, Any]) -> None:
    if content != row["content"]:
        raise Conflict(
            f"{row['key']} was asked for before with other content ({row['contract']}.{row['function']}).",
            hint="A record is never edited: give the new one a key of its own, or declare a correction.",
        )


def _chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    rows = iter(rows)
    while chunk := list(islice(rows, size)):
        yield chunk
