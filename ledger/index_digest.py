"""The digest of the index: the same for the same records, on SQLite and PostgreSQL, in whatever blocks they stand.

    row digest    SHA-256 over the values in the order of the columns, each led by its type and length
    table digest  SHA-256 over the row digests, in the order of the primary keys' bytes (sorted here, not by SQL)
    index digest  SHA-256 over name and digest of every derived table, by name

Per row a key and 32 bytes are held in memory, never the rows.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Connection, Engine, Select, Table, select, type_coerce
from sqlalchemy.types import NullType
from sqlmodel import SQLModel

from ledger.database import one_moment, table_of
from ledger.models import DERIVED

_FETCH = 1_000


class TableDigest(NamedTuple):
    """How many rows a table has, and the digest over them."""

    rows: int
    digest: bytes


def canonical_value(value: Any) -> bytes:
    """A value's bytes: a letter for its type, its length, its text."""
    if value is None:
        return b"n"
    if isinstance(value, bool):
        return b"t" if value else b"f"
    if isinstance(value, int):
        written, kind = b"%d" % value, b"i"
    elif isinstance(value, str):
        written, kind = value.encode(), b"s"
    elif isinstance(value, float):
        # Nothing of ours writes one; SQLite keeps what somebody wrote by hand.
        written, kind = repr(value).encode(), b"r"
    else:
        written, kind = bytes(value), b"b"
    return b"%b%d:%b" % (kind, len(written), written)


def row_digest(values: Sequence[Any]) -> bytes:
    """The digest of one row of values as `select_stored` and `as_stored` give them."""
    return hashlib.sha256(b"".join(map(canonical_value, values))).digest()


def row_digests(connection: Connection, model: type[SQLModel]) -> list[tuple[bytes, bytes]]:
    """(primary key's bytes, row digest) of every row, in the order of the keys' bytes."""
    return sorted(each_row_digest(connection, model))


def table_digest(connection: Connection, model: type[SQLModel]) -> TableDigest:
    """The table's digest."""
    rows = row_digests(connection, model)
    return TableDigest(len(rows), digest_of_rows(rows))


def digest_of_rows(rows: Sequence[tuple[bytes, bytes]]) -> bytes:
    """The digest of a table that has these rows, in order."""
    digest = hashlib.sha256()
    for _, row in rows:
        digest.update(row)
    return digest.digest()


def table_digests(engine: Engine) -> dict[str, TableDigest]:
    """The digest of every derived table by its name, all of one moment."""
    with one_moment(engine).connect() as connection:
        return digests_of(connection)


def digests_of(connection: Connection) -> dict[str, TableDigest]:
    """The digest of every derived table by its name, as this transaction sees them."""
    return {str(model.__tablename__): table_digest(connection, model) for model in DERIVED}


def index_digest(digests: dict[str, TableDigest]) -> str:
    """The digest over the tables' digests, 64 hex digits."""
    digest = hashlib.sha256()
    for name in sorted(digests):
        digest.update(canonical_value(name) + canonical_value(digests[name].digest))
    return digest.hexdigest()


def key_of_bytes(key: bytes) -> tuple[str, ...]:
    """The primary key's values as text, from what `row_digests` gives."""
    values = []
    while key:
        kind, rest = key[:1], key[1:]
        length, _, rest = rest.partition(b":")
        value, key = rest[: int(length)], rest[int(length) :]
        values.append(value.hex() if kind == b"b" else value.decode())
    return tuple(values)


def each_row_digest(connection: Connection, model: type[SQLModel]) -> Iterator[tuple[bytes, bytes]]:
    """(primary key's bytes, row digest) of every row, as the database gives them."""
    table = table_of(model)
    places = [list(table.columns).index(column) for column in table.primary_key.columns]
    booleans = [place for place, column in enumerate(table.columns) if isinstance(column.type, Boolean)]
    for row in connection.execution_options(yield_per=_FETCH).execute(select_stored(table)):
        values = list(row)
        for place in booleans:
            values[place] = as_stored(values[place])
        yield b"".join(_key_value(values[place]) for place in places), row_digest(values)


def select_stored(table: Table) -> Select[Any]:
    """Every column as the database holds it: what is read by its type would hide what does not belong there."""
    columns: list[Any] = [type_coerce(column, NullType()).label(column.name) for column in table.columns]
    return select(*columns)


def as_stored(boolean: Any) -> Any:
    """A boolean column's value as a bool on every database; anything that is none, as it is."""
    return bool(boolean) if boolean in (0, 1) else boolean


def _key_value(value: Any) -> bytes:
    # A boolean in a key is written as a number, so that a key can be read back from its bytes.
    return canonical_value(int(value) if isinstance(value, bool) else value)
