"""The running digest of a contract's records, folded in Python from the raw logs (R24).

    head' = keccak256(head, topic 0, topic 1, topic 2, data)

The contracts fold the same bytes when they record; `ledger verify` compares the two.
"""

try:
    from sha3 import keccak_256 as _keccak

    def keccak(preimage: bytes) -> bytes:
        """Keccak-256, by the fastest implementation that is installed."""
        digest: bytes = _keccak(preimage).digest()
        return digest

except ImportError:
    from eth_utils.crypto import keccak as _eth_keccak

    def keccak(preimage: bytes) -> bytes:
        """Keccak-256, by the implementation that web3 uses."""
        return _eth_keccak(preimage)


EMPTY = (0, bytes(32))
"""A journal before its first record: how many records, and the head that folds them."""
