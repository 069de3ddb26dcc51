"""Published donations, end to end: file, documents, outbox, chain, index."""

import functools
import gzip
import hashlib
from datetime import date

import openpyxl
import pytest

from ledger.canonical import donor_commitment, record_id
from ledger.currency import text_from_minor
from ledger.errors import BadInput, TransactionRefused
from ledger.imports.donations import import_donations
from ledger.imports.lists import ListName, ListOptions
from ledger.models.donation import Donation
from ledger.models.donor_opening import DonorOpening
from ledger.models.publication import Evidence, HeldBackChange, HeldBackRow, ImportList, RefusedRow
from ledger.models.published_list import PublishedList
from ledger.settings import ROOT
from tests.ledger.import_world import HEADER, HUBEI, ORGANISATIONS, WUHAN, World, gifts, received, write_list

HISTORY = ROOT / "scripts" / "history" / "cash_donations.csv.gz"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = World(tmp_path_factory.mktemp("publishers"))
    yield made
    made.close()


@pytest.fixture
def write(tmp_path):
    """Writes a list and returns its path."""
    return functools.partial(write_list, tmp_path)


def outcome_of(outcome, list_name):
    return next(one for one in outcome.lists if one.name.list_name == list_name)


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """The whole published history, imported once into a ledger of its own."""
    made = World(tmp_path_factory.mktemp("history"))
    outcome = import_donations(made.importer(), HISTORY, ListOptions())
    made.index()
    yield made, outcome
    made.close()


def test_import_donations__published_history__exactly_what_the_lists_say(history):
    world, outcome = history
    assert sum(one.lines for one in outcome.lists) == 34_100
    assert sum(one.recorded for one in outcome.lists) == 32_045
    recorded_minor = sum(one.recorded_minor.get("CNY", 0) for one in outcome.lists)
    assert text_from_minor(recorded_minor, "CNY") == "947,284,307.35"
    assert received(world, WUHAN) + received(world, HUBEI) == recorded_minor
    assert received(world, WUHAN) == 376_150_340_74
    assert {one.name.list_name: len(one.held_back) for one in outcome.lists if one.held_back} == {
        "list 02": 60,
        "list 04": 1_995,
    }
    assert outcome.refused == 0
    assert len(world.rows(Donation)) == 32_045
    assert sum(row["date"] is None for row in world.rows(Donation)) == 3_600


def test_import_donations__published_history__two_silent_changes_shown(history):
    world, outcome = history
    changed = [held for one in outcome.lists for held in one.held_back if held.changes]
    assert [(held.line.row, held.of, held.of_row) for held in changed] == [
        (1, ListName(HUBEI, "list 01"), 1),
        (43, ListName(HUBEI, "list 01"), 43),
    ]
    assert changed[0].changes == (("date", "2020-01-22", "2020-01-23"),)
    assert changed[1].changes == (("donor", "个人捐赠者003028", "个人捐赠者003044"),)
    rows = {row["row_no"]: row for row in world.rows(HeldBackChange)}
    assert rows.keys() == {1, 43}
    assert (rows[1]["field"], rows[1]["was"], rows[1]["now"]) == ("date", "2020-01-22", "2020-01-23")
    # No name is in the public report: what stands there is opened by donor_opening.
    change = rows[43]
    by_id = {row["record_id"]: row for row in world.rows(DonorOpening)}
    for list_name, said, name in (
        ("list 01", change["was"], "个人捐赠者003028"),
        ("list 02", change["now"], "个人捐赠者003044"),
    ):
        opening = by_id[record_id(ORGANISATIONS[HUBEI], "donation", HUBEI, list_name, 43).hex()]
        assert opening["name"] == name
        assert donor_commitment(opening["salt"], name).hex() == said


def test_import_donations__published_history__each_list_has_an_anchored_report(history):
    world, outcome = history
    reports = {row["list_name"]: row for row in world.rows(ImportList)}
    assert len(reports) == 13
    assert (reports["list 04"]["rows"], reports["list 04"]["recorded"], reports["list 04"]["held_back"]) == (
        1995,
        0,
        1995,
    )
    published = hashlib.sha256(gzip.decompress(HISTORY.read_bytes())).hexdigest()
    assert {row["file_sha256"] for row in reports.values()} == {published} == {outcome.file_sha256.hex()}
    assert {row["file_name"] for row in reports.values()} == {"cash_donations.csv"}
    assert len(world.rows(HeldBackRow)) == 2_055
    assert len({row["subject_id"] for row in world.rows(Evidence, doc_type="import-report")}) == 13
    for document in world.rows(Evidence):
        assert b"\xe4\xb8\xaa\xe4\xba\xba" not in world.documents.get(bytes.fromhex(document["document_digest"]))


def test_import_donations__run_again__nothing_is_recorded_twice(history):
    world, outcome = history
    before = world.journals()
    again = import_donations(world.importer(), HISTORY, ListOptions())
    assert world.journals() == before
    assert again == outcome


def test_import_donations__bad_lines__listed_and_the_good_ones_recorded(world, write):
    path = write(
        "bad lines",
        [
            '1,2020-01-30,甲,individual,"1,000.50"',
            "2,2020-02-30,甲,individual,-5",
            "3,2020-01-30,,individual,1.234",
            "4,,乙,organisation,５０",
        ],
    )
    outcome = import_donations(world.importer(), path, ListOptions())
    (one,) = outcome.lists
    assert (one.lines, one.recorded, one.recorded_minor, outcome.refused) == (4, 2, {"CNY": 105_050}, 2)
    expected = [
        (3, 2, "amount_cny", "is negative"),
        (3, 2, "date", "is a date that does not exist"),
        (4, 3, "amount_cny", "has more decimals than CNY has (2)"),
        (4, 3, "donor", "is missing"),
    ]
    assert one.refused == expected
    world.index()
    (report,) = world.rows(ImportList, list_name="bad lines")
    refused = world.rows(RefusedRow, evidence_id=report["evidence_id"])
    assert [(row["row_no"], row["column"], row["reason"]) for row in refused] == [line[1:] for line in expected]
    (fourth,) = [row for row in world.rows(Donation, list_name="bad lines") if row["row_no"] == 4]
    assert (fourth["amount_minor"], fourth["date"], fourth["donor_kind"]) == (5_000, None, "organisation")


def test_import_donations__later_file_repeats_a_list__its_run_is_held_back(world, write):
    first = gifts(30, donor="again")
    import_donations(world.importer(), write("first", first), ListOptions())
    altered = first[10].replace("again 11", "someone else")
    later = write("later", [*first[:10], altered, *first[11:], *gifts(5, first=31, donor="new")], publisher=WUHAN)
    outcome = outcome_of(import_donations(world.importer(), later, ListOptions()), "later")
    assert (outcome.recorded, len(outcome.held_back)) == (5, 30)
    assert [held.changes for held in outcome.held_back if held.changes] == [(("donor", "again 11", "someone else"),)]
    world.index()
    (report,) = world.rows(ImportList, list_name="later")
    assert (report["rows"], report["recorded"], report["held_back"]) == (35, 5, 30)


def test_import_donations__nineteen_rows_or_gifts_standing_alone__never_held_back(world, write):
    import_donations(world.importer(), write("alone one", gifts(60, donor="alone")), ListOptions())
    few = gifts(19, donor="alone")
    scattered = gifts(60, donor="other")
    for index in (3, 9, 14, 20, 27, 33, 41, 48, 55):
        scattered[index] = gifts(60, donor="alone")[index]
    for name, rows in (("alone few", few), ("alone scattered", scattered)):
        outcome = import_donations(world.importer(), write(name, rows), ListOptions())
        assert (outcome.lists[0].recorded, outcome.lists[0].held_back) == (len(rows), [])


def test_import_donations__same_list_from_another_file__new_rows_recorded_changed_ones_refused(world, write):
    rows = gifts(25, donor="growing")
    import_donations(world.importer(), write("growing", rows), ListOptions())
    changed = [rows[0].replace("2020-01-30", "2020-01-29"), *rows[1:], *gifts(3, first=26, donor="growing")]
    path = write("growing", changed, name="second.csv")
    for _ in range(2):
        outcome = import_donations(world.importer(), path, ListOptions())
        (one,) = outcome.lists
        assert one.recorded == 27
        assert [(refusal.row, refusal.column) for refusal in one.refused] == [(1, "row")]
        assert "imported before from another file" in one.refused[0].reason
    world.index()
    assert len(world.rows(Donation, list_name="growing")) == 28


def test_import_donations__same_list_in_other_encodings_and_as_a_spreadsheet__recorded_once(world, write, tmp_path):
    path = write("formats", ["1,2020-01-30,武汉某公司,organisation,1234.50", "2,,乙,individual,7"])
    text = path.read_text(encoding="utf-8")
    outcome = import_donations(world.importer(), path, ListOptions())
    before = world.journal("FundLedger")
    (tmp_path / "gb.csv").write_bytes(text.encode("gb18030"))
    (tmp_path / "mark.csv").write_bytes(text.encode("utf-8-sig"))
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    book.active.append([f"{HUBEI}, formats", 1, date(2020, 1, 30), "武汉某公司", "organisation", 1234.5])
    book.active.append([f"{HUBEI}, formats", 2, None, "乙", "individual", 7])
    book.save(tmp_path / "sheet.xlsx")
    for name in ("gb.csv", "mark.csv", "sheet.xlsx"):
        again = import_donations(world.importer(), tmp_path / name, ListOptions())
        assert again.lists[0].recorded_minor == outcome.lists[0].recorded_minor == {"CNY": 124_150}
        assert again.refused == 0
    assert world.journal("FundLedger") == before


def test_import_donations__refused_line_put_right_in_another_file__recorded(world, write):
    rows = gifts(3, donor="put right")
    import_donations(world.importer(), write("put right", [rows[0].replace("1001.00", "x"), *rows[1:]]), ListOptions())
    outcome = import_donations(world.importer(), write("put right", rows, name="second.csv"), ListOptions())
    assert (outcome.lists[0].recorded, outcome.refused) == (3, 0)


def test_import_donations__bank_list_without_donors__no_commitment_and_no_name(world, tmp_path):
    path = tmp_path / "bank.csv"
    lines = [f"Vietcombank,2024-09-{day:02},5213.{day},{1000 * day}" for day in range(1, 29)]
    path.write_text("\n".join(["bank,date,document_no,amount_vnd", *lines, lines[0]]) + "\n")
    options = ListOptions(publisher=WUHAN, list_name="bank credits", without_donors=True)
    outcome = import_donations(world.importer(), path, options)
    assert outcome.lists[0].recorded_minor == {"VND": sum(1000 * day for day in range(1, 29)) + 1000}
    assert outcome.unused_columns == ("bank",)
    assert received(world, WUHAN, "VND") == outcome.lists[0].recorded_minor["VND"]
    world.index()
    rows = world.rows(Donation, list_name="bank credits")
    assert {row["donor_commitment"] for row in rows} == {"0" * 64}
    known = {row["record_id"] for row in world.rows(DonorOpening)}
    assert not known & {row["donation_id"] for row in rows}


def test_import_donations__publisher_that_takes_no_part__nothing_recorded(world, write):
    before = world.journals()
    with pytest.raises(BadInput, match="No organisation is named 'Nobody'; those that take part are: Hubei Red Cross"):
        import_donations(world.importer(), write("x", gifts(2), publisher="Nobody"), ListOptions())
    assert world.journals() == before


def test_import_donations__account_that_may_not__refused_and_the_list_is_not_remembered(world, write):
    path = write("not allowed", gifts(2), publisher=HUBEI)
    before = world.journals()
    with pytest.raises(TransactionRefused) as refused:
        import_donations(world.importer(account="corrector"), path, ListOptions(currency="EUR"))
    assert refused.value.name == "MissingRole"
    assert world.journals() == before
    assert world.rows(PublishedList, list_name="not allowed") == []
