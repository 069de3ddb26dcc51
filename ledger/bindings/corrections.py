"""Events of Corrections. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple


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


class CorrectionRejected(NamedTuple):
    """CorrectionRejected(bytes32,bytes32,uint24)"""

    correction_id: str
    target_id: str
    actor_id: int


class ErrorDeclared(NamedTuple):
    """ErrorDeclared(bytes32,bytes32,uint24,uint8,bytes32)"""

    correction_id: str
    target_id: str
    actor_id: int
    reason: str
    corrective_id: str
