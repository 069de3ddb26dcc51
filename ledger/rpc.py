"""A small JSON-RPC client for the hot path: one connection, many requests in one body.

web3's own batching refuses eth_sendRawTransaction, and a request for each of thousands of transactions is what makes
recording slow. Nothing here knows what the methods mean; `chain.py` does.
"""

import time
from collections.abc import Iterator, Sequence
from typing import Any

import orjson
import requests
from urllib3.exceptions import HTTPError

from ledger.errors import LedgerError, PartAway

# Validators of the consortium network take 512 KB in one body, and answer a bigger one with plain text.
BODY_BYTES_MAX = 400_000
BATCH_REQUESTS_MAX = 500
CHOICE_TIMEOUT_S = 5.0
CATCH_UP_WITHIN_S = 10.0
_HEIGHT = b'{"jsonrpc":"2.0","id":0,"method":"eth_blockNumber","params":[]}'

Call = tuple[str, Sequence[Any]]
"""A method and its parameters."""


class RpcError(LedgerError):
    """The node answered with an error: its `code`, and `revert` where a contract's revert bytes came with it."""

    def __init__(self, method: str, code: int, message: str, revert: bytes | None) -> None:
        super().__init__(f"The node answered {method} with: {message}")
        self.code = code
        self.node_message = message
        self.revert = revert


class RpcClient:
    """Speaks to one node over HTTP, or to one of several of the same chain. Not to be shared between threads.

    Of several, the one that is furthest is asked, and when it does not answer, another that has come as far.
    """

    def __init__(self, urls: str, *, timeout_s: float = 120) -> None:
        """`urls` are the nodes' addresses with commas between."""
        self._urls = [url.strip() for url in urls.split(",") if url.strip()]
        self._chosen: str | None = self._urls[0] if len(self._urls) == 1 else None
        self._height = 0
        self.timeout_s = timeout_s
        self._session = requests.Session()
        # The environment's proxies are not asked: the node is on this machine or in the consortium's own network.
        self._session.trust_env = False

    def call(self, method: str, *params: Any) -> Any:
        """The node's result. Raises RpcError when it answers with an error, PartAway when it does not answer."""
        return self.batch([(method, params)])[0]

    def batch(self, calls: Sequence[Call]) -> list[Any]:
        """The node's results in order, asked for in as few HTTP requests as their sizes allow.

        Raises the first RpcError among them, or PartAway as `answers` does.
        """
        results = self.answers(calls)
        for result in results:
            if isinstance(result, RpcError):
                raise result
        return results

    def answers(self, calls: Sequence[Call]) -> list[Any]:
        """As `batch`, with an RpcError standing in the place of a result.

        Raises PartAway when the node does not answer, or answers something that is not JSON-RPC.
        """
        results: list[Any] = []
        for methods, bodies in _packed(calls):
            answers = self._post(b"[" + b",".join(bodies) + b"]")
            by_id = _by_id(answers)
            if sorted(by_id) != list(range(len(bodies))):
                raise PartAway(f"The node at {self.url} did not answer in JSON-RPC: {str(answers)[:200]}")
            results += [_result(method, by_id[number]) for number, method in enumerate(methods)]
        return results

    @property
    def url(self) -> str:
        """The node that is asked; before the first question, the first of them."""
        return self._chosen or self._urls[0]

    def require_height(self, number: int) -> None:
        """From now on no node is turned to that has not come to this block yet."""
        self._height = max(self._height, number)

    def close(self) -> None:
        """Closes the connection."""
        self._session.close()

    def _post(self, body: bytes) -> Any:
        if len(self._urls) == 1:
            return self._ask(self.url, body, self.timeout_s)
        chosen = self._chosen or self._furthest()
        try:
            return self._ask(chosen, body, self.timeout_s)
        except PartAway:
            # It may come back with fewer blocks than it had, so it has to be chosen anew.
            self._chosen = None
            # Asked twice, a node does nothing twice: it knows each transaction by its hash.
            return self._ask(self._furthest(), body, self.timeout_s)

    def _furthest(self) -> str:
        """Turns to the node with the most blocks. Waits a moment for one that has come as far as the one before."""
        deadline = time.monotonic() + CATCH_UP_WITHIN_S
        while True:
            heights: list[tuple[int, str]] = []
            away = PartAway("no node")
            for url in self._urls:
                try:
                    heights.append((int(self._ask(url, _HEIGHT, CHOICE_TIMEOUT_S)["result"], 16), url))
                except PartAway as error:
                    away = error
                except (KeyError, TypeError, ValueError):
                    continue
            if not heights:
                raise away
            height, furthest = max(heights, key=lambda one: one[0])
            if height >= self._height:
                self._chosen = furthest
                return furthest
            if time.monotonic() > deadline:
                raise PartAway(f"The nodes that answer have {height} blocks; before, there were {self._height}.")
            time.sleep(0.1)

    def _ask(self, url: str, body: bytes, timeout_s: float) -> Any:
        try:
            response = self._session.post(
                url, data=body, headers={"Content-Type": "application/json"}, timeout=timeout_s, stream=True
            )
            # Read whole: by itself, requests reads an answer in pieces of 10 KB, which costs as much as parsing it.
            return orjson.loads(response.raw.read(decode_content=True))
        except (requests.RequestException, HTTPError) as error:
            raise PartAway(
                f"The chain at {', '.join(self._urls)} does not answer ({type(error).__name__}).",
                hint="Start it with `ledger up`, or name another with LEDGER_RPC_URL.",
            ) from error
        except orjson.JSONDecodeError as error:
            raise PartAway(f"The node at {url} answered something that is not JSON-RPC.") from error


def _packed(calls: Sequence[Call]) -> Iterator[tuple[list[str], list[bytes]]]:
    methods: list[str] = []
    bodies: list[bytes] = []
    size = 0
    for method, params in calls:
        encoded = orjson.dumps(list(params))
        if bodies and (size + len(encoded) > BODY_BYTES_MAX or len(bodies) == BATCH_REQUESTS_MAX):
            yield methods, bodies
            methods, bodies, size = [], [], 0
        bodies.append(b'{"jsonrpc":"2.0","id":%d,"method":"%s","params":%s}' % (len(bodies), method.encode(), encoded))
        methods.append(method)
        size += len(bodies[-1]) + 1
    if bodies:
        yield methods, bodies


def _by_id(answers: Any) -> dict[int, dict[str, Any]]:
    if not isinstance(answers, list):
        return {}
    return {one["id"]: one for one in answers if isinstance(one, dict) and isinstance(one.get("id"), int)}


def _result(method: str, answer: dict[str, Any]) -> Any:
    if "result" in answer:
        return answer["result"]
    error = answer.get("error") or {"code": 0, "message": "nothing"}
    return RpcError(method, int(error.get("code", 0)), str(error.get("message", "")), _revert_bytes(error.get("data")))


def _revert_bytes(carried: Any) -> bytes | None:
    # Nodes differ in where they put the revert bytes: the text itself, or below a `data` or `output` of their own.
    if isinstance(carried, dict):
        carried = carried.get("data") or carried.get("output")
    if isinstance(carried, str) and carried.startswith("0x"):
        return bytes.fromhex(carried[2:])
    return None
