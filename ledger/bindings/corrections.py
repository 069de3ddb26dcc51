"""Events of Corrections. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple

from ledger import words
from ledger.errors import UndecodableLog

REASON = ("words", "did_not_occur", "incorrect_data")


class CorrectionProposed(NamedTuple):
    """CorrectionProposed(bytes32,bytes32,uint24,bytes32,uint8,bytes16,bytes32,uint16,uint8,int64,bytes32)"""

    correction_id: str
    target_id: str
    actor_id: int
    part: str
    reason: str
    reason_code: str
    corrective_id: str
    line_no: int
    field: int
    delta: int
    note_digest: str


def _correction_proposed(text: str, actor: str) -> CorrectionProposed:
    if len(text) != 704:
        raise UndecodableLog(f"CorrectionProposed has 704 digits, not {len(text)}.")
    return CorrectionProposed(
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


class CorrectionRejected(NamedTuple):
    """CorrectionRejected(bytes32,bytes32,uint24)"""

    correction_id: str
    target_id: str
    actor_id: int


def _correction_rejected(text: str, actor: str) -> CorrectionRejected:
    if len(text) != 192:
        raise UndecodableLog(f"CorrectionRejected has 192 digits, not {len(text)}.")
    return CorrectionRejected(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


class ErrorDeclared(NamedTuple):
    """ErrorDeclared(bytes32,bytes32,uint24,uint8,bytes32)"""

    correction_id: str
    target_id: str
    actor_id: int
    reason: str
    corrective_id: str


def _error_declared(text: str, actor: str) -> ErrorDeclared:
    if len(text) != 320:
        raise UndecodableLog(f"ErrorDeclared has 320 digits, not {len(text)}.")
    return ErrorDeclared(
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
