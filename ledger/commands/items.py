"""The items of an organisation's catalogue, as it wrote them (R6)."""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.commands.desk import Desk, Draft, content_of, lines, new_id, put_contents
from ledger.errors import BadInput


class Item(NamedTuple):
    """Name, specification and unit as published; what was not published is None (R23)."""

    name: str
    specification: str | None = None
    unit: str | None = None


def item_id(desk: Desk, item: Item) -> bytes:
    """The id of an item: the same words are the same item, and no others."""
    return new_id(desk, "item", (item.name, item.specification or "", item.unit or ""))


def register_items(desk: Desk, items: Sequence[Item]) -> Draft:
    """Enters items into the catalogue of the desk's organisation; one that is there stays as it is."""
    for item in items:
        if not item.name.strip():
            raise BadInput("An item needs a name.")
    known = {item_id(desk, item): item for item in items}
    contents = [
        content_of("item", name=item.name, specification=item.specification, unit=item.unit) for item in known.values()
    ]
    _, digests = put_contents(desk, contents)
    given = list(zip(known, digests, strict=True))
    return lines(desk, "Catalogue", "registerItems", (desk.organisation_id,), given)


def register_item(desk: Desk, item: Item) -> Draft:
    """Enters one item into the catalogue of the desk's organisation."""
    return register_items(desk, [item])
