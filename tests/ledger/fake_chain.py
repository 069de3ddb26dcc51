"""A list-backed chain and document store for the tests of the index: what a node would answer, without a node."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence

import orjson
from eth_abi import encode
from eth_utils.crypto import keccak

from ledger.bindings.decoding import EVENTS
from ledger.blocks import Block
from ledger.canonical import canonical_bytes
from ledger.errors import DocumentMissing

CHAIN_ID = 31_337
ADDRESSES = {name: "0x" + hashlib.sha256(name.encode()).hexdigest()[:40] for name in EVENTS}


class Deployment:
    """Where the fake chain's contracts are."""

    chain_id = CHAIN_ID
    addresses = ADDRESSES

    def __init__(self, genesis_hash: str) -> None:
        self.genesis_hash = genesis_hash


def record(binding: type, *values: object) -> dict:
    """A log of that event, without its place; record ids are bytes or hex text, the third value is the actor."""
    contract = next(name for name in EVENTS if binding.__module__.endswith("." + _snake(name)))
    signature = re.sub(r"\s", "", binding.__doc__)
    types = _split(signature[signature.index("(") + 1 : -1])
    body = encode(
        types[3:],
        [_word(value) if kind == "bytes32" else value for kind, value in zip(types[3:], values[3:], strict=True)],
    )
    return {
        "address": ADDRESSES[contract],
        "topics": [
            "0x" + keccak(text=signature).hex(),
            "0x" + _word(values[0]).hex(),
            "0x" + _word(values[1]).hex(),
            "0x" + int(values[2]).to_bytes(32, "big").hex(),
        ],
        "data": "0x" + body.hex(),
    }


class FakeChain:
    """Blocks in a list. `blocks` parses JSON text at every call, as a real client does."""

    def __init__(self, salt: str = "") -> None:
        self.salt = salt
        self._headers: list[tuple[int, str, str, int]] = []
        self._logs: list[bytes] = []
        self.add([])

    @property
    def deployment(self) -> Deployment:
        return Deployment(self._headers[0][1])

    def add(self, logs: Sequence[dict], salt: str = "") -> None:
        number = len(self._headers)
        parent = self._headers[-1][1] if self._headers else "0x" + "00" * 32
        block_hash = "0x" + hashlib.sha256(f"{self.salt}{salt}{number}{parent}".encode()).hexdigest()
        placed = [
            {
                **log,
                "blockHash": block_hash,
                "blockNumber": hex(number),
                "transactionHash": "0x" + hashlib.sha256(f"{number}".encode()).hexdigest(),
                "transactionIndex": "0x0",
                "logIndex": hex(index),
                "removed": False,
            }
            for index, log in enumerate(logs)
        ]
        self._headers.append((number, block_hash, parent, 1_580_000_000 + number))
        self._logs.append(json.dumps(placed).encode())

    def drop_last(self, count: int) -> None:
        del self._headers[-count:], self._logs[-count:]

    def chain_id(self) -> int:
        return CHAIN_ID

    def head(self) -> int:
        return len(self._headers) - 1

    def block_hash(self, number: int) -> str | None:
        return self._headers[number][1] if number < len(self._headers) else None

    def blocks(self, first: int, last: int, _addresses: Sequence[str]) -> list[Block]:
        return [Block(*self._headers[number], orjson.loads(self._logs[number])) for number in range(first, last + 1)]


class FakeDocuments:
    """Documents in a dict; `hidden` ones are away."""

    def __init__(self) -> None:
        self.contents: dict[bytes, bytes] = {}
        self.hidden: set[bytes] = set()

    def put(self, content: dict) -> bytes:
        written = canonical_bytes(content)
        digest = hashlib.sha256(written).digest()
        self.contents[digest] = written
        return digest

    def put_lines(self, contents: Iterable[bytes]) -> bytes:
        written = b"\n".join(contents)
        digest = hashlib.sha256(written).digest()
        self.contents[digest] = written
        return digest

    def get_many(self, digests: Iterable[bytes], *, missing_ok: bool = False) -> dict[bytes, bytes]:
        found = {one: self.contents[one] for one in digests if one in self.contents and one not in self.hidden}
        assert missing_ok, "the index asks what is there, and lists what is not"
        return found

    def lines(self, document_digest: bytes) -> dict[bytes, bytes]:
        if document_digest not in self.contents or document_digest in self.hidden:
            raise DocumentMissing(document_digest.hex())
        lines = self.contents[document_digest].split(b"\n")
        return {hashlib.sha256(line).digest(): line for line in lines}


def _word(value: object) -> bytes:
    if isinstance(value, str):
        value = bytes.fromhex(value)
    return value.rjust(32, b"\0") if isinstance(value, bytes) else int(value).to_bytes(32, "big")


def _split(types: str) -> list[str]:
    parts, depth, part = [], 0, ""
    for letter in types:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append(part)
            part = ""
        else:
            part += letter
    return [*parts, part] if part else parts


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
