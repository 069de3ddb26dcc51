"""What a check of the ledger found wrong: a claim that does not hold, and the record that shows it."""

from collections.abc import Callable
from typing import NamedTuple


class Difference(NamedTuple):
    """One column: what the index has, and what it should have."""

    column: str
    indexed: str
    expected: str


class Finding(NamedTuple):
    """One thing that is not as it should be. `table` and `record` name the row where it is a row."""

    check: str
    sentence: str
    table: str | None = None
    record: str | None = None
    differences: tuple[Difference, ...] = ()


Step = Callable[[str], None]
"""Told what is being checked."""
