"""What every list has in common: pages by key, real records apart from an exercise's, filters by column.

A page begins after a position in the journal that its records are in, so it stays where it was while records are added.
"""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Label, Select, func, select

from ledger.database import table_of
from ledger.models.catalogue import Facility, Item
from ledger.models.participant import Organisation

LIMIT_MAX = 200
_ORGANISATION_DIGITS = 8


class Slice(NamedTuple):
    """Which part of a list: at most `limit` records after position `after`, and one more to know if it goes on."""

    after: int = 0
    limit: int = 50
    exercise: bool = False
    organisation_id: int | None = None


def organisation_of(record_id: ColumnElement[Any]) -> ColumnElement[str]:
    """The digits of a record's id that name its organisation."""
    return func.substr(record_id, 1, _ORGANISATION_DIGITS)


def is_exercise(record_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the record belongs to an exercise (R21)."""
    return organisation_of(record_id).in_(_exercises())


def exercise(record_id: ColumnElement[Any]) -> Label[bool]:
    """As a column of the answer."""
    return is_exercise(record_id).label("exercise")


def cut(query: Select[Any], part: Slice, record_id: ColumnElement[Any], position: ColumnElement[Any]) -> Select[Any]:
    """The part of the list, in order of `position`, which has to be unique in it."""
    mine = is_exercise(record_id)
    query = query.where(position > part.after, mine if part.exercise else ~mine)
    if part.organisation_id is not None:
        query = query.where(organisation_of(record_id) == f"{part.organisation_id:08x}")
    return query.order_by(position).limit(part.limit + 1)


def matching(query: Select[Any], table: FromClause, **wanted: Any) -> Select[Any]:
    """Only rows whose columns have these values; None is no condition."""
    for name, value in wanted.items():
        if isinstance(value, bool):
            query = query.where(table.c[name].is_(value))
        elif value is not None:
            query = query.where(table.c[name] == value)
    return query


def item_columns() -> list[ColumnElement[Any]]:
    """An item as its catalogue writes it, for records that are about it."""
    item = table_of(Item).c
    return [item.name.label("item_name"), item.specification.label("specification"), item.unit.label("unit")]


def facility_name(name: str, facility: FromClause | None = None) -> Label[Any]:
    """A facility's name under another column name."""
    return (table_of(Facility) if facility is None else facility).c.name.label(name)


@cache
def _exercises() -> Select[Any]:
    organisation = table_of(Organisation).c
    return select(organisation_of(organisation.record_id)).where(organisation.exercise.is_(True))
