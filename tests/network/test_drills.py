"""kill -9 of the import, of the indexer and of the embedded chain, each at random moments of real work.

Every process is resumed by the commands that a user would type. Afterwards totals, index digest and every contract's
journal are those of an undisturbed run on the same list with the same keys and the same donor secret, and
`ledger verify` finds nothing.

DRILLS=full takes the whole list (`make drills`); DRILL_SEED=NUMBER repeats the moments of an earlier run.
"""

import gzip
import os
import random
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from ledger.errors import PartAway
from ledger.settings import ROOT
from tests.network.drill import IMPORTED, INDEXED, STEPS, Ledger, Moment, Outcome, is_away, is_killed, moments, reaches

FULL = os.environ.get("DRILLS") == "full"
SEED = int(os.environ.get("DRILL_SEED") or secrets.randbelow(10**6))
IMPORT_KILLS, INDEX_KILLS, CHAIN_KILLS = (10, 10, 3) if FULL else (3, 3, 1)
# How long after a mark is still within the work that follows it.
WITHIN_S = 0.3 if FULL else 0.05
PUBLISHED = ROOT / "scripts" / "history" / "cash_donations.csv.gz"
# Of which list how many rows the short form takes. Lists 02 and 04 repeat 01 and 03.
CUT = {"account list": 500, "list 01": 60, "list 02": 300, "list 03": 320, "list 04": 320}
# (recorded, minor units of CNY, held back) of the whole list, as the reconciliation of the demonstration has them.
WHOLE = (32_045, 94_728_430_735, 2_055)
PART_AWAY = PartAway.exit_code

pytestmark = pytest.mark.timeout(900)


class Undisturbed(NamedTuple):
    """A ledger on which the list was imported and nothing indexed, one with nothing but the contracts,
    and what an undisturbed run comes to."""

    imported: Ledger
    deployed: Ledger
    file: Path
    outcome: Outcome
    import_s: float
    index_s: float


def said(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def cut(folder: Path) -> Path:
    """The published list, or in the short form the first rows of some of its lists."""
    if FULL:
        return PUBLISHED
    left = dict(CUT)
    path = folder / "donations.csv"
    with gzip.open(PUBLISHED, "rt", encoding="utf-8") as published, path.open("w", encoding="utf-8") as made:
        made.write(published.readline())
        for line in published:
            name = next((name for name in left if f'{name}",' in line), None)
            if name and left[name]:
                left[name] -= 1
                made.write(line)
    return path


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Undisturbed]:
    said(f"\nDRILL_SEED={SEED}")
    folder = tmp_path_factory.mktemp("drills")
    deployed = Ledger.deployed(folder / "deployed")
    file = cut(folder)
    ledger = deployed.copy_to(folder / "undisturbed")
    try:
        ledger.start()
        imported = ledger.run("import", "donations", file)
        ledger.stop()
        stopped = ledger.copy_to(folder / "imported")
        ledger.start()
        outcome = ledger.outcome(imported)
        import_s, index_s = ledger.took_s["import"], ledger.took_s["index"]
        said(f"undisturbed: {imported['recorded']} recorded in {import_s:.1f} s, {imported['held_back']} held back")
        said(f"undisturbed: indexed in {index_s:.1f} s")
        said(f"undisturbed: index digest {outcome.digest}, {outcome.logs} logs")
    finally:
        ledger.stop()
    yield Undisturbed(stopped, deployed, file, outcome, import_s, index_s)


@pytest.fixture
def ledger(undisturbed: Undisturbed, tmp_path: Path) -> Iterator[Ledger]:
    made = undisturbed.deployed.copy_to(tmp_path / "disturbed")
    yield made
    made.stop()


def test_import__not_disturbed__lines_held_back_and_recorded(undisturbed: Undisturbed):
    imported = undisturbed.outcome.imported
    recorded = imported["recorded"], imported["recorded_minor"]["CNY"], imported["held_back"]
    if FULL:
        assert recorded == WHOLE
    assert imported["held_back"] >= 360
    assert imported["recorded"] + imported["held_back"] == imported["lines"]
    assert imported["refused"] == 0
    assert undisturbed.outcome.journals["FundLedger"][1] >= imported["recorded"]


def test_import__killed_at_random_moments__as_undisturbed(undisturbed: Undisturbed, ledger: Ledger):
    chance, began = random.Random(f"{SEED}/import"), time.monotonic()
    whole = STEPS * undisturbed.outcome.imported["recorded"]
    ledger.run("up")
    seen: list[int] = []
    for moment in moments(chance, IMPORT_KILLS, IMPORTED, whole, undisturbed.import_s, WITHIN_S):
        if seen and seen[-1] >= moment.mark:
            # It had come further than to this mark before it died: now at any moment of going through the list again.
            moment = Moment(IMPORTED, 0, chance.uniform(0, undisturbed.import_s / 2))
        while not is_killed(ledger, moment, "import", "donations", undisturbed.file):
            moment = Moment(IMPORTED, 0, chance.uniform(0.1, 1.5))
        seen.append(ledger.count(IMPORTED))
    outcome = ledger.outcome(ledger.run("import", "donations", undisturbed.file))
    said(f"import: killed {len(seen)} times, at {seen} of {whole} steps; {time.monotonic() - began:.0f} s")
    assert len(seen) == IMPORT_KILLS
    assert seen == sorted(seen)
    assert outcome == undisturbed.outcome


def test_index__killed_at_random_moments__as_undisturbed(undisturbed: Undisturbed, tmp_path: Path):
    chance, began = random.Random(f"{SEED}/index"), time.monotonic()
    ledger = undisturbed.imported.copy_to(tmp_path / "disturbed")
    whole = undisturbed.outcome.logs
    seen: list[int] = []
    try:
        ledger.start()
        for moment in moments(chance, INDEX_KILLS, INDEXED, whole, undisturbed.index_s, WITHIN_S):
            limit_s = undisturbed.index_s / 4
            while not is_killed(ledger, moment._replace(below=whole), "index"):
                # It ended before it could be killed: it forgets everything, and is killed on its way back.
                moment = Moment(INDEXED, 0, chance.uniform(0, limit_s), whole)
                if is_killed(ledger, moment, "index", "--rebuild"):
                    break
                limit_s /= 2
            seen.append(ledger.count(INDEXED))
        outcome = ledger.outcome(undisturbed.outcome.imported)
    finally:
        ledger.stop()
    said(f"index: killed {len(seen)} times, at {seen} of {whole} logs; {time.monotonic() - began:.0f} s")
    assert len(seen) == INDEX_KILLS
    assert outcome == undisturbed.outcome


def test_chain__killed_at_random_moments__as_undisturbed(undisturbed: Undisturbed, ledger: Ledger):
    chance, began = random.Random(f"{SEED}/chain"), time.monotonic()
    whole = STEPS * undisturbed.outcome.imported["recorded"]
    ledger.run("up")
    seen = []
    for part in range(CHAIN_KILLS):
        # After the first third of an import's steps, which is where it begins to send.
        mark = int(whole * (1 + 2 * (part + chance.random()) / CHAIN_KILLS) / STEPS)
        with ledger.running("import", "donations", undisturbed.file) as process:
            reaches(ledger, process, Moment(IMPORTED, mark, chance.uniform(0, WITHIN_S)))
            ledger.kill_chain()
            exit_code = process.wait()
        assert exit_code in (0, PART_AWAY)
        assert is_away(ledger.journals)
        began_from = ledger.run("up")["began_from"]
        recovered = ledger.run("recover")
        seen.append((ledger.count(IMPORTED), began_from, recovered["present"], recovered["sent_again"]))
    outcome = ledger.outcome(ledger.run("import", "donations", undisturbed.file))
    said(f"chain: killed {len(seen)} times, (step of {whole}, began from, present, sent again) at {seen}")
    said(f"chain: {time.monotonic() - began:.0f} s")
    assert len(seen) == CHAIN_KILLS
    assert sum(sent_again for *_, sent_again in seen) > 0
    assert outcome == undisturbed.outcome
