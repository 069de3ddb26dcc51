"""The chain's time, which tests move by hand."""

from brownie import chain


def pass_s(seconds: int) -> None:
    """Afterwards a block stands at least so many seconds after the last."""
    chain.sleep(seconds)
    chain.mine()
