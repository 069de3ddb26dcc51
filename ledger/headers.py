"""Block headers of the consortium's engine as the validators signed them: Istanbul BFT in the form that Kaia has it.

    hash      = keccak(rlp(fields)), `extra` without the committed seals and with its round byte 0
    proposer  = who signed keccak(keccak(rlp(fields))), `extra` without any seal
    committed = who signed keccak(hash, 2)

`extra` is 32 bytes of vanity, the last of them the round, then rlp([validators, proposer's seal, committed seals]). A
node's own word for a block's hash is not used: it is what is computed here that the validators signed.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import rlp

from ledger.errors import CheckFailed
from ledger.journal import keccak
from ledger.keys import signer_of

_VANITY_BYTES = 32
_COMMIT = b"\x02"
_FIELDS = (
    ("parentHash", bytes),
    ("reward", bytes),
    ("stateRoot", bytes),
    ("transactionsRoot", bytes),
    ("receiptsRoot", bytes),
    ("logsBloom", bytes),
    ("blockScore", int),
    ("number", int),
    ("gasUsed", int),
    ("timestamp", int),
    ("timestampFoS", int),
    ("extraData", bytes),
    ("governanceData", bytes),
    ("voteData", bytes),
    ("baseFeePerGas", int),
)
"""In the order of the encoding."""


class SealedHeader(NamedTuple):
    """What a header says, and who signed it. Addresses are 20 bytes, hashes 32; `vote` is as `council.py` reads it."""

    number: int
    hash: bytes
    parent_hash: bytes
    timestamp_s: int
    receipts_root: bytes
    validators: frozenset[bytes]
    proposer: bytes
    committed: frozenset[bytes]
    vote: bytes


def sealed_header(found: Any) -> SealedHeader:
    """The header that the node's consensus API gave, its hash and signers computed from its fields.

    Raises CheckFailed when a field is missing or malformed, or a signature is no signature.
    """
    if not isinstance(found, Mapping):
        raise CheckFailed(f"The node gave no header, but {str(found)[:100]}.")
    try:
        fields = {name: _field(found, name, kind) for name, kind in _FIELDS}
        extra = fields["extraData"]
        validators, seal, committed = istanbul_extra(extra)
        # The round is written after the seals are collected, so nobody signed it.
        vanity = extra[: _VANITY_BYTES - 1] + b"\0"
        block_hash = keccak(rlp.encode(list((fields | {"extraData": extra_of(validators, seal, vanity)}).values())))
        unsealed = keccak(rlp.encode(list((fields | {"extraData": extra_of(validators, vanity=vanity)}).values())))
        return SealedHeader(
            fields["number"],
            block_hash,
            fields["parentHash"],
            fields["timestamp"],
            fields["receiptsRoot"],
            frozenset(validators),
            signer_of(keccak(unsealed), seal),
            frozenset(signer_of(keccak(block_hash + _COMMIT), one) for one in committed),
            fields["voteData"],
        )
    except (KeyError, ValueError, TypeError, RecursionError, rlp.exceptions.RLPException) as error:
        raise CheckFailed(f"The node's header of block {found.get('number')} cannot be read: {error}.") from error


def istanbul_extra(extra: bytes) -> tuple[list[bytes], bytes, list[bytes]]:
    """Validators, proposer's seal and committed seals of a header's extra data. Raises ValueError or RLPException."""
    validators, seal, committed = rlp.decode(extra[_VANITY_BYTES:])
    if not isinstance(validators, list | tuple) or not isinstance(committed, list | tuple):
        raise ValueError("validators and seals are lists")
    if any(not isinstance(one, bytes) for one in (*validators, seal, *committed)):
        raise ValueError("a validator or a seal is not one value")
    if any(len(address) != 20 for address in validators):
        raise ValueError("a validator's address has 20 bytes")
    return list(validators), seal, list(committed)


def extra_of(validators: Sequence[bytes], seal: bytes = b"", vanity: bytes = bytes(_VANITY_BYTES)) -> bytes:
    """The extra data that `istanbul_extra` reads, without committed seals; without a seal, that of a first block."""
    encoded: bytes = rlp.encode([validators, seal, []])
    return vanity + encoded


def _field(found: Mapping[str, Any], name: str, kind: type) -> Any:
    # The genesis block and blocks without a ballot leave it out.
    text = found.get(name, "0x") if name == "voteData" else found[name]
    if not isinstance(text, str):
        raise ValueError(f"{name} is {text}")
    if kind is bytes:
        return bytes.fromhex(text.removeprefix("0x"))
    return int(text, 16)
