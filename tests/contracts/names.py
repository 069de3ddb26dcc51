"""The ids, organisations and digests that the contracts' tests speak of."""

import hashlib
import json

CONSORTIUM, CHARITY, HOSPITAL_GROUP, PARTNER_CHARITY, EXERCISE = 1, 2, 3, 4, 9
ZERO = "0x" + "00" * 32
NOBODY = "0x" + "00" * 20
DAY_S = 86_400
AMOUNT_MAX = 2**53 - 1


def record_id(organisation_id: int, *key: str | int) -> str:
    """The organisation's number, then the head of the SHA-256 of the canonical key."""
    digest = hashlib.sha256(json.dumps(list(key), separators=(",", ":")).encode()).hexdigest()
    return f"0x{organisation_id:08x}{digest[:56]}"


def finding_id(organisation_id: int, *key: str | int) -> str:
    """The id of an auditor's finding: even, since the ledger derives odd ones for what it opens itself."""
    return f"0x{int(record_id(organisation_id, 'finding', *key), 16) & ~1:064x}"


def digest(text: str) -> str:
    """A document's digest, for a document whose text does not matter."""
    return "0x" + hashlib.sha256(text.encode()).hexdigest()


def ascii_word(word: str, size: int = 32) -> str:
    """The word in ASCII as bytes32 (or bytes16), as roles, parts and codes are."""
    return "0x" + word.encode("ascii").ljust(size, b"\0").hex()


# Places and things, each in its organisation's catalogue.
STORE = record_id(CHARITY, "facility", "store")
OTHER_STORE = record_id(CHARITY, "facility", "other store")
HOSPITAL = record_id(HOSPITAL_GROUP, "facility", "hospital")
PARTNER_STORE = record_id(PARTNER_CHARITY, "facility", "partner store")
EXERCISE_STORE = record_id(EXERCISE, "facility", "exercise store")
MASKS = record_id(CHARITY, "item", "masks")
GOWNS = record_id(CHARITY, "item", "gowns")
PARTNER_MASKS = record_id(PARTNER_CHARITY, "item", "masks")
EXERCISE_MASKS = record_id(EXERCISE, "item", "masks")
