"""Events of Discrepancies. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple


class DiscrepancyAnswered(NamedTuple):
    """DiscrepancyAnswered(bytes32,bytes32,uint24,bytes32)"""

    answer_id: str
    discrepancy_id: str
    actor_id: int
    content_digest: str


class DiscrepancyOpened(NamedTuple):
    """DiscrepancyOpened(bytes32,bytes32,uint24,uint8,uint32,uint16,uint64,bytes32)"""

    discrepancy_id: str
    subject_id: str
    actor_id: int
    kind: str
    organisation_id: int
    line_no: int
    quantity: int
    content_digest: str


class DiscrepancyResolved(NamedTuple):
    """DiscrepancyResolved(bytes32,bytes32,uint24,uint8)"""

    discrepancy_id: str
    subject_id: str
    actor_id: int
    code: str


class ResolutionProposed(NamedTuple):
    """ResolutionProposed(bytes32,bytes32,uint24,uint16,uint8,uint64,bytes32)"""

    discrepancy_id: str
    subject_id: str
    actor_id: int
    proposal_no: int
    code: str
    quantity: int
    content_digest: str


class ResolutionRejected(NamedTuple):
    """ResolutionRejected(bytes32,bytes32,uint24,bytes32)"""

    discrepancy_id: str
    subject_id: str
    actor_id: int
    content_digest: str
