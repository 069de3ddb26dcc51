"""What every test of the contracts stands on: a fresh state for each test, and refusals by exact name and arguments."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from brownie import project, web3
from brownie.exceptions import VirtualMachineError
from eth_abi import decode
from eth_utils import function_abi_to_4byte_selector


@pytest.fixture(autouse=True)
def _fresh(fn_isolation: None) -> None:
    """Every test begins from the state that its module's fixtures left."""


@pytest.fixture(scope="session")
def refused() -> Any:
    """`with refused("RecordConflict", record_id):` passes when exactly that error with those arguments comes back.

    The reason of a refused line stands inside as a tuple: `refused("LineRefused", 3, ("AmountOutOfRange", id, 0))`.
    """
    return _refused


@contextmanager
def _refused(name: str, *arguments: Any) -> Iterator[None]:
    with pytest.raises(VirtualMachineError) as caught:
        yield
    assert _error(_revert_bytes(caught.value)) == (name, *map(_plain, arguments))


def _revert_bytes(failure: VirtualMachineError) -> bytes:
    if failure.txid:
        trace = web3.provider.make_request("debug_traceTransaction", [failure.txid, {"tracer": "callTracer"}])
        return bytes.fromhex(trace["result"].get("output", "0x")[2:])
    response = failure.args[0]  # a call: the node's answer stands in the error itself
    return bytes.fromhex(getattr(response, "rpc_response", {"error": response.args[0]})["error"]["data"][2:])


def _error(revert: bytes) -> tuple[Any, ...]:
    """Name and arguments of a custom error, those of an error nested in its last `bytes` argument decoded too."""
    entry = _errors().get(revert[:4])
    if entry is None:
        return ("unknown error", revert.hex())
    types = [argument["type"] for argument in entry["inputs"]]
    values = list(decode(types, revert[4:]))
    if types and types[-1] == "bytes":
        values[-1] = _error(values[-1])
    return (entry["name"], *map(_plain, values))


def _errors() -> dict[bytes, dict[str, Any]]:
    if not _KNOWN:
        for contract in project.get_loaded_projects()[0]._build.items():
            for entry in contract[1]["abi"]:
                if entry["type"] == "error":
                    _KNOWN[function_abi_to_4byte_selector({**entry, "type": "function"})] = entry
    return _KNOWN


_KNOWN: dict[bytes, dict[str, Any]] = {}


def _plain(value: Any) -> Any:
    """Addresses and bytes as lower-case hex, so that brownie's, web3's and a test's own spelling compare equal."""
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, str) and value.startswith("0x"):
        return value.lower()
    if isinstance(value, list | tuple):
        return tuple(map(_plain, value))
    return str(value).lower() if hasattr(value, "balance") else value
