"""How handlers read and change rows: by key, past the ORM, and never a row that is not there.

A handler that meets a record the index does not have stops the indexer: the contract forbids it, so the index is wrong.
Statements are made once for a model and its columns, because building them is what costs.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlmodel import Session, SQLModel

from ledger.database import execute, insert, marker_of, table_of
from ledger.errors import CheckFailed

NO_RECORD = "0" * 64
Model = type[SQLModel]
Key = str | int | Mapping[str, Any]


def optional(record_id: str) -> str | None:
    """None for the id of 32 zero bytes, by which the contracts say 'none'."""
    return None if record_id == NO_RECORD else record_id


def find_row(session: Session, model: Model, key: Key) -> Mapping[str, Any] | None:
    """The row with that key, or None."""
    key = _key(model, key)
    names, statement = _select(model, tuple(key), marker_of(session.connection()))
    found = execute(session, statement, tuple(key.values())).fetchone()
    return dict(zip(names, found, strict=True)) if found else None


def get_row(session: Session, model: Model, key: Key) -> Mapping[str, Any]:
    """The row with that key. Raises CheckFailed when the index has none."""
    found = find_row(session, model, key)
    if found is None:
        raise _absent(model, key)
    return found


def find_in(session: Session, models: Iterable[Model], record_id: str) -> tuple[Model, Mapping[str, Any]] | None:
    """The model and row that this record id is the key of, among `models`."""
    for model in models:
        if found := find_row(session, model, record_id):
            return model, found
    return None


def set_columns(session: Session, model: Model, key: Key, **values: Any) -> None:
    """Sets columns of the row with that key. Raises CheckFailed when there is none."""
    if _update(session, model, key, values, adds=False) != 1:
        raise _absent(model, key)


def add_to_columns(session: Session, model: Model, key: Key, **changes: int) -> None:
    """Adds to columns of the row with that key. Raises CheckFailed when there is none."""
    if _update(session, model, key, changes, adds=True) != 1:
        raise _absent(model, key)


def add_to_row(session: Session, model: Model, key: Mapping[str, Any], **changes: int) -> None:
    """As `add_to_columns`, from zero when there is no such row yet."""
    if not _update(session, model, key, changes, adds=True):
        insert(session, model, **key, **changes)


def put_row(session: Session, model: Model, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Afterwards the row with that key has these values; it is inserted if there is none."""
    if not _update(session, model, key, values, adds=False):
        insert(session, model, **key, **values)


def key_name(model: Model) -> str:
    """Name of the primary key's (first) column."""
    return _key_name(model)


def _update(session: Session, model: Model, key: Key, values: Mapping[str, Any], *, adds: bool) -> int:
    key = _key(model, key)
    statement = _update_statement(model, tuple(values), tuple(key), adds, marker_of(session.connection()))
    changed: int = execute(session, statement, (*values.values(), *key.values())).rowcount
    return changed


@cache
def _key_name(model: Model) -> str:
    return str(next(iter(table_of(model).primary_key.columns)).name)


@cache
def _select(model: Model, key: tuple[str, ...], marker: str) -> tuple[tuple[str, ...], str]:
    names = tuple(column.name for column in table_of(model).columns)
    columns = ", ".join(f'"{name}"' for name in names)
    # Names of ours, values as parameters.
    return names, f'SELECT {columns} FROM "{model.__tablename__}" WHERE {_conditions(key, marker)}'  # noqa: S608


@cache
def _update_statement(model: Model, columns: tuple[str, ...], key: tuple[str, ...], adds: bool, marker: str) -> str:
    known = {column.name for column in table_of(model).columns}
    if unknown := {*columns, *key} - known:
        raise ValueError(f"{model.__tablename__} has no column {', '.join(sorted(unknown))}.")
    changes = ", ".join(f'"{name}" = "{name}" + {marker}' if adds else f'"{name}" = {marker}' for name in columns)
    return f'UPDATE "{model.__tablename__}" SET {changes} WHERE {_conditions(key, marker)}'  # noqa: S608


def _conditions(key: tuple[str, ...], marker: str) -> str:
    return " AND ".join(f'"{name}" = {marker}' for name in key)


def _key(model: Model, key: Key) -> Mapping[str, Any]:
    return key if isinstance(key, Mapping) else {key_name(model): key}


def _absent(model: Model, key: Key) -> CheckFailed:
    return CheckFailed(f"The index has no {model.__tablename__} {key}, though the chain has records on it.")
