"""What the model of consignments keeps, and the figures that follow from its records (R7, R11). Nothing is counted twice:
a line's sums, what is in transit and what is lost are worked out from the records in effect each time they are asked for.
"""

from dataclasses import dataclass, field
from typing import Any

from eth_utils import keccak

GOOD, DAMAGED, LOST, OVER = range(4)
DISPATCHED, PARTLY_RECEIVED, RECEIVED, VOIDED, REVERSED = range(1, 6)
NONE = bytes(32)


class Refused(Exception):
    """The error's name and arguments, as the contract gives them."""


def require(condition: bool, *error: object) -> None:
    if not condition:
        raise Refused(*error)


def organisation_of(record_id: bytes) -> int:
    return int.from_bytes(record_id[:4], "big")


def over_lot_id(record_id: bytes, line_no: int) -> bytes:
    """The found lot of what a receipt or an adjustment states as over."""
    return record_id[:4] + keccak(record_id + line_no.to_bytes(32, "big"))[:28]


@dataclass
class Record:
    """A dispatch, custody, receipt, adjustment or write-off. `content` is what a retry has to repeat."""

    id: bytes
    kind: str
    consignment: bytes
    content: tuple
    author: int
    ended: int = 0
    is_final: bool = False
    counts: dict[int, list[int]] = field(default_factory=dict)
    target: bytes = NONE
    line_no: int = 0
    field: int = 0
    delta: int = 0


@dataclass
class Consignment:
    """What a dispatch says; lines are [lot, allocation, quantity first dispatched]."""

    id: bytes
    origin: bytes
    to: bytes
    carrier: int
    due: int
    return_of: bytes
    lines: list[tuple[bytes, int, bytes]]
    dispatcher: int
    is_overdue_noted: bool = False
    receiver: int = 0


@dataclass
class Stock:
    """One lot at one facility."""

    usable: int = 0
    reserved: int = 0
    quarantined: int = 0
    shortage: int = 0

    def give(self, quantity: int, quarantined: bool = False) -> None:
        """What comes in covers the shortage first."""
        covered = min(quantity, self.shortage)
        self.shortage -= covered
        if quarantined:
            self.quarantined += quantity - covered
        else:
            self.usable += quantity - covered

    def cover_from_usable(self, freed: int) -> None:
        """What is no longer set aside covers the shortage first."""
        covered = min(freed, self.shortage)
        self.usable -= covered
        self.shortage -= covered

    def take_back(self, quantity: int, quarantined: bool = False) -> int:
        """Takes what is there of either kind, the named one first; what is missing is a shortage, which is returned."""
        for from_quarantine in (quarantined, not quarantined):
            taken = min(quantity, self.quarantined if from_quarantine else self.usable - self.reserved)
            quantity -= taken
            if from_quarantine:
                self.quarantined -= taken
            else:
                self.usable -= taken
        self.shortage += quantity
        return quantity


@dataclass
class Allocation:
    """An approved allocation of goods."""

    lot: bytes
    origin: bytes
    to: bytes
    quantity: int
    is_released: bool = False


class ConsignmentFigures:
    """The records, and what follows from them."""

    def __init__(self) -> None:
        self.records: dict[bytes, Record] = {}
        self.consignments: dict[bytes, Consignment] = {}
        self.allocations: dict[bytes, Allocation] = {}
        self.stocks: dict[tuple[bytes, bytes], Stock] = {}
        self.commissioned: dict[bytes, int] = {}
        self.distributed: dict[bytes, int] = {}
        self.releases: dict[bytes, list[Any]] = {}  # who proposed it, who confirmed it, what, where, how much
        self.over_lots: dict[bytes, int] = {}

    def stock(self, lot: bytes, facility: bytes) -> Stock:
        return self.stocks.setdefault((lot, facility), Stock())

    def live(self, kind: str, consignment: bytes) -> list[Record]:
        """Records of this kind in effect, the oldest first."""
        return [r for r in self.records.values() if r.kind == kind and r.consignment == consignment and not r.ended]

    def adjustments(self, record: bytes) -> list[Record]:
        return [r for r in self.records.values() if r.kind == "adjustment" and r.target == record and not r.ended]

    def stated(self, receipt: bytes, line_no: int) -> list[int]:
        """Good, damaged, lost, over of a line as the receipt states it, corrections included."""
        sums = list(self.records[receipt].counts.get(line_no, [0, 0, 0, 0]))
        for one in self.adjustments(receipt):
            if one.line_no == line_no:
                sums[one.field] += one.delta
        return sums

    def dispatched(self, consignment: bytes, line_no: int) -> int:
        if self.records[consignment].ended:
            return 0
        quantity = self.consignments[consignment].lines[line_no][1]
        return quantity + sum(one.delta for one in self.adjustments(consignment) if one.line_no == line_no)

    def sums(self, consignment: bytes, line_no: int) -> list[int]:
        """Good, damaged, lost, over of a line, over all receipts in effect."""
        stated = [self.stated(receipt.id, line_no) for receipt in self.live("receipt", consignment)]
        return [sum(one[column] for one in stated) for column in range(4)]

    def written_off(self, consignment: bytes, line_no: int) -> int:
        return sum(one.delta for one in self.live("write_off", consignment) if one.line_no == line_no)

    def outstanding(self, consignment: bytes, line_no: int) -> int:
        return (
            self.dispatched(consignment, line_no)
            - sum(self.sums(consignment, line_no)[:OVER])
            - self.written_off(consignment, line_no)
        )

    def is_open(self, consignment: bytes) -> bool:
        return any(self.outstanding(consignment, n) for n in range(len(self.consignments[consignment].lines)))

    def is_final(self, consignment: bytes) -> bool:
        return any(receipt.is_final for receipt in self.live("receipt", consignment))

    def state(self, consignment: bytes) -> int:
        if ended := self.records[consignment].ended:
            return ended
        if not self.is_open(consignment) or self.is_final(consignment):
            return RECEIVED
        return PARTLY_RECEIVED if self.live("receipt", consignment) else DISPATCHED

    def possessor(self, consignment: bytes) -> int:
        if not self.is_open(consignment):
            return self.consignments[consignment].receiver
        custodies = self.live("custody", consignment)
        return custodies[-1].author if custodies else 0

    def returns(self, consignment: bytes) -> list[Consignment]:
        return [c for c in self.consignments.values() if c.return_of == consignment and not self.records[c.id].ended]

    def returnable(self, consignment: bytes, lot: bytes) -> int:
        """What of a lot came in good condition and has not gone back."""
        lines = enumerate(self.consignments[consignment].lines)
        came = sum(self.sums(consignment, number)[GOOD] for number, (own, _, _) in lines if own == lot)
        back = [
            self.dispatched(one.id, number)
            for one in self.returns(consignment)
            for number, (own, _, _) in enumerate(one.lines)
            if own == lot
        ]
        return max(0, came - sum(back))

    def dependents(self, consignment: bytes) -> int:
        kinds = ("receipt", "custody", "write_off")
        standing = sum(len(self.live(kind, consignment)) for kind in kinds)
        return standing + len(self.returns(consignment)) + len(self.adjustments(consignment))

    def gone(self, allocation: bytes) -> int:
        """What was dispatched of it; by correction, that may be more than it has."""
        return sum(
            self.dispatched(one.id, number)
            for one in self.consignments.values()
            for number, line in enumerate(one.lines)
            if line[2] == allocation
        )

    def remaining(self, allocation: bytes) -> int:
        known = self.allocations[allocation]
        return 0 if known.is_released else max(0, known.quantity - self.gone(allocation))

    def on_the_way(self, lot: bytes) -> tuple[int, int]:
        """In transit, and lost, of a lot: from the lines of all consignments."""
        transit = lost = 0
        for one in self.consignments.values():
            for number, (own, _, _) in enumerate(one.lines):
                if own == lot:
                    transit += self.outstanding(one.id, number)
                    lost += self.sums(one.id, number)[LOST] + self.written_off(one.id, number)
        return transit, lost
