"""Goods received, as published: items, and donations in kind with one lot each (R6, R8, R20)."""

from pathlib import Path

from ledger.commands import Desk, Draft
from ledger.commands.donations_in_kind import GiftInKind, record_donations_in_kind
from ledger.commands.facilities import Facility, register_facilities
from ledger.commands.items import Item, item_id, register_items
from ledger.commands.lots import Lot
from ledger.imports.goods_flow import is_flow, prepare_flow
from ledger.imports.goods_lines import GOODS_FIELDS, GoodsLine, GoodsList, chunks, read_goods
from ledger.imports.importer import LINES_PER_DOCUMENT, Importer
from ledger.imports.lists import ListName, ListOptions
from ledger.imports.outcome import GoodsOutcome, PreparedList, record_lists, rows_text
from ledger.imports.readers import FILE_BYTES_MAX, Table, open_table

ROWS_MAX = 100_000


def import_goods(
    importer: Importer, path: Path, options: ListOptions, *, sheet: str | None = None, bytes_max: int = FILE_BYTES_MAX
) -> GoodsOutcome:
    """Afterwards every line that can be recorded is a donation in kind on the chain, and the reports are anchored.

    A table that joins donor, goods and recipient is recognised by its header and read as such. Raises BadInput, before
    anything is recorded, when the file cannot be used.
    """
    table = open_table(path, sheet=sheet, bytes_max=bytes_max)
    if is_flow(table, options):
        prepared, unused = prepare_flow(importer, table, options)
    else:
        prepared, unused = _prepare(importer, table, options)
    return record_lists(importer, table.name, table.sha256, prepared, unused)


def store_of(desk: Desk, publisher: str) -> Draft:
    """The facility that stands for a publisher's stores, where a list does not say which of them goods came to."""
    return register_facilities(desk, [Facility((publisher, "store"), f"{publisher}: stores, not named in the lists")])


def _prepare(importer: Importer, table: Table, options: ListOptions) -> tuple[list[PreparedList], tuple[str, ...]]:
    lists, unused = read_goods(importer, table, GOODS_FIELDS, "donor", options, ROWS_MAX)
    return [_prepare_list(importer.desk(one.name.publisher), one) for one in lists], unused


def _prepare_list(desk: Desk, source: GoodsList) -> PreparedList:
    prepared = PreparedList(source)
    store = store_of(desk, source.name.publisher)
    prepared.drafts.append(store)
    items = list(dict.fromkeys(item_of(line) for line in source.lines))
    for part in chunks(items, LINES_PER_DOCUMENT):
        prepared.drafts.append(register_items(desk, part))
    prepared.counts["items"] = len(items)
    for lines in chunks(source.lines, LINES_PER_DOCUMENT):
        draft = record_donations_in_kind(desk, store.record_id, [_gift(desk, source.name, line) for line in lines])
        prepared.add(draft, [(line.line, line.row) for line in lines], "donations in kind")
    prepared.counts["lots"] = sum(1 for line in source.lines if line.quantity)
    prepared.gaps = _gaps(source)
    return prepared


def item_of(line: GoodsLine) -> Item:
    """The item as the line has it: units and specifications as written, what is missing stays missing (R6)."""
    return Item(line.item, line.specification, line.unit)


def _gift(desk: Desk, name: ListName, line: GoodsLine) -> GiftInKind:
    listed = {"publisher": name.publisher, "list": name.list_name, "row": line.row}
    key = (*name, line.row)
    lots = [Lot(key, item_id(desk, item_of(line)), line.quantity, **listed)] if line.quantity else []  # type: ignore[arg-type]
    return GiftInKind(key, lots, line.party, line.donor_kind, date=line.date, **listed)  # type: ignore[arg-type]


def _gaps(source: GoodsList) -> list[str]:
    """What the list does not say."""
    gaps = ["The list does not say which store the goods came to."]
    if rows := [line.row for line in source.lines if line.unit is None]:
        gaps.append(f"No unit is published in {rows_text(rows)}: their items have none.")
    if rows := [line.row for line in source.lines if not line.quantity]:
        gaps.append(f"No quantity is published in {rows_text(rows)}: their donations have no lot.")
    if rows := [line.row for line in source.lines if line.date is None]:
        gaps.append(f"No date is published in {rows_text(rows)}.")
    gaps.append("No values are published: the donations have none.")
    return gaps
