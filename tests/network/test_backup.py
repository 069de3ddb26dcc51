"""What docs/operations.md says about back-up and restore, done as it is written there.

├── the cold copy, restored into an empty folder     → the whole ledger, which verifies
└── a database without its admin's password
    ├── is not started                               → told which file is missing, at once
    └── with a password given as the page says       → starts
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

from ledger.errors import BadInput
from ledger.settings import ROOT, Settings
from network import postgres
from network.postgres_programs import as_account, environment, programs_for
from tests.network.consortium import COMMAND, DONATIONS, Consortium, rows

OPERATIONS = ROOT / "docs" / "operations.md"


def commands(first: str) -> str:
    """The block of commands of the page that begins with that line."""
    blocks = re.findall(r"(?:^    .*\n)+", OPERATIONS.read_text(), re.MULTILINE)
    (block,) = [block for block in blocks if block.strip().startswith(first)]
    return str(block)


def do(script: str, consortium: Consortium, backup: Path) -> None:
    """Runs commands of the page for the ledger whose state is in that consortium's folder."""
    said = {name: text for name, text in os.environ.items() if not name.startswith("LEDGER_")}
    said |= consortium.environment | {"BACKUP": str(backup), "CONSORTIUM": str(consortium.described)}
    said["PATH"] = f"{COMMAND.parent}:{said['PATH']}"
    done = subprocess.run(
        ["/bin/bash", "-euc", script], cwd=ROOT, env=said, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.validators
def test_cold_copy__restored_into_an_empty_folder__verifies(tmp_path: Path):
    backup = tmp_path / "backup"
    backup.mkdir()
    before = Consortium(tmp_path / "before", names=("a",), chain_id=20_200_127)
    after = Consortium(tmp_path / "after", names=("a",), chain_id=20_200_127)
    try:
        before.up()
        before.run("deploy", "--consortium", before.described)
        before.run("import", "donations", rows(tmp_path, 1, 20))
        journal = before.journal("FundLedger")
        do(commands("umask 077"), before, backup)
        assert {path.stat().st_mode & 0o077 for path in backup.iterdir()} == {0}
        # What is not in the copy cannot help.
        (tmp_path / "before").rename(tmp_path / "gone")
        do(commands("mkdir -p"), after, backup)
        assert (after.count(DONATIONS)[0], after.journal("FundLedger")) == (20, journal)
        # It goes on: keys, outbox and chain fit together.
        after.run("import", "donations", rows(tmp_path, 21, 25))
    finally:
        for one in (before, after):
            if one.folder.exists():
                one.outcome("down")


def test_start__data_without_its_admins_password__named_and_with_a_new_one_it_starts(tmp_path: Path):
    settings = Settings(state_dir=tmp_path)
    folder = postgres.folder_of(settings)
    key = folder / f"{postgres.ADMIN}.pgpass"
    postgres.make_data(_made(folder))
    kept = key.read_text()
    for path in folder.glob("*.pgpass"):
        path.unlink()
    with pytest.raises(BadInput, match=re.escape(str(key))):
        postgres.start(settings)
    assert not list(folder.glob("*.pgpass")), "a new one would be taken for the old one"
    script = commands('echo "ALTER ROLE')
    programs = programs_for(folder / "data")
    single = " ".join(map(str, [*as_account(programs, folder / "data"), programs.folder / "postgres"]))
    said = {"PASSWORD": "chosen", "LEDGER_STATE_DIR": str(tmp_path)}
    script = script.replace("| postgres ", f"| {single} ")
    subprocess.run(["/bin/bash", "-euc", script], env=environment() | said, check=True, capture_output=True)
    assert kept != key.read_text()
    try:
        assert postgres.start(settings).running
    finally:
        postgres.stop(settings)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    folder.chmod(0o711)
    return folder
