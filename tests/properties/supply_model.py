"""The rules of lots and stores (R6-R8, R12-R17) in plain Python: what is refused, with which error, and what is recorded.

A refused action raises `Refused` and changes nothing; an action recorded before returns False.
"""

import copy
from typing import Any

from tests.properties.supply_figures import AMOUNT_MAX, ON_SHELF, SOURCES, Lot, Record, Refused, Shelf, require

IN_KIND, BOUGHT, FOUND, TRANSFORMED = 1, 2, 3, 4
# What a movement is, who makes it, from where and to where it goes.
MOVEMENTS = {
    "quarantine": ("INSPECTOR", "usable", "quarantined"),
    "releaseQuarantine": ("INSPECTOR", "quarantined", "usable"),
    "Disposal": ("INSPECTOR", "quarantined", "disposed"),
    "ReturnToDonor": ("DISPATCHER", "usable", "returnedToDonor"),
    "Sale": ("DISPATCHER", "usable", "sold"),
    "Distribution": ("DISPATCHER", "usable", "distributed"),
    "registerLoss": ("DISPATCHER", "usable", "lost"),
    "issue": ("DISPATCHER", "usable", "issuedWithoutRecord"),
    "find": ("DISPATCHER", "found", "usable"),
    "recovery": ("INSPECTOR", "usable", "quarantined"),
}
ADJUSTED = tuple(MOVEMENTS)[:9]
# What leaves a store for good, on two persons' word.
RELEASES = tuple(MOVEMENTS)[2:6]


# What opens a discrepancy, and as which kind; more of it opens another.
LOST, VARIANCE = 1, 5
EXPLAINED = {"registerLoss": LOST, "issue": 6, "find": 7}


def organisation_of(record_id: bytes) -> int:
    return int.from_bytes(record_id[:4], "big")


class SupplyModel:
    """`roles` are the organisations that each person holds every role in; `today` is yyyymmdd."""

    def __init__(
        self, roles: dict[int, set[int]], exercises: set[int], facilities: set[bytes], items: set[bytes]
    ) -> None:
        self.roles, self.exercises, self.facilities, self.items = roles, exercises, facilities, items
        self.today = 20200101
        self.lots: dict[bytes, Lot] = {}
        self.records: dict[tuple[str, bytes], Record] = {}
        self.discrepancies: dict[tuple[int, bytes], int] = {}
        self.opening: list[tuple[int, bytes, int]] = []

    def attempt(self, action: str, *arguments: object) -> bool:
        """Does it whole or not at all. False: it was recorded before."""
        before = copy.deepcopy((self.lots, self.records, self.discrepancies))
        self.opening = []
        try:
            return getattr(self, action)(*arguments) is not False
        except Refused:
            (self.lots, self.records, self.discrepancies), self.opening = before, []
            raise

    def open(self, kind: int, subject: bytes, quantity: int) -> None:
        """A discrepancy of a store, which nobody resolves here: `opening` has what this step opens."""
        if quantity and self.discrepancies.get((kind, subject)) != quantity:
            self.discrepancies[kind, subject] = quantity
            self.opening.append((kind, subject, quantity))

    # Rules that many actions share

    def role(self, person: int, organisation: int) -> None:
        require(organisation in self.roles[person], "MissingRole", organisation)

    def own(self, record_id: bytes, organisation: int) -> None:
        require(organisation_of(record_id) == organisation, "ForeignRecordId", record_id, organisation)

    def world(self, record_id: bytes, other: bytes) -> None:
        ends = [organisation_of(one) in self.exercises for one in (record_id, other)]
        require(ends[0] == ends[1], "ExerciseMixed", record_id, other)

    def amount(self, record_id: bytes, quantity: int) -> None:
        require(0 < quantity <= AMOUNT_MAX, "AmountOutOfRange", record_id, quantity)

    def known(self, part: str, kind: str, record_id: bytes, content: tuple[Any, ...]) -> bool:
        record = self.records.get((part, record_id))
        require(record is None or (record.kind, record.content) == (kind, content), "RecordConflict", record_id)
        return record is not None

    def add(self, record: Record) -> Record:
        self.records[record.part, record.id] = record
        return record

    def find(self, part: str, record_id: bytes, *kinds: str) -> Record:
        record = self.records.get((part, record_id))
        require(record and not record.is_reversed and (not kinds or record.kind in kinds), "RecordUnknown", record_id)
        return record  # type: ignore[return-value]

    def lot(self, lot_id: bytes) -> Lot:
        require(lot_id in self.lots and not self.lots[lot_id].is_reversed, "RecordUnknown", lot_id)
        return self.lots[lot_id]

    def sound(self, lot_id: bytes) -> Lot:
        lot = self.lot(lot_id)
        require(not lot.recalls, "LotRecalledError", lot_id)
        require(not lot.expiry or lot.expiry >= self.today, "LotExpired", lot_id, lot.expiry)
        return lot

    # Stock: every change takes from one place and gives to another

    def take(self, lot: Lot, facility: bytes, where: str, quantity: int) -> None:
        if where in SOURCES:
            lot.flows[where] += quantity
            return
        shelf = lot.shelves[facility]
        there = shelf.available(where) if where in ON_SHELF else lot.flows[where]
        require(quantity <= there, "StockInsufficient", lot.id, facility, quantity, there)
        if where in ON_SHELF:
            setattr(shelf, where, getattr(shelf, where) - quantity)
        else:
            self.flow(lot, where, -quantity)

    def give(self, lot: Lot, facility: bytes, where: str, quantity: int) -> None:
        if where in ON_SHELF:
            lot.shelves[facility].put(where, quantity)
        else:
            self.flow(lot, where, -quantity if where in SOURCES else quantity)

    def flow(self, lot: Lot, where: str, quantity: int) -> None:
        lot.flows[where] += quantity
        if where == "issuedWithoutRecord":
            lot.flows["lost"] += quantity

    def back(self, lot: Lot, facility: bytes, where: str, to: str, quantity: int) -> int:
        short = 0
        if where in ON_SHELF:
            short = lot.shelves[facility].take_back(where, quantity)
        else:
            self.take(lot, facility, where, quantity)
        self.give(lot, facility, to, quantity)
        return short

    def post(self, lot: Lot, delta: int, where: str = "usable") -> int:
        """More or less came from the lot's source, where it began."""
        source = lot.origin_flow
        if delta > 0:
            return self.back(lot, lot.home, source, where, delta)
        return self.back(lot, lot.home, where, source, -delta)

    # Lots

    def begin(self, lot: Lot, quantity: int, where: str = "usable") -> None:
        require(("supply", lot.id) not in self.records, "RecordConflict", lot.id)
        self.amount(lot.id, quantity)
        require(lot.item in self.items, "RecordUnknown", lot.item)
        self.world(lot.id, lot.item)
        self.lots[lot.id] = lot
        self.add(Record(lot.id, "supply", "lot", 0, ()))
        self.take(lot, lot.home, lot.origin_flow, quantity)
        self.give(lot, lot.home, where, quantity)

    def donate(self, person: int, facility: bytes, donations: list[tuple[Any, ...]]) -> bool:
        self.role(person, organisation_of(facility))
        require(facility in self.facilities, "RecordUnknown", facility)
        before = len(self.records)
        for index, (donation, earmark, lots) in enumerate(donations):
            try:
                self.donate_one(person, facility, donation, earmark, lots)
            except Refused as refused:
                raise Refused("LineRefused", index, refused.args) from refused
        return len(self.records) > before

    def donate_one(
        self, person: int, facility: bytes, donation: bytes, earmark: tuple[bytes, bytes], lots: Any
    ) -> None:
        content = (facility, earmark, tuple(lots))
        if self.known("supply", "donation", donation, content):
            return
        organisation = organisation_of(facility)
        self.own(donation, organisation)
        self.add(Record(donation, "supply", "donation", person, content, facility=facility, standing=len(lots)))
        for lot_id, item, quantity, expiry in lots:
            self.own(lot_id, organisation)
            self.begin(Lot(lot_id, item, donation, IN_KIND, facility, expiry, earmark), quantity)

    def transform(self, person: int, record_id: bytes, facility: bytes, inputs: Any, outputs: Any) -> bool:
        organisation = organisation_of(facility)
        self.role(person, organisation)
        content = (facility, tuple(inputs), tuple(outputs))
        if self.known("supply", "transformation", record_id, content):
            return False
        self.own(record_id, organisation)
        require(facility in self.facilities, "RecordUnknown", facility)
        first = self.lots.get(inputs[0][0])
        earmark = first.earmark if first else (b"", b"")
        days = []
        for lot_id, quantity in inputs:
            lot = self.sound(lot_id)
            self.amount(lot_id, quantity)
            require(lot.earmark == earmark, "EarmarksMixed", record_id, lot_id)
            days += [lot.expiry] if lot.expiry else []
            self.take(lot, facility, "usable", quantity)
            self.give(lot, facility, "transformedOut", quantity)
            lot.records += 1
            lot.made_into.append(record_id)
        for lot_id, item, quantity, expiry in outputs:
            self.own(lot_id, organisation)
            ends = expiry or min(days, default=0)
            require(not days or ends <= min(days), "ExpiryExtended", lot_id, ends, min(days, default=0))
            self.begin(Lot(lot_id, item, record_id, TRANSFORMED, facility, ends, earmark), quantity)
        self.add(
            Record(record_id, "supply", "transformation", person, content, facility=facility, standing=len(outputs))
        )
        return True

    # What happens in a store

    def start(
        self, person: int, kind: str, record_id: bytes, lot: bytes, facility: bytes, quantity: int, *more: Any
    ) -> Any:
        """The record, kept and nothing moved; None when it was recorded before."""
        content = (lot, facility, quantity, *more)
        if self.known("stock", kind, record_id, content):
            return None
        self.own(record_id, organisation_of(facility))
        self.world(record_id, lot)
        if kind != "count":
            self.amount(record_id, quantity)
        return self.add(Record(record_id, "stock", kind, person, content, lot, facility, quantity))

    def carry_out(self, record: Record) -> None:
        _, where, to = MOVEMENTS[record.kind]
        if to in ("distributed", "sold"):
            self.sound(record.lot)
        lot = self.lot(record.lot)
        require(to != "usable" or not lot.recalls, "LotRecalledError", lot.id)
        lot.records += 1
        self.take(lot, record.facility, where, record.base)
        self.give(lot, record.facility, to, record.base)

    def move(self, person: int, kind: str, record_id: bytes, lot: bytes, facility: bytes, quantity: int) -> bool:
        self.role(person, organisation_of(facility))
        record = self.start(person, kind, record_id, lot, facility, quantity)
        if record:
            self.carry_out(record)
            if kind == "registerLoss":
                self.open(LOST, record_id, quantity)
        return record is not None

    def reverse_loss(self, person: int, record_id: bytes, loss_id: bytes, quantity: int) -> bool:
        self.role(person, organisation_of(loss_id))
        known = self.records.get(("stock", loss_id))
        ends = (known.lot, known.facility) if known else (b"", b"")
        if self.known("stock", "loss_reversal", record_id, (*ends, quantity, loss_id)):
            return False
        loss = self.find("stock", loss_id, "registerLoss")
        left = loss.base - loss.reversed_quantity
        require(quantity <= left, "LossExceeded", loss_id, quantity, left)
        record = self.start(person, "loss_reversal", record_id, loss.lot, loss.facility, quantity, loss_id)
        record.parent = loss_id
        loss.reversed_quantity += quantity
        loss.standing += 1
        self.back(self.lots[loss.lot], loss.facility, MOVEMENTS[loss.kind][2], "usable", quantity)
        return True

    def count(self, person: int, record_id: bytes, lot: bytes, facility: bytes, counted: int) -> bool:
        self.role(person, organisation_of(facility))
        if not self.start(person, "count", record_id, lot, facility, counted):
            return False
        require(facility in self.facilities, "RecordUnknown", facility)
        require(counted <= AMOUNT_MAX, "AmountOutOfRange", record_id, counted)
        self.lot(lot).records += 1
        shelf = self.shelf(lot, facility)
        self.open(VARIANCE, record_id, abs(counted - shelf.usable - shelf.quarantined))
        return True

    def propose_release(
        self, person: int, kind: str, record_id: bytes, lot: bytes, facility: bytes, quantity: int
    ) -> bool:
        self.role(person, organisation_of(facility))
        record = self.start(person, kind, record_id, lot, facility, quantity)
        if record:
            self.find("supply", lot)
            there = self.lots[lot].shelves[facility].available(MOVEMENTS[kind][1]) if lot in self.lots else 0
            require(quantity <= there, "StockInsufficient", lot, facility, quantity, there)
            record.state = "Proposed"
        return record is not None

    def propose_issue(self, person: int, record_id: bytes, lot: bytes, facility: bytes, quantity: int) -> bool:
        self.role(person, organisation_of(facility))
        record = self.start(person, "issue", record_id, lot, facility, quantity)
        if record:
            self.find("supply", lot)
            record.state = "Proposed"
        return record is not None

    def propose_find(
        self, person: int, record_id: bytes, facility: bytes, lot: bytes, item: bytes, quantity: int
    ) -> bool:
        organisation = organisation_of(facility)
        self.role(person, organisation)
        record = self.start(person, "find", record_id, lot, facility, quantity, item)
        if not record:
            return False
        require(facility in self.facilities, "RecordUnknown", facility)
        if lot in self.lots:
            require(self.lot(lot).item == item, "ItemMismatch", record_id, item, self.lots[lot].item)
        else:
            self.own(lot, organisation)
        record.state, record.more["item"] = "Proposed", item
        return True

    def confirm(self, person: int, kinds: tuple[str, ...], record_id: bytes) -> bool:
        self.role(person, organisation_of(record_id))
        known = self.records.get(("stock", record_id))
        if known and known.kind in kinds and known.second == person:
            return False
        record = self.find("stock", record_id, *kinds)
        require(record.state == "Proposed", "ProposalUnexpectedState", record_id, 2, 1)
        require(record.author != person, "SamePerson", record_id, person)
        record.state, record.second = "Confirmed", person
        if record.kind == "find":
            self.found(record)
        else:
            self.carry_out(record)
        if record.kind in EXPLAINED:
            self.open(EXPLAINED[record.kind], record_id, record.base)
        return True

    def found(self, record: Record) -> None:
        if record.lot not in self.lots:
            lot = Lot(record.lot, record.more["item"], record.id, FOUND, record.facility)
            return self.begin(lot, record.base)
        require(self.lots[record.lot].item == record.more["item"], "RecordConflict", record.lot)
        lot = self.lot(record.lot)
        lot.records += 1
        self.take(lot, record.facility, "found", record.base)
        self.give(lot, record.facility, "usable", record.base)
        return None

    def recall(self, person: int, record_id: bytes, lot: bytes) -> bool:
        organisation = organisation_of(lot)
        self.role(person, organisation)
        if self.known("stock", "recall", record_id, (lot,)):
            return False
        self.own(record_id, organisation)
        self.lot(lot).records += 1
        record = self.add(Record(record_id, "stock", "recall", person, (lot,), lot))
        record.marks = [lot]
        for marked in record.marks:
            self.lots[marked].recalls += 1
            made = [one for one in self.lots.values() if one.source in self.lots[marked].made_into]
            record.marks += [one.id for one in made if not one.is_reversed and one.id not in record.marks]
        return True

    def recover(self, person: int, record_id: bytes, recall: bytes, lot: bytes, facility: bytes, quantity: int) -> bool:
        self.role(person, organisation_of(facility))
        record = self.start(person, "recovery", record_id, lot, facility, quantity, recall)
        if not record:
            return False
        opened = self.find("stock", recall, "recall")
        require(opened.state != "Closed", "RecallIsClosed", recall)
        require(lot in opened.marks, "LotNotRecalled", recall, lot)
        opened.standing += 1
        record.parent = recall
        self.carry_out(record)
        return True

    def close_recall(self, person: int, recall: bytes) -> bool:
        self.role(person, organisation_of(recall))
        known = self.records.get(("stock", recall))
        if known and known.kind == "recall" and known.second == person:
            return False
        record = self.find("stock", recall, "recall")
        require(record.state != "Closed", "RecallIsClosed", recall)
        record.state, record.second = "Closed", person
        return True

    def shelf(self, lot: bytes, facility: bytes) -> Shelf:
        return self.lots[lot].shelves[facility]
