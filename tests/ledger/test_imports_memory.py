"""An import's memory is bounded, however long the list: rows of the shape of a bank's statement, 200,360 in the long run."""

import os
import subprocess
import sys

from ledger.settings import ROOT

ROWS = 200_360 if os.environ.get("TEST_LONG") else 50_000
LIMIT_MB = 300

MEASURED = """
import re, sys
from datetime import date
from pathlib import Path
from sqlmodel import Session
from ledger.commands import keep
from ledger.database import open_engine, writing
from ledger.documents import DocumentStore
from ledger.imports import donations
from ledger.imports.importer import Importer
from ledger.imports.lists import ListOptions
from ledger.outbox import Outcome
from ledger.schema import upgrade
folder = Path(sys.argv[1])
engine = open_engine(f"sqlite:///{folder / 'ledger.sqlite'}")
upgrade(engine)
importer = Importer(
    engine, DocumentStore(folder / "documents"), "importer", {"Publisher": 2}, bytes(32),
    lambda _: Outcome(0, ()), date(2026, 1, 1),
)
options = ListOptions("Publisher", "statement", without_donors=True)
outcome = donations.import_donations(importer, folder / "bank.csv", options)
# Of this process alone: what getrusage tells begins with the size of the one that forked.
peak_kib = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
print(outcome.lists[0].recorded, peak_kib // 1024)
"""


def test_import_donations__long_list__memory_below_the_limit(tmp_path):
    with (tmp_path / "bank.csv").open("w") as file:
        file.write("bank,date,document_no,amount_vnd\n")
        for row in range(ROWS):
            file.write(f"Vietcombank,2024-09-{row % 28 + 1:02},{row % 9000}.{row},{1000 + row % 97}\n")
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=280,
    )
    recorded, peak_mb = map(int, done.stdout.split())
    assert recorded == ROWS
    assert peak_mb <= LIMIT_MB
