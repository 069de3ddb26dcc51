"""`ledger import`: what is printed, for people and machines, and the exit codes."""

import json
import os
import subprocess
import sys

import pytest

from ledger.keys import make_secret
from ledger.settings import ROOT
from tests.ledger.import_world import HUBEI, WUHAN, World

HISTORY = ROOT / "scripts" / "history"
HEADER = "source,row,date,donor,donor_kind,amount_cny"
GOOD = f'"{HUBEI}, list A",1,2020-01-30,甲,individual,"1,000.50"'
BAD = f'"{HUBEI}, list A",2,2020-02-30,乙,individual,-5'


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """Runs the command on a deployed ledger; returns exit code, output and errors."""
    folder = tmp_path_factory.mktemp("cli")
    world = World(folder)
    make_secret(world.settings.donor_secret_file)
    environment = {name: text for name, text in os.environ.items() if not name.startswith("LEDGER_")} | {
        "LEDGER_STATE_DIR": str(world.settings.state_dir),
        "LEDGER_DEPLOYMENTS_DIR": str(world.settings.deployments_dir),
        "LEDGER_KEYS_PASSWORD_FILE": str(folder / "password"),
        "COLUMNS": "200",
    }

    def run(*args, **more):
        done = subprocess.run(
            [sys.executable, "-c", "from ledger.cli import main; main()", "import", *map(str, args)],
            env=environment | more,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert "Traceback" not in done.stderr and done.returncode != 1, done.stderr + done.stdout
        return done.returncode, done.stdout, done.stderr

    yield run
    world.close()


@pytest.fixture
def write(tmp_path):
    def written(*lines, name="list.csv"):
        path = tmp_path / name
        path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
        return path

    return written


def test_import_donations__all_lines_good__exit_0_and_the_sum(ledger, write):
    code, shown, _ = ledger("donations", write(GOOD.replace("list A", "list good")))
    assert code == 0
    assert "1,000.50 CNY" in shown


def test_import_donations__bad_lines__exit_2_listed_and_the_good_recorded(ledger, write):
    path = write(GOOD, BAD)
    code, shown, said = ledger("donations", path)
    assert code == 2
    for part in ("list.csv", "amount_cny", "is negative", "is a date that does not exist", "1,000.50 CNY"):
        assert part in shown
    assert "list.csv: 1 line could not be recorded; the others are." in said
    code, shown, said = ledger("donations", path, "--json")
    told = json.loads(shown)
    assert (code, said, told["recorded"], told["refused"]) == (2, "", 1, 1)
    assert told["lists"][0]["refused"][0] == {
        "line": 3,
        "row": 2,
        "column": "amount_cny",
        "reason": "is negative",
    }


def test_import__unusable_file_or_option__exit_2_with_what_would_be_right(ledger, write, tmp_path):
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(1 << 30)
    for args, message in (
        (("donations", tmp_path / "none.csv"), "cannot be read: No such file or directory"),
        (("donations", huge), "at most 268,435,456 are read. Split the list, or raise LEDGER_IMPORT_BYTES_MAX"),
        (("donations", write(GOOD), "--column", "amount"), "is not FIELD=NAME"),
        (
            ("goods", HISTORY / "goods_received.csv.gz", "--publisher", "X", "--list", "Y"),
            "No organisation is named 'X'",
        ),
        (("donations", write(GOOD), "--release", "abc"), "64 hexadecimal digits"),
    ):
        code, shown, said = ledger(*args)
        assert (code, shown) == (2, ""), args
        assert message in " ".join(said.split())


def test_import__account_that_may_not__exit_3_with_the_contracts_error(ledger, write):
    code, _, said = ledger("donations", write(GOOD.replace("list A", "list B")), "--as", "registrar")
    assert code == 3
    assert "MissingRole(" in said


def test_import__chain_that_does_not_answer__exit_4(ledger, write):
    code, _, said = ledger("donations", write(GOOD), LEDGER_RPC_URL="http://127.0.0.1:9")
    assert code == 4
    assert said


def test_import_goods_and_distributions__json__records_and_gaps(ledger):
    named = ("--publisher", WUHAN, "--list", "goods", "--json")
    code, shown, _ = ledger("goods", HISTORY / "goods_received.csv.gz", *named)
    told = json.loads(shown)["lists"][0]
    assert (code, told["recorded"], told["records"]["lots"]) == (0, 341, 341)
    assert any("No unit is published in rows 216" in gap for gap in told["gaps"])
    code, shown, said = ledger(
        "distributions", HISTORY / "goods_distributed.csv.gz", *named[:2], "--list", "handed out"
    )
    assert code == 0
    assert "reported distributions" in shown
    assert "from which lots" in said


def test_import_release__second_person_missing__exit_2_until_approved(ledger, write):
    rows = [f'"{HUBEI}, twice",{row},2020-01-30,donor {row},individual,{row}' for row in range(1, 23)]
    again = write(*[row.replace("twice", "twice again") for row in rows], name="again.csv")
    assert ledger("donations", write(*rows))[0] == 0
    code, shown, _ = ledger("donations", again, "--json")
    assert (code, json.loads(shown)["held_back"], json.loads(shown)["recorded"]) == (0, 22, 0)
    named = ("--publisher", HUBEI, "--list", "twice again")
    code, shown, _ = ledger("release", "propose", *named, "--reason", "Given twice, says the bank.", "--json")
    release = json.loads(shown)["release"]
    assert code == 0
    code, _, said = ledger("donations", again, "--release", release)
    assert (code, "needs the approval of a second person" in said) == (2, True)
    assert ledger("release", "approve", release, "--as", "importer")[0] == 2
    assert ledger("release", "approve", release, "--as", "correction-approver")[0] == 0
    code, shown, _ = ledger("donations", again, "--release", release, "--json")
    assert (code, json.loads(shown)["recorded"], json.loads(shown)["released"]) == (0, 22, 22)


def test_import_corrections__approver_without_a_key__exit_2_and_nothing_declared(ledger, write):
    named = ("--publisher", HUBEI, "--list", "flow", "--as", "corrector", "--approver", "nobody")
    code, _, said = ledger("corrections", HISTORY / "corrections.csv.gz", *named)
    assert (code, "nobody" in said) == (2, True)
    assert ledger("donations", write(GOOD.replace("list A", "after nobody")))[0] == 0
