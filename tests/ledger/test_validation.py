"""Published lines: what is recorded of a good one, and every reason why a bad one is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.currency import AMOUNT_MAX, minor_digits, minor_from_text, text_from_minor
from ledger.errors import BadInput
from ledger.imports.lists import ListName, ListOptions, donation_shape
from ledger.imports.readers import open_table
from ledger.imports.validation import DonationCheck, SeenRows, date_from_text

TODAY = date(2020, 2, 10)
HEADER = "source,row,date,donor,donor_kind,amount_cny"
SOURCE = '"Red Cross, list 01"'


def checked(tmp_path, *lines, header=HEADER, **options):
    path = tmp_path / "list.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    given_options = ListOptions(**options)
    table = open_table(path)
    shape, currency = donation_shape(table, given_options)
    check = DonationCheck(shape, currency, given_options, TODAY)
    return [check.line(row) for row in table.rows()]


def test_line__as_published__every_field_kept(tmp_path):
    ((name, line, refused),) = checked(tmp_path, f'{SOURCE},7,2020-01-31,某公司,organisation,"1,234.50"')
    assert name == ListName("Red Cross", "list 01")
    assert refused == []
    assert line == (2, 7, "2020-01-31", "某公司", "organisation", 123_450, "CNY", None)


def test_line__no_date_and_no_kind__recorded_as_not_published(tmp_path):
    ((_, line, _),) = checked(tmp_path, f"{SOURCE},7,,某公司,,1")
    assert (line.date, line.donor_kind) == (None, None)


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        ("", "is missing"),
        ("-5", "is negative"),
        ("−5", "is negative"),
        ("0", "is zero"),
        ("0.00", "is zero"),
        ("abc", "is not a number"),
        ("1e5", "is not a number"),
        ("NaN", "is not a number"),
        ("1,23", "is not a number"),
        ("1,2345", "is not a number"),
        ("12.5.1", "is not a number"),
        ("9" * 50, "is not a number"),
        ("1.005", r"has more decimals than CNY has \(2\)"),
        ("90071992547409.92", "is more than 9007199254740991 minor units"),
    ],
)
def test_line__bad_amount__refused_with_column_and_reason(tmp_path, amount, reason):
    ((_, line, refused),) = checked(tmp_path, f'{SOURCE},7,,某公司,,"{amount}"')
    assert line is None
    assert [(one.line, one.row, one.column) for one in refused] == [(2, 7, "amount_cny")]
    with pytest.raises(BadInput, match=reason):
        raise BadInput(refused[0].reason)


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        (f"{SOURCE},7,2020-02-11,甲,,1", "date", "is in the future"),
        (f"{SOURCE},7,2020-02-30,甲,,1", "date", "is a date that does not exist"),
        (f"{SOURCE},7,1/31/20,甲,,1", "date", "is not a date (YYYY-MM-DD)"),
        (f"{SOURCE},7,0020-01-31,甲,,1", "date", "is before 1900"),
        (f"{SOURCE},7,, ,,1", "donor", "is missing"),
        (f"{SOURCE},7,,{'甲' * 501},,1", "donor", "is longer than 500 characters"),
        (f"{SOURCE},,,甲,,1", "row", "is missing"),
        (f"{SOURCE},0,,甲,,1", "row", "is not a row number"),
        (f"{SOURCE},x,,甲,,1", "row", "is not a row number"),
        ("Red Cross,7,,甲,,1", "source", "is not 'publisher, list'"),
        (",7,,甲,,1", "source", "is missing"),
        (f"{SOURCE},7,,甲,,1,2", "", "has 7 cells where the header has 6"),
    ],
)
def test_line__bad_cell__refused_with_column_and_reason(tmp_path, cells, column, reason):
    ((_, line, refused),) = checked(tmp_path, cells)
    assert line is None
    assert [(one.column, one.reason) for one in refused] == [(column, reason)]


def test_line__several_problems__all_are_listed(tmp_path):
    ((_, _, refused),) = checked(tmp_path, f"{SOURCE},7,2099-01-01,,,-1")
    assert {one.column for one in refused} == {"date", "donor", "amount_cny"}


def test_line__row_number_twice_in_a_list__second_refused_and_another_list_not(tmp_path):
    lines = checked(tmp_path, f"{SOURCE},7,,甲,,1", f"{SOURCE},7,,乙,,1", '"Red Cross, list 02",7,,丙,,1')
    assert [line is not None for _, line, _ in lines] == [True, False, True]
    assert lines[1][2][0].reason == "is a row number that Red Cross, list 01 has twice"


def test_line__bank_list_without_donors__recorded_with_its_document_numbers(tmp_path):
    lines = checked(
        tmp_path,
        "Vietcombank,2020-02-01,5213.45946,50000",
        "Vietcombank,2020-02-01,5213.45946,50000.5",
        header="bank,date,document_no,amount_vnd",
        publisher="Front",
        list_name="September",
        without_donors=True,
    )
    assert lines[0][1] == (2, 1, "2020-02-01", None, None, 50_000, "VND", "5213.45946")
    assert lines[1][2][0].reason == "has more decimals than VND has (0)"


def test_line__currency_of_its_own__unknown_one_refused(tmp_path):
    header = "row,donor,amount,currency"
    lines = checked(tmp_path, "1,甲,5,usd", "2,甲,5,ABC", "3,甲,5,", header=header, publisher="P", list_name="L")
    assert lines[0][1].amount_minor == 500
    assert [refused[0].reason for _, _, refused in lines[1:]] == ["is not a currency of ISO 4217", "is missing"]


@pytest.mark.parametrize(
    ("header", "options", "message"),
    [
        ("a,b", {}, r"list\.csv, line 1: no column donor, amount\. The header is a, b; expected are \[source\]"),
        ("donor,amount_cny", {}, "does not say who published it: --publisher"),
        ("donor,amount_cny", {"publisher": "P"}, "does not say which list it is: --list"),
        ("donor,amount", {"publisher": "P", "list_name": "L"}, "does not say its currency: --currency"),
        ("donor,amount_abc", {"publisher": "P", "list_name": "L"}, "'ABC' is not a currency"),
        ("donor,donor,amount_cny", {}, "more than once"),
        (HEADER, {"columns": {"sum": "x"}}, "there is no such field"),
        (HEADER, {"columns": {"amount": "x"}}, "has no column 'x'"),
    ],
)
def test_donation_shape__header_that_cannot_be_used__named_with_what_is_expected(tmp_path, header, options, message):
    with pytest.raises(BadInput, match=message):
        checked(tmp_path, header=header, **options)


def test_donation_shape__columns_called_otherwise__mapped(tmp_path):
    ((name, line, _),) = checked(
        tmp_path,
        "1,甲,100",
        header="序号,捐赠人,金额",
        publisher="P",
        list_name="L",
        currency="cny",
        columns={"row": "序号", "donor": "捐赠人", "amount": "金额"},
    )
    assert (name, line.amount_minor) == (("P", "L"), 10_000)


@pytest.mark.parametrize(
    "text", ["2020-01-31", "2020/1/31", "2020.1.31", "2020年1月31日", " 2020-1-31 09:30", "２０２０-01-31"]
)
def test_date_from_text__each_way_of_writing__same_day(text):
    assert date_from_text(text, TODAY) == "2020-01-31"


@given(st.integers(1, AMOUNT_MAX), st.sampled_from(["CNY", "VND", "KWD"]), st.booleans())
def test_minor_from_text__any_amount_as_people_write_it__exact(amount_minor, currency, full_width):
    text = text_from_minor(amount_minor, currency)
    if full_width:
        text = text.translate(str.maketrans("0123456789,.", "０１２３４５６７８９，．"))
    assert minor_from_text(text, currency) == amount_minor


@pytest.mark.parametrize("code", ["ABC", "XAU", "XXX", "", "cn"])
def test_minor_digits__no_currency__refused(code):
    with pytest.raises(BadInput, match="not a currency"):
        minor_digits(code)


@given(st.lists(st.integers(1, 2**31 - 1), max_size=50))
def test_seen_rows__any_numbers__new_exactly_once(numbers):
    seen, known = SeenRows(), set()
    for number in numbers:
        assert seen.add(number) == (number not in known)
        known.add(number)
