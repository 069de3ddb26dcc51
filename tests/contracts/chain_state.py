"""The chain's whole state, kept and taken back, and read in one go."""

from collections.abc import Iterable
from typing import Any

from brownie import history, web3


def snapshot() -> str:
    """The name of the state as it is now, for `revert_to`."""
    return str(web3.provider.make_request("evm_snapshot", [])["result"])


def revert_to(snapshot: str) -> None:
    """Afterwards the chain is as it was then; snapshots taken since are gone."""
    assert web3.provider.make_request("evm_revert", [snapshot])["result"], "the chain did not go back to its snapshot"
    history.clear()  # else brownie waits for ever for the nonces of transactions that never were


def answers(calls: Iterable[tuple[Any, tuple[Any, ...]]]) -> list[Any]:
    """What each view function returns for its arguments now; asked one by one, brownie takes milliseconds for each."""
    asked = [(function, function.encode_input(*arguments)) for function, arguments in calls]
    if not asked:
        return []
    requests = [("eth_call", [{"to": function._address, "data": encoded}, "latest"]) for function, encoded in asked]
    found = web3.provider.make_batch_request(requests)
    return [function.decode_output(one["result"]) for (function, _), one in zip(asked, found, strict=True)]
