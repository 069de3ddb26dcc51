"""Reads the events of SupplyLedger. Written by `python -m ledger.binding_writer`; do not edit."""

from ledger import words
from ledger.bindings import supply_ledger as events

ORIGIN = ("none", "in_kind", "bought", "found", "transformed")


def _donation_in_kind_recorded(text: str, actor: str) -> events.DonationInKindRecorded:
    words.require_digits("DonationInKindRecorded", text, 512)
    return events.DonationInKindRecorded(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 32),
        words.code(text[320:384]),
        words.code(text[384:448]),
        text[448:512],
    )


def _lot_commissioned(text: str, actor: str) -> events.LotCommissioned:
    words.require_digits("LotCommissioned", text, 832)
    return events.LotCommissioned(
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


def _record_adjusted(text: str, actor: str) -> events.RecordAdjusted:
    words.require_digits("RecordAdjusted", text, 320)
    return events.RecordAdjusted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.sint(text[192:256], 64),
        words.uint(text[256:320], 64),
    )


def _record_reversed(text: str, actor: str) -> events.RecordReversed:
    words.require_digits("RecordReversed", text, 320)
    return events.RecordReversed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        words.uint(text[256:320], 64),
    )


def _transformed(text: str, actor: str) -> events.Transformed:
    types = ("(bytes32,uint64)[]", "(bytes32,uint64)[]", "bytes32")
    body = words.dynamic(types, text[192:])
    return events.Transformed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        tuple(events.Part(row[0].hex(), row[1]) for row in body[0]),
        tuple(events.Part(row[0].hex(), row[1]) for row in body[1]),
        body[2].hex(),
    )


def _value_declared(text: str, actor: str) -> events.ValueDeclared:
    words.require_digits("ValueDeclared", text, 512)
    return events.ValueDeclared(
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
