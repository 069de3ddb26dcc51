"""The chain's time, which tests move by hand.

It is asked of the newest block: brownie's own count goes wrong when the chain is taken back to a snapshot.
"""

from brownie import chain, web3


def now_s() -> int:
    """When the newest block was made."""
    return int(chain[-1].timestamp)


def pass_s(seconds: int) -> None:
    """Afterwards a block stands so many seconds after the last."""
    answer = web3.provider.make_request("evm_setNextBlockTimestamp", [now_s() + seconds])
    assert "error" not in answer, answer
    chain.mine()
