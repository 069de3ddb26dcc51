"""Published lines about goods - received, asked for, handed out - read and checked; the columns are the same.

A missing quantity or unit is valid and named in the report (R23); a quantity that is there has to be a whole number.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from ledger.currency import AMOUNT_MAX
from ledger.errors import BadInput
from ledger.imports.importer import Importer
from ledger.imports.lists import Field, ListName, ListOptions, check_list_is_named, list_of, shape_of
from ledger.imports.readers import Table
from ledger.imports.validation import Cells, Refusal, SeenRows, date_from_text, row_number, words

T = TypeVar("T")
_WORDS = ("donor_kind", "specification", "unit", "province", "city", "district")
_NUMBER = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.0+)?", re.ASCII)

GOODS_FIELDS = (
    Field("source"),
    Field("publisher"),
    Field("list"),
    Field("row"),
    Field("date"),
    Field("donor", needed=True),
    Field("donor_kind"),
    Field("item", needed=True),
    Field("specification"),
    Field("unit"),
    Field("quantity", needed=True),
)
DISTRIBUTION_FIELDS = (
    *(one for one in GOODS_FIELDS if one.name not in ("donor", "donor_kind")),
    Field("recipient", needed=True),
)
NEED_FIELDS = (
    *(one for one in GOODS_FIELDS if one.name not in ("donor", "donor_kind")),
    Field("facility", needed=True),
    Field("province"),
    Field("city"),
    Field("district"),
)


class GoodsLine(NamedTuple):
    """A published line about goods. `party` is the donor, recipient or facility. Quantity 0: not published."""

    line: int
    row: int
    date: str | None
    party: str
    item: str
    quantity: int
    donor_kind: str | None = None
    specification: str | None = None
    unit: str | None = None
    province: str | None = None
    city: str | None = None
    district: str | None = None


@dataclass
class GoodsList:
    """One list of the file, with its lines that can be recorded and those that cannot."""

    name: ListName
    rows: int = 0
    lines: list[GoodsLine] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    seen: SeenRows = field(default_factory=SeenRows)
    # Who asked, where, in which row: also those who submitted no line that can be recorded.
    facilities: list[tuple[str, tuple[str | None, ...], int]] = field(default_factory=list)


def read_goods(
    importer: Importer, table: Table, fields: Sequence[Field], party: str, options: ListOptions, rows_max: int
) -> tuple[list[GoodsList], tuple[str, ...]]:
    """The lists of a file of goods, and the columns that mean nothing here. Nothing is recorded.

    Raises BadInput if the header cannot be used, a publisher takes no part, or there are no lines or too many.
    """
    shape = shape_of(table, fields, options)
    check_list_is_named(table, shape, options)
    lists: dict[ListName, GoodsList] = {}
    last: ListName | None = None
    for count, row in enumerate(table.rows(), start=1):
        if count > rows_max:
            raise BadInput(f"{table.path.name} has more than {rows_max:,} lines; split the list.")
        cells = Cells(shape, row)
        try:
            last = list_of(shape, row, options)
            importer.organisation_of(last.publisher)
        except BadInput as error:
            if last is None:
                raise BadInput(f"{table.path.name}, line {row.line}: the source {error.message}.") from error
            cells.problems.append((shape.column("source"), error.message))
        found = lists.setdefault(last, GoodsList(last))
        found.rows += 1
        _take(found, shape.has("row"), row.line, cells, party, importer)
    if not lists:
        raise BadInput(f"{table.path.name} has a header and no lines.")
    return list(lists.values()), shape.unused


def _take(found: GoodsList, is_numbered: bool, line: int, cells: Cells, party: str, importer: Importer) -> None:
    """Adds the row to its list's lines, or to its refusals with every reason."""
    row_no: int | None = found.rows
    if is_numbered:
        row_no = cells.read("row", lambda text: row_number(text, found.seen, found.name))
    day = cells.read("date", lambda text: date_from_text(text, importer.today))
    who = cells.read(party, needed_words)
    item = cells.read("item", needed_words)
    rest = {name: cells.read(name, words) for name in _WORDS}
    quantity = cells.read("quantity", whole_quantity)
    if cells.problems or row_no is None or who is None or item is None or quantity is None:
        found.refused += cells.refusals(row_no)
    else:
        found.lines.append(GoodsLine(line, row_no, day, who, item=item, quantity=quantity, **rest))
        if party == "facility":
            found.facilities.append((who, (rest["province"], rest["city"], rest["district"]), row_no))


def whole_quantity(text: str) -> int:
    """A published quantity, 0 where there is none. Raises BadInput whose message is the reason as a clause."""
    normal = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not normal:
        return 0
    if normal.startswith(("-", "\u2212")):
        raise BadInput("is negative")
    if not _NUMBER.fullmatch(normal) or len(normal) > 40:
        raise BadInput("is not a whole number")
    quantity = int(normal.replace(",", "").partition(".")[0])
    if quantity == 0:
        raise BadInput("is zero")
    if quantity > AMOUNT_MAX:
        raise BadInput(f"is more than {AMOUNT_MAX}")
    return quantity


def needed_words(text: str) -> str:
    """Published words that have to be there."""
    found = words(text)
    if found is None:
        raise BadInput("is missing")
    return found


def chunks(lines: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The lines in order, at most `size` at a time."""
    return (lines[start : start + size] for start in range(0, len(lines), size))
