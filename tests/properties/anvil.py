"""An anvil of the test's own, and the ledger's parts on it by their committed artifacts. Ended by its own process id."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import requests
from eth_abi import decode, encode
from eth_utils import function_abi_to_4byte_selector, keccak
from eth_utils.abi import collapse_if_tuple

from network.ports import free_port

ROOT = Path(__file__).resolve().parent.parent.parent


class ContractRefused(Exception):
    """The error's name and arguments; those of a refused line's reason stand inside as a tuple."""


class Node:
    """JSON-RPC to one anvil that mines each transaction at once."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()

    def batch(self, *requests_: tuple[str, list[Any]]) -> list[dict[str, Any]]:
        """The answers, in order of the requests."""
        if not requests_:
            return []
        body = [{"jsonrpc": "2.0", "id": i, "method": m, "params": p} for i, (m, p) in enumerate(requests_)]
        answers = self.session.post(self.url, json=body, timeout=60).json()
        return sorted(answers, key=lambda answer: answer["id"])

    def request(self, method: str, *params: Any) -> Any:
        """The result; an error of the node fails the test."""
        answer = self.batch((method, list(params)))[0]
        assert "result" in answer, answer
        return answer["result"]

    def sent(self, transaction: dict[str, Any]) -> dict[str, Any]:
        """The transaction's receipt, once it is mined."""
        sent = self.request("eth_sendTransaction", transaction)
        while (receipt := self.request("eth_getTransactionReceipt", sent)) is None:
            time.sleep(0.002)
        return dict(receipt)


class Part:
    """A deployed contract: functions by name, arguments as eth_abi takes them."""

    def __init__(self, node: Node, name: str, address: str) -> None:
        self.node, self.name, self.address = node, name, address
        self.functions = {entry["name"]: entry for entry in artifact(name)["abi"] if entry["type"] == "function"}

    def call(self, function: str, *arguments: Any) -> Any:
        return self.call_many((function, *arguments))[0]

    def call_many(self, *calls: tuple[Any, ...]) -> list[Any]:
        """What each view function returns: one value as it is, several as a tuple."""
        wanted = [("eth_call", [{"to": self.address, "data": self.encoded(*call)}, "latest"]) for call in calls]
        found = []
        for call, answer in zip(calls, self.node.batch(*wanted), strict=True):
            assert "result" in answer, (call, answer)
            types = [collapse_if_tuple(one) for one in self.functions[call[0]]["outputs"]]
            values = decode(types, bytes.fromhex(answer["result"][2:]))
            found.append(values[0] if len(values) == 1 else values)
        return found

    def send(self, account: str, function: str, *arguments: Any) -> list[dict[str, Any]]:
        """Raises ContractRefused, with nothing recorded, or returns the receipt's logs."""
        request = {"from": account, "to": self.address, "data": self.encoded(function, *arguments)}
        request |= {"gas": hex(30_000_000), "gasPrice": "0x0"}
        asked = self.node.batch(("eth_call", [request, "latest"]))[0]
        if "error" in asked:
            raise ContractRefused(*error_of(bytes.fromhex(asked["error"]["data"][2:])))
        receipt = self.node.sent(request)
        assert receipt["status"] == "0x1", receipt
        self.gas_used = int(receipt["gasUsed"], 16)
        return list(receipt["logs"])

    def encoded(self, function: str, *arguments: Any) -> str:
        entry = self.functions[function]
        types = [collapse_if_tuple(one) for one in entry["inputs"]]
        return "0x" + (function_abi_to_4byte_selector(entry) + encode(types, arguments)).hex()


@cache
def artifact(name: str) -> Any:
    return json.loads((ROOT / "ledger" / "artifacts" / f"{name}.json").read_text())


@cache
def _errors() -> dict[bytes, Any]:
    found = {}
    for path in (ROOT / "ledger" / "artifacts").glob("*.json"):
        for entry in artifact(path.stem)["abi"]:
            if entry["type"] == "error":
                found[keccak(text=f"{entry['name']}({','.join(i['type'] for i in entry['inputs'])})")[:4]] = entry
    return found


def error_of(revert: bytes) -> tuple[Any, ...]:
    entry = _errors().get(revert[:4])
    assert entry is not None, f"not an error of the ledger: {revert.hex()}"
    types = [one["type"] for one in entry["inputs"]]
    values = list(decode(types, revert[4:]))
    if types[-1:] == ["bytes"]:
        values[-1] = error_of(values[-1])
    return (entry["name"], *values)


def deploy(node: Node, account: str, name: str, *arguments: Any) -> Part:
    """The contract of this name, deployed by `account`."""
    compiled = artifact(name)
    inputs = next((entry["inputs"] for entry in compiled["abi"] if entry["type"] == "constructor"), [])
    code = bytes.fromhex(compiled["bytecode"][2:]) + encode([one["type"] for one in inputs], arguments)
    receipt = node.sent({"from": account, "data": "0x" + code.hex(), "gas": hex(30_000_000)})
    return Part(node, name, receipt["contractAddress"])


@contextmanager
def running_node() -> Iterator[Node]:
    """An anvil on a free port of the loopback interface; gone afterwards."""
    port = free_port()
    options = {"port": port, "host": "127.0.0.1", "hardfork": "cancun", "gas-limit": 300_000_000, "accounts": 20}
    options |= {"block-base-fee-per-gas": 0, "gas-price": 0}
    flags = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    process = subprocess.Popen([str(ROOT / "build" / "bin" / "anvil"), "--quiet", *flags])
    try:
        node = Node(f"http://127.0.0.1:{port}")
        for _ in range(200):
            try:
                node.request("eth_chainId")
                break
            except requests.ConnectionError:
                time.sleep(0.05)
        yield node
    finally:
        process.terminate()
        process.wait(10)
