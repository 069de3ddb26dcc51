"""Column types that the tables share: ids and digests as lower-case hex text, amounts as exact integers."""

from typing import Any

from sqlalchemy import BigInteger, Column, Text
from sqlmodel import Field

ID_DIGITS = 64


def record_key(description: str) -> Any:
    """A primary key (or part of one) that is a record's id."""
    return Field(primary_key=True, max_length=ID_DIGITS, description=description)


def record_ref(description: str, *, index: bool = False) -> Any:
    """The id of another record, or a digest; always there."""
    return Field(max_length=ID_DIGITS, index=index, description=description)


def optional_ref(description: str, *, index: bool = False) -> Any:
    """The id of another record, or a digest; None where the event says zero."""
    return Field(None, max_length=ID_DIGITS, index=index, description=description)


def integer(description: str, *, index: bool = False, primary_key: bool = False) -> Any:
    """An amount in minor units, a quantity in the item's unit, or a position; 64 bits."""
    if primary_key:
        return Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False), description=description)
    return Field(sa_type=BigInteger, index=index, description=description)


def running(description: str) -> Any:
    """A number that later events change; zero at first."""
    return Field(0, sa_type=BigInteger, description=description)


def optional_integer(description: str, *, index: bool = False) -> Any:
    """A 64-bit number that may not be known or not be there yet."""
    return Field(None, sa_type=BigInteger, index=index, description=description)


def text(description: str, *, index: bool = False) -> Any:
    """Text that is always there: a code, a name of a state."""
    return Field(sa_type=Text, index=index, description=description)


def published(description: str, *, index: bool = False) -> Any:
    """Text of the content document; None while the document is missing or where it does not say (R23)."""
    return Field(None, sa_type=Text, index=index, description=description)


def flag(description: str, *, default: bool = False) -> Any:
    """Yes or no."""
    return Field(default, description=description)
