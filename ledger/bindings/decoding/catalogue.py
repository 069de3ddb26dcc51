"""Reads the events of Catalogue. Written by `python -m ledger.binding_writer`; do not edit."""

from ledger import words
from ledger.bindings import catalogue as events


def _facility_registered(text: str, actor: str) -> events.FacilityRegistered:
    words.require_digits("FacilityRegistered", text, 256)
    return events.FacilityRegistered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
    )


def _item_registered(text: str, actor: str) -> events.ItemRegistered:
    words.require_digits("ItemRegistered", text, 256)
    return events.ItemRegistered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
    )


EVENTS = {
    "28cf78d2b5b271884aa0a9713aa2f9c655493ec7cb528ce6e1de914c3ff94696": _facility_registered,
    "bc885c9cdd7a751a504dfe1257ee95e56640ec8d2301ac600d468f361a717c1a": _item_registered,
}
