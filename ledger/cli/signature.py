"""Turns a command function into a command of the terminal: its parameters become options, by their types.

bytes          64 hex digits; of a *_digest also a file, which is then kept as a document
Key            --key: the organisation's own key of the record; left out, a random one
IntEnum        the member's name
NamedTuple     its fields as options of their own
a sequence of  --line field=value,field=value   for each, or --line '{"field": value}'
"""

import inspect
import json
import re
import types
import typing
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from ledger.canonical import from_hex
from ledger.commands.desk import Desk, Draft, Key, member
from ledger.documents import DocumentStore, media_type_of
from ledger.errors import BadInput

# What the options of many commands mean. A name that says it all is not here.
_MEANINGS = {
    "address": "20 bytes as 0x and 40 hex digits.",
    "new_address": "20 bytes as 0x and 40 hex digits.",
    "carrier_id": "Number of the person who drives. Left out, the receiver collects.",
    "country": "ISO 3166-1 alpha-2: CN.",
    "currency": "ISO 4217 code: CNY.",
    "date": "As 2020-01-30.",
    "value_date": "As 2020-01-30.",
    "rate_date": "As 2020-01-30.",
    "delta": "The difference to post, for incorrect data only.",
    "doc_type": "A code, as IATI's DocumentCategory: A01.",
    "donor": "Not published: the chain has a salted commitment to it.",
    "donor_organisation_id": "Number of the organisation that gave, if it takes part.",
    "due": "Like 2020-01-30T12:00:00+08:00.",
    "exercise": "Outside every total.",
    "is_final": "Nothing more will come.",
    "line_no": "Counted from 0.",
    "list": "The published list that it stands in.",
    "method": "Code of the method of valuation.",
    "occasion": "Any word, another one each time.",
    "organisation_id": "Number of the organisation.",
    "organisation_kind": "IATI OrganisationType: 21.",
    "part": "Name of the contract that holds it: FundLedger.",
    "person": "Number of the person.",
    "place": "Code of the place.",
    "proposal_no": "Counted from 1.",
    "publisher": "Who published it.",
    "purpose": "Code of the purpose.",
    "reason_code": "At most 16 letters and digits; it is published.",
    "recipients": "How many people, from ten on; left out below ten.",
    "row": "Row of that list.",
    "title": "What the person does; never a name.",
    "unit": "As it is written: box, piece.",
}


class Field(NamedTuple):
    """One option: the parameter that it fills, and what to make of its text."""

    name: str
    kind: Any
    required: bool
    default: Any
    repeated: bool = False

    @property
    def option(self) -> str:
        """Its name on the command line."""
        bare = self.name if self.kind is not bytes else self.name.removesuffix("_id").removesuffix("_digest")
        return "--" + bare.replace("_", "-")


def fields_of(function: Callable[..., Draft]) -> list[Field]:
    """The options of a command function, the desk left out."""
    hints = typing.get_type_hints(function)
    fields = []
    for name, parameter in inspect.signature(function).parameters.items():
        if hints[name] is Desk:
            continue
        kind, repeated = _one_of(hints[name])
        fields.append(_field(name, kind, parameter.default, inspect.Parameter.empty, repeated))
    return fields


def flat_fields(fields: Sequence[Field]) -> list[Field]:
    """The options as the terminal has them: a single NamedTuple as its fields."""
    flat: list[Field] = []
    for field in fields:
        flat += tuple_fields(field.kind) if _is_tuple(field.kind) and not field.repeated else [field]
    return flat


def tuple_fields(kind: Any) -> list[Field]:
    """The fields of a NamedTuple, as options."""
    hints = typing.get_type_hints(kind)
    missing = object()
    defaults = kind._field_defaults
    fields = []
    for name in kind._fields:
        one, repeated = _one_of(hints[name])
        fields.append(_field(name, one, defaults.get(name, missing), missing, repeated))
    return fields


def parameter_of(field: Field) -> inspect.Parameter:
    """The option as typer reads it."""
    help_text = f"{_help(field)}  [required]".lstrip() if field.required else _help(field)
    if field.kind is bool:
        annotation: Any = Annotated[bool, typer.Option(_option_name(field), help=help_text)]
        default: Any = bool(field.default)
    else:
        type_: Any = list[str] if field.repeated else int if field.kind is int else str
        option = typer.Option(_option_name(field), help=help_text, show_default=False, metavar=_metavar(field))
        annotation, default = Annotated[type_ | None, option], None
    return inspect.Parameter(field.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def arguments_of(function: Callable[..., Draft], given: Mapping[str, Any], documents: DocumentStore) -> dict[str, Any]:
    """The function's arguments from the options that were given. Raises BadInput naming the option that is wrong."""
    return {field.name: _argument(field, given, documents) for field in fields_of(function)}


def _argument(field: Field, given: Mapping[str, Any], documents: DocumentStore) -> Any:
    if field.repeated:
        many = [_line(field, one, documents) for one in given.get(field.name) or ()]
        if not many and field.required:
            raise BadInput(f"{_option_name(field)} is missing. {_help(field)}")
        return many
    if _is_tuple(field.kind):
        return _filled(field.kind, given, documents)
    return _value(field, given.get(field.name), documents)


def _filled(kind: Any, given: Mapping[str, Any], documents: DocumentStore) -> Any:
    return kind(**{one.name: _argument(one, given, documents) for one in tuple_fields(kind)})


def _value(field: Field, given: Any, documents: DocumentStore) -> Any:
    if given is None:
        if field.kind is Key:
            return (str(uuid.uuid4()),)
        if field.required:
            raise BadInput(f"{field.option} is missing. {_help(field)}")
        return field.default
    if field.kind is bytes:
        return _digest(field, given, documents) if field.name.endswith("_digest") else from_hex(given, field.option)
    if field.kind is Key:
        return tuple(given.split("/"))
    if field.kind is int:
        return _number(field, given)
    if field.kind is datetime:
        return _time(field, given)
    if isinstance(field.kind, type) and issubclass(field.kind, IntEnum):
        return member(field.kind, given, field.option)
    return given


def _line(field: Field, given: Any, documents: DocumentStore) -> Any:
    if not _is_tuple(field.kind):
        return _value(field, given, documents)
    by_option = {one.option.removeprefix("--"): one.name for one in tuple_fields(field.kind)}
    parts = _parts(field, given)
    unknown = [name for name in parts if name.replace("_", "-") not in by_option]
    if unknown:
        raise BadInput(f"{_option_name(field)}: there is no {unknown[0]!r}, but {', '.join(by_option)}.")
    return _filled(field.kind, {by_option[name.replace("_", "-")]: one for name, one in parts.items()}, documents)


def _parts(field: Field, given: Any) -> Mapping[str, Any]:
    if not isinstance(given, str):
        return dict(given)
    if given.lstrip().startswith("{"):
        try:
            return dict(json.loads(given))
        except ValueError as error:
            raise BadInput(f"{_option_name(field)}: {given!r} is not JSON.") from error
    pairs = [part.partition("=") for part in given.split(",")]
    if wrong := [name for name, sign, _ in pairs if not sign]:
        raise BadInput(f"{_option_name(field)}: {wrong[0]!r} is not of the form name=value.")
    return {name.strip(): text.strip() for name, _, text in pairs}


def _digest(field: Field, given: str, documents: DocumentStore) -> bytes:
    path = Path(given)
    if not path.exists():
        return from_hex(given, f"document ({field.option} takes a digest, or a file that is there)")
    return documents.put(path.read_bytes(), media_type_of(path)).digest


def _number(field: Field, given: Any) -> int:
    try:
        return int(given)
    except ValueError as error:
        raise BadInput(f"{field.option} is {given!r}; it has to be a whole number.") from error


def _time(field: Field, given: str) -> datetime:
    try:
        return datetime.fromisoformat(given)
    except ValueError as error:
        raise BadInput(f"{field.option} is {given!r}; it has to be a time like 2020-01-30T12:00:00+08:00.") from error


def _field(name: str, kind: Any, default: Any, missing: Any, repeated: bool = False) -> Field:
    required = default is missing and kind is not Key
    return Field(name, kind, required, None if default is missing else default, repeated)


def _one_of(hint: Any) -> tuple[Any, bool]:
    """The type behind `X | None` and `Sequence[X]`, and whether there can be many."""
    if hint == Key:
        return Key, False
    if isinstance(hint, types.UnionType):
        return next(one for one in typing.get_args(hint) if one is not type(None)), False
    if typing.get_origin(hint) is Sequence:
        return typing.get_args(hint)[0], True
    return hint, False


def _is_tuple(kind: Any) -> bool:
    return isinstance(kind, type) and hasattr(kind, "_field_defaults")


def _option_name(field: Field) -> str:
    return field.option if not field.repeated else "--" + _singular(field.name)


def _singular(name: str) -> str:
    bare = name.removesuffix("_ids").replace("_", "-")
    if bare.endswith("ies"):
        return bare[:-3] + "y"
    return bare.removesuffix("s") if name not in ("counted", "reported", "evidence") else bare


def _metavar(field: Field) -> str:
    if _is_tuple(field.kind):
        return "FIELD=VALUE,..."
    if field.kind is bytes:
        return "DIGEST|FILE" if field.name.endswith("_digest") else "ID"
    known = {Key: "KEY", int: "NUMBER", datetime: "TIME"}
    return next((name for kind, name in known.items() if field.kind == kind), "TEXT")


def _hyphened(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name.rstrip("_")).lower()


def _help(field: Field) -> str:
    if field.repeated and _is_tuple(field.kind):
        parts = ",".join(
            f"{one.option.removeprefix('--')}=..." if one.required else f"[{one.option.removeprefix('--')}=...]"
            for one in tuple_fields(field.kind)
        )
        return f"{parts}  Can be given more than once."
    if field.repeated:
        return "Can be given more than once, in order."
    if field.kind is bytes:
        return "Digest of a kept document, or a file." if field.name.endswith("_digest") else "A record's id."
    if field.kind is Key:
        return "Your own key of the record, its parts joined by /; the same key is the same record. Default: random."
    if isinstance(field.kind, type) and issubclass(field.kind, IntEnum):
        names = (one.name for one in field.kind if one.name != "None_")
        return f"One of {', '.join(_hyphened(name) for name in names)}."
    if field.name.endswith("_minor"):
        return "In the currency's minor unit: CNY 1.00 is 100."
    return _MEANINGS.get(field.name, "")
