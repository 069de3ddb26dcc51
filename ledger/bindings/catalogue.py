"""Events of Catalogue. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple


class FacilityRegistered(NamedTuple):
    """FacilityRegistered(bytes32,bytes32,uint24,bytes32)"""

    facility_id: str
    ref: str
    actor_id: int
    content_digest: str


class ItemRegistered(NamedTuple):
    """ItemRegistered(bytes32,bytes32,uint24,bytes32)"""

    item_id: str
    ref: str
    actor_id: int
    content_digest: str
