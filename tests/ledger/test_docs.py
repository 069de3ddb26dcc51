"""docs/invariants.md names every rule, and tests that are there."""

import re

import pytest

from ledger.settings import ROOT

INVARIANTS = ROOT / "docs" / "invariants.md"
RULES = 25
WITHOUT_TEST = {19: "Not built yet"}
SECTION = re.compile(r"^### (?:R(\d+) )?(.+)$", re.MULTILINE)
CITED = re.compile(r"^- `([^`:]+)(?:::(\w+))?`$", re.MULTILINE)


def sections():
    """Number (or None), heading and text of each section."""
    text = INVARIANTS.read_text(encoding="utf-8")
    heads = list(SECTION.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [
        (int(head[1]) if head[1] else None, head[2], text[head.end() : end])
        for head, end in zip(heads, ends, strict=True)
    ]


def test_invariants__rules__each_number_once_in_order():
    assert [number for number, _, _ in sections() if number] == list(range(1, RULES + 1))


@pytest.mark.parametrize(("number", "heading", "text"), sections(), ids=[heading for _, heading, _ in sections()])
def test_invariants__each_rule__names_tests_or_says_that_it_is_not_built(number, heading, text):
    if number in WITHOUT_TEST:
        assert WITHOUT_TEST[number] in text
    assert ("Not built yet" in text) != bool(CITED.search(text)), heading


@pytest.mark.parametrize("cited", sorted(set(CITED.findall(INVARIANTS.read_text(encoding="utf-8")))), ids="::".join)
def test_invariants__each_test_named__is_there(cited):
    path, name = cited
    file = ROOT / path
    assert file.is_file(), f"there is no {path}"
    source = file.read_text(encoding="utf-8")
    marker = rf"\bfunction {name}\(" if file.suffix == ".sol" else rf"^(?:async )?def {name}\("
    assert not name or re.search(marker, source, re.MULTILINE), f"{path} has no {name}"
    assert re.search(r"\bdef test_|\bfunction (?:test|invariant)", source), f"{path} holds no test"


def test_invariants__lines_that_cite__all_read():
    lines = [line for line in INVARIANTS.read_text(encoding="utf-8").splitlines() if line.startswith("- `")]
    assert all(CITED.fullmatch(line) for line in lines)
    assert len(lines) > RULES
