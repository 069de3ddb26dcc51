"""The document store: what is put comes back bit by bit, or is named as missing or damaged."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.canonical import canonical_bytes
from ledger.documents import DOCUMENT_BYTES_MAX, JSON, JSON_LINES, DocumentStore, media_type_of
from ledger.errors import BadInput, DocumentCorrupt, DocumentMissing

LINES = [canonical_bytes({"kind": "donation", "row": row, "donor_kind": "个人"}) for row in range(1, 201)]


def file_of(folder: Path, digest: bytes) -> Path:
    (path,) = folder.glob(f"{digest.hex()[:2]}/{digest.hex()}.*")
    return path


@pytest.fixture
def store(tmp_path):
    store = DocumentStore(tmp_path)
    yield store
    store.close()


@pytest.mark.parametrize("content", [b"", b"x", bytes(262_145), os.urandom(3_000_000)], ids=len)
def test_put__any_size__same_bytes_back_with_digest_and_cid(store, content):
    document = store.put(content, "application/octet-stream")
    assert store.get(document.digest) == content
    assert document.digest == hashlib.sha256(content).digest()
    assert store.stat(document.digest) == document


def test_put__the_same_again__changes_nothing(store, tmp_path):
    first = store.put(b"{}", JSON)
    written = file_of(tmp_path, first.digest).stat().st_mtime_ns
    assert store.put(b"{}", "text/plain") == first
    assert file_of(tmp_path, first.digest).stat().st_mtime_ns == written


def test_put__unknown_media_type_or_too_long__refused(store):
    with pytest.raises(BadInput, match="not a media type"):
        store.put(b"", "text/html")
    with pytest.raises(BadInput, match="at most 67108864 bytes"):
        store.put(bytes(DOCUMENT_BYTES_MAX + 1), JSON)


def test_put_lines__each_line__to_be_had_by_its_own_digest(store):
    document, digests = store.put_lines(LINES)
    assert document == hashlib.sha256(b"\n".join(LINES)).digest()
    assert digests == [hashlib.sha256(line).digest() for line in LINES]
    assert list(store.get_many(reversed(digests)).values()) == LINES[::-1]
    assert store.lines(document) == dict(zip(digests, LINES, strict=True))
    assert store.stat(document).media_type == JSON_LINES
    assert store.stat(digests[7]).size == len(LINES[7])


def test_put__file_of_lines__each_line_to_be_had(store):
    document = store.put(b"\n".join(LINES), JSON_LINES)
    assert store.get(hashlib.sha256(LINES[9]).digest()) == LINES[9]
    assert store.absent([hashlib.sha256(line).digest() for line in LINES] + [document.digest]) == []


def test_put_lines__same_bytes_known_as_another_kind__lines_are_found_all_the_same(store):
    store.put(b"\n".join(LINES), "text/plain")
    _, digests = store.put_lines(LINES)
    assert list(store.get_many(digests).values()) == LINES


def test_absent__some_known__the_others_in_order(store):
    known = store.put(b"{}").digest
    assert store.absent([b"\xcd" * 32, known, b"\xab" * 32, b"\xcd" * 32]) == [b"\xcd" * 32, b"\xab" * 32]


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.PDF", "application/pdf"), ("b.jpeg", "image/jpeg"), ("c.csv", "text/csv"), ("d", "application/octet-stream")],
)
def test_media_type_of__suffix__says_it(name, media_type):
    assert media_type_of(Path(name)) == media_type


def test_check__cid_changed_in_the_index__named(store, tmp_path):
    document = store.put(b"{}")
    with closing(sqlite3.connect(tmp_path / "lines.sqlite", isolation_level=None)) as index:
        index.execute("update document set cid = 'bafkrei'")
    (problem,) = store.check()
    assert document.digest.hex() in problem.message


def test_put_lines__one_line__document_and_line_are_the_same(store):
    document, digests = store.put_lines(LINES[:1])
    assert [document] == digests
    assert store.get(document) == LINES[0]


@pytest.mark.parametrize("contents", [[], [b""], [b"{}", b"{\n}"]])
def test_put_lines__no_line_or_a_broken_one__refused(store, contents):
    with pytest.raises(BadInput, match="at least one line"):
        store.put_lines(contents)


def test_get__unknown_digest__document_missing_names_it(store):
    with pytest.raises(DocumentMissing, match="ab" * 32):
        store.get(b"\xab" * 32)
    with pytest.raises(DocumentMissing):
        store.stat(b"\xab" * 32)
    assert store.get_many([b"\xab" * 32], missing_ok=True) == {}


def test_get__one_bit_changed_on_disk__document_corrupt_until_put_again(store, tmp_path):
    document, digests = store.put_lines(LINES)
    path = file_of(tmp_path, document)
    damaged = bytearray(path.read_bytes())
    damaged[3] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(DocumentCorrupt, match=document.hex()):
        store.get(document)
    with pytest.raises(DocumentCorrupt, match=digests[0].hex()):
        store.get(digests[0])
    assert store.get(digests[1]) == LINES[1]
    assert [type(problem) for problem in store.check()] == [DocumentCorrupt]
    store.put_lines(LINES)
    assert store.get(document) == b"\n".join(LINES)
    assert store.check() == []


def test_get__file_deleted__document_missing(store, tmp_path):
    document, digests = store.put_lines(LINES)
    file_of(tmp_path, document).unlink()
    with pytest.raises(DocumentMissing):
        store.get(digests[5])
    assert [type(problem) for problem in store.check()] == [DocumentMissing]


def test_open__line_index_deleted__rebuilt_from_the_documents(tmp_path):
    store = DocumentStore(tmp_path)
    document, digests = store.put_lines(LINES)
    single = store.put(b"a,b\n1,2\n", "text/csv")
    store.close()
    for path in tmp_path.glob("lines.sqlite*"):
        path.unlink()
    again = DocumentStore(tmp_path)
    assert list(again.get_many(digests).values()) == LINES
    assert again.stat(single.digest) == single
    assert again.stat(document).media_type == JSON_LINES
    again.close()


@pytest.mark.parametrize("how", ["lost", "damaged"])
def test_get__line_of_two_documents_and_the_first_is_gone__from_the_second(store, tmp_path, how):
    first, digests = store.put_lines(LINES[:20])
    second, _ = store.put_lines(LINES[10:30])
    path = file_of(tmp_path, first)
    if how == "lost":
        path.unlink()
    else:
        path.write_bytes(bytes(path.stat().st_size))
    assert list(store.get_many(digests[10:]).values()) == LINES[10:20]
    assert store.get(second) == b"\n".join(LINES[10:30])
    with pytest.raises(DocumentMissing if how == "lost" else DocumentCorrupt):
        store.get(digests[9])


def test_get__document_damaged_and_a_line_of_another__from_that_one(store, tmp_path):
    single = store.put(LINES[3])
    store.put_lines(LINES)
    file_of(tmp_path, single.digest).write_bytes(b"{}")
    assert store.get(single.digest) == LINES[3]


OLDER = """
create table document (
    no integer primary key,
    digest blob not null unique,
    cid text not null,
    size integer not null,
    media_type text not null
);
create table older (
    digest blob primary key,
    document_no integer not null references document,
    start integer not null,
    size integer not null
) without rowid;
insert into document select * from new.document;
insert or ignore into older select * from new.line order by document_no;
alter table older rename to line;
"""


def test_open__index_that_notes_one_document_a_line__every_document_noted(tmp_path):
    store = DocumentStore(tmp_path)
    first, digests = store.put_lines(LINES[:20])
    store.put_lines(LINES[10:30])
    # A file of lines under another kind: nothing on the shelf says that it is one.
    store.put(b"\n".join(LINES[50:60]), "text/plain")
    _, others = store.put_lines(LINES[50:60])
    store.close()
    (tmp_path / "lines.sqlite").rename(tmp_path / "new.sqlite")
    with closing(sqlite3.connect(tmp_path / "lines.sqlite", isolation_level=None)) as index:
        index.execute("attach ? as new", [str(tmp_path / "new.sqlite")])
        index.executescript(OLDER)
    again = DocumentStore(tmp_path)
    file_of(tmp_path, first).unlink()
    assert list(again.get_many([*digests[10:], *others]).values()) == LINES[10:20] + LINES[50:60]
    again.close()


def test_open__damaged_document_and_index_deleted__it_is_missing_and_never_read_as_good(tmp_path):
    store = DocumentStore(tmp_path)
    document, digests = store.put_lines(LINES)
    store.close()
    path = file_of(tmp_path, document)
    path.write_bytes(path.read_bytes()[:-10])
    for index in tmp_path.glob("lines.sqlite*"):
        index.unlink()
    again = DocumentStore(tmp_path)
    with pytest.raises(DocumentMissing):
        again.get(digests[0])
    again.close()


WRITER = """
import sys, itertools
from pathlib import Path
from ledger.documents import DocumentStore
store = DocumentStore(Path(sys.argv[1]))
for batch in itertools.count():
    document, digests = store.put_lines([b'{"row":%d}' % (batch * 200 + row) for row in range(200)])
    print(document.hex(), digests[-1].hex(), flush=True)
"""


def test_put_lines__writer_killed_at_any_moment__all_that_was_reported_is_there(tmp_path):
    reported = []
    for delay_s in (0.01, 0.03, 0.07):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        reported.append(writer.stdout.readline())
        time.sleep(delay_s)
        writer.send_signal(signal.SIGKILL)
        reported += writer.stdout.read().splitlines(keepends=True)
        writer.wait()
        writer.stdout.close()
    store = DocumentStore(tmp_path)
    whole = [line.split() for line in reported if line.endswith("\n")]
    assert len(whole) >= 3
    for document, last in whole:
        assert len(store.lines(bytes.fromhex(document))) == 200
        assert store.get(bytes.fromhex(last)).startswith(b'{"row":')
    assert store.check() == []
    store.close()


def test_get__two_processes_on_one_folder__each_sees_the_others_documents(tmp_path):
    one, other = DocumentStore(tmp_path), DocumentStore(tmp_path)
    _, digests = one.put_lines(LINES)
    assert other.get(digests[3]) == LINES[3]
    one.close()
    other.close()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=40).filter(lambda line: b"\n" not in line), min_size=1, max_size=20))
def test_put_lines__any_lines__come_back_also_after_a_rebuild(tmp_path_factory, contents):
    folder = tmp_path_factory.mktemp("documents")
    store = DocumentStore(folder)
    _, digests = store.put_lines(contents)
    assert [store.get(digest) for digest in digests] == contents
    store.close()
    for path in folder.glob("lines.sqlite*"):
        path.unlink()
    again = DocumentStore(folder)
    assert [again.get(digest) for digest in digests] == contents
    again.close()
