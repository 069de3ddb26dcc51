"""Ceilings and habits of every tracked source file."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULE_LINES_MAX, CONTRACT_LINES_MAX, FUNCTION_LINES_MAX, SCRIPT_LINES_MAX = 400, 600, 70, 40
GENERATED = ("ledger/bindings/", "ledger/migrations/versions/")
# A folder of one machine, a registry's host: neither belongs to the project. In pieces, so as not to name them here.
FOREIGN = re.compile(
    "|".join(["/wo" + "rk/", "/ho" + "me/[a-z]", "/ro" + "ot/", "/Us" + "ers/", "registry." + "npmjs"])
)
SOLIDITY_FUNCTION = re.compile(r"^    (?:function|constructor|modifier)\b.*?^    \}", re.MULTILINE | re.DOTALL)
UNFINISHED = re.compile(
    r"\b(?:TO" + r"DO|FIX" + r"ME)\b|NotImplemented" + "Error|pytest[.]mark[.](?:sk" + "ip|xf" + "ail)"
)


def tracked(*suffixes: str) -> Iterator[tuple[str, str]]:
    """Path and text of every tracked file whose name ends so."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)  # noqa: S607
    for name in listing.stdout.decode().split("\0"):
        if name.endswith(suffixes or ("",)) and (ROOT / name).is_file():
            yield name, (ROOT / name).read_bytes().decode("utf-8", errors="replace")


def test_modules__tracked__keep_to_their_ceiling() -> None:
    ceiling = {".py": MODULE_LINES_MAX, ".sol": CONTRACT_LINES_MAX}
    written = ((name, text) for name, text in tracked(".py", ".sol") if not name.startswith(GENERATED))
    lines = {name: len(text.splitlines()) for name, text in written}
    assert {name: count for name, count in lines.items() if count > ceiling[Path(name).suffix]} == {}
    assert {name: n for name, n in lines.items() if name.startswith("scripts/") and n > SCRIPT_LINES_MAX} == {}


def test_functions__tracked__keep_to_their_ceiling() -> None:
    long = {}
    for name, text in tracked(".py"):
        if name.startswith(GENERATED):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                long[f"{name}:{node.lineno} {node.name}"] = (node.end_lineno or 0) - node.lineno + 1
    for name, text in tracked(".sol"):
        for match in SOLIDITY_FUNCTION.finditer(text):
            long[f"{name}:{text[: match.start()].count(chr(10)) + 1}"] = match.group().count("\n") + 1
    assert len(long) > 100
    assert {name: count for name, count in long.items() if count > FUNCTION_LINES_MAX} == {}


def test_files__tracked__name_no_machine_and_no_registry() -> None:
    found = {f"{name}: {match.group()}" for name, text in tracked() for match in FOREIGN.finditer(text)}
    assert found == set()


def test_files__tracked__leave_nothing_unfinished() -> None:
    assert {name: match.group() for name, text in tracked(".py", ".sol") if (match := UNFINISHED.search(text))} == {}


def test_brownie__imported__in_the_contracts_tests_and_scripts_alone() -> None:
    importing = re.compile(r"^\s*(?:import|from) brownie\b", re.MULTILINE)
    found = {name for name, text in tracked(".py") if importing.search(text)}
    assert {name for name in found if not name.startswith(("tests/contracts/", "scripts/"))} == set()
