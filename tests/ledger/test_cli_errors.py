"""How commands end where the machine fails them: an exit code and a sentence, even where neither disk nor screen takes it."""

import errno
import io
import json
import os
import sys
import tempfile
from pathlib import Path

import pytest

from ledger.cli import main, output
from ledger.errors import PartAway


class Full(io.StringIO):
    """A file on a full disk."""

    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def ended(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    """The exit code of the command."""
    monkeypatch.setattr(sys, "argv", ["ledger", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code


@pytest.mark.parametrize("is_kept", [True, False])
def test_main__system_refuses__4_and_a_sentence_also_without_a_place_for_the_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], is_kept: bool
):
    (tmp_path / "file").touch()
    monkeypatch.setenv("LEDGER_DOCUMENTS_PATH", str(tmp_path / "file" / "documents"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path if is_kept else tmp_path / "nowhere"))
    assert ended(monkeypatch, "documents", "list", "--json") == PartAway.exit_code
    said = json.loads(capsys.readouterr().out)
    assert (said["error"], "Not a directory" in said["message"]) == ("PartAway", True)
    kept = [f"See {path}." for path in tmp_path.glob("ledger-error-*.txt")]
    assert ([said["hint"]] if said["hint"] else []) == kept
    assert len(kept) == is_kept


def test_say_and_fail__standard_error_on_a_full_disk__work_and_exit_code_stay(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "argv", ["ledger"])
    monkeypatch.setattr(sys, "stderr", Full())
    output.say("Indexed 3 blocks.")
    assert output.fail(PartAway("The disk is full.")) == PartAway.exit_code
