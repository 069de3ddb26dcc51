"""Events of StockLedger. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple


class Disposed(NamedTuple):
    """Disposed(bytes32,bytes32,uint24,bytes32,uint64,bytes32)"""

    record_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int
    content_digest: str


class Distributed(NamedTuple):
    """Distributed(bytes32,bytes32,uint24,bytes32,uint64,uint32,bytes32)"""

    distribution_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int
    recipients: int
    content_digest: str


class FindProposed(NamedTuple):
    """FindProposed(bytes32,bytes32,uint24,bytes32,bytes32,uint64,bytes32)"""

    record_id: str
    facility_id: str
    actor_id: int
    lot_id: str
    item_id: str
    quantity: int
    content_digest: str


class Found(NamedTuple):
    """Found(bytes32,bytes32,uint24,bytes32,uint64)"""

    record_id: str
    facility_id: str
    actor_id: int
    lot_id: str
    quantity: int


class IssueWithoutRecordProposed(NamedTuple):
    """IssueWithoutRecordProposed(bytes32,bytes32,uint24,bytes32,uint64,bytes32)"""

    record_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int
    content_digest: str


class IssuedWithoutRecord(NamedTuple):
    """IssuedWithoutRecord(bytes32,bytes32,uint24,bytes32,uint64)"""

    record_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int


class LossRegistered(NamedTuple):
    """LossRegistered(bytes32,bytes32,uint24,bytes32,uint64,uint8,bytes32)"""

    loss_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int
    reason: str
    content_digest: str


class LossReversed(NamedTuple):
    """LossReversed(bytes32,bytes32,uint24,uint64)"""

    reversal_id: str
    loss_id: str
    actor_id: int
    quantity: int


class LotRecalled(NamedTuple):
    """LotRecalled(bytes32,bytes32,uint24)"""

    lot_id: str
    recall_id: str
    actor_id: int


class QuarantineReleased(NamedTuple):
    """QuarantineReleased(bytes32,bytes32,uint24,bytes32,uint64,bytes32)"""

    record_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int
    content_digest: str


class Quarantined(NamedTuple):
    """Quarantined(bytes32,bytes32,uint24,bytes32,uint64,bytes32)"""

    record_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int
    content_digest: str


class RecallClosed(NamedTuple):
    """RecallClosed(bytes32,bytes32,uint24)"""

    recall_id: str
    ref: str
    actor_id: int


class RecallOpened(NamedTuple):
    """RecallOpened(bytes32,bytes32,uint24,bytes32)"""

    recall_id: str
    lot_id: str
    actor_id: int
    content_digest: str


class RecallRecovered(NamedTuple):
    """RecallRecovered(bytes32,bytes32,uint24,bytes32,bytes32,uint64)"""

    record_id: str
    recall_id: str
    actor_id: int
    lot_id: str
    facility_id: str
    quantity: int


class RecordAdjusted(NamedTuple):
    """RecordAdjusted(bytes32,bytes32,uint24,int64,uint64)"""

    adjustment_id: str
    record_id: str
    actor_id: int
    delta: int
    shortage: int


class RecordReversed(NamedTuple):
    """RecordReversed(bytes32,bytes32,uint24,uint64,uint64)"""

    record_id: str
    ref: str
    actor_id: int
    quantity: int
    shortage: int


class ReleaseProposed(NamedTuple):
    """ReleaseProposed(bytes32,bytes32,uint24,uint8,bytes32,uint64,uint32,bytes32)"""

    record_id: str
    lot_id: str
    actor_id: int
    kind: str
    facility_id: str
    quantity: int
    recipients: int
    content_digest: str


class ReturnedToDonor(NamedTuple):
    """ReturnedToDonor(bytes32,bytes32,uint24,bytes32,uint64,bytes32)"""

    record_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int
    content_digest: str


class Sold(NamedTuple):
    """Sold(bytes32,bytes32,uint24,bytes32,uint64,bytes32)"""

    sale_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int
    content_digest: str


class StockCounted(NamedTuple):
    """StockCounted(bytes32,bytes32,uint24,bytes32,uint64,uint64,bytes32)"""

    count_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    counted: int
    expected: int
    content_digest: str
