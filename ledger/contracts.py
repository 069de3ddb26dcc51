"""The contracts as Python speaks to them: their ABI, where they are, what a call's bytes are, why one was refused."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Self

from eth_abi.abi import decode, encode
from eth_abi.exceptions import DecodingError, EncodingError
from eth_utils.crypto import keccak

from ledger.codes import code_text
from ledger.errors import BadInput, NotFound, TransactionRefused, WrongChain
from ledger.refusals import sentence_of

ARTIFACTS = Path(__file__).resolve().parent / "artifacts"
PARTICIPANTS = "Participants"
_WORD = 32
# Reverts that Solidity itself makes, without a declared error.
_PLAIN_ERROR = bytes.fromhex("08c379a0")
_PANIC = bytes.fromhex("4e487b71")
_LINE_REFUSED = "LineRefused"


class Function(NamedTuple):
    """One function of a contract: its selector and the ABI types of what goes in and comes out."""

    name: str
    selector: bytes
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    input_names: tuple[str, ...]


class RevertError(NamedTuple):
    """One custom error that a contract may refuse with."""

    name: str
    types: tuple[str, ...]
    names: tuple[str, ...]
    # As Solidity calls them ("enum IFundLedger.AllocationState"), for the sentence.
    internal_types: tuple[str, ...]


class Deployment(NamedTuple):
    """Where the ledger's contracts are. Addresses are lower-case 0x text, the genesis hash 0x text."""

    chain_id: int
    genesis_hash: str
    addresses: dict[str, str]
    blocks: dict[str, int]
    sealed: bool

    @classmethod
    def load(cls, folder: Path, chain_id: int, genesis_hash: str | None = None) -> Self:
        """The deployment on that chain, from `<folder>/<chain id>.json`.

        Raises NotFound when nothing was deployed there, WrongChain when it was deployed on a chain of the same number
        with another beginning.
        """
        path = deployment_path(folder, chain_id)
        try:
            described = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise NotFound(
                f"Nothing is deployed on chain {chain_id}: {path} is missing.", hint="Run `ledger deploy`."
            ) from error
        except ValueError as error:
            raise BadInput(f"{path} is not JSON: {error}.") from error
        parts = described["contracts"]
        deployment = cls(
            described["chain_id"],
            described["genesis_hash"],
            {name: part["address"].lower() for name, part in parts.items()},
            {name: part["block"] for name, part in parts.items()},
            described["sealed"],
        )
        if deployment.chain_id != chain_id or genesis_hash not in (None, deployment.genesis_hash):
            raise WrongChain(
                f"{path} is of a chain that began with {deployment.genesis_hash}; this one began with {genesis_hash}.",
                hint="Use the state folder that belongs to it, or move the file away to deploy anew.",
            )
        return deployment

    def address(self, contract: str) -> str:
        """Where that contract is. Raises NotFound when this deployment has none of that name."""
        try:
            return self.addresses[contract]
        except KeyError as error:
            raise NotFound(f"This deployment has no contract named {contract}.") from error


def deployment_path(folder: Path, chain_id: int) -> Path:
    """Where the deployment on that chain is written down."""
    return folder / f"{chain_id}.json"


@cache
def artifact(contract: str) -> dict[str, Any]:
    """The compiled contract: abi, bytecode and deployedBytecode as 0x text. Raises NotFound when there is none."""
    try:
        compiled: dict[str, Any] = json.loads((ARTIFACTS / f"{contract}.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotFound(f"There is no compiled contract named {contract}.", hint="Run `make artifacts`.") from error
    return compiled


@cache
def contract_names() -> tuple[str, ...]:
    """Every contract that is deployed, Participants first, because the others are told its address."""
    names = sorted(path.stem for path in ARTIFACTS.glob("*.json"))
    return tuple(sorted(names, key=lambda name: (name != PARTICIPANTS, name)))


@cache
def function_of(contract: str, function: str) -> Function:
    """The function of that name. Raises NotFound when the contract has none."""
    for entry in artifact(contract)["abi"]:
        if entry["type"] == "function" and entry["name"] == function:
            inputs = tuple(_type_of(one) for one in entry["inputs"])
            return Function(
                function,
                keccak(text=f"{function}({','.join(inputs)})")[:4],
                inputs,
                tuple(_type_of(one) for one in entry["outputs"]),
                tuple(one["name"] for one in entry["inputs"]),
            )
    raise NotFound(f"{contract} has no function {function}.")


def encode_call(contract: str, function: str, args: Sequence[Any]) -> bytes:
    """The bytes that call `function` with `args`. Raises BadInput when they do not fit its types."""
    described = function_of(contract, function)
    return described.selector + _encode(described, described.inputs, args)


def encode_constructor(contract: str, _: str, args: Sequence[Any]) -> bytes:
    """The bytes that make the contract: its code, then its constructor's arguments."""
    compiled = artifact(contract)
    types: list[Any] = next((e["inputs"] for e in compiled["abi"] if e["type"] == "constructor"), [])
    described = Function("constructor", b"", tuple(_type_of(one) for one in types), (), ())
    return bytes.fromhex(compiled["bytecode"].removeprefix("0x")) + _encode(described, described.inputs, args)


def encode_head(contract: str, function: str, head_args: Sequence[Any]) -> bytes:
    """The arguments before the lines, encoded. They have to be of fixed size, as they are in every batch function."""
    described = function_of(contract, function)
    return _encode(described, described.inputs[:-1], head_args)


def encode_line(contract: str, function: str, line: Any) -> bytes:
    """One line of the array that the batch function takes last, encoded by itself."""
    described = function_of(contract, function)
    line_type = described.inputs[-1].removesuffix("[]")
    packers = _packers(line_type)
    if packers is None:
        return _encode(described, (line_type,), [line])
    if len(line) != len(packers):
        raise BadInput(f"A line of {function} has {len(packers)} fields, not {len(line)}.")
    try:
        return b"".join([pack(field) for pack, field in zip(packers, line, strict=True)])
    except (OverflowError, AttributeError, TypeError, ValueError) as error:
        raise BadInput(f"{function} cannot take this line: {error}") from error


def encode_batch(contract: str, function: str, head: bytes, lines: Sequence[bytes]) -> bytes:
    """The bytes of a batch call, put together from what `encode_head` and `encode_line` gave.

    The same bytes as `encode_call` with all lines at once, without encoding any of them again.
    """
    described = function_of(contract, function)
    offset = len(head) + _WORD
    parts = [described.selector, head, offset.to_bytes(_WORD, "big"), len(lines).to_bytes(_WORD, "big")]
    if is_dynamic(described.inputs[-1].removesuffix("[]")):
        # By itself, a dynamic value is led by its own offset (one word); in an array the offsets come first.
        position = len(lines) * _WORD
        for line in lines:
            parts.append(position.to_bytes(_WORD, "big"))
            position += len(line) - _WORD
        parts += [line[_WORD:] for line in lines]
    else:
        parts += lines
    return b"".join(parts)


def decode_result(contract: str, function: str, returned: bytes) -> tuple[Any, ...]:
    """What a call returned, as Python values: bytes, ints, tuples."""
    described = function_of(contract, function)
    try:
        return tuple(decode(described.outputs, returned))
    except DecodingError as error:
        raise WrongChain(
            f"{contract}.{function} answered bytes that it cannot have returned: is it deployed here?"
        ) from error


@cache
def errors_by_selector(contract: str | None = None) -> Mapping[bytes, RevertError]:
    """Every custom error of every contract, by the four bytes it begins with.

    Contracts that declare the same error may name its arguments differently: then `contract` says whose names to take.
    """
    known = {}
    for name in sorted(contract_names(), key=lambda name: name == contract):
        for entry in artifact(name)["abi"]:
            if entry["type"] == "error":
                types = tuple(_type_of(one) for one in entry["inputs"])
                known[keccak(text=f"{entry['name']}({','.join(types)})")[:4]] = RevertError(
                    entry["name"],
                    types,
                    tuple(one["name"] for one in entry["inputs"]),
                    tuple(one.get("internalType", "") for one in entry["inputs"]),
                )
    return known


def decode_revert(revert: bytes, contract: str | None = None) -> TransactionRefused:
    """The refusal that a contract's revert bytes stand for; of a batch the line's own error, with the line's index."""
    known = errors_by_selector(contract).get(revert[:4])
    if known is None:
        return _plain_refusal(revert)
    args = dict(zip(known.names, decode(known.types, revert[4:]), strict=True))
    if known.name == _LINE_REFUSED:
        inner = decode_revert(args["reason"], contract)
        inner.line_index = args["index"]
        return inner
    sentence = sentence_of(known.name, args, known.internal_types)
    return TransactionRefused(known.name, {name: _plain(name, value) for name, value in args.items()}, sentence)


def is_dynamic(abi_type: str) -> bool:
    """Whether values of this type differ in size, so that they are encoded behind an offset."""
    return "[]" in abi_type or "bytes" in _bare(abi_type) or "string" in _bare(abi_type)


@cache
def _packers(line_type: str) -> tuple[Callable[[Any], bytes], ...] | None:
    """What encodes each field of a line of words; None for other lines. The library takes ten times as long."""
    if not line_type.startswith("(") or is_dynamic(line_type) or "(" in line_type[1:] or "[" in line_type:
        return None
    fields = line_type[1:-1].split(",")
    if not all(re.fullmatch(r"uint\d+|bytes\d+", field) for field in fields):
        return None
    return tuple(_packer(field) for field in fields)


def _packer(abi_type: str) -> Callable[[Any], bytes]:
    size = int(re.sub(r"\D", "", abi_type))
    if abi_type.startswith("bytes"):
        filling = bytes(_WORD - size)

        def pack_bytes(value: bytes) -> bytes:
            if len(value) != size:
                raise ValueError(f"{value!r} is not {size} bytes")
            return value + filling

        return pack_bytes

    filler = bytes(_WORD - size // 8)
    return lambda value: filler + value.to_bytes(size // 8, "big")


def _plain(name: str, value: Any) -> Any:
    """A code as text; ids, digests and numbers as they are."""
    is_code = isinstance(value, bytes) and (len(value) < _WORD or name in ("role", "part"))
    return code_text(value) if is_code else value


def _bare(abi_type: str) -> list[str]:
    return abi_type.replace("(", ",").replace(")", ",").split(",")


def _type_of(parameter: Mapping[str, Any]) -> str:
    if parameter["type"].startswith("tuple"):
        inner = ",".join(_type_of(one) for one in parameter["components"])
        return f"({inner}){parameter['type'].removeprefix('tuple')}"
    return str(parameter["type"])


def _encode(function: Function, types: Sequence[str], args: Sequence[Any]) -> bytes:
    if len(types) != len(args):
        raise BadInput(
            f"{function.name} takes {len(types)} arguments ({', '.join(function.input_names)}), not {len(args)}."
        )
    try:
        return encode(types, args)
    except (EncodingError, TypeError, ValueError) as error:
        raise BadInput(f"{function.name} cannot take these arguments: {error}") from error


def _plain_refusal(revert: bytes) -> TransactionRefused:
    if revert[:4] == _PLAIN_ERROR:
        reason = decode(["string"], revert[4:])[0]
        return TransactionRefused("Error", {"reason": reason}, f"The contract refused: {reason}.")
    if revert[:4] == _PANIC:
        code = decode(["uint256"], revert[4:])[0]
        return TransactionRefused("Panic", {"code": code}, f"The contract stopped with panic 0x{code:02x}.")
    if not revert:
        return TransactionRefused("NoReason", {}, "The contract refused without a reason, or ran out of gas.")
    return TransactionRefused(
        "UnknownError",
        {"revert": revert},
        f"The contract refused with an error that is not known here: 0x{revert.hex()}.",
    )
