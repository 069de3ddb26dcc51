"""The chain's whole state, kept and taken back."""

from brownie import history, web3


def snapshot() -> str:
    """The name of the state as it is now, for `revert_to`."""
    return str(web3.provider.make_request("evm_snapshot", [])["result"])


def revert_to(snapshot: str) -> None:
    """Afterwards the chain is as it was then; snapshots taken since are gone."""
    assert web3.provider.make_request("evm_revert", [snapshot])["result"], "the chain did not go back to its snapshot"
    history.clear()  # else brownie waits for ever for the nonces of transactions that never were
