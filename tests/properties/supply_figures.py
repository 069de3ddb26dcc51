"""What the goods model keeps: lots with a shelf at each facility, and records that stand on them."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

AMOUNT_MAX = 2**53 - 1
SOURCES = ("commissioned", "found", "transformedIn")
ON_SHELF = ("usable", "quarantined")


class Refused(Exception):
    """The error's name and arguments, as the contract gives them."""


def require(condition: object, *error: object) -> None:
    if not condition:
        raise Refused(*error)


@dataclass
class Shelf:
    """A lot at a facility. What is short there was counted, or handed on, but never came."""

    usable: int = 0
    reserved: int = 0
    quarantined: int = 0
    shortage: int = 0

    def available(self, where: str) -> int:
        return self.usable - self.reserved if where == "usable" else self.quarantined

    def put(self, where: str, quantity: int) -> None:
        """What comes in covers the shortage first."""
        covered = min(quantity, self.shortage)
        self.shortage -= covered
        setattr(self, where, getattr(self, where) + quantity - covered)

    def take_back(self, where: str, quantity: int) -> int:
        """The truth is never refused: what is on neither shelf is short."""
        other = ON_SHELF[where == "usable"]
        for one in (where, other):
            taken = min(quantity, self.available(one))
            setattr(self, one, getattr(self, one) - taken)
            quantity -= taken
        self.shortage += quantity
        return quantity


@dataclass
class Lot:
    """`flows` are what came from each source and what went to each end; what is left is on the shelves."""

    id: bytes
    item: bytes
    source: bytes
    origin: int
    home: bytes
    expiry: int = 0
    earmark: tuple[bytes, bytes] = (b"", b"")
    flows: Counter[str] = field(default_factory=Counter)
    shelves: defaultdict[bytes, Shelf] = field(default_factory=lambda: defaultdict(Shelf))
    records: int = 0
    dispatched: int = 0
    recalls: int = 0
    made_into: list[bytes] = field(default_factory=list)
    is_reversed: bool = False

    def total(self, name: str) -> int:
        if name in ("usable", "reserved", "quarantined", "shortage"):
            return sum(getattr(shelf, name) for shelf in self.shelves.values())
        return self.flows[name]

    @property
    def dependents(self) -> int:
        return self.records + (self.dispatched > 0) + (self.total("reserved") > 0)

    @property
    def origin_flow(self) -> str:
        return {3: "found", 4: "transformedIn"}.get(self.origin, "commissioned")


@dataclass
class Record:
    """Anything with an id. `base` is its quantity in effect, `standing` how many records stand on it."""

    id: bytes
    part: str
    kind: str
    author: int
    content: tuple[Any, ...]
    lot: bytes = b""
    facility: bytes = b""
    base: int = 0
    state: str = ""
    standing: int = 0
    second: int = 0
    parent: bytes = b""
    reversed_quantity: int = 0
    marks: list[bytes] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)
    is_reversed: bool = False
