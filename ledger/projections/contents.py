"""What a row takes from its content document, as published; what the document does not say is None (R23)."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlmodel import Session, SQLModel

from ledger.database import insert, table_of
from ledger.events import Event
from ledger.rows import NO_RECORD

Content = Mapping[str, Any]


class ContentColumns(NamedTuple):
    """Which columns of which table come from the content, so that a document found later fills them in."""

    model: type[SQLModel]
    columns: Callable[[Content], dict[str, Any]]
    key: Callable[[Event], Any]
    """The row's primary key."""


def text_of(content: Content, name: str) -> str | None:
    """The text of that name, a number as text; None for anything else."""
    value = content.get(name)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def number_of(content: Content, name: str) -> int | None:
    """The integer of that name, if it is one that SQL holds exactly."""
    value = content.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63 else None


def texts(*names: str, **renamed: str) -> Callable[[Content], dict[str, Any]]:
    """Columns that have the content's names; `renamed` are column=name pairs."""
    pairs = {name: name for name in names} | renamed
    return lambda content: {column: text_of(content, name) for column, name in pairs.items()}


def listed(*names: str, **renamed: str) -> Callable[[Content], dict[str, Any]]:
    """As `texts`, with where it was published: publisher, list_name, row_no."""
    columns = texts(*names, **renamed)
    return lambda content: {
        "publisher": text_of(content, "publisher"),
        "list_name": text_of(content, "list"),
        "row_no": number_of(content, "row"),
        **columns(content),
    }


def insert_event(
    session: Session, model: type[SQLModel], event: Event, rule: ContentColumns | None = None, **values: Any
) -> None:
    """Inserts the event's row: fields and columns of one name, its journal position, its content, then `values`.

    A zero id or digest is None where the column may be.
    """
    optional_columns = _columns(model)
    row: dict[str, Any] = {
        name: None if value == NO_RECORD and optional_columns[name] else value
        for name, value in event.fields._asdict().items()
        if name in optional_columns
    }
    row["journal_no"] = event.journal_no
    if rule:
        row |= rule.columns(event.content or {})
    insert(session, model, **(row | values))


@cache
def _columns(model: type[SQLModel]) -> dict[str, bool]:
    return {str(column.name): bool(column.nullable) for column in table_of(model).columns}
