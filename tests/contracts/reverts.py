"""Refusals, by the exact name of the error and its exact arguments."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from brownie import project, web3
from brownie.exceptions import VirtualMachineError
from eth_abi import decode
from eth_utils import function_abi_to_4byte_selector
from web3.exceptions import ContractCustomError, ContractLogicError


@contextmanager
def reverts(name: str, *arguments: Any) -> Iterator[None]:
    """Passes when the transaction or call inside is refused with exactly that error and those arguments.

    The reason of a refused line stands inside as a tuple: `reverts("LineRefused", 3, ("AmountOutOfRange", id, 0))`.
    """
    with pytest.raises((VirtualMachineError, ContractCustomError, ContractLogicError)) as caught:
        yield
    assert error_of(_revert_bytes(caught.value)) == (name, *map(plain, arguments))


def refusal_of(function: Any, arguments: tuple[Any, ...], account: Any) -> tuple[Any, ...] | None:
    """Name and arguments of the error that a call of `function` from `account` ends with; None when it is accepted.

    Nothing is recorded either way.
    """
    request = {"from": str(account), "to": function._address, "data": function.encode_input(*arguments)}
    answer = web3.provider.make_request("eth_call", [request, "latest"])
    if "error" not in answer:
        return None
    return error_of(bytes.fromhex(answer["error"]["data"][2:]))


def error_of(revert: bytes) -> tuple[Any, ...]:
    """Name and arguments of a custom error, those of an error nested in its last `bytes` argument decoded too."""
    entry = _errors().get(revert[:4])
    if entry is None:
        return ("unknown error", revert.hex())
    types = [argument["type"] for argument in entry["inputs"]]
    values = list(decode(types, revert[4:]))
    if types and types[-1] == "bytes":
        values[-1] = error_of(values[-1])
    return (entry["name"], *map(plain, values))


def plain(value: Any) -> Any:
    """Addresses and bytes as lower-case hex, so that brownie's, web3's and a test's own spelling compare equal."""
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, str) and value.startswith("0x"):
        return value.lower()
    if isinstance(value, list | tuple):
        return tuple(map(plain, value))
    return str(value).lower() if hasattr(value, "balance") else value


def _revert_bytes(failure: Exception) -> bytes:
    if not isinstance(failure, VirtualMachineError):
        return bytes.fromhex(str(failure.data)[2:])  # type: ignore[attr-defined]
    if failure.txid:
        trace = web3.provider.make_request("debug_traceTransaction", [failure.txid, {"tracer": "callTracer"}])
        return bytes.fromhex(trace["result"].get("output", "0x")[2:])
    response = failure.args[0]  # a call: the node's answer stands in the error itself
    return bytes.fromhex(getattr(response, "rpc_response", {"error": response.args[0]})["error"]["data"][2:])


def _errors() -> dict[bytes, dict[str, Any]]:
    if not _KNOWN:
        for contract in project.get_loaded_projects()[0]._build.items():
            for entry in contract[1]["abi"]:
                if entry["type"] == "error":
                    _KNOWN[function_abi_to_4byte_selector({**entry, "type": "function"})] = entry
    return _KNOWN


_KNOWN: dict[bytes, dict[str, Any]] = {}
