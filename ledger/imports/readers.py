"""Tables as they were published - CSV and XLSX - read row by row, whatever their size.

Nothing is guessed about what a table means: that is `lists`. Here only its bytes, its encoding and its cells are
settled, and whatever cannot be read is refused with a sentence that says what would be right.
"""

import codecs
import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, cast
from xml.etree import ElementTree

import openpyxl

from ledger.errors import BadInput

FILE_BYTES_MAX = 256 * 1024 * 1024
_CHUNK_BYTES = 1 << 20
_CELL_CHARACTERS_MAX = 10_000
_SHARED_STRINGS_BYTES_MAX = 48 * 1024 * 1024
_UNPACKED_BYTES_MAX = 1024 * 1024 * 1024
_COLUMNS_MAX = 200
# What a broken package raises, depending on where it is broken.
_BROKEN = (ElementTree.ParseError, zipfile.BadZipFile, zlib.error, EOFError, LookupError, TypeError, ValueError)
_NOT_TABLES = {
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls), or one protected by a password; save it as .xlsx or CSV",
    b"%PDF": "a PDF; a list is read from CSV or XLSX",
    b"\xff\xd8\xff": "a picture; a list is read from CSV or XLSX",
    b"\x89PNG": "a picture; a list is read from CSV or XLSX",
}


@dataclass(frozen=True)
class Row:
    """One row as it stands in the file. `line` is its number there, counting from 1, the header included."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A file that can be read as a table: its header, and its rows as often as they are asked for.

    `sha256` is of the published bytes (of what a .gz holds, not of the .gz). `encoding` is None for a spreadsheet.
    """

    path: Path
    sha256: bytes
    size: int
    encoding: str | None
    sheet: str | None
    header: tuple[str, ...]

    @property
    def name(self) -> str:
        """The file's name as it was published."""
        return published_name(self.path)

    def rows(self) -> Iterator[Row]:
        """The rows under the header, in order; empty ones are left out. Raises BadInput where the file breaks."""
        rows = _sheet_rows(self.path, self.sheet) if self.encoding is None else _text_rows(self.path, self.encoding)
        next(rows, None)
        yield from rows


def open_table(path: Path, *, sheet: str | None = None, bytes_max: int = FILE_BYTES_MAX) -> Table:
    """Looks through the whole file once, in bounded memory, and says how it is to be read.

    CSV in UTF-8 (with or without its mark), UTF-16 with its mark, or GB18030, also gzipped; XLSX without formulas.
    Raises BadInput if it is none of these, is empty, or has more than `bytes_max` bytes.
    """
    sha256, size, encoding = _scan(path, bytes_max)
    if encoding is None:
        sheet = _choose_sheet(path, sheet)
        rows = _sheet_rows(path, sheet)
    else:
        rows = _text_rows(path, encoding)
    first = next(rows, None)
    if first is None:
        raise BadInput(f"{path.name} is empty: it has no header row.")
    header = tuple(cell.strip().lower() for cell in first.cells)
    return Table(path, sha256, size, encoding, sheet, header)


def published_name(path: Path) -> str:
    """A file's name without the ending of a compressed copy."""
    return path.name.removesuffix(".gz")


def read_text(path: Path, *, bytes_max: int = FILE_BYTES_MAX) -> tuple[str, bytes]:
    """A whole text file that is no table, and its SHA-256. Raises as `open_table`."""
    sha256, _, encoding = _scan(path, bytes_max)
    if encoding is None:
        raise BadInput(f"{path.name} is a spreadsheet, not text.")
    with _opened(path) as file:
        return file.read().decode(encoding), sha256


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The published bytes: a gzipped file is read through."""
    with path.open("rb") as file:
        gzipped = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        if not gzipped:
            yield file
            return
        with gzip.open(file) as unpacked:
            yield cast(IO[bytes], unpacked)


def _scan(path: Path, bytes_max: int) -> tuple[bytes, int, str | None]:
    """Digest, size and encoding (None: a spreadsheet) of a file, in one pass."""
    try:
        if path.stat().st_size > bytes_max:
            raise BadInput(_too_long(path, path.stat().st_size, bytes_max))
        with _opened(path) as file:
            return _scan_bytes(path, file, bytes_max)
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BadInput(f"{path} cannot be read: {reason}.") from error


def _scan_bytes(path: Path, file: IO[bytes], bytes_max: int) -> tuple[bytes, int, str | None]:
    head = file.read(8)
    for magic, what in _NOT_TABLES.items():
        if head.startswith(magic):
            raise BadInput(f"{path.name} is {what}.")
    file.seek(0)
    decoders: dict[str, codecs.IncrementalDecoder] = {}
    if not head.startswith(b"PK\x03\x04"):
        names = ["utf-16"] if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
        decoders = {name: codecs.getincrementaldecoder(name)() for name in names}
    sheet = not decoders
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(_CHUNK_BYTES):
        digest.update(chunk)
        size += len(chunk)
        if size > bytes_max:
            raise BadInput(_too_long(path, size, bytes_max, more=True))
        if b"\0" in chunk and "utf-8-sig" in decoders:
            raise BadInput(f"{path.name} is not text: it holds a zero byte. A list is read from CSV or XLSX.")
        _decode(decoders, chunk, last=False)
        if not sheet and not decoders:
            break
    _decode(decoders, b"", last=True)
    if not sheet and not decoders:
        raise BadInput(f"{path.name} is neither UTF-8 nor GB18030 text. Save it as UTF-8.")
    return digest.digest(), size, next(iter(decoders), None)


def _decode(decoders: dict[str, codecs.IncrementalDecoder], chunk: bytes, *, last: bool) -> None:
    """Drops the encodings that `chunk` cannot be in."""
    for name, decoder in list(decoders.items()):
        try:
            decoder.decode(chunk, last)
        except UnicodeDecodeError:
            del decoders[name]


def _too_long(path: Path, size: int, bytes_max: int, *, more: bool = False) -> str:
    return (
        f"{path.name} has {'more than ' if more else ''}{size:,} bytes; at most {bytes_max:,} are read."
        " Split the list, or raise LEDGER_IMPORT_BYTES_MAX."
    )


def _text_rows(path: Path, encoding: str) -> Iterator[Row]:
    with _opened(path) as file:
        text = io.TextIOWrapper(file, encoding=encoding, newline="")
        first = text.readline(_CHUNK_BYTES)
        delimiter = max(",\t;", key=first.count)
        text.seek(0)
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield Row(reader.line_num, _checked(path, reader.line_num, cells))
        except csv.Error as error:
            raise BadInput(f"{path.name}, line {reader.line_num}: this is not CSV: {error}.") from error


def _choose_sheet(path: Path, sheet: str | None) -> str:
    with _workbook(path) as book:
        titles = [one.title for one in book.worksheets]
        if sheet is not None and sheet not in titles:
            raise BadInput(f"{path.name} has no sheet {sheet!r}; it has {', '.join(titles)}.")
        filled = [one.title for one in book.worksheets if any(any(row) for row in one.iter_rows(values_only=True))]
        if sheet is None and len(filled) > 1:
            raise BadInput(
                f"{path.name} has {len(filled)} sheets with content: {', '.join(filled)}. Name one: --sheet."
            )
        if not (sheet or filled):
            raise BadInput(f"{path.name} is empty: no sheet has a header row.")
        return sheet or str(filled[0])


def _sheet_rows(path: Path, sheet: str | None) -> Iterator[Row]:
    with _workbook(path) as book:
        for line, row in enumerate(book[sheet].iter_rows(max_col=_COLUMNS_MAX), start=1):
            for cell in row:
                if cell.data_type == "f":
                    raise BadInput(
                        f"{path.name}, cell {cell.coordinate}: this is a formula, not a published figure."
                        " Save the sheet with its values (copy, paste as values) and import that."
                    )
            cells = [_cell_text(cell.value) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield Row(line, _checked(path, line, cells))


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    """The spreadsheet, opened for reading row by row."""
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
        # The sheet is read row by row, but its table of texts is held in memory as a whole.
        strings = [entry.file_size for entry in entries if entry.filename.lower().endswith("sharedstrings.xml")]
        if sum(strings) > _SHARED_STRINGS_BYTES_MAX or sum(entry.file_size for entry in entries) > _UNPACKED_BYTES_MAX:
            raise BadInput(f"{path.name} holds more than is read of a spreadsheet; save it as CSV.")
        book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except (*_BROKEN, OSError) as error:
        raise BadInput(f"{path.name} is not an XLSX file that can be read: {error}.") from error
    try:
        yield book
    except _BROKEN as error:
        # What the package's parts hold is read only now, and may be broken anywhere.
        raise BadInput(f"{path.name} is not an XLSX file that can be read: {error}.") from error
    finally:
        book.close()


def _cell_text(value: object) -> str:
    """A cell as text. A number keeps the digits that the sheet holds; a date is written year first."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    return str(value)


def _checked(path: Path, line: int, cells: list[str]) -> tuple[str, ...]:
    if len(cells) > _COLUMNS_MAX or any(len(cell) > _CELL_CHARACTERS_MAX for cell in cells):
        raise BadInput(
            f"{path.name}, line {line}: more than {_COLUMNS_MAX} columns or {_CELL_CHARACTERS_MAX} characters in one"
            " cell. A quotation mark may be missing."
        )
    return tuple(cells)
