"""Events of SupplyLedger. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple


class Part(NamedTuple):
    """A line of an event."""

    lot_id: str
    quantity: int


class DonationInKindRecorded(NamedTuple):
    """DonationInKindRecorded(bytes32,bytes32,uint24,bytes32,uint32,bytes16,bytes16,bytes32)"""

    donation_id: str
    facility_id: str
    actor_id: int
    donor_commitment: str
    donor_organisation_id: int
    purpose: str
    place: str
    content_digest: str


class LotCommissioned(NamedTuple):
    """LotCommissioned(bytes32,bytes32,uint24,uint8,bytes32,bytes32,uint64,uint64,bytes16,bytes16,uint32,
    bool,bytes32)
    """

    lot_id: str
    source_id: str
    actor_id: int
    origin: str
    item_id: str
    facility_id: str
    quantity: int
    cost_minor: int
    purpose: str
    place: str
    expiry_date: int
    quarantined: bool
    content_digest: str


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


class Transformed(NamedTuple):
    """Transformed(bytes32,bytes32,uint24,(bytes32,uint64)[],(bytes32,uint64)[],bytes32)"""

    transformation_id: str
    facility_id: str
    actor_id: int
    inputs: tuple[Part, ...]
    outputs: tuple[Part, ...]
    evidence_digest: str


class ValueDeclared(NamedTuple):
    """ValueDeclared(bytes32,bytes32,uint24,bytes3,uint64,bytes16,uint32,bytes32)"""

    valuation_id: str
    donation_id: str
    actor_id: int
    currency: str
    value_minor: int
    method: str
    value_date: int
    content_digest: str
