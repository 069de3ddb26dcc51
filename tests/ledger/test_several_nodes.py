"""The chain client on several nodes of one chain, and what it takes for final on different engines."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ledger import rpc
from ledger.chain import ChainClient, connect
from ledger.errors import BadInput, PartAway
from ledger.rpc import RpcClient
from ledger.settings import Settings


class Node(ThreadingHTTPServer):
    """A node that is at `height`, and knows the tag `finalized` where `finalized` is a number."""

    daemon_threads = True

    def __init__(self, height: int, finalized: int | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.height, self.finalized = height, finalized
        self.is_away = False
        self.asked: list[str] = []
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def end(self) -> None:
        if self._thread.is_alive():
            self.shutdown()
            self._thread.join()
            self.server_close()

    def answer(self, method: str, params: list[Any]) -> dict[str, Any]:
        self.asked.append(method)
        if method == "eth_blockNumber":
            return {"result": hex(self.height)}
        if method == "eth_getBlockByNumber" and params[0] == "finalized" and self.finalized is None:
            return {"error": {"code": -32602, "message": "invalid argument 0"}}
        if method == "eth_getBlockByNumber":
            return {"result": {"number": hex(self.finalized or 0)}}
        return {"result": self.url}


class Handler(BaseHTTPRequestHandler):
    server: Node

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        many = body if isinstance(body, list) else [body]
        answers = [{"id": one["id"]} | self.server.answer(one["method"], one["params"]) for one in many]
        said = b"" if self.server.is_away else json.dumps(answers if isinstance(body, list) else answers[0]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def nodes() -> Iterator[list[Node]]:
    made = [Node(7), Node(9), Node(8)]
    yield made
    for node in made:
        node.end()


def client(nodes: list[Node]) -> RpcClient:
    return RpcClient(", ".join(node.url for node in nodes), timeout_s=5)


def test_call__several_nodes__the_furthest_is_asked(nodes: list[Node]):
    assert client(nodes).call("m") == nodes[1].url


def test_call__node_ends__the_next_furthest_answers(nodes: list[Node]):
    asked = client(nodes)
    asked.call("m")
    nodes[1].end()
    assert asked.call("m") == nodes[2].url
    assert asked.url == nodes[2].url


def test_call__other_nodes_are_behind__waits_until_one_has_come_as_far(nodes: list[Node]):
    asked = client(nodes)
    chain = ChainClient(asked)
    assert chain.head() == 9
    nodes[1].end()
    threading.Timer(0.3, lambda: setattr(nodes[0], "height", 9)).start()
    assert asked.call("m") == nodes[0].url


def test_call__other_nodes_stay_behind__part_away(nodes: list[Node], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rpc, "CATCH_UP_WITHIN_S", 0.2)
    chain = ChainClient(client(nodes))
    assert chain.head() == 9
    nodes[1].end()
    # However often it is asked: no answer may be older than one given before.
    for _ in range(2):
        with pytest.raises(PartAway, match="have 8 blocks; before, there were 9"):
            chain.head()
    nodes[2].height = 9
    assert chain.head() == 9


def test_call__chosen_node_comes_back_with_fewer_blocks__not_turned_to(
    nodes: list[Node], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rpc, "CATCH_UP_WITHIN_S", 0.2)
    chain = ChainClient(client(nodes))
    assert chain.head() == 9
    # For a moment none of them answers; after it, the chosen one is back as an old copy of itself.
    for node in nodes:
        node.is_away = True
    with pytest.raises(PartAway, match="not JSON-RPC"):
        chain.head()
    for node in nodes:
        node.is_away = False
    nodes[1].height = 6
    with pytest.raises(PartAway, match="have 8 blocks; before, there were 9"):
        chain.head()


def test_call__all_ended__part_away_naming_them(nodes: list[Node]):
    for node in nodes:
        node.end()
    with pytest.raises(PartAway, match="does not answer") as raised:
        client(nodes).call("m")
    assert all(node.url in raised.value.message for node in nodes)


@pytest.mark.parametrize(("finality", "head"), [("latest", 9), ("finalized", 5), ("2", 7), ("20", 0)])
def test_head__finality_of_the_engine__last_final_block(finality: str, head: int):
    node = Node(9, finalized=5)
    try:
        assert ChainClient(RpcClient(node.url), finality=finality).head() == head
    finally:
        node.end()


def test_head__tag_not_known_to_the_node__told_what_to_set():
    node = Node(9)
    try:
        with pytest.raises(BadInput, match="does not say which") as raised:
            ChainClient(RpcClient(node.url), finality="finalized").head()
        assert "LEDGER_FINALITY" in str(raised.value.hint)
    finally:
        node.end()


def test_connect__node_of_ones_own__finalized_unless_set(tmp_path: Path):
    node = Node(9, finalized=5)
    try:
        assert connect(Settings(state_dir=tmp_path, rpc_url=node.url)).head() == 5
        assert connect(Settings(state_dir=tmp_path, rpc_url=node.url, finality="latest")).head() == 9
        settings = Settings(state_dir=tmp_path)
        settings.endpoint_file.write_text(f"{node.url}\n")
        assert connect(settings).head() == 9
    finally:
        node.end()
