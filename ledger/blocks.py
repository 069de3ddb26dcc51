"""Blocks and raw logs as the index reads them, and where it gets them from."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

RawLog = Mapping[str, Any]
"""A log as JSON-RPC gives it: address, topics, data, block and transaction hash, numbers and indexes as hex text."""


class Block(NamedTuple):
    """A block's header and its logs of the ledger's contracts, in order of log index. Hashes are hex with 0x."""

    number: int
    hash: str
    parent_hash: str
    timestamp_s: int
    logs: Sequence[RawLog]


class BlockSource(Protocol):
    """The part of the chain client that the index needs. Tests pass a list-backed one."""

    def chain_id(self) -> int:
        """The number that the chain gives itself (eth_chainId)."""

    def head(self) -> int:
        """Number of the last block that is final."""

    def block_hash(self, number: int) -> str | None:
        """Hash of that block, or None when the chain has no such block."""

    def blocks(self, first: int, last: int, addresses: Sequence[str]) -> list[Block]:
        """Blocks `first` to `last` with the logs of these addresses: one batched call (headers, eth_getLogs)."""
