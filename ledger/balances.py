"""Where a lot's goods are, moved as SupplyLedger moves them (R7), so that index and contract agree after every event.

    sources (commissioned, found, transformed_in) ──▶ usable | quarantined ──▶ in_transit, distributed, sold, lost ...

Goods that come into a facility cover its shortage first; goods taken back that are no longer there become a shortage
(R15), never a negative quantity and never a refusal of the truth.
"""

from typing import Any

from sqlmodel import Session

from ledger.models.lot import QUANTITIES, GoodsTotal, Lot, Stock
from ledger.rows import add_to_row, find_row, get_row, put_row, set_columns

SOURCES = ("commissioned", "found", "transformed_in")
IN_STORE = ("usable", "quarantined")
ISSUED = "issued_without_record"
_STOCK = ("usable", "reserved", "quarantined", "shortage")


class LotBalance:
    """One lot's quantities, as a whole and per facility. Nothing is written before `save`."""

    def __init__(self, session: Session, lot_id: str) -> None:
        """Reads the lot. Raises CheckFailed when the index does not have it."""
        self._session = session
        self.row: dict[str, Any] = dict(get_row(session, Lot, lot_id))
        self._before = {name: self.row[name] for name in QUANTITIES}
        self._stock: dict[str, dict[str, int]] = {}

    def take(self, facility_id: str, disposition: str, quantity: int) -> None:
        """Takes so much from there. Taking from a source adds to what came from it."""
        if disposition in SOURCES:
            self._change(disposition, quantity)
            return
        self._change(disposition, -quantity)
        if disposition in IN_STORE:
            self._at(facility_id)[disposition] -= quantity

    def give(self, facility_id: str, disposition: str, quantity: int) -> None:
        """Gives so much there. Giving to a source takes from what came from it."""
        if disposition in SOURCES:
            self._change(disposition, -quantity)
            return
        if disposition in IN_STORE:
            quantity -= self._cover(facility_id, quantity)
            self._at(facility_id)[disposition] += quantity
        self._change(disposition, quantity)

    def take_back(self, facility_id: str, disposition: str, quantity: int) -> int:
        """Takes what is there, from either kind of stock, and makes a shortage of the rest, which it returns."""
        if disposition not in IN_STORE:
            self.take(facility_id, disposition, quantity)
            return 0
        shortage = quantity - self._take_up_to(facility_id, disposition, quantity)
        other = "quarantined" if disposition == "usable" else "usable"
        shortage -= self._take_up_to(facility_id, other, shortage)
        if shortage:
            self._change("shortage", shortage)
            self._at(facility_id)["shortage"] += shortage
        return shortage

    def move(self, facility_id: str, route: tuple[str, str], quantity: int) -> None:
        """From the one to the other."""
        self.take(facility_id, route[0], quantity)
        self.give(facility_id, route[1], quantity)

    def move_back(self, facility_id: str, route: tuple[str, str], quantity: int) -> int:
        """Undoes a move from route[0] to route[1]: back from the other to the one. Returns the shortage."""
        shortage = self.take_back(facility_id, route[1], quantity)
        self.give(facility_id, route[0], quantity)
        return shortage

    def post(self, source: str, disposition: str, delta: int) -> int:
        """Posts a difference on what came from the source, at the facility where the lot began."""
        facility_id = self.row["facility_id"]
        if delta > 0:
            self.move(facility_id, (source, disposition), delta)
            return 0
        return self.move_back(facility_id, (source, disposition), -delta)

    def reserve(self, facility_id: str, quantity: int) -> None:
        """Sets usable stock aside."""
        self._change("reserved", quantity)
        self._at(facility_id)["reserved"] += quantity

    def unreserve(self, facility_id: str, quantity: int) -> None:
        """Sets it free; what becomes free covers the facility's shortage first."""
        self.reserve(facility_id, -quantity)
        if covered := self._cover(facility_id, quantity):
            self.take(facility_id, "usable", covered)

    def ship(self, facility_id: str, quantity: int, *, reserved: bool) -> None:
        """Into transit, from what was set aside for it or, in a return, from what is free."""
        if reserved:
            self.reserve(facility_id, -quantity)
        self.take(facility_id, "usable", quantity)
        self._change("in_transit", quantity)

    def correct_shipment(self, facility_id: str, quantity: int, *, reserved: int) -> int:
        """So much more was shipped, of which `reserved` was set aside for it. Returns the shortage."""
        self.reserve(facility_id, -reserved)
        shortage = self.take_back(facility_id, "usable", quantity)
        self._change("in_transit", quantity)
        return shortage

    def unship(self, facility_id: str, quantity: int, *, reserved: bool) -> None:
        """Back from transit into the sending facility, set aside again if it had been."""
        self._change("in_transit", -quantity)
        if not reserved:
            self.give(facility_id, "usable", quantity)
            return
        # What is set aside covers no shortage: it is somebody's until it is set free.
        self._change("usable", quantity)
        self._at(facility_id)["usable"] += quantity
        self.reserve(facility_id, quantity)

    def arrive(self, facility_id: str, good: int, damaged: int, lost: int) -> None:
        """Out of transit: into the receiving facility, or lost."""
        self._change("in_transit", -(good + damaged + lost))
        self.give(facility_id, "usable", good)
        self.give(facility_id, "quarantined", damaged)
        self.give(facility_id, "lost", lost)

    def unarrive(self, facility_id: str, good: int, damaged: int, lost: int) -> None:
        """Takes an arrival back into transit."""
        self.take_back(facility_id, "usable", good)
        self.take_back(facility_id, "quarantined", damaged)
        self.take(facility_id, "lost", lost)
        self._change("in_transit", good + damaged + lost)

    def source(self) -> str:
        """Which source the lot came from."""
        return {"found": "found", "transformed": "transformed_in"}.get(self.row["origin"], "commissioned")

    def save(self, *, lots: int = 0, **columns: Any) -> None:
        """Writes the lot, its stock and its item's total, which also counts `lots` more or fewer."""
        quantities = {name: self.row[name] for name in QUANTITIES}
        set_columns(self._session, Lot, self.row["lot_id"], **quantities, **columns)
        for facility_id, stock in self._stock.items():
            put_row(self._session, Stock, {"lot_id": self.row["lot_id"], "facility_id": facility_id}, stock)
        changes = {name: quantities[name] - self._before[name] for name in QUANTITIES}
        changes |= {"lots": lots}
        # All quantities at once: the database checks the equation after each statement.
        add_to_row(self._session, GoodsTotal, {"item_id": self.row["item_id"]}, **changes)
        self._before = quantities

    def _cover(self, facility_id: str, quantity: int) -> int:
        covered = min(quantity, self._at(facility_id)["shortage"])
        if covered:
            self._change("shortage", -covered)
            self._at(facility_id)["shortage"] -= covered
        return covered

    def _take_up_to(self, facility_id: str, disposition: str, quantity: int) -> int:
        stock = self._at(facility_id)
        available = stock["usable"] - stock["reserved"] if disposition == "usable" else stock["quarantined"]
        taken = min(quantity, available)
        if taken:
            self.take(facility_id, disposition, taken)
        return taken

    def _change(self, disposition: str, quantity: int) -> None:
        if disposition == ISSUED:
            self.row["lost"] += quantity
        self.row[disposition] += quantity

    def _at(self, facility_id: str) -> dict[str, int]:
        if facility_id not in self._stock:
            key = {"lot_id": self.row["lot_id"], "facility_id": facility_id}
            found = find_row(self._session, Stock, key)
            self._stock[facility_id] = {name: found[name] for name in _STOCK} if found else dict.fromkeys(_STOCK, 0)
        return self._stock[facility_id]
