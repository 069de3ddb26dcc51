"""Events of Publications. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple


class DistributionReported(NamedTuple):
    """DistributionReported(bytes32,bytes32,uint24,bytes32,uint64,bytes32)"""

    report_id: str
    item_id: str
    actor_id: int
    lot_id: str
    quantity: int
    content_digest: str


class EvidenceAnchored(NamedTuple):
    """EvidenceAnchored(bytes32,bytes32,uint24,bytes32,bytes16)"""

    evidence_id: str
    subject_id: str
    actor_id: int
    document_digest: str
    doc_type: str


class RecordAdjusted(NamedTuple):
    """RecordAdjusted(bytes32,bytes32,uint24,int64)"""

    adjustment_id: str
    record_id: str
    actor_id: int
    delta: int


class RecordReversed(NamedTuple):
    """RecordReversed(bytes32,bytes32,uint24)"""

    record_id: str
    ref: str
    actor_id: int
