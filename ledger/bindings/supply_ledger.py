"""Events of SupplyLedger. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple

from ledger import words
from ledger.errors import UndecodableLog

ORIGIN = ("none", "in_kind", "bought", "found", "transformed")


class Part(NamedTuple):
    """A line of an event."""

    lot_id: str
    quantity: int


class DonationInKindRecorded(NamedTuple):
    """DonationInKindRecorded(bytes32,bytes32,uint24,bytes32,uint32,bytes16,bytes16,bytes32)"""

    donation_id: str
    facility_id: str
    actor_id: int
    donor_commitment: str
    donor_organisation_id: int
    purpose: str
    place: str
    content_digest: str


def _donation_in_kind_recorded(text: str, actor: str) -> DonationInKindRecorded:
    if len(text) != 512:
        raise UndecodableLog(f"DonationInKindRecorded has 512 digits, not {len(text)}.")
    return DonationInKindRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 32),
        words.code(text[320:384]),
        words.code(text[384:448]),
        text[448:512],
    )


class LotCommissioned(NamedTuple):
    """LotCommissioned(bytes32,bytes32,uint24,uint8,bytes32,bytes32,uint64,uint64,bytes16,bytes16,uint32,
    bool,bytes32)
    """

    lot_id: str
    source_id: str
    actor_id: int
    origin: str
    item_id: str
    facility_id: str
    quantity: int
    cost_minor: int
    purpose: str
    place: str
    expiry_date: int
    quarantined: bool
    content_digest: str


def _lot_commissioned(text: str, actor: str) -> LotCommissioned:
    if len(text) != 832:
        raise UndecodableLog(f"LotCommissioned has 832 digits, not {len(text)}.")
    return LotCommissioned(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.member(text[192:256], ORIGIN),
        text[256:320],
        text[320:384],
        words.uint(text[384:448], 64),
        words.uint(text[448:512], 64),
        words.code(text[512:576]),
        words.code(text[576:640]),
        words.uint(text[640:704], 32),
        words.boolean(text[704:768]),
        text[768:832],
    )


class RecordAdjusted(NamedTuple):
    """RecordAdjusted(bytes32,bytes32,uint24,int64,uint64)"""

    adjustment_id: str
    record_id: str
    actor_id: int
    delta: int
    shortage: int


def _record_adjusted(text: str, actor: str) -> RecordAdjusted:
    if len(text) != 320:
        raise UndecodableLog(f"RecordAdjusted has 320 digits, not {len(text)}.")
    return RecordAdjusted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.sint(text[192:256], 64),
        words.uint(text[256:320], 64),
    )


class RecordReversed(NamedTuple):
    """RecordReversed(bytes32,bytes32,uint24,uint64,uint64)"""

    record_id: str
    ref: str
    actor_id: int
    quantity: int
    shortage: int


def _record_reversed(text: str, actor: str) -> RecordReversed:
    if len(text) != 320:
        raise UndecodableLog(f"RecordReversed has 320 digits, not {len(text)}.")
    return RecordReversed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        words.uint(text[256:320], 64),
    )


class Transformed(NamedTuple):
    """Transformed(bytes32,bytes32,uint24,(bytes32,uint64)[],(bytes32,uint64)[],bytes32)"""

    transformation_id: str
    facility_id: str
    actor_id: int
    inputs: tuple[Part, ...]
    outputs: tuple[Part, ...]
    evidence_digest: str


def _transformed(text: str, actor: str) -> Transformed:
    types = ("(bytes32,uint64)[]", "(bytes32,uint64)[]", "bytes32")
    body = words.dynamic(types, text[192:])
    return Transformed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        tuple(Part(row[0].hex(), row[1]) for row in body[0]),
        tuple(Part(row[0].hex(), row[1]) for row in body[1]),
        body[2].hex(),
    )


class ValueDeclared(NamedTuple):
    """ValueDeclared(bytes32,bytes32,uint24,bytes3,uint64,bytes16,uint32,bytes32)"""

    valuation_id: str
    donation_id: str
    actor_id: int
    currency: str
    value_minor: int
    method: str
    value_date: int
    content_digest: str


def _value_declared(text: str, actor: str) -> ValueDeclared:
    if len(text) != 512:
        raise UndecodableLog(f"ValueDeclared has 512 digits, not {len(text)}.")
    return ValueDeclared(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.code(text[192:256]),
        words.uint(text[256:320], 64),
        words.code(text[320:384]),
        words.uint(text[384:448], 32),
        text[448:512],
    )


EVENTS = {
    "cfbc7280cc5dba39777031d9dded8ce44ddcadf77726003ef5e4e77374f978f3": _donation_in_kind_recorded,
    "0ec8d656322ddc11cb33f4db96a98e5877936588a250dfb1374fc437500a85d6": _lot_commissioned,
    "584a9c688878cf0791ccc8ab359ea2e1b32f305027c73db1ca8d6a3aa75a15e4": _record_adjusted,
    "f9bd6e3ab31df46dc34428df969ef46062ccfad5a7a9dc8af7b00da909a1d7b4": _record_reversed,
    "b2cf8834f61212e7456f7b6dc9683ee54b482db56ba5946e6b44e27f0ecd345b": _transformed,
    "81f355df6ef11d999c2545a21480d1b84e352f8b1e56a7bfc54ed0ac9c56e4bc": _value_declared,
}
