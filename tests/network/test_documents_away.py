"""The IPFS daemon is away, hangs, comes back, or is something else: a clear error in bounded time, and nothing lost."""

import hashlib
import http.server
import os
import signal
import threading
import time

import pytest

from ledger.documents import DocumentStore
from ledger.documents.ipfs import IpfsShelf
from ledger.errors import BadInput, DocumentMissing, PartAway
from network import ipfs
from tests.network.daemons import BYTES, fresh_bytes, kill, process_id_of, store_of


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
