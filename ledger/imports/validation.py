"""Whether one published line can be recorded, and if not, why: the column and the reason, for every problem it has."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import NamedTuple, TypeVar

from ledger.currency import minor_digits, minor_from_text
from ledger.errors import BadInput
from ledger.imports.lists import ListName, ListOptions, Shape, list_of
from ledger.imports.readers import Row

T = TypeVar("T")
ROW_MAX = 2**31 - 1
NAME_CHARACTERS_MAX = 500
_YEAR_MIN = 1900
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
)
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_PAGE_BITS = 1 << 16


class Refusal(NamedTuple):
    """One reason why a line is not recorded.

    `line` is its place in the file, `row` the list's own number where that can be read.
    """

    line: int
    row: int | None
    column: str
    reason: str


class DonationLine(NamedTuple):
    """A published donation that can be recorded. What was not published is None, never guessed (R23)."""

    line: int
    row: int
    date: str | None
    donor: str | None
    donor_kind: str | None
    amount_minor: int
    currency: str
    document_no: str | None


class SeenRows:
    """The row numbers that occurred in one list, in a few bytes each however long it is."""

    def __init__(self) -> None:
        self._pages: defaultdict[int, bytearray] = defaultdict(lambda: bytearray(_PAGE_BITS // 8))

    def add(self, row: int) -> bool:
        """Whether `row` is new; afterwards it is not."""
        page, bit = self._pages[row // _PAGE_BITS], row % _PAGE_BITS
        mask = 1 << bit % 8
        new = not page[bit // 8] & mask
        page[bit // 8] |= mask
        return new


class Cells:
    """The cells of one row, read one by one; `problems` collects (column, reason) of those that cannot be used."""

    def __init__(self, shape: Shape, row: Row) -> None:
        self._shape = shape
        self._row = row
        self.problems: list[tuple[str, str]] = []
        if len(row.cells) > len(shape.header):
            self.problems.append(("", f"has {len(row.cells)} cells where the header has {len(shape.header)}"))

    def read(self, name: str, reader: Callable[[str], T | None]) -> T | None:
        """What `reader` makes of the field's cell; None, and a problem more, where it refuses."""
        try:
            return reader(self._shape.text(self._row, name))
        except BadInput as error:
            self.problems.append((self._shape.column(name), error.message))
            return None

    def refusals(self, row_no: int | None) -> list[Refusal]:
        """The problems as reasons why the line is not recorded."""
        return [Refusal(self._row.line, row_no, column, reason) for column, reason in self.problems]


class DonationCheck:
    """Checks the lines of one file of donations, in order."""

    def __init__(self, shape: Shape, currency: str | None, options: ListOptions, today: date) -> None:
        """`today` is the last date that is not in the future."""
        self._shape = shape
        self._currency = currency
        self._options = options
        self._today = today
        self._seen: defaultdict[ListName, SeenRows] = defaultdict(SeenRows)
        self._count: defaultdict[ListName, int] = defaultdict(int)

    def line(self, row: Row) -> tuple[ListName | None, DonationLine | None, list[Refusal]]:
        """The list that a row belongs to, and the donation it states or the reasons why it cannot be recorded."""
        cells = Cells(self._shape, row)
        try:
            name = list_of(self._shape, row, self._options)
        except BadInput as error:
            cells.problems.append((self._shape.column("source"), error.message))
            name = None
        row_no = self._row_no(cells, name)
        currency = self._currency or cells.read("currency", _currency)
        amount_minor = cells.read("amount", lambda text: minor_from_text(text, currency)) if currency else None
        day = cells.read("date", lambda text: date_from_text(text, self._today))
        donor = cells.read("donor", self._donor)
        donor_kind = cells.read("donor_kind", words)
        document_no = cells.read("document_no", words)
        if cells.problems or row_no is None or amount_minor is None or currency is None:
            return name, None, cells.refusals(row_no)
        return name, DonationLine(row.line, row_no, day, donor, donor_kind, amount_minor, currency, document_no), []

    def _row_no(self, cells: Cells, name: ListName | None) -> int | None:
        """The list's own number of the row; where it numbers none, its position in the list."""
        if name is None:
            return None
        self._count[name] += 1
        if not self._shape.has("row"):
            return self._count[name]
        return cells.read("row", lambda text: row_number(text, self._seen[name], name))

    def _donor(self, text: str) -> str | None:
        if not self._shape.has("donor"):
            return None
        return words(text) or _refuse("is missing")


def row_number(text: str, seen: SeenRows, name: ListName) -> int:
    """A list's own number of a row. Raises BadInput, whose message is the reason, if it has none or had it before."""
    normal = unicodedata.normalize("NFKC", text)
    number = int(normal) if normal.isdecimal() and len(normal) <= 10 else 0
    if not 1 <= number <= ROW_MAX:
        raise BadInput("is not a row number" if text else "is missing")
    if not seen.add(number):
        raise BadInput(f"is a row number that {name} has twice")
    return number


def date_from_text(text: str, today: date) -> str | None:
    """A published date as YYYY-MM-DD; None where there is none, which is valid (R23).

    Takes 2020-01-31, 2020/1/31, 2020.1.31 and 2020年1月31日, with or without a time of day. Raises BadInput whose
    message is the reason as a clause.
    """
    normal = _TIME.sub("", unicodedata.normalize("NFKC", text).strip())
    if not normal:
        return None
    match = _DATE.fullmatch(normal)
    if match is None:
        raise BadInput("is not a date (YYYY-MM-DD)")
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise BadInput("is a date that does not exist") from error
    if found > today:
        raise BadInput("is in the future")
    if found.year < _YEAR_MIN:
        raise BadInput(f"is before {_YEAR_MIN}")
    return found.isoformat()


def words(text: str) -> str | None:
    """Published words; None where there are none."""
    if len(text) > NAME_CHARACTERS_MAX:
        raise BadInput(f"is longer than {NAME_CHARACTERS_MAX} characters")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        raise BadInput("holds a control character")
    return text or None


def _currency(text: str) -> str:
    if not text:
        raise BadInput("is missing")
    try:
        minor_digits(text.upper())
    except BadInput as error:
        raise BadInput("is not a currency of ISO 4217") from error
    return text.upper()


def _refuse(reason: str) -> str:
    raise BadInput(reason)
