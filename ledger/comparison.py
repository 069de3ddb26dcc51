"""Compares the tables of two indexes and names the rows, and the columns, in which they differ."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Connection, Integer
from sqlmodel import SQLModel

from ledger.database import table_of
from ledger.findings import Difference, Finding
from ledger.index_digest import as_stored, each_row_digest, key_of_bytes, select_stored

ROWS_NAMED_MAX = 20
"""How many differing rows of one table are named; the rest is counted."""


def compare_tables(
    live: Connection, rebuilt: Connection, models: tuple[type[SQLModel], ...], check: str
) -> list[Finding]:
    """What differs between the two, table by table; an empty list if nothing does."""
    return [finding for model in models for finding in _compare(live, rebuilt, model, check)]


def _compare(live: Connection, fresh: Connection, model: type[SQLModel], check: str) -> list[Finding]:
    findings = []
    last = -1
    for count, (key, indexed, expected) in enumerate(_differing(live, fresh, model)):
        if count < ROWS_NAMED_MAX:
            findings.append(_named(live, fresh, model, key, indexed, expected, check))
        last = count
    if last >= ROWS_NAMED_MAX:
        more = last + 1 - ROWS_NAMED_MAX
        sentence = f"{model.__tablename__}: {more} more rows differ and are not named here."
        findings.append(Finding(check, sentence, str(model.__tablename__)))
    return findings


def _differing(live: Connection, fresh: Connection, model: type[SQLModel]) -> list[tuple[bytes, bool, bool]]:
    """(key, whether the index has it, whether it should) of rows that differ, by key. Holds one table's digests."""
    indexed = dict(each_row_digest(live, model))
    differing = []
    for key, digest in each_row_digest(fresh, model):
        found = indexed.pop(key, None)
        if found != digest:
            differing.append((key, found is not None, True))
    differing += [(key, True, False) for key in indexed]
    return sorted(differing)


def _named(
    live: Connection,
    fresh: Connection,
    model: type[SQLModel],
    key: bytes,
    indexed: bool,
    expected: bool,
    check: str,
) -> Finding:
    name, values = str(model.__tablename__), key_of_bytes(key)
    record = "/".join(values)
    if not indexed:
        return Finding(check, f"{name} {record} is missing from the index.", name, record)
    if not expected:
        return Finding(check, f"{name} {record} is in the index, but nothing on the chain made it.", name, record)
    has, should = _row(live, model, values), _row(fresh, model, values)
    differences = tuple(
        Difference(column, str(has[column]), str(should[column])) for column in has if has[column] != should[column]
    )
    words = ", ".join(f"{one.column} is {one.indexed} and should be {one.expected}" for one in differences)
    return Finding(check, f"{name} {record}: {words}.", name, record, differences)


def _row(connection: Connection, model: type[SQLModel], key: tuple[str, ...]) -> Mapping[str, Any]:
    table = table_of(model)
    conditions = [column == _typed(column, value) for column, value in zip(table.primary_key.columns, key, strict=True)]
    found = dict(connection.execute(select_stored(table).where(*conditions)).one()._mapping)
    booleans = {column.name for column in table.columns if isinstance(column.type, Boolean)}
    return {name: as_stored(value) if name in booleans else value for name, value in found.items()}


def _typed(column: ColumnElement[Any], value: str) -> str | int | bool:
    """A key's value from its text in `key_of_bytes`, where a boolean is a number."""
    if isinstance(column.type, Boolean):
        return bool(int(value))
    return int(value) if isinstance(column.type, Integer) else value
