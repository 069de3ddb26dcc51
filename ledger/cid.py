"""The content identifier that IPFS gives to bytes, computed here, so that a document can be looked up on any IPFS node.

What `ipfs add --cid-version=1 --raw-leaves` computes: up to 262,144 bytes are one raw leaf; more are cut into leaves of
that size under a balanced tree of UnixFS nodes with at most 174 links each. Sources: the CID, dag-pb and UnixFS
specifications of IPFS. The maintained libraries stop at a single leaf, hence these lines.
"""

import base64
import hashlib
from typing import NamedTuple

LEAF_BYTES = 262_144
LINKS_MAX = 174
_RAW = b"\x01\x55\x12\x20"
_DAG_PB = b"\x01\x70\x12\x20"
_FILE = b"\x08\x02"


class _Node(NamedTuple):
    cid: bytes
    content_bytes: int
    tree_bytes: int


def cid_of(content: bytes) -> str:
    """The CIDv1 of `content`, in base32 as IPFS prints it ("bafk..." for a raw leaf, "bafy..." for a tree)."""
    if len(content) <= LEAF_BYTES:
        return cid_of_leaf(hashlib.sha256(content).digest())
    view = memoryview(content)
    level = [_leaf(view[start : start + LEAF_BYTES]) for start in range(0, len(content), LEAF_BYTES)]
    while len(level) > 1:
        level = [_parent(level[start : start + LINKS_MAX]) for start in range(0, len(level), LINKS_MAX)]
    return _base32(level[0].cid)


def cid_of_leaf(sha256: bytes) -> str:
    """The CID of at most 262,144 bytes whose SHA-256 this is: the digest itself in another notation."""
    return _base32(_RAW + sha256)


def _leaf(content: memoryview) -> _Node:
    return _Node(_RAW + hashlib.sha256(content).digest(), len(content), len(content))


def _parent(children: list[_Node]) -> _Node:
    """One dag-pb block: its links first (field 2), then the UnixFS entry (field 1), as dag-pb orders them."""
    links = b"".join(
        _field(2, _field(1, child.cid) + _field(2, b"") + b"\x18" + _varint(child.tree_bytes)) for child in children
    )
    content_bytes = sum(child.content_bytes for child in children)
    sizes = b"".join(b"\x20" + _varint(child.content_bytes) for child in children)
    block = links + _field(1, _FILE + b"\x18" + _varint(content_bytes) + sizes)
    tree_bytes = len(block) + sum(child.tree_bytes for child in children)
    return _Node(_DAG_PB + hashlib.sha256(block).digest(), content_bytes, tree_bytes)


def _field(number: int, content: bytes) -> bytes:
    """A length-delimited protobuf field."""
    return bytes([number << 3 | 2]) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)


def _base32(cid: bytes) -> str:
    return "b" + base64.b32encode(cid).decode().rstrip("=").lower()
