"""Events of Publications. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple

from ledger import words
from ledger.errors import UndecodableLog


class DistributionReported(NamedTuple):
    """DistributionReported(bytes32,bytes32,uint24,bytes32,uint64,bytes32)"""

    report_id: str
    item_id: str
    actor_id: int
    lot_id: str
    quantity: int
    content_digest: str


def _distribution_reported(text: str, actor: str) -> DistributionReported:
    if len(text) != 384:
        raise UndecodableLog(f"DistributionReported has 384 digits, not {len(text)}.")
    return DistributionReported(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        text[320:384],
    )


class EvidenceAnchored(NamedTuple):
    """EvidenceAnchored(bytes32,bytes32,uint24,bytes32,bytes16)"""

    evidence_id: str
    subject_id: str
    actor_id: int
    document_digest: str
    doc_type: str


def _evidence_anchored(text: str, actor: str) -> EvidenceAnchored:
    if len(text) != 320:
        raise UndecodableLog(f"EvidenceAnchored has 320 digits, not {len(text)}.")
    return EvidenceAnchored(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.code(text[256:320]),
    )


class RecordAdjusted(NamedTuple):
    """RecordAdjusted(bytes32,bytes32,uint24,int64)"""

    adjustment_id: str
    record_id: str
    actor_id: int
    delta: int


def _record_adjusted(text: str, actor: str) -> RecordAdjusted:
    if len(text) != 256:
        raise UndecodableLog(f"RecordAdjusted has 256 digits, not {len(text)}.")
    return RecordAdjusted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.sint(text[192:256], 64),
    )


class RecordReversed(NamedTuple):
    """RecordReversed(bytes32,bytes32,uint24)"""

    record_id: str
    ref: str
    actor_id: int


def _record_reversed(text: str, actor: str) -> RecordReversed:
    if len(text) != 192:
        raise UndecodableLog(f"RecordReversed has 192 digits, not {len(text)}.")
    return RecordReversed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


EVENTS = {
    "a4fc387bcb7a2c1425bf461e38122043f9b820d1c1c95c7bf86f61798932c598": _distribution_reported,
    "6a4cb0e29fad04ae20a0a837e366a58104b9bd9735901f4098d4b1908a657039": _evidence_anchored,
    "81117d595a97ff42a5fcebf66364f05c268fd0d23ce8cbeec32f4a920a3a550f": _record_adjusted,
    "63576f0e63f2b37cf8019a828353e912bbf64e0004549e32b54f487d821d6ca6": _record_reversed,
}
