"""Gives a chain that lost its last blocks, or all of them, the same records again.

The outbox holds every transaction that was ever signed. Those that the chain lacks are sent again: the same bytes, in
the one order over all accounts, at the time of the block they were in where the chain lets us set it. So each contract
comes to the same journal head, and to the same refusals. Afterwards the index is rebuilt, because blocks may differ.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Engine
from sqlmodel import Session

from ledger import outbox_store as store
from ledger.chain import ChainClient
from ledger.database import writing
from ledger.errors import CheckFailed
from ledger.keys import Keyring
from ledger.models.outbox import SIGNED
from ledger.outbox import Sender, only_sender
from ledger.outbox_store import Kept

_PAGE = 200


class Recovered(NamedTuple):
    """How many transactions the chain still had, and how many it was sent again."""

    present: int
    sent_again: int


def resend(
    engine: Engine,
    chain: ChainClient,
    keyring: Keyring,
    *,
    progress: Callable[[int], None] = lambda _: None,
) -> Recovered:
    """Afterwards the chain holds every transaction of the outbox, each with the result that it had.

    `progress` is told how many were sent again. Raises WrongChain when they were for another chain, and CheckFailed
    naming the transaction when one has another result than before; what was sent again until then stays.
    """
    engine = writing(engine)
    with only_sender(engine, keyring):
        sender = Sender(engine, chain, keyring)
        sender.require_same_chain()
        mined = _mined_nonces(engine, chain)
        present = sent_again = 0
        for page in _pages(engine):
            missing = [one for one in page if one.nonce >= mined[one.address]]
            present += len(page) - len(missing)
            for time_s, run in groupby(missing, key=lambda one: one.block_timestamp_s):
                if time_s:
                    chain.set_next_block_time(time_s)
                else:
                    chain.set_clock(int(time.time()))
                again = list(run)
                sender.send_again(again)
                _require_same_results(engine, again)
                sent_again += len(again)
                progress(sent_again)
        if sent_again:
            chain.set_clock(int(time.time()))
    return Recovered(present, sent_again)


def _pages(engine: Engine) -> Iterator[list[Kept]]:
    last = 0
    while True:
        with Session(engine) as session:
            page = store.kept(session, last, _PAGE)
        if not page:
            return
        yield page
        last = page[-1].sequence


def _mined_nonces(engine: Engine, chain: ChainClient) -> dict[str, int]:
    with Session(engine) as session:
        addresses = store.addresses(session)
    return dict(zip(addresses, chain.nonces(addresses), strict=True))


def _require_same_results(engine: Engine, again: Sequence[Kept]) -> None:
    span = again[-1].sequence - again[0].sequence + 1
    with Session(engine) as session:
        now = {one.sequence: one.state for one in store.kept(session, again[0].sequence - 1, span)}
    for one in again:
        if one.state not in (SIGNED, now[one.sequence]):
            raise CheckFailed(
                f"Transaction 0x{one.hash.hex()} ({one.contract}.{one.function}) was {one.state} and is now "
                f"{now[one.sequence]}: the chain did not come to the same records."
            )
