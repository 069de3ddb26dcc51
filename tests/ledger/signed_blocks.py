"""Blocks as the validators' engine makes them, signed by keys made here."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

import rlp
from eth_keys.datatypes import PrivateKey
from trie.hexary import HexaryTrie

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


def ballot(voter: int, name: str, *whom: int) -> bytes:
    """For one address, or for a list of several."""
    choice = address(whom[0]) if len(whom) == 1 else [address(one) for one in whom]
    encoded: bytes = rlp.encode([address(voter), f"governance.{name}".encode(), choice])
    return encoded


def log(contract: bytes, number: int, data: bytes = b"") -> dict[str, Any]:
    """A contract's log as a node gives it; the person who acted is 7."""
    topics = [keccak(b"%d %d" % (number, place)) for place in range(3)] + [(7).to_bytes(32, "big")]
    return {"address": _text(contract), "topics": [_text(topic) for topic in topics], "data": _text(data)}


class SignedChain:
    """Grows block by block; answers as a node would."""

    def __init__(self) -> None:
        self.found: list[dict[str, Any]] = []
        self.receipts: list[list[dict[str, Any]]] = []
        self.asked = 0

    def add(
        self,
        validators: Sequence[int],
        signers: Sequence[int] | None = None,
        *,
        proposer: int | None = None,
        vote: bytes = b"",
        round_no: int = 0,
        transactions: Sequence[Sequence[dict[str, Any]]] = (),
    ) -> Mapping[str, Any]:
        """One more block, proposed by the first validator unless another is named, signed by all unless some are.

        Of each of its transactions the logs are given.
        """
        stated = sorted(map(address, validators))
        fields: dict[str, Any] = {
            "parentHash": bytes.fromhex(self.found[-1]["hash"][2:]) if self.found else bytes(32),
            "reward": bytes(20),
            "stateRoot": bytes(32),
            "transactionsRoot": bytes(32),
            "receiptsRoot": _receipts_root(transactions),
            "logsBloom": bytes(256),
            "blockScore": 1,
            "number": len(self.found) + 1,
            "gasUsed": 0,
            "timestamp": 1_580_000_000 + len(self.found),
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
        places = count()
        self.receipts.append(
            [
                {
                    "status": "0x1",
                    "gasUsed": "0x5208",
                    "logsBloom": _text(bytes(256)),
                    "logs": [{**one, "logIndex": hex(next(places))} for one in logs],
                }
                for logs in transactions
            ]
        )
        return self.found[-1]

    def sealed_headers(self, numbers: Sequence[int]) -> list[Any]:
        self.asked += len(numbers)
        return [self.found[number - 1] for number in numbers]

    def block_receipts(self, numbers: Sequence[int]) -> list[Any]:
        return [self.receipts[number - 1] for number in numbers]


def _receipts_root(transactions: Sequence[Sequence[dict[str, Any]]]) -> bytes:
    tree = HexaryTrie({})
    for index, logs in enumerate(transactions):
        encoded = [[_bytes(one["address"]), list(map(_bytes, one["topics"])), _bytes(one["data"])] for one in logs]
        tree[rlp.encode(index)] = rlp.encode([1, 21_000, bytes(256), encoded])
    return bytes(tree.root_hash)


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text[2:])


def _text(field: bytes | int) -> str:
    return "0x" + field.hex() if isinstance(field, bytes) else hex(field)
