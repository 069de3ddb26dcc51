"""Compiles the contracts into the artifacts that every other part reads; the only module that imports solcx.

The same sources and settings give the same bytes on every machine: the compiler's version is fixed, and the code
carries no metadata hash. `brownie-config.yaml` and `foundry.toml` state the same settings, and a test compares them.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import solcx

ROOT = Path(__file__).resolve().parent.parent
ARTIFACTS = Path(__file__).resolve().parent / "artifacts"
SOLC_VERSION = "0.8.37"
CODE_BYTES_MAX = 24_576  # EIP-170
SETTINGS: dict[str, Any] = {
    "evmVersion": "cancun",
    "optimizer": {"enabled": True, "runs": 200},
    "viaIR": False,
    "metadata": {"bytecodeHash": "none", "appendCBOR": False},
    "remappings": ["@openzeppelin/=node_modules/@openzeppelin/"],
}


class CompilationFailed(Exception):
    """The compiler is not installed, or refused the sources; the message is what it said."""


def compile_contracts(only: Sequence[str] = (), root: Path = ROOT) -> dict[str, dict[str, Any]]:
    """The artifact of each deployable contract of `contracts/*.sol` below `root`, by its name; of `only` those named.

    An artifact holds abi, bytecode, deployedBytecode (0x-hex), linkReferences, immutableReferences and the compiler's
    settings.

    Raises CompilationFailed when solc is missing or refuses a source.
    """
    paths = [root / "contracts" / f"{name}.sol" for name in only] or sorted((root / "contracts").glob("*.sol"))
    if missing := [path for path in paths if not path.exists()]:
        raise CompilationFailed(f"There is no {missing[0].relative_to(root)} to compile.")
    sources = {path.relative_to(root).as_posix(): path for path in paths}
    request = {
        "language": "Solidity",
        "sources": {name: {"content": path.read_text(encoding="utf-8")} for name, path in sources.items()},
        "settings": SETTINGS | {"outputSelection": {name: {"*": _OUTPUTS} for name in sources}},
    }
    output = _run(request, root)
    artifacts = {}
    for name in sources:
        for contract, compiled in output["contracts"].get(name, {}).items():
            if compiled["evm"]["bytecode"]["object"] and not _is_internal_library(compiled):
                artifacts[contract] = _artifact(contract, name, compiled)
    return dict(sorted(artifacts.items()))


def artifact_text(artifact: dict[str, Any]) -> str:
    """The artifact as it stands in its file: sorted keys, ending in a newline."""
    return json.dumps(artifact, indent=1, sort_keys=True) + "\n"


def code_bytes(artifact: dict[str, Any]) -> int:
    """How many bytes the contract's code takes on chain; at most CODE_BYTES_MAX can be deployed."""
    return (len(artifact["deployedBytecode"]) - 2) // 2


def write_artifacts(artifacts: dict[str, dict[str, Any]], folder: Path = ARTIFACTS) -> None:
    """Afterwards `folder` holds these artifacts, one `<Contract>.json` each."""
    folder.mkdir(parents=True, exist_ok=True)
    for contract, artifact in artifacts.items():
        (folder / f"{contract}.json").write_text(artifact_text(artifact), encoding="utf-8")


_OUTPUTS = [
    "abi",
    "evm.bytecode.object",
    "evm.bytecode.linkReferences",
    "evm.deployedBytecode.object",
    "evm.deployedBytecode.immutableReferences",
]


def _run(request: dict[str, Any], root: Path) -> dict[str, Any]:
    solc = root / "build" / "solc" / f"solc-v{SOLC_VERSION}"
    if not solc.exists():
        raise CompilationFailed(f"The compiler {solc} is missing; `make setup` installs it.")
    try:
        answer: dict[str, Any] = solcx.compile_standard(request, solc_binary=solc, base_path=root, allow_paths=root)
    except solcx.exceptions.SolcError as error:
        raise CompilationFailed(_said(error)) from error
    return answer


def _said(error: solcx.exceptions.SolcError) -> str:
    try:
        problems = json.loads(error.stdout_data or "")["errors"]
    except (TypeError, ValueError, KeyError):
        return str(error)
    return "\n".join(problem["formattedMessage"] for problem in problems if problem["severity"] == "error")


def _is_internal_library(compiled: dict[str, Any]) -> bool:
    # A library without external functions leaves a stub that nobody calls, and a file of errors or events likewise.
    return not any(entry["type"] in ("function", "constructor") for entry in compiled["abi"])


def _artifact(contract: str, source: str, compiled: dict[str, Any]) -> dict[str, Any]:
    evm = compiled["evm"]
    return {
        "abi": compiled["abi"],
        "bytecode": "0x" + evm["bytecode"]["object"],
        "compiler": {"settings": SETTINGS, "version": SOLC_VERSION},
        "contract": contract,
        "deployedBytecode": "0x" + evm["deployedBytecode"]["object"],
        "immutableReferences": sorted(
            place["start"] for places in evm["deployedBytecode"]["immutableReferences"].values() for place in places
        ),
        "linkReferences": evm["bytecode"]["linkReferences"],
        "source": source,
    }


def main() -> None:
    """Compiles, writes the artifacts and prints how much of the bytes that a chain allows each contract takes.

    Names of contracts as arguments compile those alone; without any, artifacts of contracts that are gone are removed.
    """
    try:
        artifacts = compile_contracts(sys.argv[1:])
    except CompilationFailed as error:
        raise SystemExit(str(error)) from error
    write_artifacts(artifacts)
    if not sys.argv[1:]:
        for path in ARTIFACTS.glob("*.json"):
            if path.stem not in artifacts:
                path.unlink()
    for contract, artifact in artifacts.items():
        left = CODE_BYTES_MAX - code_bytes(artifact)
        sys.stdout.write(
            f"{contract:24} {code_bytes(artifact):6} bytes, {left:6} {'left' if left >= 0 else 'TOO MANY'}\n"
        )
    if any(code_bytes(artifact) > CODE_BYTES_MAX for artifact in artifacts.values()):
        raise SystemExit(f"A contract's code may take {CODE_BYTES_MAX} bytes at most (EIP-170).")


if __name__ == "__main__":
    main()
