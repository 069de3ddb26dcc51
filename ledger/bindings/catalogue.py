"""Events of Catalogue. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple

from ledger import words
from ledger.errors import UndecodableLog


class FacilityRegistered(NamedTuple):
    """FacilityRegistered(bytes32,bytes32,uint24,bytes32)"""

    facility_id: str
    ref: str
    actor_id: int
    content_digest: str


def _facility_registered(text: str, actor: str) -> FacilityRegistered:
    if len(text) != 256:
        raise UndecodableLog(f"FacilityRegistered has 256 digits, not {len(text)}.")
    return FacilityRegistered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
    )


class ItemRegistered(NamedTuple):
    """ItemRegistered(bytes32,bytes32,uint24,bytes32)"""

    item_id: str
    ref: str
    actor_id: int
    content_digest: str


def _item_registered(text: str, actor: str) -> ItemRegistered:
    if len(text) != 256:
        raise UndecodableLog(f"ItemRegistered has 256 digits, not {len(text)}.")
    return ItemRegistered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
    )


EVENTS = {
    "28cf78d2b5b271884aa0a9713aa2f9c655493ec7cb528ce6e1de914c3ff94696": _facility_registered,
    "bc885c9cdd7a751a504dfe1257ee95e56640ec8d2301ac600d468f361a717c1a": _item_registered,
}
