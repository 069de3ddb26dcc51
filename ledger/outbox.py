"""What is to be recorded, exactly once.

    enqueue ──▶ queued ──sign, store──▶ signed ──send──▶ mined ──▶ recorded
                  ▲                        │ ▲              └▶ reverted: the refused line is final, the others are
                  └─────────────────────── │ │ ─────────────── queued again, under a new nonce
                                           └─┘ a restart, or a node that forgot, sends the same bytes again

An entry has an idempotency key. Nonce, signed bytes and hash are in the database before anything is sent and stay there
for ever, so a crash between any two steps loses nothing and doubles nothing. Transactions have one order over all
accounts, and one account's wait until the other's are mined: sent again in that order, they make the same journals.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Engine
from sqlmodel import Session

from ledger import outbox_store as store
from ledger.chain import ChainClient, Receipt
from ledger.contracts import encode_batch
from ledger.database import Lock, writing
from ledger.delivery import Delivery
from ledger.errors import ChainBehindIndex, CheckFailed, SenderBusy, TransactionRefused, WrongChain
from ledger.keys import LOCK_WAIT_S, Keyring
from ledger.locks import holding
from ledger.outbox_store import CONSTRUCTOR, Batch, Entry, Kept, enqueue
from ledger.rpc import RpcError

__all__ = ["Entry", "Outcome", "Refusal", "drain", "enqueue"]

GAS_MAX = 16_000_000
LINES_DEFAULT = 100
# What fits into GAS_MAX, also with the 100 gas that validators charge for a byte, and what a contract takes; tests
# measure it. A batch that is too large is halved all the same.
LINES_MAX = {
    "recordDonations": 400,
    "recordDonationsInKind": 37,
    "commissionBought": 65,
    "publishNeeds": 80,
    "proposeGoodsAllocations": 78,
}
# How many are signed and stored at once, and settled at once.
WINDOW_TRANSACTIONS = 16
# More than a node puts into a block, so that it never waits for the next ones.
UNDER_WAY_MAX = 48
PASSES_MAX = 3
# Not the fault of what was asked for: it stays queued until a guardian lets writing go on. Rights can be taken.
_PAUSED = "WritesArePaused"
_RESUME = "resume"
_DURING_PAUSE = (_RESUME, "pause", "cancelGrant", "revokeRole", "unlinkAccount")
# Of a batch, not of its lines: a smaller one is taken.
_TOO_MANY = "BatchSizeOutOfRange"


class Refusal(NamedTuple):
    """An entry that the contract refused."""

    key: str
    reason: TransactionRefused


class Outcome(NamedTuple):
    """What one drain did: how many entries were recorded, which were refused, and whether writing is paused."""

    recorded: int
    refused: tuple[Refusal, ...]
    paused: TransactionRefused | None = None

    def raise_refusals(self) -> None:
        """Raises the first refusal, if there is any."""
        if self.refused:
            raise self.refused[0].reason


def drain(
    engine: Engine, chain: ChainClient, keyring: Keyring, *, progress: Callable[[int], None] | None = None
) -> Outcome:
    """Afterwards nothing is under way: every entry is recorded, or refused with its reason, or queued while paused.

    `progress` is told how many entries were recorded so far. Raises SenderBusy when another process sends for these
    accounts, ChainBehindIndex when the chain lost what was recorded, and PartAway when it does not answer or does not
    mine. Whatever it raises, a later drain goes on where this one stopped.
    """
    with only_sender(engine, keyring):
        return Sender(engine, chain, keyring, progress or (lambda _: None)).drain()


class Sender:
    """Moves entries along. To be used by one thread that holds `Keyring.sending`."""

    def __init__(
        self, engine: Engine, chain: ChainClient, keyring: Keyring, progress: Callable[[int], None] = lambda _: None
    ) -> None:
        self._reading, self._engine = engine, writing(engine)
        self._chain = chain
        self._keyring = keyring
        self._progress = progress
        self._chain_id, self._genesis = chain.chain_id(), chain.genesis_hash()
        self._lines_max = dict(LINES_MAX)
        # Sent and not settled, in order, all of one account.
        self._under_way: list[Kept] = []
        self._has_reverted = True
        self._delivery = Delivery(chain)
        self._recorded = 0
        self._refused: list[Refusal] = []
        self._checked: set[str] = set()
        self._passes: Counter[int] = Counter()
        self._paused: TransactionRefused | None = None

    def drain(self) -> Outcome:
        """See the function `drain`."""
        self.require_finished_on_chain()
        with Session(self._engine) as session:
            leftovers = store.unfinished(session)
        self.send_again(leftovers)
        while True:
            run, reverted = self._next()
            if (self._under_way or reverted) and self._has_to_wait(run, reverted):
                # What comes now may stand on what is under way, or on the rest of a batch that was refused.
                self._settle_all()
            elif run and (run[0].is_intake or self._passes_trial(run[0])):
                self._send_new(run)
            elif not run and self._under_way:
                self._settle_window()
            elif not run:
                return Outcome(self._recorded, tuple(self._refused), self._paused)

    def _next(self) -> tuple[list[Batch], list[tuple[int, Batch]]]:
        """What can be sent next, and what was reverted. While too much is under way, waits for some of it before."""
        while len(self._under_way) >= UNDER_WAY_MAX:
            self._settle_window()
        with Session(self._reading) as session:
            run = store.next_run(session, self._lines_limit, _DURING_PAUSE if self._paused else None)
            reverted = store.reverted_batches(session) if self._has_reverted else []
        self._has_reverted = bool(reverted)
        return run[:WINDOW_TRANSACTIONS], reverted

    def _has_to_wait(self, run: list[Batch], reverted: list[tuple[int, Batch]]) -> bool:
        """Whether all before this run has to be settled first.

        Only intake that goes on with the same account's does not. The rest of a refused batch therefore always comes at
        the end of its account's intake, also where a crash came in between.
        """
        if not run:
            return bool(reverted)
        before = self._under_way[-1].account if self._under_way else reverted[-1][1].account
        return not run[0].is_intake or before != run[0].account

    def require_same_chain(self) -> None:
        """Raises WrongChain when this outbox wrote to another chain than the one that answers."""
        with Session(self._engine) as session:
            first = next(iter(store.kept(session, 0, 1)), None)
        if first and first.genesis_hash != self._genesis:
            raise WrongChain(
                f"This outbox wrote to a chain that began with {first.genesis_hash}, not with {self._genesis}.",
                hint="Use the state folder and the database that belong together.",
            )

    def require_finished_on_chain(self) -> None:
        """Raises ChainBehindIndex when the chain lacks the last transaction that is known to have been mined."""
        self.require_same_chain()
        with Session(self._engine) as session:
            last = store.last_finished(session)
        if last and self._chain.receipts([last.hash])[0] is None:
            raise ChainBehindIndex(
                f"The chain lacks transaction 0x{last.hash.hex()}, which was mined: it lost its last blocks."
            )

    def send_again(self, transactions: Sequence[Kept]) -> None:
        """Afterwards these are mined and settled: those that are not mined were sent, the same bytes in their order."""
        for run in _runs(transactions):
            mined = self._chain.nonces([run[0].address])[0]
            self._delivery.begin()
            self._delivery.hand_over([one for one in run if one.nonce >= mined])
            while self._delivery.count_mined(run) < len(run):
                self._delivery.wait()
            self._settle(run)

    def _send_new(self, run: list[Batch]) -> None:
        kept = self._sign(run)
        if not self._under_way:
            self._delivery.begin()
        self._delivery.hand_over(kept)
        self._under_way += kept
        if run[-1].function == _RESUME:
            self._paused = None

    def _sign(self, run: list[Batch]) -> list[Kept]:
        account = run[0].account
        address = self._keyring.address(account)
        with Session(self._engine) as session, session.begin():
            nonce = self._next_nonce(session, address)
            sequence = store.next_sequence(session)
            kept = [self._signed(batch, address, nonce + n, sequence + n) for n, batch in enumerate(run)]
            store.store_signed(session, list(zip(kept, run, strict=True)))
        return kept

    def _next_nonce(self, session: Session, address: str) -> int:
        known = store.next_nonce(session, address)
        if known is not None and address in self._checked:
            return known
        mined = self._chain.nonces([address])[0]
        self._checked.add(address)
        if known is not None and mined > known:
            raise CheckFailed(
                f"Account {address} has {mined} transactions on the chain, but only {known} were signed here.",
                hint="Somebody else sends with its key. One key has one sender: rotate the account.",
            )
        return mined if known is None else known

    def _signed(self, batch: Batch, address: str, nonce: int, sequence: int) -> Kept:
        transaction: dict[str, Any] = {
            "nonce": nonce,
            "gasPrice": 0,
            "gas": GAS_MAX,
            "value": 0,
            "data": _calldata(batch),
            "chainId": self._chain_id,
        }
        if batch.function != CONSTRUCTOR:
            transaction["to"] = bytes.fromhex(self._address_of(batch).removeprefix("0x"))
        raw, transaction_hash = self._keyring.sign(batch.account, transaction)
        return Kept(
            sequence,
            batch.account,
            address,
            nonce,
            transaction_hash,
            raw,
            batch.contract,
            batch.function,
            self._genesis,
            "signed",
        )

    def _address_of(self, batch: Batch) -> str:
        if self._chain.deployment is None:
            raise CheckFailed("No deployment is known for this chain.", hint="Run `ledger deploy`.")
        return self._chain.deployment.address(batch.contract)

    def _settle_all(self) -> None:
        while self._under_way:
            self._settle_window()
        self._sort_out_reverted()

    def _settle_window(self) -> None:
        """Settles the first window of what is under way if it is mined; else waits a moment."""
        window = self._under_way[:WINDOW_TRANSACTIONS]
        if self._delivery.count_mined(self._under_way) < len(window):
            self._delivery.wait()
            return
        self._settle(window)
        del self._under_way[: len(window)]

    def _settle(self, transactions: Sequence[Kept]) -> None:
        """Notes what became of transactions that are mined."""
        receipts = self._delivery.receipts(transactions)
        mined: list[tuple[int, Receipt]] = []
        for one, receipt in zip(transactions, receipts, strict=True):
            if receipt is None:
                raise CheckFailed(
                    f"Nonce {one.nonce} of {one.account} was spent by another transaction than 0x{one.hash.hex()}.",
                    hint="Somebody else sends with its key. One key has one sender: rotate the account.",
                )
            mined.append((one.sequence, receipt))
        times_s = self._chain.block_times_s({receipt.block_number for _, receipt in mined})
        with Session(self._engine) as session, session.begin():
            self._recorded += store.finish(session, mined, times_s)
        self._has_reverted |= not all(receipt.succeeded for _, receipt in mined)
        self._progress(self._recorded)

    def _passes_trial(self, batch: Batch) -> bool:
        """Tries a write that is no intake before a nonce is spent on it; refuses it where the contract would."""
        try:
            self._try(batch)
        except TransactionRefused as refusal:
            self._refuse(batch, [0], refusal)
            return False
        return True

    def _try(self, batch: Batch) -> None:
        sender = self._keyring.address(batch.account)
        called = None if batch.function == CONSTRUCTOR else self._address_of(batch)
        self._chain.call(called, _calldata(batch), sender=sender, gas=GAS_MAX)

    def _refuse(self, batch: Batch, lines: Sequence[int], refusal: TransactionRefused) -> None:
        if refusal.name == _PAUSED:
            self._paused = refusal
            return
        with Session(self._engine) as session, session.begin():
            for line in lines:
                self._refused.append(Refusal(store.refuse(session, batch.sequences[line], refusal), refusal))

    def _sort_out_reverted(self) -> None:
        """Takes reverted batches apart: refused lines are marked, the others queued again."""
        with Session(self._engine) as session:
            reverted = store.reverted_batches(session)
        for sequence, batch in reverted:
            self._take_apart(batch)
            with Session(self._engine) as session, session.begin():
                store.requeue(session, sequence)

    def _take_apart(self, batch: Batch) -> None:
        # On the newest state, because that is where the others will be tried: a refusal that has passed is none.
        while batch.sequences:
            try:
                self._try(batch)
                self._count_pass(batch)
                return
            except TransactionRefused as refusal:
                refused = [refusal.line_index] if refusal.line_index is not None else list(range(len(batch.sequences)))
                is_no_reason = refusal.name == _TOO_MANY or not (refusal.args_by_name or refusal.name == _PAUSED)
                if refusal.line_index is None and is_no_reason and len(batch.sequences) > 1:
                    self._halve(batch)
                    return
                self._refuse(batch, refused, refusal)
                if self._paused:
                    return
                batch = _without(batch, refused)
            except RpcError as error:
                # Out of gas, or a node's own limit: smaller batches may pass; a single line cannot.
                if len(batch.sequences) == 1:
                    self._refuse(
                        batch, [0], TransactionRefused("NodeRefused", {"reason": error.node_message}, error.message)
                    )
                else:
                    self._halve(batch)
                return

    def _count_pass(self, batch: Batch) -> None:
        self._passes[batch.sequences[0]] += 1
        if self._passes[batch.sequences[0]] > PASSES_MAX:
            raise CheckFailed(
                f"{batch.contract}.{batch.function} is refused whenever it is mined, and not when it is tried.",
                hint="It depends on something that differs between the two, such as the time. It stays queued.",
            )

    def _halve(self, batch: Batch) -> None:
        self._lines_max[batch.function] = max(1, len(batch.sequences) // 2)

    def _lines_limit(self, function: str) -> int:
        return self._lines_max.get(function, LINES_DEFAULT)


@contextmanager
def only_sender(engine: Engine, keyring: Keyring) -> Iterator[None]:
    """While this is held nobody else sends: neither for these keys nor from this database, on whichever machine.

    Raises SenderBusy when it is not free within LOCK_WAIT_S.
    """
    with keyring.sending(), holding(engine, Lock.SENDING, wait_s=LOCK_WAIT_S) as is_held:
        if not is_held:
            raise SenderBusy("Another process sends from this database's outbox.", hint="Wait until it is done.")
        yield


def _calldata(batch: Batch) -> bytes:
    if batch.lines is None:
        return batch.head
    return encode_batch(batch.contract, batch.function, batch.head, batch.lines)


def _without(batch: Batch, lines: Sequence[int]) -> Batch:
    gone = set(lines)
    left = [number for number in range(len(batch.sequences)) if number not in gone]
    return batch._replace(
        sequences=tuple(batch.sequences[number] for number in left),
        lines=None if batch.lines is None else tuple(batch.lines[number] for number in left),
    )


def _runs(transactions: Sequence[Kept]) -> Iterator[list[Kept]]:
    """The transactions in order, cut where the account changes and into windows."""
    run: list[Kept] = []
    for one in transactions:
        if run and (one.address != run[0].address or len(run) == WINDOW_TRANSACTIONS):
            yield run
            run = []
        run.append(one)
    if run:
        yield run
