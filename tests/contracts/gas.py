"""What a transaction may take, and what it takes where the validators' engine prices it."""

from typing import Any

GAS_MAX = 16_000_000
"""What a transaction may be sent with (EIP-7825: 2^24)."""


def gas_on_validators(receipt: Any) -> int:
    """What the transaction takes where a byte of its calldata costs 100 gas (the validators' engine), not 4 or 16."""
    calldata = bytes.fromhex(receipt.input.removeprefix("0x"))
    zeros = calldata.count(0)
    return int(receipt.gas_used) - 4 * zeros - 16 * (len(calldata) - zeros) + 100 * len(calldata)
