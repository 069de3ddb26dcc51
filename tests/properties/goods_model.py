"""Needs, goods allocations, dispatches and corrections (R9-R11, R15) on top of the model of lots and stores."""

from typing import Any

from tests.properties.supply_figures import AMOUNT_MAX, Record, Refused, require
from tests.properties.supply_model import ADJUSTED, EXPLAINED, FOUND, LOST, MOVEMENTS, SupplyModel, organisation_of

NONE = bytes(32)
WITHOUT_REQUEST, OVER_COVERAGE = 1, 2
ALLOCATION_STATES = ["None", "Proposed", "Approved", "Cancelled", "Released"]


class GoodsModel(SupplyModel):
    """Everything that the parts of the ledger do with goods, consignments reduced to what they do with stock."""

    # Needs

    def publish(self, person: int, organisation: int, lines: list[tuple[Any, ...]]) -> bool:
        self.role(person, organisation)
        before = len(self.records)
        for index, (need, facility, item, quantity) in enumerate(lines):
            try:
                self.publish_one(person, organisation, need, facility, item, quantity)
            except Refused as refused:
                raise Refused("LineRefused", index, refused.args) from refused
        return len(self.records) > before

    def publish_one(
        self, person: int, organisation: int, need: bytes, facility: bytes, item: bytes, quantity: int
    ) -> None:
        if self.known("need", "need", need, (facility, item, quantity)):
            return
        self.own(need, organisation)
        require(quantity <= AMOUNT_MAX, "AmountOutOfRange", need, quantity)
        require(facility in self.facilities, "RecordUnknown", facility)
        require(item in self.items, "RecordUnknown", item)
        self.world(need, facility)
        self.world(need, item)
        record = Record(need, "need", "need", person, (facility, item, quantity), b"", facility, quantity, "Published")
        record.more = {"item": item, "allocated": 0, "stated": quantity}
        self.add(record)

    def approve_need(self, person: int, need: bytes, quantity: int) -> bool:
        self.role(person, organisation_of(need))
        if known := self.decided("need", need, person):
            require(known.more["stated"] == quantity, "RecordConflict", need)
            return False
        record = self.find("need", need, "need")
        require(record.state != "Approved", "NeedUnexpectedState", need, 2, 1)
        require(record.author != person, "SamePerson", need, person)
        fits = 0 < quantity <= record.base if record.base else quantity <= AMOUNT_MAX
        require(fits, "AmountOutOfRange", need, quantity)
        record.state, record.second, record.base = "Approved", person, quantity
        record.more["stated"] = quantity
        return True

    def decided(self, kind: str, record_id: bytes, person: int) -> Record | None:
        """The record, in effect or not, if it is of this kind and this person decided on it."""
        known = self.records.get(("need", record_id))
        return known if known and known.kind == kind and known.second == person else None

    def demand(self, facility: bytes, item: bytes) -> tuple[int, int]:
        """How many needs, and how much is allocated for them."""
        asked = [one for one in self.records.values() if one.kind == "need" and one.content[:2] == (facility, item)]
        return sum(not one.is_reversed for one in asked), sum(one.more["allocated"] for one in asked)

    # Goods allocations

    def propose(self, person: int, lines: list[tuple[Any, ...]]) -> bool:
        organisation = organisation_of(lines[0][2])
        self.role(person, organisation)
        before = len(self.records)
        for index, line in enumerate(lines):
            try:
                self.propose_one(person, organisation, *line)
            except Refused as refused:
                raise Refused("LineRefused", index, refused.args) from refused
        return len(self.records) > before

    def propose_one(
        self,
        person: int,
        organisation: int,
        new: bytes,
        lot_id: bytes,
        sender: bytes,
        to: bytes,
        need: bytes,
        place: bytes,
        quantity: int,
        reason: bool,
    ) -> None:
        content = (lot_id, sender, to, need, place, quantity, reason)
        if self.known("need", "allocation", new, content):
            return
        self.own(new, organisation)
        self.own(sender, organisation)
        self.amount(new, quantity)
        require(to in self.facilities, "RecordUnknown", to)
        self.world(new, to)
        self.world(new, lot_id)
        require(self.records.get(("supply", lot_id)) and lot_id in self.lots, "RecordUnknown", lot_id)
        lot = self.lot(lot_id)
        require(not lot.earmark[0] and place.startswith(lot.earmark[1]), "EarmarkBroken", lot_id, b"", place)
        if need == NONE:
            require(reason, "ReasonMissing", new)
        else:
            asked = self.find("need", need, "need")
            require(asked.facility == to, "WrongFacility", new, to, asked.facility)
            require(asked.more["item"] == lot.item, "ItemMismatch", new, lot.item, asked.more["item"])
            asked.standing += 1
        record = Record(new, "need", "allocation", person, content, lot_id, sender, quantity, "Proposed")
        record.more = {"to": to, "need": need, "reason": reason, "dispatched": 0, "flags": 0}
        self.add(record)

    def state(self, record: Record, wanted: str) -> None:
        states = [ALLOCATION_STATES.index(one) for one in (record.state, wanted)]
        require(record.state == wanted, "GoodsAllocationUnexpectedState", record.id, *states)

    def cover(self, record: Record, quantity: int) -> None:
        if record.more["need"] != NONE:
            self.records["need", record.more["need"]].more["allocated"] += quantity

    def approve(self, person: int, allocation: bytes) -> bool:
        self.role(person, organisation_of(allocation))
        known = self.decided("allocation", allocation, person)
        if known and known.state != "Cancelled":
            return False
        record = self.find("need", allocation, "allocation")
        self.state(record, "Proposed")
        require(record.author != person, "SamePerson", allocation, person)
        flags = self.flags(record)
        require(not flags & WITHOUT_REQUEST or record.more["reason"], "ReasonMissing", allocation)
        lot = self.sound(record.lot)
        shelf = lot.shelves[record.facility]
        free = shelf.available("usable")
        require(record.base <= free, "StockInsufficient", lot.id, record.facility, record.base, free)
        shelf.reserved += record.base
        self.cover(record, record.base)
        record.state, record.second, record.more["flags"] = "Approved", person, flags
        return True

    def flags(self, record: Record) -> int:
        if record.more["need"] == NONE:
            return WITHOUT_REQUEST
        need = self.find("need", record.more["need"], "need")
        _, allocated = self.demand(need.facility, need.more["item"])
        over = need.base and allocated + record.base > need.base
        return (need.state != "Approved") * WITHOUT_REQUEST + bool(over) * OVER_COVERAGE

    def cancel(self, person: int, allocation: bytes) -> bool:
        self.role(person, organisation_of(allocation))
        known = self.decided("allocation", allocation, person)
        if known and known.state == "Cancelled":
            return False
        record = self.find("need", allocation, "allocation")
        self.state(record, "Proposed")
        record.state, record.second = "Cancelled", person
        if record.more["need"] != NONE:
            self.records["need", record.more["need"]].standing -= 1
        return True

    def release(self, person: int, allocation: bytes) -> bool:
        self.role(person, organisation_of(allocation))
        known = self.records.get(("need", allocation))
        if known and known.state == "Released":
            return False
        record = self.find("need", allocation, "allocation")
        self.state(record, "Approved")
        left, record.state = self.remaining(record), "Released"
        self.free(record, left)
        return True

    def remaining(self, record: Record) -> int:
        """What is set aside; corrections may find that more went than the allocation is for."""
        stands = record.state == "Approved" and not record.is_reversed
        return max(0, record.base - record.more["dispatched"]) if stands else 0

    def coverage(self, record: Record) -> int:
        return int(record.more["dispatched"]) + self.remaining(record)

    def free(self, record: Record, quantity: int) -> None:
        self.cover(record, -quantity)
        shelf = self.shelf(record.lot, record.facility)
        shelf.reserved -= quantity
        covered = min(quantity, shelf.shortage)
        shelf.usable -= covered
        shelf.shortage -= covered

    # What consignments do with stock

    def dispatch(self, allocation: bytes, quantity: int) -> bool:
        record = self.find("need", allocation, "allocation")
        self.state(record, "Approved")
        left = self.remaining(record)
        require(quantity <= left, "AllocationExceeded", allocation, quantity, left)
        lot = self.sound(record.lot)
        record.more["dispatched"] += quantity
        shelf = lot.shelves[record.facility]
        shelf.reserved -= quantity
        shelf.usable -= quantity
        lot.flows["inTransit"] += quantity
        lot.dispatched += quantity
        return True

    def correct_dispatch(self, allocation: bytes, quantity: int) -> bool:
        """More went than was recorded: never refused, whatever became of allocation and lot since."""
        record = self.records["need", allocation]
        lot, shelf, before = self.lots[record.lot], self.shelf(record.lot, record.facility), self.coverage(record)
        shelf.reserved -= min(quantity, self.remaining(record))
        record.more["dispatched"] += quantity
        self.cover(record, self.coverage(record) - before)
        shelf.take_back("usable", quantity)
        lot.flows["inTransit"] += quantity
        lot.dispatched += quantity
        return True

    def void(self, allocation: bytes, quantity: int) -> bool:
        record = self.records["need", allocation]
        before = self.coverage(record)
        lot = self.lots[record.lot]
        self.take(lot, record.facility, "inTransit", quantity)
        lot.dispatched -= quantity
        shelf = lot.shelves[record.facility]
        shelf.usable += quantity
        shelf.reserved += quantity
        record.more["dispatched"] -= quantity
        self.free(record, before - self.coverage(record))
        return True

    def arrive(self, lot_id: bytes, facility: bytes, good: int, damaged: int, lost: int) -> bool:
        lot = self.lots[lot_id]
        self.take(lot, facility, "inTransit", good + damaged + lost)
        self.give(lot, facility, "usable", good)
        self.give(lot, facility, "quarantined", damaged)
        lot.flows["lost"] += lost
        return True

    def unarrive(self, lot_id: bytes, facility: bytes, good: int, damaged: int, lost: int) -> bool:
        lot = self.lots[lot_id]
        lot.shelves[facility].take_back("usable", good)
        lot.shelves[facility].take_back("quarantined", damaged)
        self.take(lot, facility, "lost", lost)
        lot.flows["inTransit"] += good + damaged + lost
        return True

    # Corrections

    def reverse(self, part: str, target: bytes) -> bool:
        record = self.records.get((part, target))
        require(record and not record.is_reversed, "RecordUnknown", target)
        dependents = self.dependents(record)
        require(dependents == 0, "HasDependents", target, dependents)
        if record.kind == "adjustment":
            self.unadjust(record, self.records[part, record.parent])
            self.records[part, record.parent].standing -= 1
            if record.parent in self.lots and part == "supply":
                self.lots[record.parent].records -= 1
        else:
            getattr(self, f"undo_{record.kind}", self.undo_movement)(record)
        record.is_reversed = True
        return True

    def dependents(self, record: Record) -> int:
        if record.kind == "lot":
            return self.lots[record.id].dependents
        if record.kind == "allocation":
            return int(record.more["dispatched"] > 0)
        return record.standing

    def undo_donation(self, record: Record) -> None:
        """Its lots are gone before it."""

    def undo_lot(self, record: Record) -> None:
        lot = self.lots[record.id]
        require(lot.origin != FOUND, "NotCorrectable", lot.id)
        self.post(lot, -lot.flows[lot.origin_flow])
        self.records["supply", lot.source].standing -= 1
        lot.is_reversed = True

    def undo_transformation(self, record: Record) -> None:
        facility, inputs, _ = record.content
        for lot_id, quantity in inputs:
            lot = self.lots[lot_id]
            lot.records -= 1
            self.back(lot, facility, "transformedOut", "usable", quantity)

    def undo_movement(self, record: Record) -> None:
        if record.state == "Proposed":
            return
        _, where, to = MOVEMENTS[record.kind]
        lot = self.lots[record.lot]
        lot.records -= 1
        if record.parent:
            self.records["stock", record.parent].standing -= 1
        self.back(lot, record.facility, to, where, record.base)

    def undo_loss_reversal(self, record: Record) -> None:
        loss = self.records["stock", record.parent]
        loss.reversed_quantity -= record.base
        loss.standing -= 1
        self.back(self.lots[record.lot], record.facility, "usable", MOVEMENTS[loss.kind][2], record.base)
        self.open(LOST, loss.id, loss.base - loss.reversed_quantity)

    def undo_count(self, record: Record) -> None:
        self.lots[record.lot].records -= 1

    def undo_find(self, record: Record) -> None:
        if record.state == "Proposed":
            return
        lot = self.lots[record.lot]
        if lot.source != record.id:
            lot.records -= 1
            self.back(lot, record.facility, "usable", "found", record.base)
            return
        require(lot.dependents == 0, "HasDependents", lot.id, lot.dependents)
        self.post(lot, -lot.flows["found"])
        lot.is_reversed = self.records["supply", lot.id].is_reversed = True

    def undo_recall(self, record: Record) -> None:
        for lot_id in record.marks:
            self.lots[lot_id].recalls -= 1
        self.lots[record.lot].records -= 1

    def undo_need(self, record: Record) -> None:
        """It is counted no longer, as it is out of effect."""

    def undo_allocation(self, record: Record) -> None:
        if record.state == "Approved":
            self.free(record, record.base)
        if record.more["need"] != NONE and record.state != "Cancelled":
            self.records["need", record.more["need"]].standing -= 1

    def adjust(self, part: str, target: bytes, new: bytes, delta: int) -> bool:
        if self.known(part, "adjustment", new, (target, delta)):
            self.find(part, new)
            return False
        self.own(new, organisation_of(target))
        record = self.find(part, target)
        require(delta and record.kind != "adjustment", "NotCorrectable", target)
        self.adjust_by(record, delta)
        if record.kind in EXPLAINED and delta > 0:
            self.open(EXPLAINED[record.kind], new, delta)
        record.standing += 1
        if record.kind == "lot":
            self.lots[target].records += 1
        self.add(Record(new, part, "adjustment", 0, (target, delta), base=delta, state=record.state, parent=target))
        return True

    def adjust_by(self, record: Record, delta: int) -> None:
        if record.kind == "lot":
            lot = self.lots[record.id]
            require(lot.origin != FOUND, "NotCorrectable", lot.id)
            self.in_range(lot.id, lot.flows[lot.origin_flow] + delta)
            self.post(lot, delta)
            return
        is_movement = record.kind in ADJUSTED and record.state != "Proposed"
        require(is_movement or record.kind == "need", "NotCorrectable", record.id)
        self.in_range(record.id, record.base + delta)
        require(record.base + delta >= record.reversed_quantity, "HasDependents", record.id, record.standing)
        record.base += delta
        if record.kind != "need":
            _, where, to = MOVEMENTS[record.kind]
            ends = (where, to) if delta > 0 else (to, where)
            self.back(self.lots[record.lot], record.facility, *ends, abs(delta))

    def unadjust(self, adjustment: Record, record: Record) -> None:
        """The same the other way; but what was approved of a need stands, and a number not given is not given again."""
        if record.kind == "need" and adjustment.state != record.state:
            return
        if record.kind == "need" and record.base == adjustment.base and record.more["stated"] == 0:
            record.base = 0
            return
        self.adjust_by(record, -adjustment.base)

    def in_range(self, record_id: bytes, result: int) -> None:
        require(1 <= result <= AMOUNT_MAX, "AmountOutOfRange", record_id, max(0, result))
