"""Looks a second time for a transaction that the node has counted but does not find yet; brownie takes it for lost."""

import time
from collections.abc import Callable
from typing import Any

from brownie import web3
from web3.exceptions import TransactionNotFound

WAIT_S = 5.0


def be_patient() -> None:
    """Afterwards brownie's look-ups of a transaction and of its receipt wait for it, at most WAIT_S.

    On a busy machine anvil answers the sender's new nonce some milliseconds before the transaction behind it.
    """
    for name in ("get_transaction", "get_transaction_receipt"):
        setattr(web3.eth, name, _patient(getattr(web3.eth, name)))


def _patient(look_up: Callable[..., Any]) -> Callable[..., Any]:
    def wait(*arguments: Any) -> Any:
        until = time.monotonic() + WAIT_S
        while True:
            try:
                return look_up(*arguments)
            except TransactionNotFound:
                if time.monotonic() > until:
                    raise
                time.sleep(0.01)

    return wait
