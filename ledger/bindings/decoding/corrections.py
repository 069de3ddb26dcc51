"""Reads the events of Corrections. Written by `python -m ledger.binding_writer`; do not edit."""

from ledger import words
from ledger.bindings import corrections as events

REASON = ("words", "did_not_occur", "incorrect_data")


def _correction_proposed(text: str, actor: str) -> events.CorrectionProposed:
    words.require_digits("CorrectionProposed", text, 704)
    return events.CorrectionProposed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.code(text[192:256]),
        words.member(text[256:320], REASON),
        words.code(text[320:384]),
        text[384:448],
        words.uint(text[448:512], 16),
        words.uint(text[512:576], 8),
        words.sint(text[576:640], 64),
        text[640:704],
    )


def _correction_rejected(text: str, actor: str) -> events.CorrectionRejected:
    words.require_digits("CorrectionRejected", text, 192)
    return events.CorrectionRejected(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


def _error_declared(text: str, actor: str) -> events.ErrorDeclared:
    words.require_digits("ErrorDeclared", text, 320)
    return events.ErrorDeclared(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.member(text[192:256], REASON),
        text[256:320],
    )


EVENTS = {
    "bca8508acce1dbe17e9a195dccc601896b3a59eb48d4bf7de2ed942fa6125b2f": _correction_proposed,
    "a926f709d7cf7e3359b8e19013e25ce91d9dc4152b63b674fecbe71a25c22cd1": _correction_rejected,
    "00321e87497f40b6343d5b67e617abf972223bcf6fec94133ad62d319ff48d7d": _error_declared,
}
