"""What a row takes from its content document, as published; what the document does not say is None (R23)."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sqlmodel import SQLModel

Content = Mapping[str, Any]


class ContentColumns(NamedTuple):
    """Which columns of which table come from the content, so that a document found later fills them in."""

    model: type[SQLModel]
    columns: Callable[[Content], dict[str, Any]]
    key: Callable[[Any], Any]
    """The row's primary key, from the event's fields."""


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


def columns_of(rule: ContentColumns, content: Content | None) -> dict[str, Any]:
    """The rule's columns from the content; all None while it is missing."""
    return rule.columns(content or {})
