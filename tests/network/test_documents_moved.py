"""Documents that change their place: from the embedded store to IPFS, and from another member's node."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.canonical import canonical_bytes
from ledger.cid import LEAF_BYTES, cid_of
from ledger.documents import DocumentStore
from ledger.documents.copying import copy, read_list
from ledger.documents.document import Document
from ledger.documents.moving import move
from ledger.errors import BadInput, DocumentCorrupt, DocumentMissing
from ledger.settings import ROOT
from network import ipfs
from tests.network.daemons import BYTES, damage, fresh_bytes, kill, store_of

MIB = 1024 * 1024


def embedded_documents(folder: Path) -> dict[bytes, bytes]:
    """Documents of several kinds, put before there was a daemon, by digest."""
    store = DocumentStore(folder)
    contents = [fresh_bytes(size) for size in (0, 10, LEAF_BYTES, LEAF_BYTES + 1, 2 * MIB)]
    kept = {store.put(content, BYTES).digest: content for content in contents}
    lines = [canonical_bytes({"row": row, "salt": fresh_bytes(8).hex()}) for row in range(50)]
    document, digests = store.put_lines(lines)
    store.close()
    return kept | dict(zip(digests, lines, strict=True)) | {document: b"\n".join(lines)}


def files_in(folder: Path) -> list[Path]:
    return list(folder.glob("??/*.*"))


def test_move__documents_of_the_embedded_store__on_ipfs_pinned_and_no_longer_files(shelf, tmp_path):
    kept = embedded_documents(tmp_path / "documents")
    store = DocumentStore(tmp_path / "documents", shelf)
    assert store.get_many(kept) == kept
    moved = move(store)
    assert (moved.documents, moved.problems) == (6, [])
    assert moved.size == sum(map(len, kept.values())) - sum(
        len(line) for line in kept.values() if line[:1] == b"{" and b"\n" not in line
    )
    assert files_in(tmp_path / "documents") == []
    assert store.get_many(kept) == kept
    assert move(store)[:3] == (0, 0, 0)
    store.close()


def test_move__damaged_file__stays_and_is_told_until_the_original_was_put_again(shelf, tmp_path):
    kept = embedded_documents(tmp_path / "documents")
    damaged = max(files_in(tmp_path / "documents"), key=lambda path: path.stat().st_size)
    damage(damaged)
    store = DocumentStore(tmp_path / "documents", shelf)
    moved = move(store)
    assert moved.documents == 5
    (problem,) = moved.problems
    assert damaged.stem in problem.message
    assert files_in(tmp_path / "documents") == [damaged]
    assert len(store.get_many([digest for digest in kept if digest.hex() != damaged.stem])) == len(kept) - 1
    store.put(kept[bytes.fromhex(damaged.stem)], BYTES)
    assert move(store)[2:] == (0, [])
    assert files_in(tmp_path / "documents") == []
    assert store.get_many(kept) == kept
    store.close()


def test_move__no_daemon_named__says_what_to_set(tmp_path):
    store = DocumentStore(tmp_path)
    with pytest.raises(BadInput, match="No IPFS daemon") as refused:
        move(store)
    assert "LEDGER_IPFS_ADDRESS" in refused.value.hint
    store.close()


MOVER = """
import sys
from pathlib import Path
from ledger.documents import DocumentStore
from ledger.documents.ipfs import IpfsShelf
from ledger.documents.moving import move
store = DocumentStore(Path(sys.argv[1]), IpfsShelf(sys.argv[2], patience_s=0.2))
move(store, lambda done, of: print(done, flush=True))
"""


@pytest.mark.parametrize("killed", ["mover", "daemon"])
def test_move__killed_in_the_middle__goes_on_and_nothing_is_in_neither_place(running, tmp_path, killed):
    folder = tmp_path / "documents"
    before = DocumentStore(folder)
    kept = {before.put(content, BYTES).digest: content for content in (fresh_bytes(60_000) for _ in range(60))}
    before.close()
    command = [sys.executable, "-c", MOVER, str(folder), running.ipfs_address]
    mover = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    while mover.stdout.readline() != "5\n":
        assert mover.poll() is None
    if killed == "mover":
        mover.kill()
    else:
        kill(running)
    said = mover.communicate()[1]
    if killed == "daemon":
        # Not to wait until its supervisor does.
        ipfs.stop(running)
        ipfs.start(running)
    assert killed == "mover" or "PartAway" in said
    assert 0 < len(files_in(folder)) < 60
    with store_of(running) as waiting:
        store = DocumentStore(folder, waiting.shelf)
        assert store.get_many(kept) == kept
        assert move(store).problems == []
        assert files_in(folder) == []
        assert store.get_many(kept) == kept
        store.close()


def listed(*documents: Document) -> bytes:
    """What `ledger documents list --json` prints."""
    return json.dumps([one._asdict() | {"digest": one.digest.hex()} for one in documents]).encode()


def test_copy__nobody_gives_one_and_the_list_lies_about_another__both_told_and_the_rest_copied(
    store, client, monkeypatch
):
    monkeypatch.setattr("ledger.documents.ipfs.PEERS_TIMEOUT_S", 1)
    away, there, other = fresh_bytes(900), fresh_bytes(900), fresh_bytes(900)
    documents = [Document(hashlib.sha256(one).digest(), cid_of(one), 900, BYTES) for one in (away, there, other)]
    options = {"cid-version": "1", "raw-leaves": "true", "pin": "false"}
    for content in (there, other):
        client.add_bytes(content, opts=options)
    documents[2] = documents[2]._replace(digest=b"\x01" * 32)
    copied = copy(store, read_list(listed(*documents)))
    assert (copied.documents, copied.here_before) == (1, 0)
    assert [type(problem) for problem in copied.problems] == [DocumentMissing, DocumentCorrupt]
    assert store.get(documents[1].digest) == there
    assert store.shelf.kept(documents) == {documents[1].digest}


def test_copy__list_gives_a_known_document_anothers_cid__not_told_as_here_and_pinned_as_its_own(store, client):
    lost, other = fresh_bytes(900), fresh_bytes(900)
    documents = [store.put(content, BYTES) for content in (lost, other)]
    client.pin.rm(documents[0].cid)
    lie = documents[0]._replace(cid=documents[1].cid)
    copied = copy(store, read_list(listed(lie, documents[1])))
    assert copied == (1, 900, 1, [])
    assert store.check() == []


@pytest.mark.parametrize("size", [0, 900])
def test_copy__list_says_less_than_there_is__one_byte_more_is_read_and_it_is_told(store, client, size):
    long = fresh_bytes(MIB)
    client.add_bytes(long, opts={"cid-version": "1", "raw-leaves": "true", "pin": "false"})
    lie = Document(hashlib.sha256(long).digest(), cid_of(long), size, BYTES)
    assert store.shelf.fetch(lie, from_peers=True) == long[: size + 1]
    copied = copy(store, read_list(listed(lie)))
    assert (copied.documents, [type(problem) for problem in copied.problems]) == (0, [DocumentCorrupt])
    assert f"of {size} bytes, which it is not" in copied.problems[0].message
    assert copy(store, read_list(listed(lie._replace(size=MIB)))).documents == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"<html>", "the whole: Invalid JSON"),
        (b'{"digest": 1}', "the whole: Input should be a valid array"),
        (b'[{"digest": "00", "cid": "b", "size": 1, "media_type": "text/csv"}]', "0.digest: String should match"),
        (listed(Document(bytes(32), cid_of(b""), 70_000_000, BYTES)), "0.size: Input should be less than"),
        (listed(Document(bytes(32), cid_of(b""), 1, "text/html")), "is not a media type"),
    ],
)
def test_read_list__not_such_a_list__bad_input_says_where(text, said):
    with pytest.raises(BadInput, match=said):
        read_list(text)


def test_copy__embedded_store__says_what_to_set(tmp_path):
    store = DocumentStore(tmp_path)
    with pytest.raises(BadInput, match="No IPFS daemon"):
        copy(store, [])
    store.close()
