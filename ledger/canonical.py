"""The bytes that are hashed: canonical content, record ids and donors' commitments.

Whoever holds the published list computes the same ids and digests with any RFC 8785 library (R25).
"""

import hashlib
import hmac
from typing import Any

import rfc8785

from ledger.errors import BadInput

ID_BYTES = 32
NO_RECORD = bytes(ID_BYTES)


def canonical_bytes(content: Any) -> bytes:
    """The RFC 8785 JSON of `content`, UTF-8.

    Raises BadInput for what has no canonical form: a float that is not finite, an integer beyond 2^53-1, a lone
    surrogate, or something that is not JSON.
    """
    try:
        return rfc8785.dumps(content)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise BadInput(f"This content has no canonical JSON form: {error}") from error


def digest(content: Any) -> bytes:
    """SHA-256 of the canonical bytes of `content`: what the chain holds of a record's text."""
    return hashlib.sha256(canonical_bytes(content)).digest()


def record_id(organisation_id: int, kind: str, *key: str | int) -> bytes:
    """The id of a record: its organisation in 4 bytes, then the head of the digest of [kind, *key].

    The key is what makes the record itself and not another: (publisher, list, row) of a published line, say.
    The same key always gives the same id, so that recording again is recognised.
    """
    if not 1 <= organisation_id <= 2**32 - 1:
        raise BadInput(f"An organisation's number is 1 .. 2^32-1, not {organisation_id}.")
    return organisation_id.to_bytes(4, "big") + digest([kind, *key])[:28]


def finding_id(record: bytes) -> bytes:
    """The id as that of an auditor's finding: even, since the ledger derives odd ones for what it opens itself."""
    return record[:-1] + bytes([record[-1] & 0xFE])


def organisation_of(record: bytes) -> int:
    """The number of the organisation whose record this is."""
    return int.from_bytes(record[:4], "big")


def donor_salt(donor_secret: bytes, donation_id: bytes) -> bytes:
    """The 32 bytes that blind one donation's donor; the same at every run of one deployment, so imports can resume."""
    return hmac.digest(donor_secret, donation_id, "sha256")


def donor_commitment(salt: bytes, name: str) -> bytes:
    """What the chain holds of a donor: SHA-256 of salt and name. Without the salt it says nothing (R25)."""
    return hashlib.sha256(salt + name.encode()).digest()


def hex_of(record: bytes) -> str:
    """A digest or id as it stands in SQL, JSON and on the screen: lower-case hex without 0x."""
    return record.hex()


def from_hex(text: str, what: str = "id") -> bytes:
    """The 32 bytes that `text` names, with or without 0x. Raises BadInput saying `what` was meant."""
    try:
        record = bytes.fromhex(text.strip().removeprefix("0x"))
    except ValueError:
        record = b""
    if len(record) != ID_BYTES:
        raise BadInput(f"{text!r} cannot be used as {what}: 64 hexadecimal digits are needed.")
    return record
