"""The JSON-RPC client against a server that answers what the test says, and a node's answers that cannot be trusted."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from ledger import rpc
from ledger.chain import ChainClient
from ledger.errors import CheckFailed, PartAway, TransactionRefused
from ledger.rpc import RpcClient, RpcError


class Server(HTTPServer):
    """Answers each body with what `answer` makes of it; keeps the bodies."""

    answer: Callable[[list[dict[str, Any]]], bytes]
    bodies: list[list[dict[str, Any]]]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.bodies.append(body)
        said = self.server.answer(body)
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: Any) -> None:
        return


def results(body: list[dict[str, Any]]) -> bytes:
    return json.dumps([{"id": one["id"], "result": one["params"]} for one in body][::-1]).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Handler)
    made.answer, made.bodies = results, []
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def client(server: Server) -> RpcClient:
    return RpcClient(f"http://127.0.0.1:{server.server_port}", timeout_s=5)


def test_batch__answers_in_another_order__results_in_the_order_asked(server: Server):
    assert client(server).batch([("a", [1]), ("b", [2]), ("c", [3])]) == [[1], [2], [3]]


def test_batch__more_bytes_than_a_body_takes__several_bodies(server: Server):
    calls = [("m", ["x" * (rpc.BODY_BYTES_MAX // 3)])] * 7
    assert client(server).batch(calls) == [call[1] for call in calls]
    assert len(server.bodies) == 4
    assert max(len(json.dumps(body)) for body in server.bodies) <= rpc.BODY_BYTES_MAX


def test_batch__many_small_calls__no_more_than_a_body_holds(server: Server):
    client(server).batch([("m", [n]) for n in range(rpc.BATCH_REQUESTS_MAX + 1)])
    assert [len(body) for body in server.bodies] == [rpc.BATCH_REQUESTS_MAX, 1]


def test_call__nothing_listens__part_away_with_a_hint():
    with pytest.raises(PartAway, match="does not answer") as raised:
        RpcClient("http://127.0.0.1:9", timeout_s=1).call("eth_chainId")
    assert "ledger up" in raised.value.hint
    assert raised.value.exit_code == 4


@pytest.mark.parametrize("said", [b"<html>", b"", b'{"error": "too big"}', b"[]", b"null", b"[1]"])
def test_call__answer_is_no_json_rpc__part_away(server: Server, said: bytes):
    server.answer = lambda _: said
    with pytest.raises(PartAway, match="JSON-RPC"):
        client(server).call("eth_chainId")


def test_answers__one_call_fails__the_others_have_results(server: Server):
    error = {"code": -32000, "message": "nonce too low"}
    server.answer = lambda _: json.dumps([{"id": 0, "error": error}, {"id": 1, "result": 7}]).encode()
    failed, passed = client(server).answers([("a", []), ("b", [])])
    assert isinstance(failed, RpcError)
    assert (failed.code, failed.node_message, failed.revert) == (-32000, "nonce too low", None)
    assert passed == 7


@pytest.mark.parametrize("carried", ["0xdeadbeef", {"data": "0xdeadbeef"}, {"output": "0xdeadbeef"}])
def test_call__revert_bytes_wherever_a_node_puts_them__refusal(server: Server, carried: Any):
    error = {"code": 3, "message": "execution reverted", "data": carried}
    server.answer = lambda _: json.dumps([{"id": 0, "error": error}]).encode()
    with pytest.raises(TransactionRefused) as raised:
        ChainClient(client(server)).call("0x" + "11" * 20, b"")
    assert raised.value.args_by_name == {"revert": bytes.fromhex("deadbeef")}


def block(number: int, logs: list[dict[str, Any]] | None) -> dict[str, Any]:
    return {"number": hex(number), "hash": f"0x{number:064x}", "parentHash": "0x" + "00" * 32, "timestamp": "0x1"}


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ({"blockNumber": "0x9", "blockHash": "0x", "logIndex": "0x0"}, "gave a log of block 9"),
        ({"blockNumber": "0x1", "blockHash": "0x" + "ff" * 32, "logIndex": "0x0"}, "logs of another block 1"),
    ],
)
def test_blocks__log_that_was_not_asked_for__check_failed(server: Server, log: dict[str, Any], said: str):
    server.answer = lambda _: json.dumps([{"id": 0, "result": [log]}, {"id": 1, "result": block(1, None)}]).encode()
    with pytest.raises(CheckFailed, match=said):
        ChainClient(client(server)).blocks(1, 1, [])


def test_blocks__node_lacks_one__check_failed(server: Server):
    server.answer = lambda _: json.dumps([{"id": 0, "result": []}, {"id": 1, "result": None}]).encode()
    with pytest.raises(CheckFailed, match="has no block 1"):
        ChainClient(client(server)).blocks(1, 1, [])
