"""Items with what became of all their lots, and facilities."""

from typing import ClassVar

from api.schemas.answers import Record
from api.schemas.fields import Address, Count, Digest, Id, Person, Quantity, Text, about
from api.schemas.goods import Quantities
from api.schemas.history import Detail


class ItemTotals(Quantities):
    """All lots of the item together."""

    lots: Count = about("Lots in effect.")
    reported: Quantity = about("Handed out as others published it; moves no stock (R20).", 0)
    reports: Count = about("Published lines about it, with or without a quantity.", 0)


class ItemView(Record):
    """(name, specification, unit), as written (R6)."""

    CONTRACT: ClassVar[str] = "Catalogue"
    PATH: ClassVar[str] = "items"
    KEY: ClassVar[str] = "item_id"

    item_id: Id = about("Id of the item.")
    name: Text | None = about("As written; null while its document is missing.", "N95 mask")
    specification: Text | None = about("As written; null: not published.", "1860")
    unit: Text | None = about("As the storekeeper wrote it; null: not published.", "个")
    totals: ItemTotals = about("Maintained with every event.")
    actor_id: Person = about("Who registered it.")


class ItemDetail(ItemView, Detail):
    """An item with its history."""

    content_digest: Digest = about("SHA-256 of its content document.")


class FacilityView(Record):
    """A store, hospital or other place that goods are at."""

    CONTRACT: ClassVar[str] = "Catalogue"
    PATH: ClassVar[str] = "facilities"
    KEY: ClassVar[str] = "facility_id"

    facility_id: Id = about("Id of the facility.")
    name: Text | None = about("As written; null while its document is missing.", "Wuhan Union Hospital")
    facility_kind: Text | None = about("What kind of place; null: not published.", "hospital")
    province: Text | None = about("As written; null: not published.", "湖北")
    city: Text | None = about("As written; null: not published.", "武汉")
    district: Text | None = about("As written; null: not published.", "江汉区")
    lots_here: Count = about("Lots that are, or were, in store here.")
    stock: Address = about("What is here now.", "/v1/balances?facility=" + "00000002" + "ab" * 28)
    actor_id: Person = about("Who registered it.")


class FacilityDetail(FacilityView, Detail):
    """A facility with its history."""

    content_digest: Digest = about("SHA-256 of its content document.")
