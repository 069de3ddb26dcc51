"""Blocks as the validators' engine makes them, signed by keys made here."""

from collections.abc import Mapping, Sequence
from typing import Any

import rlp
from eth_keys.datatypes import PrivateKey

from ledger.journal import keccak

VANITY = bytes(32)
FIELDS = (
    "parentHash reward stateRoot transactionsRoot receiptsRoot logsBloom blockScore number gasUsed timestamp "
    "timestampFoS extraData governanceData voteData baseFeePerGas"
).split()


def key(number: int) -> PrivateKey:
    return PrivateKey(keccak(b"validator %d" % number))


def address(number: int) -> bytes:
    return bytes(key(number).public_key.to_canonical_address())


def addresses(numbers: Sequence[int]) -> frozenset[bytes]:
    return frozenset(map(address, numbers))


def ballot(voter: int, name: str, whom: int) -> bytes:
    encoded: bytes = rlp.encode([address(voter), f"governance.{name}".encode(), address(whom)])
    return encoded


class SignedChain:
    """Grows block by block; answers as a node would."""

    def __init__(self) -> None:
        self.found: list[dict[str, Any]] = []

    def add(
        self,
        validators: Sequence[int],
        signers: Sequence[int] | None = None,
        *,
        proposer: int | None = None,
        vote: bytes = b"",
        round_no: int = 0,
        receipts_root: bytes = bytes(32),
    ) -> Mapping[str, Any]:
        """One more block, proposed by the first validator unless another is named, signed by all unless some are."""
        stated = sorted(map(address, validators))
        fields: dict[str, Any] = {
            "parentHash": bytes(32),
            "reward": bytes(20),
            "stateRoot": bytes(32),
            "transactionsRoot": bytes(32),
            "receiptsRoot": receipts_root,
            "logsBloom": bytes(256),
            "blockScore": 1,
            "number": len(self.found) + 1,
            "gasUsed": 0,
            "timestamp": 1_580_000_000,
            "timestampFoS": 0,
            "extraData": VANITY + rlp.encode([stated, b"", []]),
            "governanceData": b"",
            "voteData": vote,
            "baseFeePerGas": 0,
        }
        unsealed = keccak(rlp.encode([fields[name] for name in FIELDS]))
        seal = key(validators[0] if proposer is None else proposer).sign_msg_hash(keccak(unsealed)).to_bytes()
        fields["extraData"] = VANITY + rlp.encode([stated, seal, []])
        signed = keccak(rlp.encode([fields[name] for name in FIELDS]))
        seals = [
            key(number).sign_msg_hash(keccak(signed + b"\2")).to_bytes()
            for number in (validators if signers is None else signers)
        ]
        fields["extraData"] = VANITY[:-1] + bytes([round_no]) + rlp.encode([stated, seal, seals])
        self.found.append({name: _text(field) for name, field in fields.items()} | {"hash": "0x" + signed.hex()})
        return self.found[-1]

    def sealed_headers(self, numbers: Sequence[int]) -> list[Mapping[str, Any]]:
        return [self.found[number - 1] for number in numbers]


def _text(field: bytes | int) -> str:
    return "0x" + field.hex() if isinstance(field, bytes) else hex(field)
