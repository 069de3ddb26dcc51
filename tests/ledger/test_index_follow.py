"""index --follow

├── given documents that are missing   → looks for them in a small part of its time; `ledger index` always looks
│   └── and are found later            → the same index as if they had been there
└── given a system that refuses        → says so once, and goes on when it does not
"""

import errno
import os
import time
from collections.abc import Callable, Iterable
from types import SimpleNamespace

import pytest

from ledger.cli import index as command
from ledger.missing import REST_MAX_S, SHARE, FillingSeldom
from ledger.models.chain import MissingDocument
from tests.ledger.fake_chain import FakeDocuments
from tests.ledger.indexes import Ledger, digest_of, make_engine, rows


class Ended(Exception):
    """The test has seen enough."""


class Documents(FakeDocuments):
    """Counts how often it is asked for documents together; each time takes a while."""

    def __init__(self, wait: Callable[[], None]) -> None:
        super().__init__()
        self.looks, self._wait = 0, wait

    def get_many(self, digests: Iterable[bytes], *, missing_ok: bool = False) -> dict[bytes, bytes]:
        self.looks += 1
        self._wait()
        return super().get_many(digests, missing_ok=missing_ok)


def indexed_without_documents(engine, wait: Callable[[], None]) -> tuple[Ledger, Documents]:
    ledger, documents = Ledger(), Documents(wait)
    ledger.donate(3)
    documents.contents = dict(ledger.documents.contents)
    for content in list(documents.contents.values()):
        for line in content.split(b"\n"):
            documents.put_lines([line])
    documents.hidden = set(documents.contents)
    ledger.documents = documents
    ledger.index(engine)
    assert len(rows(engine, MissingDocument)) == 3 + 1 + 2
    documents.looks = 0
    return ledger, documents


def test_follow__blocks_while_documents_are_missing__looks_for_them_seldom(tmp_path, monkeypatch):
    engine = make_engine(tmp_path)
    ledger, documents = indexed_without_documents(engine, lambda: time.sleep(0.1))
    parts, blocks = SimpleNamespace(engine=engine, chain=ledger.chain, documents=documents), iter(range(12))

    def next_block(*_):
        if next(blocks, None) is None:
            raise Ended
        ledger.chain.add([])

    monkeypatch.setattr(command, "_await_block", next_block)
    with pytest.raises(Ended):
        command._follow(parts, again=False)
    # The first look rests the next ones for 1.9 s, which these few empty blocks do not take.
    assert 1 <= documents.looks <= 4
    before = documents.looks
    ledger.index(engine)
    assert documents.looks == before + 1, "asked once, it always looks"


def test_follow__documents_found_later__filled_in_within_the_longest_rest_and_the_same_index(tmp_path):
    engine, steady = make_engine(tmp_path), make_engine(tmp_path, "steady")
    now_s = [0.0]

    def take_long():
        now_s[0] += 2.0

    ledger, documents = indexed_without_documents(engine, take_long)
    fill, began_s = FillingSeldom(lambda: now_s[0]), now_s[0]
    for _ in range(400):
        ledger.index(engine, fill=fill)
        now_s[0] += 1.0
    assert documents.looks * 2.0 <= (now_s[0] - began_s) / SHARE + 2.0
    documents.hidden = set()
    asked_s = now_s[0]
    while rows(engine, MissingDocument):
        ledger.index(engine, fill=fill)
        now_s[0] += 1.0
    assert now_s[0] - asked_s <= REST_MAX_S + 10.0
    ledger.index(steady)
    assert digest_of(engine) == digest_of(steady)


def test_follow__system_refuses_for_a_while__says_so_once_and_goes_on(tmp_path, monkeypatch, capsys):
    ledger, engine = Ledger(), make_engine(tmp_path)
    refusals = iter([errno.ENOSPC, errno.ENOSPC])

    class Parts(SimpleNamespace):
        @property
        def documents(self):
            for number in refusals:
                raise OSError(number, os.strerror(number), "documents/unfinished")
            return ledger.documents

    def end(*_):
        raise Ended

    monkeypatch.setattr(command, "_await_block", end)
    monkeypatch.setattr(command, "WAIT_MAX_S", 0.01)
    with pytest.raises(Ended):
        command._follow(Parts(engine=engine, chain=ledger.chain), again=False)
    said = " ".join(capsys.readouterr().err.split())
    assert said.count("documents/unfinished: No space left on device") == 1
    assert f"Indexed {ledger.chain.head() + 1} blocks" in said
