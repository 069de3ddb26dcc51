"""The units for systemd: they start our commands, and the public views get nothing that could change or name anybody."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ledger.settings import ROOT, Settings
from network import postgres
from tests.network.consortium import COMMAND

FOLDER = ROOT / "network" / "systemd"
UNITS = sorted(FOLDER.glob("*.service"))
OWN, VIEWS = FOLDER / "environment", FOLDER / "api.environment"
ANALYSE = shutil.which("systemd-analyze")
OPERATIONS = ROOT / "docs" / "operations.md"


def named_in(path: Path) -> dict[str, str]:
    """The settings that an environment's file names."""
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if line.startswith("LEDGER_"))


def said_in(unit: Path, name: str) -> str:
    """What the unit says under that name."""
    (said,) = re.findall(rf"^{name}=(.*)$", unit.read_text(), re.MULTILINE)
    return str(said)


def test_units__their_commands__are_ours():
    started = {unit.name: said_in(unit, "ExecStart").partition("/bin/ledger ")[2] for unit in UNITS}
    assert started == {
        "relief-ledger-api.service": "serve",
        "relief-ledger-index.service": "index --follow",
        "relief-ledger-ipfs.service": "network run ipfs",
        "relief-ledger-validator@.service": "network run %i --consortium /etc/relief-ledger/consortium.toml",
    }


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_units__read_by_systemd__nothing_wrong(unit: Path, tmp_path: Path):
    if ANALYSE is None:
        pytest.skip("systemd is not installed")
    installed = tmp_path / unit.name
    # The command's own path is there only where it is installed.
    installed.write_text(unit.read_text().replace("/opt/relief-ledger/.venv/bin/ledger", str(COMMAND)))
    analysed = subprocess.run([str(ANALYSE), "verify", installed], capture_output=True, text=True, check=False)
    assert (analysed.returncode, analysed.stderr) == (0, "")


def test_units__environment__every_name_is_a_setting(tmp_path: Path):
    url = tmp_path / "database.url"
    url.touch(mode=0o600)
    url.write_text("sqlite:///ledger.sqlite\n")
    settings = Settings.from_environment(named_in(OWN) | {"LEDGER_DATABASE_URL_FILE": str(url)})
    assert settings.finality == "latest"
    assert settings.state_dir == Path("/var/lib/relief-ledger")
    views = Settings.from_environment(named_in(VIEWS) | {"LEDGER_DATABASE_READ_URL_FILE": str(url)})
    assert (views.rpc_url, views.ipfs_address) == (settings.rpc_url, settings.ipfs_address)
    assert views.database_read_url == "sqlite:///ledger.sqlite" != views.database_url


def test_api_unit__environment_and_user__neither_keys_nor_a_url_that_may_write():
    assert {"LEDGER_DATABASE_URL", "LEDGER_DATABASE_URL_FILE"}.isdisjoint(named_in(VIEWS))
    assert not [name for name in named_in(VIEWS) if "KEY" in name or "SECRET" in name]
    (views,) = (unit for unit in UNITS if "-api" in unit.name)
    others = [unit for unit in UNITS if unit != views]
    assert said_in(views, "EnvironmentFile") not in {said_in(unit, "EnvironmentFile") for unit in others}
    assert said_in(views, "User") not in {said_in(unit, "User") for unit in others}
    hidden = said_in(views, "InaccessiblePaths")
    held = named_in(OWN)
    for path in (held["LEDGER_STATE_DIR"], str(Path(held["LEDGER_KEYS_PASSWORD_FILE"]).parent)):
        assert f"-{path}" in hidden.split()
        assert not any(said.startswith(f"{path}/") for said in named_in(VIEWS).values())


def test_operations__command_with_the_units_environment__works_on_their_state(tmp_path: Path):
    """As the page says it, with its folders moved, and without becoming another user."""
    (shown,) = re.findall(r"^    (ledger\(\) .*)$", OPERATIONS.read_text(), re.MULTILINE)
    shown = shown.replace("runuser -u relief-ledger --", "").replace("/etc/relief-ledger", str(tmp_path))
    shown = shown.replace("/opt/relief-ledger/.venv/bin/ledger", str(COMMAND))
    state = tmp_path / "state"
    (tmp_path / "environment").write_text(
        OWN.read_text().replace("/var/lib/relief-ledger", str(state)).replace("/etc/relief-ledger", str(tmp_path))
    )
    (tmp_path / "database.url").touch(mode=0o600)
    (tmp_path / "database.url").write_text(f"sqlite:///{state / 'ledger.sqlite'}\n")
    script = f"{shown}\nledger network key red-cross --json"
    environment = {name: said for name, said in os.environ.items() if not name.startswith("LEDGER_")}
    subprocess.run(["/bin/bash", "-ec", script], cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert (state / "validators" / "red-cross" / "nodekey").exists()


def test_operations__roles_that_are_told__are_ours():
    said = OPERATIONS.read_text()
    for role in (postgres.OWNER, postgres.READER):
        assert f"CREATE ROLE {role} LOGIN" in said
