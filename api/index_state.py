"""What the process knows of the index and the chain between requests: nothing that could be wrong in the next one.

The journals of a block never change, so they are kept with its hash. The chain's head is asked for at most once a
second, by one thread; meanwhile the others take the last answer.
"""

import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple, Protocol, TypeVar

from api.schemas.answers import JournalState
from ledger.errors import IndexEmpty, LedgerError
from ledger.queries import state
from ledger.queries.snapshot import Snapshot

T = TypeVar("T")
HEAD_AGE_MAX_S = 1.0
JOURNALS_KEPT = 1_000


class HeadSource(Protocol):
    """The part of a chain client that is needed here."""

    def head(self) -> int:
        """Number of the last block that is final. Raises PartAway when the chain does not answer."""


class IndexState(NamedTuple):
    """The last indexed block of a snapshot, and what follows from it alone."""

    number: int
    block_hash: str
    timestamp_s: int
    missing: int
    chain_id: int
    addresses: dict[str, str]
    journals: dict[str, JournalState]

    def as_of(self) -> dict[str, Any]:
        """The fields by which an answer says what it is true of."""
        return {
            "as_of_block": self.number,
            "as_of_block_hash": self.block_hash,
            "as_of_time": moment(self.timestamp_s),
            "journals": self.journals,
        }


class Index:
    """Knows which state a snapshot is in."""

    def __init__(self) -> None:
        self._last: IndexState | None = None
        self._journals: dict[str, dict[str, JournalState]] = {}
        self._counted: tuple[tuple[str, int], Any] | None = None

    def counted(self, state: IndexState, count: Callable[[], T]) -> T:
        """What `count` gives at that state of the index, counted once for it."""
        key, kept = (state.block_hash, state.missing), self._counted
        if kept is None or kept[0] != key:
            kept = self._counted = (key, count())
        found: T = kept[1]
        return found

    def journals(self, snapshot: Snapshot, block_number: int, block_hash: str) -> dict[str, JournalState]:
        """Head and count of each contract's journal after that block."""
        found = self._journals.get(block_hash)
        if found is None:
            addresses = self.state(snapshot).addresses
            if len(self._journals) >= JOURNALS_KEPT:
                self._journals = {}
            found = self._journals[block_hash] = journals_at(snapshot, list(addresses), block_number)
        return found

    def state(self, snapshot: Snapshot) -> IndexState:
        """The state of the snapshot. Raises IndexEmpty when no block was indexed yet."""
        tip = snapshot.row(state.tip())
        if tip is None:
            raise IndexEmpty
        last = self._last
        if last is not None and (last.number, last.block_hash, last.missing) == (
            tip["number"],
            tip["hash"],
            tip["missing"],
        ):
            return last
        identity = snapshot.only(state.identity(), "chain that the index is about")
        addresses = json.loads(identity["addresses"])
        found = IndexState(
            tip["number"],
            tip["hash"],
            tip["timestamp_s"],
            tip["missing"],
            identity["chain_id"],
            addresses,
            journals_at(snapshot, list(addresses), tip["number"]),
        )
        self._last = found
        return found


class ChainHead:
    """The number of the chain's last block, as it was at most a second ago."""

    def __init__(self, chain: HeadSource | None) -> None:
        self._chain = chain
        self._lock = threading.Lock()
        self._number: int | None = None
        self._asked_at_s = -HEAD_AGE_MAX_S

    def lag_of(self, number: int) -> int | None:
        """How many blocks the chain is ahead of `number`; None when it cannot be asked, or is behind it."""
        head = self.number()
        return head - number if head is not None and head >= number else None

    def number(self) -> int | None:
        """The chain's last block, or None when it cannot be asked."""
        if self._chain and time.monotonic() - self._asked_at_s > HEAD_AGE_MAX_S and self._lock.acquire(blocking=False):
            try:
                self._number = self._chain.head()
            except LedgerError:
                self._number = None
            finally:
                self._asked_at_s = time.monotonic()
                self._lock.release()
        return self._number


def journals_at(snapshot: Snapshot, contracts: list[str], block_number: int) -> dict[str, JournalState]:
    """Head and count of each contract's journal after that block; a contract without records has none."""
    rows = snapshot.rows(state.journals(contracts, block_number))
    ordered = sorted(rows, key=lambda row: str(row["contract"]))
    return {row["contract"]: JournalState(count=row["count"], head=row["head"]) for row in ordered}


def moment(timestamp_s: int) -> datetime:
    """A block's time as a moment in UTC."""
    return datetime.fromtimestamp(timestamp_s, UTC)
