"""Fields that everything about goods has in common: the item as written, and the quantities of R7."""

from api.schemas.fields import Id, Quantity, Text, View, about


class ItemFields(View):
    """An item as its catalogue writes it. Different units are never added (R6)."""

    item_id: Id = about("The item.")
    item_name: Text | None = about("As written; null while its document is missing.", "N95 mask")
    specification: Text | None = about("As written; null: not published.", "1860")
    unit: Text | None = about("As the storekeeper wrote it; null: not published.", "个")


class Quantities(View):
    """R7, in the item's unit: the first four add up to what is on hand, on the way, and gone."""

    commissioned: Quantity = about("Given or bought.")
    found: Quantity = about("Found, or over in a receipt.", 0)
    transformed_in: Quantity = about("Made of other lots.", 0)
    shortage: Quantity = about("What corrections took beyond what was there (R15).", 0)
    usable: Quantity = about("On hand and usable.")
    reserved: Quantity = about("Set aside; a part of usable.", 0)
    quarantined: Quantity = about("On hand and not to be used.", 0)
    in_transit: Quantity = about("Dispatched and not counted yet.", 0)
    distributed: Quantity = about("Handed out.", 0)
    sold: Quantity = about("Sold.", 0)
    lost: Quantity = about("Lost, in a store or on the way.", 0)
    issued_without_record: Quantity = about("Left a store without a record; a part of lost (R12).", 0)
    disposed: Quantity = about("Disposed of.", 0)
    returned_to_donor: Quantity = about("Given back.", 0)
    transformed_out: Quantity = about("Made into other lots.", 0)
