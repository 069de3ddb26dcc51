"""Events of ConsignmentLedger. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple


class DispatchLine(NamedTuple):
    """A line of an event."""

    lot_id: str
    quantity: int
    allocation_id: str


class LineShortage(NamedTuple):
    """A line of an event."""

    line_no: int
    good: int
    damaged: int


class ReceiptLine(NamedTuple):
    """A line of an event."""

    line_no: int
    good: int
    damaged: int
    lost: int
    over: int


class ConsignmentDispatched(NamedTuple):
    """ConsignmentDispatched(bytes32,bytes32,uint24,bytes32,uint24,uint40,bytes32,bytes32,(bytes32,uint64,bytes32)[])"""

    consignment_id: str
    from_facility_id: str
    actor_id: int
    to_facility_id: str
    carrier_id: int
    due_at: int
    return_of_id: str
    waybill_digest: str
    lines: tuple[DispatchLine, ...]


class ConsignmentReceived(NamedTuple):
    """ConsignmentReceived(bytes32,bytes32,uint24,bool,uint8,bytes32,(uint16,uint64,uint64,uint64,uint64)[])"""

    receipt_id: str
    consignment_id: str
    actor_id: int
    is_final: bool
    completeness: str
    content_digest: str
    lines: tuple[ReceiptLine, ...]


class CustodyAccepted(NamedTuple):
    """CustodyAccepted(bytes32,bytes32,uint24,bytes32)"""

    custody_id: str
    consignment_id: str
    actor_id: int
    content_digest: str


class DispatchVoided(NamedTuple):
    """DispatchVoided(bytes32,bytes32,uint24,bytes32)"""

    consignment_id: str
    from_facility_id: str
    actor_id: int
    content_digest: str


class OutstandingWrittenOff(NamedTuple):
    """OutstandingWrittenOff(bytes32,bytes32,uint24,uint16,uint64)"""

    discrepancy_id: str
    consignment_id: str
    actor_id: int
    line_no: int
    quantity: int


class OverdueNoted(NamedTuple):
    """OverdueNoted(bytes32,bytes32,uint24)"""

    consignment_id: str
    to_facility_id: str
    actor_id: int


class RecordAdjusted(NamedTuple):
    """RecordAdjusted(bytes32,bytes32,uint24,uint16,uint8,int64,uint64)"""

    adjustment_id: str
    record_id: str
    actor_id: int
    line_no: int
    field: int
    delta: int
    shortage: int


class RecordReversed(NamedTuple):
    """RecordReversed(bytes32,bytes32,uint24,(uint16,uint64,uint64)[])"""

    record_id: str
    ref: str
    actor_id: int
    shortages: tuple[LineShortage, ...]
