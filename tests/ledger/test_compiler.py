"""The committed artifacts are what the sources give, and every contract fits on a chain."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from ledger import compiler


@pytest.fixture(scope="module")
def compiled() -> dict[str, dict[str, Any]]:
    return compiler.compile_contracts()


def test_artifacts__compiled_again__are_the_same_bytes(compiled: dict[str, dict[str, Any]]) -> None:
    committed = {path.stem: path.read_text(encoding="utf-8") for path in compiler.ARTIFACTS.glob("*.json")}
    assert set(committed) == set(compiled)
    differing = [name for name, artifact in compiled.items() if compiler.artifact_text(artifact) != committed[name]]
    assert differing == [], "`make artifacts` writes them anew"


def test_code_size__of_every_contract__fits_on_a_chain(compiled: dict[str, dict[str, Any]]) -> None:
    sizes = {name: compiler.code_bytes(artifact) for name, artifact in compiled.items()}
    assert {name: size for name, size in sizes.items() if not 0 < size <= compiler.CODE_BYTES_MAX} == {}


def test_artifacts__without_libraries_to_link__deploy_as_they_are(compiled: dict[str, dict[str, Any]]) -> None:
    assert {name: artifact["linkReferences"] for name, artifact in compiled.items() if artifact["linkReferences"]} == {}


def test_settings__of_brownie_and_forge__are_those_of_the_artifacts() -> None:
    brownie = yaml.safe_load((compiler.ROOT / "brownie-config.yaml").read_text())["compiler"]["solc"]
    forge = tomllib.loads((compiler.ROOT / "foundry.toml").read_text())["profile"]["default"]
    ours = compiler.SETTINGS
    assert (brownie["version"], brownie["evm_version"], brownie["optimizer"]) == (
        compiler.SOLC_VERSION,
        ours["evmVersion"],
        ours["optimizer"],
    )
    assert brownie.get("viaIR", False) is forge["via_ir"] is ours["viaIR"]
    assert (forge["evm_version"], forge["optimizer"], forge["optimizer_runs"]) == (
        ours["evmVersion"],
        *ours["optimizer"].values(),
    )
    assert (forge["bytecode_hash"], forge["cbor_metadata"]) == tuple(ours["metadata"].values())
    assert Path(forge["solc"]).name == f"solc-v{compiler.SOLC_VERSION}"


def test_compile_contracts__of_a_source_that_is_wrong__says_what_the_compiler_said(tmp_path: Path) -> None:
    (tmp_path / "contracts").mkdir()
    (tmp_path / "build").symlink_to(compiler.ROOT / "build")
    source = "// SPDX-License-Identifier: Apache-2.0\npragma solidity ^0.8.28;\ncontract Broken { uint256 x = true; }\n"
    (tmp_path / "contracts" / "Broken.sol").write_text(source)
    with pytest.raises(compiler.CompilationFailed, match=r"TypeError: Type bool .*\n.*contracts/Broken.sol:3:"):
        compiler.compile_contracts(root=tmp_path)


def test_compile_contracts__without_a_compiler__says_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "contracts").mkdir()
    with pytest.raises(compiler.CompilationFailed, match="make setup"):
        compiler.compile_contracts(root=tmp_path)


def test_artifact_text__of_any_artifact__is_sorted_json_with_an_end_of_line(
    compiled: dict[str, dict[str, Any]],
) -> None:
    for artifact in compiled.values():
        text = compiler.artifact_text(artifact)
        assert json.loads(text) == artifact
        assert text.endswith("}\n")
        assert list(json.loads(text)) == sorted(artifact)
