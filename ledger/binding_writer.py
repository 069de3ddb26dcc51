"""Writes `ledger/bindings/`: a NamedTuple and a decoder for every event that a contract can emit, from the artifacts.

    bindings/fund_ledger.py             what each event of FundLedger says
    bindings/decoding/fund_ledger.py    how it is read from the words of a log
    bindings/decoding/__init__.py       every decoder by contract and topic

Run `python -m ledger.binding_writer` after `make artifacts`. The files are committed, and a test writes them again and
compares the bytes, so that contract and index cannot drift apart.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eth_utils.abi import event_abi_to_log_topic

from ledger.compiler import ARTIFACTS, ROOT

BINDINGS = Path(__file__).resolve().parent / "bindings"
DECODING = "decoding"
HEAD_TOPICS = 3  # record id, what it stands on, actor: the head of every record event (IRecords)
_ENUM = re.compile(r"^\s*enum\s+(\w+)\s*\{([^}]*)\}", re.MULTILINE)
_COMMENT = re.compile(r"//[^\n]*")
_WIDTH = 120
_WRITTEN = "Written by `python -m ledger.binding_writer`; do not edit."


def write_bindings(
    abis: Mapping[str, Sequence[Mapping[str, Any]]], enums: Mapping[str, Sequence[str]], folder: Path = BINDINGS
) -> None:
    """Afterwards `folder` holds two modules for each contract with events, and a list of all decoders."""
    (folder / DECODING).mkdir(parents=True, exist_ok=True)
    contracts = []
    for contract, abi in sorted(abis.items()):
        events = sorted((entry for entry in abi if entry["type"] == "event"), key=lambda entry: str(entry["name"]))
        if events:
            contracts.append(contract)
            named, decoded = _modules(contract, events, enums)
            (folder / f"{snake(contract)}.py").write_text(named, encoding="utf-8")
            (folder / DECODING / f"{snake(contract)}.py").write_text(decoded, encoding="utf-8")
    about = f'"""What every event of every contract says. {_WRITTEN}"""\n'
    (folder / "__init__.py").write_text(about, encoding="utf-8")
    (folder / DECODING / "__init__.py").write_text(_package(contracts), encoding="utf-8")


def abis_of_artifacts(folder: Path = ARTIFACTS) -> dict[str, list[dict[str, Any]]]:
    """The ABI of every compiled contract."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8"))["abi"] for path in sorted(folder.glob("*.json"))}


def enums_of_sources(root: Path = ROOT) -> dict[str, tuple[str, ...]]:
    """Members of every enum of the contracts' interfaces, by `Interface.Enum`; the ABI itself only has the numbers."""
    enums = {}
    for path in sorted((root / "contracts").rglob("*.sol")):
        for name, members in _ENUM.findall(_COMMENT.sub("", path.read_text(encoding="utf-8"))):
            enums[f"{path.stem}.{name}"] = tuple(snake(part.strip()) for part in members.split(","))
    return enums


def snake(name: str) -> str:
    """`fromAmountMinor` as `from_amount_minor`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def _package(contracts: Sequence[str]) -> str:
    modules = ", ".join(snake(contract) for contract in contracts)
    events = "".join(f'    "{contract}": {snake(contract)}.EVENTS,\n' for contract in contracts)
    return (
        f'"""How every event of every contract is read. {_WRITTEN}"""\n\n'
        "from collections.abc import Callable, Mapping\nfrom typing import Any\n\n"
        + _wrapped(f"from ledger.bindings.{DECODING} import {modules}", ", ")
        + "\n\nDecoder = Callable[[str, str], Any]\n"
        '"""(topic 0, topic 1, topic 2 and data as one hexadecimal text without 0x; topic 3) to the event."""\n\n'
        f"EVENTS: Mapping[str, Mapping[str, Decoder]] = {{\n{events}}}\n"
        '"""Contract name, then topic 0 without 0x."""\n'
    )


def _wrapped(line: str, separator: str) -> str:
    if len(line) <= _WIDTH:
        return line
    head, _, names = line.partition(" import ")
    return f"{head} import (\n" + "".join(f"    {name},\n" for name in names.split(separator)) + ")"


def _modules(contract: str, events: Sequence[Mapping[str, Any]], enums: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """The module of what the events say, and the one of how they are read."""
    used_enums: dict[str, Sequence[str]] = {}
    structs: dict[str, str] = {}
    parts = [_event(event, enums, used_enums, structs) for event in events]
    table = "".join(
        f'    "{event_abi_to_log_topic(dict(event)).hex()}": _{snake(event["name"])},\n'  # type: ignore[arg-type]
        for event in events
    )
    constants = "".join(_tuple_lines(f"{name} = ", members, "") for name, members in sorted(used_enums.items()))
    named = [f'"""Events of {contract}. {_WRITTEN}"""\n\nfrom typing import NamedTuple']
    named += [text for _, text in sorted(structs.items())] + [said for said, _ in parts]
    imports = f"from ledger import words\nfrom ledger.bindings import {snake(contract)} as events"
    decoded = [
        f'"""Reads the events of {contract}. {_WRITTEN}"""\n\n{imports}' + (f"\n\n{constants}" if constants else "")
    ]
    decoded += [read for _, read in parts] + [f"EVENTS = {{\n{table}}}"]
    return _joined(named), _joined(decoded)


def _joined(parts: Sequence[str]) -> str:
    return "\n\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _event(
    event: Mapping[str, Any],
    enums: Mapping[str, Sequence[str]],
    used_enums: dict[str, Sequence[str]],
    structs: dict[str, str],
) -> tuple[str, str]:
    """The event's class and its decoder."""
    name, inputs = event["name"], event["inputs"]
    head, body = inputs[:HEAD_TOPICS], inputs[HEAD_TOPICS:]
    if [entry["indexed"] for entry in inputs] != [True] * HEAD_TOPICS + [False] * len(body) or event["anonymous"]:
        raise ValueError(f"{name} has not the head of a record event: record id, ref, actor.")
    signature = f"{name}({','.join(_canonical_type(entry) for entry in inputs)})"
    fields = "".join(f"    {snake(entry['name'])}: {_python_type(entry)}\n" for entry in inputs)
    is_dynamic = any(entry["type"].endswith("[]") for entry in body)
    values = [_head_value(entry, place) for place, entry in enumerate(head)]
    if is_dynamic:
        types = [_canonical_type(entry) for entry in body]
        check = _tuple_lines("    types = ", types, "    ") + "    body = words.dynamic(types, text[192:])\n"
    else:
        check = f'    words.require_digits("{name}", text, {192 + 64 * len(body)})\n'
    for place, entry in enumerate(body):
        if is_dynamic:
            values.append(_decoded_value(entry, f"body[{place}]", enums, used_enums, structs))
        else:
            start = 192 + 64 * place
            values.append(_word_value(entry, f"text[{start}:{start + 64}]", enums, used_enums))
    arguments = "".join(f"        {value},\n" for value in values)
    return (
        f'class {name}(NamedTuple):\n    """{_docstring(signature)}"""\n\n{fields}',
        f"def _{snake(name)}(text: str, actor: str) -> events.{name}:\n{check}"
        f"    return events.{name}(\n{arguments}    )\n",
    )


def _tuple_lines(start: str, texts: Sequence[str], indent: str) -> str:
    quoted = [f'"{text}"' for text in texts]
    line = f"{start}({', '.join(quoted)}{',' if len(quoted) == 1 else ''})\n"
    if len(line) <= _WIDTH + 1:
        return line
    return f"{start}(\n" + "".join(f"{indent}    {text},\n" for text in quoted) + f"{indent})\n"


def _docstring(signature: str) -> str:
    if len(signature) <= _WIDTH - 10:
        return signature
    lines, line = [], ""
    for part in signature.replace(",", ",\0").split("\0"):
        if len(line) + len(part) > _WIDTH - 20:
            lines.append(line)
            line = ""
        line += part
    return "\n    ".join([*lines, line]) + "\n    "


def _canonical_type(entry: Mapping[str, Any]) -> str:
    kind = str(entry["type"])
    if kind.startswith("tuple"):
        return f"({','.join(_canonical_type(part) for part in entry['components'])}){kind.removeprefix('tuple')}"
    return kind


def _struct_name(entry: Mapping[str, Any]) -> str:
    return str(entry["internalType"]).removeprefix("struct ").split(".")[-1].removesuffix("[]")


def _python_type(entry: Mapping[str, Any]) -> str:
    kind = entry["type"]
    if kind == "tuple[]":
        return f"tuple[{_struct_name(entry)}, ...]"
    if kind == "bool":
        return "bool"
    return "int" if kind.startswith(("uint", "int")) and not _enum_name(entry) else "str"


def _enum_name(entry: Mapping[str, Any]) -> str | None:
    internal = str(entry.get("internalType", ""))
    return internal.removeprefix("enum ") if internal.startswith("enum ") else None


def _head_value(entry: Mapping[str, Any], place: int) -> str:
    if place == HEAD_TOPICS - 1:
        return f"words.uint(actor, {entry['type'].removeprefix('uint')})"
    word = f"text[{64 * (place + 1)}:{64 * (place + 2)}]"
    return f"words.code({word})" if entry["name"] == "part" else word


def _word_value(
    entry: Mapping[str, Any], word: str, enums: Mapping[str, Sequence[str]], used_enums: dict[str, Sequence[str]]
) -> str:
    kind, enum = entry["type"], _enum_name(entry)
    if enum:
        constant = snake(enum.split(".")[-1]).upper()
        used_enums[constant] = enums[enum]
        return f"words.member({word}, {constant})"
    if kind == "bytes32":
        return f"words.code({word})" if entry["name"] in ("role", "part") else word
    if kind.startswith("bytes"):
        return f"words.code({word})"
    if kind == "bool":
        return f"words.boolean({word})"
    if kind == "address":
        return f"words.address({word})"
    if kind.startswith("uint"):
        return f"words.uint({word}, {kind.removeprefix('uint')})"
    if kind.startswith("int"):
        return f"words.sint({word}, {kind.removeprefix('int')})"
    raise ValueError(f"No binding is known for the type {kind}.")


def _decoded_value(
    entry: Mapping[str, Any],
    value: str,
    enums: Mapping[str, Sequence[str]],
    used_enums: dict[str, Sequence[str]],
    structs: dict[str, str],
) -> str:
    kind, enum = entry["type"], _enum_name(entry)
    if kind == "tuple[]":
        name = _struct_name(entry)
        parts = entry["components"]
        fields = "".join(f"    {snake(part['name'])}: {_python_type(part)}\n" for part in parts)
        structs[name] = f'class {name}(NamedTuple):\n    """A line of an event."""\n\n{fields}'
        each = [_decoded_value(part, f"row[{i}]", enums, used_enums, structs) for i, part in enumerate(parts)]
        return f"tuple(events.{name}({', '.join(each)}) for row in {value})"
    if enum:
        constant = snake(enum.split(".")[-1]).upper()
        used_enums[constant] = enums[enum]
        return f"words.member(hex({value}), {constant})"
    if kind == "bytes32":
        return f"{value}.hex()"
    if kind.startswith("bytes"):
        return f"words.code({value}.hex())"
    return value


def main() -> None:
    """Writes the bindings of the committed artifacts."""
    write_bindings(abis_of_artifacts(), enums_of_sources())


if __name__ == "__main__":
    main()
