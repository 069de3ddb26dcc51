"""docs/records.md names every kind of content that the ledger writes, with its members."""

import ast
import re

from ledger.settings import ROOT

_WRITERS = {"content_of": 0, "put_content": 1}
# Described in a table of its own.
_OF_ITS_OWN = {"import_report"}


def written_by_the_code():
    kinds = {}
    for path in (ROOT / "ledger").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in _WRITERS and isinstance(node.args[_WRITERS[name]], ast.Constant):
                    members = kinds.setdefault(node.args[_WRITERS[name]].value, set())
                    members |= {keyword.arg for keyword in node.keywords}
    return kinds


def described():
    page = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \| ([^|]+) \|", page, flags=re.M)
    return {kind: set(re.findall(r"\w+", re.sub(r"\([^)]*\)", "", members))) for kind, members in rows}


def test_records_page__every_kind_of_content__is_there_with_its_members():
    page = described()
    written = written_by_the_code()
    assert len(written) > 25
    assert {kind: members - page.get(kind, set()) for kind, members in written.items() if kind not in _OF_ITS_OWN} == {
        kind: set() for kind in written if kind not in _OF_ITS_OWN
    }
    assert written.keys() <= page.keys()
