"""Goods handed out, as published: a publisher's statements, which move no stock (R20)."""

from pathlib import Path

from ledger.commands import Desk
from ledger.commands.items import item_id, register_items
from ledger.commands.reported_distributions import ReportedDistribution, report_distributions
from ledger.imports.goods import ROWS_MAX, item_of
from ledger.imports.goods_lines import DISTRIBUTION_FIELDS, GoodsList, chunks, read_goods
from ledger.imports.importer import LINES_PER_DOCUMENT, Importer
from ledger.imports.lists import ListOptions
from ledger.imports.outcome import GoodsOutcome, PreparedList, record_lists, rows_text
from ledger.imports.readers import FILE_BYTES_MAX, open_table


def import_distributions(
    importer: Importer, path: Path, options: ListOptions, *, sheet: str | None = None, bytes_max: int = FILE_BYTES_MAX
) -> GoodsOutcome:
    """Afterwards every line that can be recorded is a reported distribution, and the reports are anchored.

    Raises BadInput, before anything is recorded, when the file cannot be used.
    """
    table = open_table(path, sheet=sheet, bytes_max=bytes_max)
    lists, unused = read_goods(importer, table, DISTRIBUTION_FIELDS, "recipient", options, ROWS_MAX)
    prepared = [_prepare_list(importer.desk(one.name.publisher), one) for one in lists]
    return record_lists(importer, table.name, table.sha256, prepared, unused)


def _prepare_list(desk: Desk, source: GoodsList) -> PreparedList:
    prepared = PreparedList(source)
    items = list(dict.fromkeys(item_of(line) for line in source.lines))
    for part in chunks(items, LINES_PER_DOCUMENT):
        prepared.drafts.append(register_items(desk, part))
    prepared.counts["items"] = len(items)
    publisher, list_name = source.name
    for lines in chunks(source.lines, LINES_PER_DOCUMENT):
        reported = [
            ReportedDistribution(
                key=(*source.name, line.row),
                item_id=item_id(desk, item_of(line)),
                quantity=line.quantity,
                recipient=line.party,
                date=line.date,
                publisher=publisher,
                list=list_name,
                row=line.row,
            )
            for line in lines
        ]
        draft = report_distributions(desk, reported)
        prepared.add(draft, [(line.line, line.row) for line in lines], "reported distributions")
    prepared.gaps.append("The list does not say from which lots the goods were taken.")
    if rows := [line.row for line in source.lines if not line.quantity]:
        prepared.gaps.append(f"No quantity is published in {rows_text(rows)}.")
    if rows := [line.row for line in source.lines if line.unit is None]:
        prepared.gaps.append(f"No unit is published in {rows_text(rows)}.")
    return prepared
