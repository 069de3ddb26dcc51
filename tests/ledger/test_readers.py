"""Published tables: every encoding and form that is read, and a clear answer to every file that is not one."""

import gzip
import hashlib
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import BadInput
from ledger.imports import readers
from ledger.imports.readers import open_table, read_text

TEXT = 'source,row,donor,amount_cny\n湖北红十字会,1,武汉“某”公司,"1,234.50"\n,2,乙,５\n'
CELLS = [("湖北红十字会", "1", "武汉“某”公司", "1,234.50"), ("", "2", "乙", "５")]


def cells_of(path, **options):
    return [row.cells for row in open_table(path, **options).rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_open_table__each_encoding__same_cells(tmp_path, encoding):
    path = tmp_path / "list.csv"
    path.write_bytes(TEXT.encode(encoding))
    table = open_table(path)
    assert table.header == ("source", "row", "donor", "amount_cny")
    assert [row.cells for row in table.rows()] == CELLS
    assert [row.line for row in table.rows()] == [2, 3]
    assert table.sha256 == hashlib.sha256(path.read_bytes()).digest()


def test_open_table__gzipped__digest_is_of_what_was_published(tmp_path):
    path = tmp_path / "list.csv.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    table = open_table(path)
    assert table.sha256 == hashlib.sha256(TEXT.encode()).digest()
    assert [row.cells for row in table.rows()] == CELLS


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_open_table__each_delimiter_and_line_ending__same_cells(tmp_path, delimiter):
    path = tmp_path / "list.csv"
    path.write_bytes(delimiter.join("abc").encode() + b"\r\n" + delimiter.join("123").encode() + b"\r\n\r\n")
    assert open_table(path).header == ("a", "b", "c")
    assert cells_of(path) == [("1", "2", "3")]


def sheet(path, rows, *, more_sheets=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name in more_sheets:
        book.create_sheet(name).append(["x"])
    book.save(path)
    return path


def test_open_table__spreadsheet__cells_as_text(tmp_path):
    rows = [
        ["Row", "date", "amount_cny"],
        [1, date(2020, 1, 31), 1234.5],
        [2, datetime(2020, 2, 1, 9, 30), 7],
        [3, None, "１,000"],
    ]
    table = open_table(sheet(tmp_path / "list.xlsx", rows))
    assert table.header == ("row", "date", "amount_cny")
    assert [row.cells for row in table.rows()] == [
        ("1", "2020-01-31", "1234.5"),
        ("2", "2020-02-01", "7"),
        ("3", "", "１,000"),
    ]
    assert table.encoding is None


def test_open_table__formula_in_a_spreadsheet__refused_with_the_cell(tmp_path):
    path = sheet(tmp_path / "list.xlsx", [["row", "amount_cny"], [1, 5], [2, "=B2*2"]])
    with pytest.raises(BadInput, match=r"list\.xlsx, cell B3: this is a formula"):
        cells_of(path)


def test_open_table__several_sheets__one_has_to_be_named(tmp_path):
    path = sheet(tmp_path / "list.xlsx", [["a"], [1]], more_sheets=["Second"])
    with pytest.raises(BadInput, match="2 sheets with content: Sheet, Second"):
        open_table(path)
    assert open_table(path, sheet="Second").header == ("x",)
    with pytest.raises(BadInput, match="no sheet 'Third'"):
        open_table(path, sheet="Third")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"\n \n", "is empty"),
        ("a.pdf", b"%PDF-1.7 ...", "is a PDF"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
        ("a.csv", b"a,b\n1,\x00\n", "zero byte"),
        ("a.csv", b"a,b\n\xff\xff\xff,1\n", "neither UTF-8 nor GB18030"),
        ("a.csv", b'a,b\n"1,2\n', "line 2: this is not CSV"),
        ("a.csv", b"a,b\n" + b"x" * 20_000 + b",1\n", "line 2: more than"),
        ("a.xlsx", b"PK\x03\x04 not a package", "not an XLSX file"),
        ("a.csv.gz", gzip.compress(b"a,b\n1,2\n")[:-9], "cannot be read"),
        ("b.csv.gz", gzip.compress(bytes(range(256)) * 9)[:40] + bytes(60), "cannot be read"),
    ],
)
def test_open_table__no_table__refused_with_the_reason(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadInput, match=reason):
        cells_of(path)


def test_open_table__missing_file_or_folder__refused(tmp_path):
    with pytest.raises(BadInput, match="No such file"):
        open_table(tmp_path / "none.csv")
    with pytest.raises(BadInput, match="cannot be read"):
        open_table(tmp_path)


def test_open_table__file_of_one_gigabyte__answered_without_reading_it(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    assert path.stat().st_blocks < 100
    with pytest.raises(BadInput, match=r"huge\.csv has 1,073,741,824 bytes; at most 268,435,456 are read"):
        open_table(path)


def test_open_table__small_gzip_of_a_huge_file__stopped_at_the_limit(tmp_path):
    path = tmp_path / "bomb.csv.gz"
    with gzip.open(path, "wb") as file:
        file.write(b"a\n" * 600_000)
    with pytest.raises(BadInput, match="more than"):
        open_table(path, bytes_max=1_000_000)


def test_open_table__spreadsheet_with_very_much_text__refused_before_it_is_unpacked(tmp_path, monkeypatch):
    path = sheet(tmp_path / "list.xlsx", [["a"], ["text"]])
    with zipfile.ZipFile(path, "a") as package:
        if not any(name.endswith("sharedStrings.xml") for name in package.namelist()):
            package.writestr("xl/sharedStrings.xml", "<sst/>" * 10)
    monkeypatch.setattr(readers, "_SHARED_STRINGS_BYTES_MAX", 10)
    with pytest.raises(BadInput, match="holds more than is read"):
        open_table(path)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_open_table__spreadsheet_with_a_broken_part__refused(tmp_path, part):
    whole = sheet(tmp_path / "whole.xlsx", [["a", "b"], [1, 2], [3, 4]])
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[: len(content) // 2] if name == part else content)
    with pytest.raises(BadInput, match=r"list\.xlsx is not an XLSX file that can be read"):
        cells_of(path)


def test_read_text__gb18030__as_written(tmp_path):
    path = tmp_path / "needs.json"
    path.write_bytes('["口罩"]'.encode("gb18030"))
    assert read_text(path)[0] == '["口罩"]'


CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12).map(str.strip)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(CELL, CELL, CELL).filter(any), max_size=8), st.sampled_from(["utf-8", "utf-8-sig", "gb18030"])
)
def test_open_table__any_cells_written_by_any_csv_writer__come_back(tmp_path, rows, encoding):
    import csv

    path = tmp_path / "any.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([("甲", "b", "c"), *rows])
    read = cells_of(path)
    if open_table(path).encoding == ("utf-8-sig" if encoding != "gb18030" else "gb18030"):
        assert [tuple(cell.strip() for cell in cells) for cells in read] == rows
