"""Goods received against goods that others published as handed out; nothing is matched by likeness (R20)."""

from api.schemas.fields import Address, Count, Flag, Id, Quantity, Signed, Text, View, about
from api.schemas.goods import ItemFields
from api.schemas.history import Change


class ItemReconciliation(View):
    """An item and unit, exactly as written: what came in, and what was published as handed out."""

    item_id: Id = about("The item.")
    organisation_id: Count = about("Whose catalogue.", 2)
    exercise: Flag = about("Part of a marked exercise.", False)
    name: Text | None = about("As written; null while its document is missing.", "N95 mask")
    specification: Text | None = about("As written; null: not published.", "1860")
    unit: Text | None = about("As written; null: not published.", "个")
    lots: Count = about("Lots in effect.")
    received: Quantity = about("Given, bought or found.")
    reports: Count = about("Published lines about it, with or without a quantity.")
    reported: Quantity = about("Handed out, as published.")
    difference: Signed = about("received - reported. Below zero: more was published as handed out than came in.")
    item: Address = about("The item.", "/v1/items/" + "00000002" + "ab" * 28)


class Stated(View):
    """A lot as one version of the publications has it."""

    given: Quantity = about("What was given.", 36_000)
    stated: Quantity = about("What is stated as handed out of it.", 32_000)
    unexplained: Signed = about("given - stated.", 4_000)


class LotReconciliation(ItemFields):
    """A lot that published lines say they came from, as published first and with every correction in effect."""

    lot_id: Id = about("The lot.")
    organisation_id: Count = about("The publisher's organisation.", 2)
    exercise: Flag = about("Part of a marked exercise.", False)
    publisher: Text | None = about("Who published the lot.", "Hubei Red Cross")
    list_name: Text | None = about("In which list.", "goods_flow")
    row_no: int | None = about("The list's own number of the line.", 14)
    as_published: Stated = about("Before any correction.")
    in_effect: Stated = about("With every correction in effect.")
    changed: Flag = about("Corrections changed the figures.")
    words: list[Change] = about("Texts of the lot that corrections say are otherwise; what was recorded stays above.")
    reports: Address = about("The published lines.", "/v1/reported-distributions?lot=" + "00000002" + "ab" * 28)
    lot: Address = about("The lot with its corrections.", "/v1/lots/" + "00000002" + "ab" * 28)
