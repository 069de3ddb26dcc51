"""Events of NeedLedger. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple


class GoodsAllocationApproved(NamedTuple):
    """GoodsAllocationApproved(bytes32,bytes32,uint24,uint8)"""

    allocation_id: str
    lot_id: str
    actor_id: int
    flags: int


class GoodsAllocationCancelled(NamedTuple):
    """GoodsAllocationCancelled(bytes32,bytes32,uint24)"""

    allocation_id: str
    lot_id: str
    actor_id: int


class GoodsAllocationProposed(NamedTuple):
    """GoodsAllocationProposed(bytes32,bytes32,uint24,bytes32,bytes32,bytes32,bytes16,bytes16,uint64,bytes32)"""

    allocation_id: str
    lot_id: str
    actor_id: int
    from_facility_id: str
    to_facility_id: str
    need_id: str
    purpose: str
    place: str
    quantity: int
    reason_digest: str


class GoodsAllocationReleased(NamedTuple):
    """GoodsAllocationReleased(bytes32,bytes32,uint24,uint64)"""

    allocation_id: str
    lot_id: str
    actor_id: int
    quantity: int


class NeedApproved(NamedTuple):
    """NeedApproved(bytes32,bytes32,uint24,uint64)"""

    need_id: str
    facility_id: str
    actor_id: int
    quantity: int


class NeedPublished(NamedTuple):
    """NeedPublished(bytes32,bytes32,uint24,bytes32,uint64,bool,bytes32)"""

    need_id: str
    facility_id: str
    actor_id: int
    item_id: str
    quantity: int
    repeated: bool
    content_digest: str


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
