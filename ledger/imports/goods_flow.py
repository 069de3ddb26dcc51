"""A published table that joins donor, goods, declared value and recipient, row by row (R8, R20).

Goods stand there as text. A lot is made only where one quantity and one unit are plainly stated; of all others the text
is kept as the item's name, and the report says that no quantity was published. Nothing is inferred from a value.
"""

from typing import NamedTuple

from ledger.canonical import NO_RECORD, record_id
from ledger.commands import Desk
from ledger.commands.donations_in_kind import GiftInKind, declare_value, record_donations_in_kind
from ledger.commands.facilities import Facility, register_facilities
from ledger.commands.items import Item, item_id, register_items
from ledger.commands.lots import Lot
from ledger.commands.reported_distributions import ReportedDistribution, report_distributions
from ledger.currency import decimal_from_text, minor_from_decimal
from ledger.errors import BadInput
from ledger.imports.goods_lines import GoodsList, needed_words
from ledger.imports.importer import Importer
from ledger.imports.lists import Field, ListName, ListOptions, Shape, check_list_is_named, list_of, shape_of
from ledger.imports.outcome import PreparedList, rows_text
from ledger.imports.readers import Row, Table
from ledger.imports.stated import Share, Stated, shares_in, stated_in
from ledger.imports.validation import Cells, date_from_text, row_number, words

VALUE_CURRENCY = "CNY"
VALUE_UNIT = 10_000
VALUE_METHOD = "AS_PUBLISHED"
ROWS_MAX = 10_000

FLOW_FIELDS = (
    Field("source"),
    Field("publisher"),
    Field("list"),
    Field("row", needed=True),
    Field("date"),
    Field("donor", needed=True),
    Field("donor_kind"),
    Field("items", needed=True),
    Field("value_10k_cny", needed=True),
    Field("recipient", needed=True),
)


class FlowLine(NamedTuple):
    """One row: what the text states of goods and recipients, and the declared value in fen (None: not published)."""

    line: int
    row: int
    date: str | None
    donor: str
    donor_kind: str | None
    items: str
    goods: tuple[Stated, ...]
    value_minor: int | None
    recipient: str
    shares: tuple[Share, ...]


class _FlowList(NamedTuple):
    source: GoodsList
    lines: list[FlowLine]


def is_flow(table: Table, options: ListOptions) -> bool:
    """Whether the header is that of such a table, and not of a list of goods received."""
    named = {options.columns.get(name, name) for name in ("items", "recipient", "value_10k_cny")}
    return named <= set(table.header)


def prepare_flow(importer: Importer, table: Table, options: ListOptions) -> tuple[list[PreparedList], tuple[str, ...]]:
    """What is to be recorded of the table. Nothing is recorded here. Raises BadInput if it cannot be used."""
    lists, unused = read_flow(importer, table, options)
    return [_prepare_list(importer.desk(one.source.name.publisher), one) for one in lists], unused


def read_flow(importer: Importer, table: Table, options: ListOptions) -> tuple[list[_FlowList], tuple[str, ...]]:
    """The lists of the table, their lines read. Raises BadInput if it cannot be used."""
    shape = shape_of(table, FLOW_FIELDS, options)
    check_list_is_named(table, shape, options)
    lists: dict[ListName, _FlowList] = {}
    for count, row in enumerate(table.rows(), start=1):
        if count > ROWS_MAX:
            raise BadInput(f"{table.path.name} has more than {ROWS_MAX:,} lines; split the list.")
        try:
            name = list_of(shape, row, options)
        except BadInput as error:
            raise BadInput(f"{table.path.name}, line {row.line}: the source {error.message}.") from error
        importer.organisation_of(name.publisher)
        found = lists.setdefault(name, _FlowList(GoodsList(name), []))
        found.source.rows += 1
        _take(found, shape, row, importer)
    if not lists:
        raise BadInput(f"{table.path.name} has a header and no lines.")
    return list(lists.values()), shape.unused


def lot_key(name: ListName, row: int, index: int) -> tuple[str | int, ...]:
    """The key of the lot that the part `index` of a row's goods, from 0, became."""
    return (*name, row, index)


def gift_key(name: ListName, row: int) -> tuple[str | int, ...]:
    """The key of a row's donation in kind."""
    return (*name, row)


def report_key(name: ListName, row: int, recipient: str, index: int) -> tuple[str | int, ...]:
    """The key of the statement that the part `index` of a row's goods was handed to a recipient."""
    return (*name, row, recipient, index)


def _take(found: _FlowList, shape: Shape, row: Row, importer: Importer) -> None:
    cells = Cells(shape, row)
    row_no = cells.read("row", lambda text: row_number(text, found.source.seen, found.source.name))
    day = cells.read("date", lambda text: date_from_text(text, importer.today))
    donor = cells.read("donor", needed_words)
    donor_kind = cells.read("donor_kind", words)
    items = cells.read("items", needed_words)
    value_minor = cells.read("value_10k_cny", value_from_text)
    recipient = cells.read("recipient", needed_words)
    if cells.problems or row_no is None or donor is None or items is None or recipient is None:
        found.source.refused += cells.refusals(row_no)
        return
    goods, shares = tuple(stated_in(items)), tuple(shares_in(recipient))
    found.lines.append(FlowLine(row.line, row_no, day, donor, donor_kind, items, goods, value_minor, recipient, shares))


def value_from_text(text: str) -> int | None:
    """A value in units of 10,000 CNY as fen, exactly; None where none is published. Raises BadInput as a clause."""
    if not text:
        return None
    return minor_from_decimal((decimal_from_text(text) * VALUE_UNIT).normalize(), VALUE_CURRENCY)


def _prepare_list(desk: Desk, found: _FlowList) -> PreparedList:
    prepared = PreparedList(found.source)
    name = found.source.name
    publisher = name.publisher
    store = Facility((publisher, "store"), f"{publisher}: stores, not named in the lists")
    stores = register_facilities(desk, [store])
    items = list(dict.fromkeys(_item(part) for line in found.lines for part in line.goods))
    prepared.drafts += [stores, register_items(desk, items)]
    prepared.counts["items"] = len(items)
    for line in found.lines:
        at = [(line.line, line.row)]
        prepared.add(
            record_donations_in_kind(desk, stores.record_id, [_gift(desk, name, line)]), at, "donations in kind"
        )
        if line.value_minor is not None:
            value = declare_value(
                desk,
                key=gift_key(name, line.row),
                donation_id=record_id(desk.organisation_id, "donation_in_kind", *gift_key(name, line.row)),
                currency=VALUE_CURRENCY,
                value_minor=line.value_minor,
                method=VALUE_METHOD,
                value_date=line.date,
            )
            prepared.add(value, at, "declared values")
        reported = _reported(desk, name, line)
        prepared.add(report_distributions(desk, reported), at * len(reported), "reported distributions")
    prepared.counts["lots"] = sum(1 for line in found.lines for part in line.goods if part.quantity)
    prepared.gaps = _gaps(found.lines)
    return prepared


def _item(part: Stated) -> Item:
    return Item(part.name, None, part.unit)


def _gift(desk: Desk, name: ListName, line: FlowLine) -> GiftInKind:
    lots = [
        Lot(
            lot_key(name, line.row, index),
            item_id(desk, _item(part)),
            part.quantity,
            publisher=name.publisher,
            list=name.list_name,
            row=line.row,
            note=part.text,
        )
        for index, part in enumerate(line.goods)
        if part.quantity
    ]
    return GiftInKind(
        gift_key(name, line.row),
        lots,
        line.donor,
        line.donor_kind,
        date=line.date,
        publisher=name.publisher,
        list=name.list_name,
        row=line.row,
        note=line.items,
    )


def _reported(desk: Desk, name: ListName, line: FlowLine) -> list[ReportedDistribution]:
    """A statement for each recipient and part of the goods; the quantity only where it can be of no other part."""
    return [
        ReportedDistribution(
            key=report_key(name, line.row, share.name, index),
            item_id=item_id(desk, _item(part)),
            quantity=share.quantity if len(line.goods) == 1 else 0,
            lot_id=record_id(desk.organisation_id, "lot", *lot_key(name, line.row, index))
            if part.quantity
            else NO_RECORD,
            recipient=share.name,
            date=line.date,
            publisher=name.publisher,
            list=name.list_name,
            row=line.row,
            note=line.recipient,
        )
        for share in line.shares
        for index, part in enumerate(line.goods)
    ]


def _gaps(lines: list[FlowLine]) -> list[str]:
    gaps = ["The list does not say which store the goods came to."]
    if rows := [line.row for line in lines if not any(part.quantity for part in line.goods)]:
        gaps.append(f"No quantity with one unit is plainly stated in {rows_text(rows)}: their donations have no lot.")
    for line in lines:
        unread = [part.text for part in line.goods if not part.quantity]
        if unread and len(unread) < len(line.goods):
            gaps.append(f"Row {line.row}: no quantity is plainly stated for {', '.join(unread)}.")
    if rows := [line.row for line in lines if line.value_minor is None]:
        gaps.append(f"No value is published in {rows_text(rows)}.")
    if rows := [line.row for line in lines if not any(share.quantity for share in line.shares)]:
        gaps.append(f"How much each recipient was given is not published in {rows_text(rows)}.")
    for line in lines:
        stated = sum(share.quantity for share in line.shares)
        given = line.goods[0].quantity if len(line.goods) == 1 else None
        if stated and given and stated != given:
            gaps.append(
                f"Row {line.row}: {given:,} were given and {stated:,} are stated as handed out; {given - stated:,} are"
                " unexplained."
            )
    if rows := [line.row for line in lines if "万" in line.recipient and line.recipient.count("万") < len(line.shares)]:
        gaps.append(f"In {rows_text(rows)} one recipient's number is read in 万 (ten thousands) as the other's is.")
    return gaps
