"""Documents on a real IPFS daemon: the same CID as in the embedded store, every byte checked, nothing lost on the way."""

import base64
import hashlib
import http.server
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import ipfshttpclient
import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ledger.canonical import canonical_bytes
from ledger.cid import LEAF_BYTES, LINKS_MAX, cid_of
from ledger.documents import JSON_LINES, DocumentStore
from ledger.documents.copying import copy, read_list
from ledger.documents.document import Document
from ledger.documents.ipfs import PIN_PREFIX, IpfsShelf
from ledger.documents.moving import move
from ledger.errors import BadInput, DocumentCorrupt, DocumentMissing, DocumentUnpinned, PartAway
from ledger.settings import ROOT, Settings
from network import ipfs
from tests.network.daemons import kill, process_id_of, settings_in, store_of

BYTES = "application/octet-stream"
MIB = 1024 * 1024
LINES = [canonical_bytes({"kind": "donation", "row": row, "donor_kind": "个人"}) for row in range(1, 201)]
NUMBERS = random.Random(7)


def fresh_bytes(size: int) -> bytes:
    """Bytes that no other test has put."""
    return NUMBERS.randbytes(size)


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """One daemon for all tests of this file."""
    made = settings_in(tmp_path_factory.mktemp("documents") / "state")
    ipfs.start(made)
    yield settings_in(made.state_dir)
    ipfs.stop(made)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Another one for large documents, which the other tests need not read again when they look for what is there."""
    made = settings_in(tmp_path_factory.mktemp("large") / "state")
    ipfs.start(made)
    yield settings_in(made.state_dir)
    ipfs.stop(made)


@pytest.fixture
def running(daemon: Settings) -> Settings:
    """The daemon, answering, whatever the test before did to it."""
    ipfs.start(daemon)
    return daemon


@pytest.fixture
def shelf(running: Settings) -> Iterator[IpfsShelf]:
    made = IpfsShelf(running.ipfs_address, patience_s=0.3)
    yield made
    made.close()


@pytest.fixture
def store(shelf: IpfsShelf, tmp_path: Path) -> Iterator[DocumentStore]:
    """A store with a folder of this test's own, on the daemon."""
    made = DocumentStore(tmp_path / "documents", shelf)
    yield made
    made.close()


@pytest.fixture
def client(running: Settings):
    """The daemon itself, as its operator speaks to it."""
    return ipfshttpclient.Client(running.ipfs_address, timeout=30)


def block_of(daemon: Settings, cid: str) -> Path:
    """The file in which kubo has the block with that CID: named by the multihash, in capitals."""
    cid_bytes = base64.b32decode(cid[1:].upper() + "=" * (-len(cid[1:]) % 8))
    multihash = base64.b32encode(cid_bytes[2:]).decode().rstrip("=")
    (path,) = (ipfs.folder_of(daemon) / "repo" / "blocks").glob(f"*/{multihash}.data")
    return path


def damage(path: Path) -> None:
    path.chmod(0o644)
    changed = bytearray(path.read_bytes())
    changed[len(changed) // 2] ^= 1
    path.write_bytes(changed)


def unpin(client, document: Document) -> None:
    client.pin.rm(document.cid)


# --- the same bytes, the same CID


@hypothesis_settings(max_examples=25, deadline=None, derandomize=True)
@given(leaves=st.sampled_from([0, 1, 2, 3, 5]), off=st.integers(-3, 3), seed=st.binary(max_size=4))
@example(leaves=0, off=0, seed=b"")
@example(leaves=80, off=-1, seed=b"")
@example(leaves=80, off=0, seed=b"")
def test_put__any_size_up_to_20_mb__same_cid_and_bytes_as_in_the_embedded_store(
    large, tmp_path_factory, leaves, off, seed
):
    size = max(0, leaves * LEAF_BYTES + off)
    content = (seed + b"relief ") * (size // (len(seed) + 7) + 1)
    folder = tmp_path_factory.mktemp("both")
    with store_of(large) as on_ipfs:
        there = on_ipfs.put(content[:size], BYTES)
        assert on_ipfs.get(there.digest) == content[:size]
    embedded = DocumentStore(folder)
    assert embedded.put(content[:size], BYTES) == there
    assert embedded.get(there.digest) == content[:size]
    embedded.close()


@pytest.mark.parametrize("size", [0, 1, LEAF_BYTES, LEAF_BYTES + 1, 20 * MIB, LINKS_MAX * LEAF_BYTES + 1])
def test_put__each_shape_of_tree__the_daemon_by_itself_computes_that_cid(large, size):
    client = ipfshttpclient.Client(large.ipfs_address, timeout=30)
    content = fresh_bytes(size)
    options = {"only-hash": "true", "cid-version": "1", "raw-leaves": "true"}
    assert client.add_bytes(content, opts=options) == cid_of(content)


@pytest.mark.parametrize("leaves", [LINKS_MAX, LINKS_MAX + 1])
def test_put__tree_of_one_and_of_two_levels__back_as_it_was(large, leaves):
    content = fresh_bytes(leaves * LEAF_BYTES)
    with store_of(large) as store:
        kept = store.put(content, BYTES)
        assert store.get(kept.digest) == content
        assert store.shelf.kept([kept]) == {kept.digest}


def test_put__daemon_set_to_other_chunks__still_the_same_cid(tmp_path):
    settings = settings_in(tmp_path / "state")
    ipfs.prepare(settings)
    path = ipfs.folder_of(settings) / "repo" / "config"
    config = json.loads(path.read_text())
    config["Import"] = {"UnixFSChunker": "size-1048576", "UnixFSFileMaxLinks": 1024, "CidVersion": 0}
    path.write_text(json.dumps(config))
    try:
        ipfs.start(settings)
        with store_of(settings) as store:
            content = fresh_bytes(3 * MIB)
            assert store.get(store.put(content, BYTES).digest) == content
    finally:
        ipfs.stop(settings)


def test_put_lines__on_ipfs__each_line_by_its_own_digest(store):
    document, digests = store.put_lines(LINES)
    assert list(store.get_many(reversed(digests)).values()) == LINES[::-1]
    assert store.lines(document) == dict(zip(digests, LINES, strict=True))
    assert store.stat(digests[7]).size == len(LINES[7])
    assert store.folder.kept([store.stat(document)]) == set()


def test_put__the_same_again__changes_nothing(store, client):
    first = store.put(fresh_bytes(500), BYTES)
    assert store.put(store.get(first.digest), "text/plain") == first
    (pin,) = [
        pin for cid, pin in client.pin.ls(type="recursive", opts={"names": "true"})["Keys"].items() if cid == first.cid
    ]
    assert pin["Name"] == f"{PIN_PREFIX}{first.digest.hex()}.bin"


# --- what is no longer as it was put


@pytest.mark.parametrize("part", ["only leaf", "leaf", "root"])
def test_get__block_changed_on_disk__document_corrupt_until_put_again(running, store, client, part):
    content = fresh_bytes(5_000 if part == "only leaf" else 3 * LEAF_BYTES)
    kept = store.put(content, BYTES)
    cid = client.dag.get(kept.cid).as_json()["Links"][1]["Hash"]["/"] if part == "leaf" else kept.cid
    damage(block_of(running, cid))
    with pytest.raises(DocumentCorrupt, match=kept.digest.hex()):
        store.get(kept.digest)
    assert [type(problem) for problem in store.check() if kept.digest.hex() in problem.message] == [DocumentCorrupt]
    store.put(content, BYTES)
    assert store.get(kept.digest) == content


def test_get__daemon_that_does_not_look_itself__changed_bytes_are_still_seen(tmp_path):
    settings = settings_in(tmp_path / "state")
    part = ipfs.prepare(settings)
    path = ipfs.folder_of(settings) / "repo" / "config"
    config = json.loads(path.read_text())
    config["Datastore"]["HashOnRead"] = False
    path.write_text(json.dumps(config))
    from network import processes

    processes.supervise(part.folder, [part])
    try:
        ipfs.await_answer(settings)
        with store_of(settings) as store:
            kept = store.put(fresh_bytes(5_000), BYTES)
            damage(block_of(settings, kept.cid))
            with pytest.raises(DocumentCorrupt, match=kept.digest.hex()):
                store.get(kept.digest)
    finally:
        ipfs.stop(settings)


def test_get__block_deleted__missing_and_listed_until_put_again(running, store):
    content = fresh_bytes(5_000)
    kept = store.put(content, BYTES)
    block_of(running, kept.cid).unlink()
    with pytest.raises(DocumentMissing, match=kept.digest.hex()):
        store.get(kept.digest)
    assert store.get_many([kept.digest], missing_ok=True) == {}
    (problem,) = [one for one in store.check() if kept.digest.hex() in one.message]
    assert isinstance(problem, DocumentMissing)
    assert kept.cid in problem.message
    store.put(content, BYTES)
    assert store.get(kept.digest) == content


def test_check__unpinned__listed_until_moved_again(store, client):
    kept = store.put(fresh_bytes(5_000), BYTES)
    unpin(client, kept)
    (problem,) = [one for one in store.check() if kept.digest.hex() in one.message]
    assert isinstance(problem, DocumentUnpinned)
    assert move(store).pinned == 1
    assert [one for one in store.check() if kept.digest.hex() in one.message] == []


def test_check__collected_as_garbage__only_what_is_pinned_stays(store, client):
    kept, unpinned = (store.put(fresh_bytes(300_000), BYTES) for _ in range(2))
    unpin(client, unpinned)
    client.repo.gc()
    assert len(store.get(kept.digest)) == 300_000
    with pytest.raises(DocumentMissing):
        store.get(unpinned.digest)


# --- other stores on the same daemon, and a lost index


def test_get__put_by_another_machines_store__found(shelf, store, tmp_path):
    other = DocumentStore(tmp_path / "other", shelf)
    document, digests = other.put_lines([canonical_bytes({"row": row, "of": str(tmp_path)}) for row in range(5)])
    assert store.get(digests[3]) == other.get(digests[3])
    assert store.stat(document).media_type == JSON_LINES
    other.close()


def test_open__line_index_deleted__rebuilt_from_the_pins(shelf, tmp_path):
    store = DocumentStore(tmp_path / "documents", shelf)
    document, digests = store.put_lines(LINES)
    store.close()
    for path in (tmp_path / "documents").glob("lines.sqlite*"):
        path.unlink()
    again = DocumentStore(tmp_path / "documents", shelf)
    assert list(again.get_many(digests).values()) == LINES
    assert again.stat(document).cid == cid_of(b"\n".join(LINES))
    again.close()


# --- the daemon away


def test_put__daemon_away__refused_with_its_address_and_nothing_known_of_it(daemon, tmp_path):
    store = DocumentStore(tmp_path / "documents", IpfsShelf(daemon.ipfs_address, patience_s=0.5))
    ipfs.stop(daemon)
    content = fresh_bytes(700)
    began = time.monotonic()
    with pytest.raises(PartAway, match=daemon.ipfs_address) as refused:
        store.put(content, BYTES)
    assert 0.2 < time.monotonic() - began < 3
    assert "ledger up --profile consortium" in refused.value.hint
    with pytest.raises(PartAway):
        store.get_many([hashlib.sha256(content).digest()], missing_ok=True)
    with pytest.raises(PartAway):
        store.check()
    ipfs.start(daemon)
    with pytest.raises(DocumentMissing):
        store.stat(hashlib.sha256(content).digest())
    assert store.get(store.put(content, BYTES).digest) == content
    store.close()


def test_put__daemon_comes_back_while_it_is_tried_again__kept(daemon, tmp_path):
    store = DocumentStore(tmp_path / "documents", IpfsShelf(daemon.ipfs_address, patience_s=30))
    ipfs.stop(daemon)
    starting = threading.Timer(0.7, ipfs.start, [daemon])
    starting.start()
    content = fresh_bytes(700)
    assert store.get(store.put(content, BYTES).digest) == content
    starting.join()
    store.close()


def test_get__connection_was_closed_by_a_restart__asked_again(running, tmp_path):
    with store_of(running, patience_s=20) as store:
        kept = store.put(fresh_bytes(700), BYTES)
        kill(running)
        assert len(store.get(kept.digest)) == 700


def test_put__daemon_hangs__refused_in_bounded_time(running, tmp_path):
    process_id = process_id_of(running)
    hung = IpfsShelf(running.ipfs_address, patience_s=0.5, answer_timeout_s=0.5)
    store = DocumentStore(tmp_path / "documents", hung)
    os.kill(process_id, signal.SIGSTOP)
    try:
        began = time.monotonic()
        with pytest.raises(PartAway, match="did not answer in time"):
            store.put(b"never answered", BYTES)
        assert time.monotonic() - began < 5
    finally:
        os.kill(process_id, signal.SIGCONT)
        store.close()


def test_put__no_room_on_the_daemons_disk__its_own_words(running, store):
    blocks = ipfs.folder_of(running) / "repo" / "blocks"
    content = fresh_bytes(900)
    aside = blocks.with_name("blocks.aside")
    blocks.rename(aside)
    blocks.write_text("in the way")
    try:
        with pytest.raises(PartAway, match="does not do what it is asked: mkdir "):
            store.put(content, BYTES)
    finally:
        blocks.unlink()
        aside.rename(blocks)
    assert store.get(store.put(content, BYTES).digest) == content


def test_open__no_multiaddr__bad_input_names_the_setting():
    with pytest.raises(BadInput, match="LEDGER_IPFS_ADDRESS is 'http://"):
        IpfsShelf("http://127.0.0.1:5001", patience_s=0)


class _Page(http.server.BaseHTTPRequestHandler):
    """Some other program's web page."""

    def do_POST(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>")

    def log_message(self, *_: object) -> None:
        return


def test_put__another_program_answers__said_so():
    page = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    threading.Thread(target=page.serve_forever).start()
    try:
        shelf = IpfsShelf(f"/ip4/127.0.0.1/tcp/{page.server_port}", patience_s=0.3)
        with pytest.raises(PartAway, match="is no IPFS daemon"):
            shelf.version()
    finally:
        page.shutdown()
        page.server_close()


def test_put__environment_names_a_proxy__not_asked(running, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert IpfsShelf(running.ipfs_address, patience_s=0.3).version() == "0.42.0"


# --- moving


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


# --- copying


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
