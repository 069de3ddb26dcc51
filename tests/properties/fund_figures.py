"""A fund's figures in plain Python (R1, R2, R15): nothing is kept but the records, every figure is worked out from them.

The contract keeps running totals and changes them step by step; this computes them anew from the records in effect. So
where both agree after every step, no step left anything behind.
"""

from dataclasses import dataclass, field

NONE = b""
Earmark = tuple[bytes, bytes]  # purpose and place, codes in ASCII


@dataclass
class Record:
    """A record as it was made, and what was decided about it since; `base` is its amount before any adjustment."""

    id: bytes
    kind: str
    fund: bytes
    author: int
    content: tuple
    base: int = 0
    parent: bytes = NONE
    state: str = "Recorded"
    is_reversed: bool = False
    other: bytes = NONE  # child fund of a disbursement, target of a conversion
    to_amount: int = 0
    earmark: Earmark = (b"", b"")
    redesignation: bytes = NONE
    decided_by: dict[str, int] = field(default_factory=dict)
    lots: dict[bytes, int] = field(default_factory=dict)  # cost by lot
    currency: bytes = b""


class FundFigures:
    """What follows from `records`."""

    def __init__(self) -> None:
        self.records: dict[bytes, Record] = {}

    def live(self, kind: str = "", **wanted: object) -> list[Record]:
        """Records in effect of this kind whose fields are as wanted."""
        return [
            record
            for record in self.records.values()
            if not record.is_reversed
            and (not kind or record.kind == kind)
            and all(getattr(record, name) == value for name, value in wanted.items())
        ]

    def amount(self, record: Record) -> int:
        if record.is_reversed:
            return 0
        return record.base if record.kind == "adjustment" else record.base + self.adjusted(record.id)

    def adjusted(self, record_id: bytes) -> int:
        """Sum of the adjustments in effect of a record, and of those of its adjustments."""
        return sum(one.base + self.adjusted(one.id) for one in self.live("adjustment", parent=record_id))

    def total(self, kind: str, **wanted: object) -> int:
        return sum(self.amount(record) for record in self.live(kind, **wanted))

    def cost(self, expenditure: Record) -> int:
        return self.amount(expenditure) - self.total("supplier_refund", parent=expenditure.id)

    def reduced(self, record: Record) -> int:
        """What was refunded of a donation or expenditure, promised or paid on a promise, used of a redesignation."""
        parts = {"donation": ("refund",), "expenditure": ("supplier_refund",)}
        parts |= dict.fromkeys(("pledge", "commitment"), ("donation", "commitment"))
        if record.kind == "redesignation":
            users = [r for r in self.live() if r.redesignation == record.id]
            return sum(self.amount(r) for r in users if r.state in ("Approved", "Closed", "Sent", "Acknowledged"))
        return sum(self.total(kind, parent=record.id) for kind in parts.get(record.kind, ()))

    def open_amount(self, record: Record) -> int:
        return max(0, self.amount(record) - self.reduced(record))

    def unspent(self, allocation: Record) -> int:
        if allocation.state != "Approved" or allocation.is_reversed:
            return 0
        used = sum(self.cost(one) for one in self.live("expenditure", parent=allocation.id))
        used += sum(self.amount(one) for one in self.sent(parent=allocation.id))
        return max(0, self.amount(allocation) - used - self.total("return", parent=allocation.id))

    def sent(self, **wanted: object) -> list[Record]:
        return [one for one in self.live("disbursement", **wanted) if one.state != "Rejected"]

    def totals(self, fund: bytes) -> dict[str, int]:
        """Every total of R1, by its name in the contract's `Totals` without Minor."""
        income = self.live("income", fund=fund)
        expenditures = self.live("expenditure", fund=fund)
        goods = [(self.cost(one), sum(one.lots.values())) for one in expenditures if one.content[1] == 0]
        arrived = self.live("disbursement", other=fund, state="Acknowledged")
        converted = self.live("conversion", other=fund)
        given = self.sent(fund=fund) + self.live("conversion", fund=fund)
        known = {
            "received": self.total("donation", fund=fund),
            "transfersIn": sum(self.amount(one) for one in arrived) + sum(one.to_amount for one in converted),
            "interest": sum(self.amount(one) for one in income if one.content[1] == 0),
            "saleProceeds": sum(self.amount(one) for one in income if one.content[1] == 1),
            "allocatedUnspent": sum(self.unspent(one) for one in self.live("allocation", fund=fund)),
            "spentOnLots": sum(min(cost, delivered) for cost, delivered in goods),
            "spentOnServices": sum(self.cost(one) for one in expenditures if one.content[1] != 0),
            "prepaid": sum(max(0, cost - delivered) for cost, delivered in goods),
            "transferredOut": sum(self.amount(one) for one in given),
            "refunded": self.total("refund", fund=fund),
        }
        inflows = ("received", "transfersIn", "interest", "saleProceeds")
        free = sum(value if name in inflows else -value for name, value in known.items())
        return known | {"unallocated": max(0, free), "deficit": max(0, -free)}

    def dependents(self, record: Record) -> int:
        if record.kind == "fund":
            return sum(one.kind != "fund" and record.id in (one.fund, one.other) for one in self.live())
        return sum(record.id in (one.parent, one.redesignation) for one in self.live()) + len(record.lots)
