"""Documents on a real IPFS daemon: the same CID as in the embedded store, and every byte that comes back checked."""

import json
from collections.abc import Iterator

import ipfshttpclient
import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ledger.canonical import canonical_bytes
from ledger.cid import LEAF_BYTES, LINKS_MAX, cid_of
from ledger.documents import JSON_LINES, DocumentStore
from ledger.documents.ipfs import PIN_PREFIX
from ledger.documents.moving import move
from ledger.errors import DocumentCorrupt, DocumentMissing, DocumentUnpinned
from ledger.settings import Settings
from network import ipfs, processes
from tests.network.daemons import BYTES, block_of, damage, fresh_bytes, settings_in, store_of

MIB = 1024 * 1024
LINES = [canonical_bytes({"kind": "donation", "row": row, "donor_kind": "个人"}) for row in range(1, 201)]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Another one for large documents, which the other tests need not read again when they look for what is there."""
    made = settings_in(tmp_path_factory.mktemp("large") / "state")
    ipfs.start(made)
    yield settings_in(made.state_dir)
    ipfs.stop(made)


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
    client.pin.rm(kept.cid)
    (problem,) = [one for one in store.check() if kept.digest.hex() in one.message]
    assert isinstance(problem, DocumentUnpinned)
    assert move(store).pinned == 1
    assert [one for one in store.check() if kept.digest.hex() in one.message] == []


def test_check__collected_as_garbage__only_what_is_pinned_stays(store, client):
    kept, unpinned = (store.put(fresh_bytes(300_000), BYTES) for _ in range(2))
    client.pin.rm(unpinned.cid)
    client.repo.gc()
    assert len(store.get(kept.digest)) == 300_000
    with pytest.raises(DocumentMissing):
        store.get(unpinned.digest)


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
