"""What the columns of a published list mean: which of them is the amount, whose list a row belongs to.

A column is known by its name, or by `--column field=name` where a publisher calls it something else. Columns that mean
nothing here are named in the import's report, never dropped in silence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ledger.currency import minor_digits
from ledger.errors import BadInput
from ledger.imports.readers import Row, Table

_AMOUNT_PREFIX = "amount_"


class Field(NamedTuple):
    """One thing that a list may tell. `needed` fields must have a column."""

    name: str
    needed: bool = False


@dataclass(frozen=True)
class ListOptions:
    """What the person who imports says about a file, where the file itself does not."""

    publisher: str | None = None
    list_name: str | None = None
    currency: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    without_donors: bool = False


@dataclass(frozen=True)
class Shape:
    """Where each field stands in a row. `unused` are the columns that mean nothing here."""

    at: Mapping[str, int]
    header: Sequence[str]
    unused: tuple[str, ...]

    def text(self, row: Row, name: str) -> str:
        """The cell of that field without spaces around it; empty when the list has no such column."""
        index = self.at.get(name)
        return row.cells[index].strip() if index is not None and index < len(row.cells) else ""

    def has(self, name: str) -> bool:
        """Whether the list has a column for that field."""
        return name in self.at

    def column(self, name: str) -> str:
        """What the list calls that field: how a refused cell is named."""
        index = self.at.get(name)
        return self.header[index] if index is not None else name


def shape_of(table: Table, fields: Sequence[Field], options: ListOptions) -> Shape:
    """Finds each field's column. Raises BadInput naming the columns that are missing, and those that were expected."""
    known = [field.name for field in fields]
    if strangers := [name for name in options.columns if name not in known]:
        raise BadInput(f"--column {strangers[0]}: there is no such field; the fields are {', '.join(known)}.")
    if twice := sorted({name for name in table.header if name and table.header.count(name) > 1}):
        raise BadInput(f"{table.path.name}: the header has the column {twice[0]!r} more than once.")
    at: dict[str, int] = {}
    for name in known:
        column = options.columns.get(name, name).strip().lower()
        if column in table.header:
            at[name] = table.header.index(column)
        elif name in options.columns:
            raise BadInput(f"{table.path.name} has no column {column!r}; its header is {_listed(table.header)}.")
    missing = [field.name for field in fields if field.needed and field.name not in at]
    if missing:
        expected = [field.name if field.needed else f"[{field.name}]" for field in fields]
        raise BadInput(
            f"{table.path.name}, line 1: no column {_listed(missing)}. The header is {_listed(table.header)};"
            f" expected are {_listed(expected)}.",
            hint="Where the publisher uses another word, say it: --column field=word.",
        )
    unused = tuple(name for index, name in enumerate(table.header) if index not in at.values() and name)
    return Shape(at, table.header, unused)


class ListName(NamedTuple):
    """Whose list, and which: the first two parts of every imported record's key."""

    publisher: str
    list_name: str

    def __str__(self) -> str:
        return f"{self.publisher}, {self.list_name}"


def list_of(shape: Shape, row: Row, options: ListOptions) -> ListName:
    """The list that a row belongs to, from its own columns or else from the options.

    A `source` is "publisher, list". Raises BadInput whose message is the reason the source cannot be read.
    """
    publisher = shape.text(row, "publisher") or options.publisher or ""
    list_name = shape.text(row, "list") or options.list_name or ""
    if source := shape.text(row, "source"):
        head, comma, tail = source.partition(", ")
        if not comma or not tail.strip():
            raise BadInput("is not 'publisher, list'")
        publisher, list_name = head.strip(), tail.strip()
    if not publisher or not list_name:
        raise BadInput("is missing")
    return ListName(publisher, list_name)


def check_list_is_named(table: Table, shape: Shape, options: ListOptions) -> None:
    """Raises BadInput when neither the file nor the options say whose list this is."""
    named_by_file = shape.has("source")
    if not named_by_file and not (shape.has("publisher") or options.publisher):
        raise BadInput(f"{table.path.name} does not say who published it: --publisher NAME.")
    if not named_by_file and not (shape.has("list") or options.list_name):
        raise BadInput(f"{table.path.name} does not say which list it is: --list NAME.")


DONATION_FIELDS = (
    Field("source"),
    Field("publisher"),
    Field("list"),
    Field("row"),
    Field("date"),
    Field("donor", needed=True),
    Field("donor_kind"),
    Field("amount", needed=True),
    Field("currency"),
    Field("document_no"),
)


def donation_shape(table: Table, options: ListOptions) -> tuple[Shape, str | None]:
    """The shape of a list of donations, and the currency of all its rows (None: each row names its own).

    A column `amount_cny` says the currency as well. Raises as `shape_of`, and BadInput for an unknown currency.
    """
    columns = dict(options.columns)
    stated = next((name for name in table.header if name.startswith(_AMOUNT_PREFIX)), None)
    if stated and "amount" not in table.header:
        columns.setdefault("amount", stated)
    fields = [
        item._replace(needed=False) if item.name == "donor" and options.without_donors else item
        for item in DONATION_FIELDS
    ]
    shape = shape_of(table, fields, ListOptions(columns=columns))
    check_list_is_named(table, shape, options)
    currency = (options.currency or "").upper() or None
    column = shape.column("amount")
    if currency is None and not shape.has("currency"):
        if not column.startswith(_AMOUNT_PREFIX):
            raise BadInput(f"{table.path.name} does not say its currency: --currency CNY, say.")
        currency = column.removeprefix(_AMOUNT_PREFIX).upper()
    if currency is not None:
        minor_digits(currency)
    return shape, currency


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
