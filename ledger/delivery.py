"""Hands signed transactions to the chain and follows them until they are mined, sending again what a node forgot."""

import time
from collections.abc import Sequence

from ledger.chain import ChainClient, Receipt
from ledger.errors import PartAway
from ledger.outbox_store import Kept

# Longer than validators need to go on without one of them.
RESEND_AFTER_S = 5.0
MINED_WITHIN_S = 120.0
RECEIPT_WITHIN_S = 5.0
_POLL_S, _POLL_MAX_S = 0.01, 0.05
# How nodes say that they hold this transaction already: anvil and reth, geth, kaia.
_KNOWN = ("already imported", "already known", "known transaction")
_NONCE_SPENT = "nonce too low"


class Delivery:
    """One account's transactions on their way; `begin` when nothing of it is under way."""

    def __init__(self, chain: ChainClient) -> None:
        self._chain = chain
        self.begin()

    def begin(self) -> None:
        """From now on the chain is waited for."""
        self._mined, self._since = -1, time.monotonic()
        self._sent = self._since

    def hand_over(self, transactions: Sequence[Kept]) -> None:
        """Afterwards the node has them, or had mined them. Raises RpcError when it takes one for another reason not."""
        answers = self._chain.send([one.signed for one in transactions])
        for one, error in zip(transactions, answers, strict=True):
            if error is None or any(said in error.node_message.lower() for said in _KNOWN):
                continue
            if _NONCE_SPENT in error.node_message.lower() and self._chain.receipts([one.hash])[0]:
                continue
            raise error

    def count_mined(self, transactions: Sequence[Kept]) -> int:
        """How many of these, from the first on, are mined. What has waited long is handed over once more.

        Raises PartAway when no more of them were mined within MINED_WITHIN_S.
        """
        mined, now = self._chain.nonces([transactions[0].address])[0], time.monotonic()
        waiting = [one for one in transactions if one.nonce >= mined]
        if mined > self._mined:
            self._mined, self._since, self._sent = mined, now, now
        if waiting and now - self._since > MINED_WITHIN_S:
            raise PartAway(f"The chain has not mined transaction 0x{waiting[0].hash.hex()} in {MINED_WITHIN_S:.0f} s.")
        if waiting and now - self._sent > RESEND_AFTER_S:
            # A node forgets what waits; what it still holds it answers with 'already known'.
            self.hand_over(waiting)
            self._sent = time.monotonic()
        return len(transactions) - len(waiting)

    def wait(self) -> None:
        """Waits a moment: a longer one, the longer nothing was mined."""
        time.sleep(min(_POLL_MAX_S, _POLL_S + (time.monotonic() - self._since) / 20))

    def receipts(self, transactions: Sequence[Kept]) -> Sequence[Receipt | None]:
        """The receipts of mined transactions. A node may count a nonce a moment before it answers with its receipt."""
        hashes = [one.hash for one in transactions]
        deadline = time.monotonic() + RECEIPT_WITHIN_S
        while None in (receipts := self._chain.receipts(hashes)) and time.monotonic() < deadline:
            time.sleep(_POLL_S)
        return receipts
