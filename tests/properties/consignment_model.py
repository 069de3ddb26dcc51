"""The rules of consignments (R11, R15, R17) in plain Python: what is refused, with which error, and what is recorded.

A refused action raises `Refused` and changes nothing; an action recorded before returns False. What a step opens is told by
the model of discrepancies.
"""

import copy

from tests.properties.consignment_figures import (
    DAMAGED,
    GOOD,
    LOST,
    NONE,
    OVER,
    RECEIVED,
    REVERSED,
    VOIDED,
    Consignment,
    Record,
    Refused,
    organisation_of,
    over_lot_id,
    require,
)
from tests.properties.discrepancy_model import OVERDUE, SHORTAGE
from tests.properties.facility_model import FacilityModel

AMOUNT_MAX = 2**53 - 1
LINES_MAX = 75
KINDS = {DAMAGED: 0, LOST: 1, OVER: 2}


class ConsignmentModel(FacilityModel):
    """`homes` is the organisation in which each person holds every role; facilities are known, `exercises` are fictional."""

    def __init__(self, homes: dict[int, int], facilities: set[bytes], exercises: set[int], now: int) -> None:
        super().__init__()
        self.homes, self.facilities, self.exercises, self.now = homes, facilities, exercises, now

    def attempt(self, action: str, *arguments: object) -> bool:
        """Does it whole or not at all. False: it was recorded before."""
        before = copy.deepcopy(self.__dict__)
        self.opening = []
        try:
            return getattr(self, action)(*arguments) is not False
        except Refused:
            self.__dict__ = before
            self.opening = []
            raise

    # Rules that many actions share

    def role(self, person: int, organisation: int) -> None:
        require(self.homes.get(person) == organisation, "MissingRole")

    def seen(self, record_id: bytes, kind: str, content: tuple) -> bool:
        known = self.records.get(record_id)
        require(known is None or (known.kind, known.content) == (kind, content), "RecordConflict", record_id)
        return known is not None

    def own(self, record_id: bytes, organisation: int) -> None:
        require(organisation_of(record_id) == organisation, "ForeignRecordId", record_id, organisation)

    def consignment(self, consignment: bytes) -> Consignment:
        require(consignment in self.consignments, "RecordUnknown", consignment)
        return self.consignments[consignment]

    def in_effect(self, consignment: bytes) -> None:
        ended = self.records[consignment].ended
        require(not ended, "ConsignmentUnexpectedState", consignment, ended)

    # On the way

    def dispatch(
        self, who: int, new: bytes, origin: bytes, to: bytes, carrier: int, due: int, return_of: bytes, lines: list
    ) -> object:
        self.role(who, organisation_of(origin))
        if self.seen(new, "dispatch", (origin, to, carrier, due, return_of, tuple(lines))):
            return False
        self.own(new, organisation_of(origin))
        for facility in (origin, to):
            require(facility in self.facilities, "RecordUnknown", facility)
        fictional = [organisation_of(facility) in self.exercises for facility in (origin, to)]
        require(fictional[0] == fictional[1], "ExerciseMixed", new, to)
        require(carrier == 0 or carrier in self.homes, "PersonUnknown", carrier)
        if return_of != NONE:
            original = self.consignment(return_of)
            self.in_effect(return_of)
            require((original.origin, original.to) == (to, origin), "ReturnMismatch", new, return_of)
        require(0 < len(lines) <= LINES_MAX, "BatchSizeOutOfRange", len(lines), LINES_MAX)
        self.records[new] = Record(new, "dispatch", new, (origin, to, carrier, due, return_of, tuple(lines)), who)
        self.consignments[new] = Consignment(new, origin, to, carrier, due, return_of, [], who)
        for number, (lot, quantity, allocation) in enumerate(lines):
            require(0 < quantity <= AMOUNT_MAX, "AmountOutOfRange", new, quantity)
            require(return_of != NONE or allocation != NONE, "AllocationRequired", new, number)
            require(return_of == NONE or allocation == NONE, "AllocationInReturn", new, number)
            self.require_loadable(self.consignments[new], number, lot, allocation, quantity)
            self.consignments[new].lines.append((lot, quantity, allocation))
            self.leave(self.consignments[new], lot, quantity)
        return None

    def require_loadable(self, one: Consignment, line_no: int, lot: bytes, allocation: bytes, quantity: int) -> None:
        stock = self.stock(lot, one.origin)
        if one.return_of != NONE:
            free = self.returnable(one.return_of, lot)
            require(quantity <= free, "ReturnExceedsReceipt", one.id, line_no, quantity, free)
            free = stock.usable - stock.reserved
            require(quantity <= free, "StockInsufficient", lot, one.origin, quantity, free)
            return
        known = self.allocations.get(allocation)
        require(known is not None, "RecordUnknown", allocation)
        require(not known.is_released, "GoodsAllocationUnexpectedState", allocation, 4, 2)
        require(lot == known.lot, "LotMismatch", allocation, lot, known.lot)
        require(one.origin == known.origin, "WrongFacility", allocation, one.origin, known.origin)
        require(one.to == known.to, "WrongFacility", allocation, one.to, known.to)
        left = self.remaining(allocation)
        require(quantity <= left, "AllocationExceeded", allocation, quantity, left)

    def leave(self, one: Consignment, lot: bytes, quantity: int) -> None:
        stock = self.stock(lot, one.origin)
        stock.usable -= quantity
        if one.return_of == NONE:
            stock.reserved -= quantity

    def come_back(self, one: Consignment, line_no: int, quantity: int, back: int = 0) -> None:
        """`back`: what of its allocation came back before in this step."""
        lot, _, allocation = one.lines[line_no]
        stock = self.stock(lot, one.origin)
        if one.return_of != NONE:
            return stock.give(quantity)
        known = self.allocations[allocation]
        beyond = self.gone(allocation) - back - known.quantity
        freed = quantity if known.is_released else min(quantity, max(0, beyond))
        stock.usable += quantity
        stock.reserved += quantity - freed
        return stock.cover_from_usable(freed)

    def custody(self, who: int, new: bytes, consignment: bytes) -> object:
        one = self.consignment(consignment)
        organisation = organisation_of(consignment if one.carrier else one.to)
        self.role(who, organisation)
        if self.seen(new, "custody", (consignment,)):
            return False
        self.own(new, organisation)
        self.in_effect(consignment)
        require(self.is_open(consignment), "ConsignmentUnexpectedState", consignment, RECEIVED)
        first = not self.live("custody", consignment)
        if not one.carrier:
            require(who != one.dispatcher, "SamePerson", consignment, who)
        elif first:
            require(who == one.carrier, "NotCarrier", consignment, who, one.carrier)
        require(first or who != self.possessor(consignment), "SamePerson", consignment, who)
        self.records[new] = Record(new, "custody", consignment, (consignment,), who)
        return None

    def receive(self, who: int, new: bytes, consignment: bytes, is_final: bool, lines: list) -> object:
        one = self.consignment(consignment)
        self.role(who, organisation_of(one.to))
        content = (consignment, is_final, tuple(lines))
        if self.seen(new, "receipt", content):
            return False
        self.own(new, organisation_of(one.to))
        require(who != one.dispatcher, "SamePerson", consignment, who)
        self.in_effect(consignment)
        require(bool(lines), "ReceiptEmpty", new)
        receipt = Record(new, "receipt", consignment, content, who, is_final=is_final)
        self.records[new] = receipt
        one.receiver = who
        for line_no, *counts in lines:
            require(any(counts), "ReceiptEmpty", new)
            require(line_no < len(one.lines), "LineUnknown", consignment, line_no)
            require(line_no not in receipt.counts, "LineRepeated", new, line_no)
            self.require_outstanding(consignment, line_no, sum(counts[:OVER]))
            total = self.sums(consignment, line_no)[OVER] + counts[OVER]
            require(total <= AMOUNT_MAX, "AmountOutOfRange", new, total)
            receipt.counts[line_no] = counts
            for column, quantity in enumerate(counts):
                self.arrive(new, one, line_no, column, quantity)
            for column in (DAMAGED, LOST, OVER):
                self.open(KINDS[column], organisation_of(consignment), new, line_no, counts[column])
        for line_no in range(len(one.lines) if is_final else 0):
            self.open_outstanding(consignment, line_no)
        return None

    def require_outstanding(self, consignment: bytes, line_no: int, quantity: int) -> None:
        outstanding = self.outstanding(consignment, line_no)
        require(quantity <= outstanding, "ReceiptExceedsDispatch", consignment, line_no, quantity, outstanding)

    def arrive(self, stated_in: bytes, one: Consignment, line_no: int, column: int, quantity: int) -> None:
        if column in (GOOD, DAMAGED):
            self.stock(one.lines[line_no][0], one.to).give(quantity, column == DAMAGED)
        elif column == OVER and quantity:
            lot = over_lot_id(stated_in, line_no)
            self.over_lots[lot] = quantity
            self.stock(lot, one.to).give(quantity, True)

    def void(self, who: int, consignment: bytes, why: bytes) -> object:
        one = self.consignment(consignment)
        self.role(who, organisation_of(consignment))
        record = self.records[consignment]
        if record.ended == VOIDED:
            require(record.target == why, "RecordConflict", consignment)
            return False
        state = self.state(consignment)
        require(state == 1, "ConsignmentUnexpectedState", consignment, state)
        self.end_dispatch(one, VOIDED)
        record.target = why
        return None

    def end_dispatch(self, one: Consignment, ended: int) -> None:
        dependents = self.dependents(one.id)
        require(dependents == 0, "HasDependents", one.id, dependents)
        back: dict[bytes, int] = {}
        for number, (_, _, allocation) in enumerate(one.lines):
            quantity = self.dispatched(one.id, number)
            self.come_back(one, number, quantity, back.get(allocation, 0))
            back[allocation] = back.get(allocation, 0) + quantity
        self.records[one.id].ended = ended

    def overdue(self, who: int, consignment: bytes) -> object:
        one = self.consignment(consignment)
        require(who in self.homes, "AccountUnknown")
        fictional = [organisation in self.exercises for organisation in (organisation_of(consignment), self.homes[who])]
        require(
            fictional[0] == fictional[1], "ExerciseMixed", consignment, self.homes[who].to_bytes(4, "big") + bytes(28)
        )
        if one.is_overdue_noted:
            return False
        self.in_effect(consignment)
        late = 0 < one.due < self.now and self.is_open(consignment)
        require(late, "NotOverdue", consignment, one.due)
        one.is_overdue_noted = True
        for number in range(len(one.lines)):
            self.open(OVERDUE, organisation_of(consignment), consignment, number, self.outstanding(consignment, number))
        return None

    def write_off(self, key: bytes, consignment: bytes, line_no: int, agreed: int) -> None:
        one = self.consignment(consignment)
        self.in_effect(consignment)
        require(line_no < len(one.lines), "LineUnknown", consignment, line_no)
        known = self.records.get(key)
        require(known is None or known.kind == "write_off", "RecordConflict", key)
        outstanding = self.outstanding(consignment, line_no)
        require(outstanding > 0, "NothingOutstanding", consignment, line_no)
        if known is None or known.ended:
            self.records[key] = Record(key, "write_off", consignment, (), 0, line_no=line_no)
        self.records[key].delta += min(agreed, outstanding)
        self.open_outstanding(consignment, line_no)

    # Corrections

    def reverse(self, record_id: bytes) -> None:
        record = self.records.get(record_id)
        require(record is not None and not record.ended, "RecordUnknown", record_id)
        one = self.consignments[record.consignment]
        if record.kind == "dispatch":
            return self.end_dispatch(one, REVERSED)
        if record.kind == "custody":
            later = self.live("custody", one.id)
            left = len(later) - 1 - later.index(record)
            require(left == 0, "HasDependents", record_id, left)
        elif record.kind == "receipt":
            standing = len(self.adjustments(record_id))
            require(standing == 0, "HasDependents", record_id, standing)
        elif record.kind == "adjustment" and record.target == one.id:
            self.change_dispatched(one, record, -record.delta)
        elif record.kind == "adjustment":
            self.reverse_adjustment(one, record)
        record.ended = REVERSED
        if record.kind == "receipt":
            self.reverse_receipt(one, record)
        elif record.kind == "write_off":
            self.open_outstanding(one.id, record.line_no)
        elif record.kind == "adjustment" and (record.field != OVER or record.target == one.id):
            self.open_outstanding_if_grown(one, record, -record.delta)
        return None

    def reverse_receipt(self, one: Consignment, receipt: Record) -> None:
        if not self.live("receipt", one.id):
            one.receiver = 0
        is_reopened = receipt.is_final and not self.is_final(one.id)
        for line_no in range(len(one.lines)):
            good, damaged, lost, over = receipt.counts.get(line_no, [0, 0, 0, 0])
            stock = self.stock(one.lines[line_no][0], one.to)
            shortage = stock.take_back(good) + stock.take_back(damaged, True)
            if over:
                shortage += self.take_over(over_lot_id(receipt.id, line_no), one, over)
            self.open(SHORTAGE, organisation_of(one.to), receipt.id, line_no, shortage)
            if is_reopened or good or damaged or lost:
                self.open_outstanding(one.id, line_no)

    def take_over(self, lot: bytes, one: Consignment, quantity: int) -> int:
        self.over_lots[lot] -= quantity
        return self.stock(lot, one.to).take_back(quantity, True)

    def reverse_adjustment(self, one: Consignment, record: Record) -> None:
        if record.field != OVER:
            return self.change_count(one, record, -record.delta)
        if record.delta > 0:
            shortage = self.take_over(over_lot_id(record.id, record.line_no), one, record.delta)
            return self.open(SHORTAGE, organisation_of(one.to), record.id, record.line_no, shortage)
        lot = over_lot_id(record.target, record.line_no)
        self.over_lots[lot] -= record.delta
        self.stock(lot, one.to).give(-record.delta, True)
        return None

    def adjust(self, record_id: bytes, new: bytes, line_no: int, column: int, delta: int) -> object:
        if self.seen(new, "adjustment", (record_id, line_no, column, delta)):
            require(not self.records[new].ended, "RecordUnknown", new)
            return False
        self.own(new, organisation_of(record_id))
        record = self.records.get(record_id)
        require(record is not None and not record.ended, "RecordUnknown", record_id)
        limit = {"receipt": OVER, "dispatch": 0}.get(record.kind, -1)
        require(column <= limit, "NotCorrectable", record_id)
        require(0 < abs(delta) <= AMOUNT_MAX, "AmountOutOfRange", new, abs(delta))
        one = self.consignments[record.consignment]
        require(line_no < len(one.lines), "LineUnknown", one.id, line_no)
        content = (record_id, line_no, column, delta)
        made = Record(
            new, "adjustment", one.id, content, 0, target=record_id, line_no=line_no, field=column, delta=delta
        )
        if record.kind == "dispatch":
            self.change_dispatched(one, made, delta)
        elif column == OVER:
            self.change_over(one, made)
        else:
            self.change_count(one, made, delta)
        self.records[new] = made
        if column != OVER:
            self.open_outstanding_if_grown(one, made, delta)
        return None

    def open_outstanding_if_grown(self, one: Consignment, made: Record, delta: int) -> None:
        of_dispatch = made.target == one.id
        if (delta > 0) == of_dispatch:
            self.open_outstanding(one.id, made.line_no)

    def change_dispatched(self, one: Consignment, made: Record, delta: int) -> None:
        """More than was recorded is never refused for what became of allocation, lot and stock since."""
        line_no = made.line_no
        lot, _, allocation = one.lines[line_no]
        if delta < 0:
            self.require_outstanding(one.id, line_no, -delta)
            return self.come_back(one, line_no, -delta)
        stock = self.stock(lot, one.origin)
        if one.return_of == NONE:
            stock.reserved -= min(delta, self.remaining(allocation))
        else:
            free = self.returnable(one.return_of, lot)
            require(delta <= free, "ReturnExceedsReceipt", one.id, line_no, delta, free)
        return self.open(SHORTAGE, organisation_of(one.id), made.id, line_no, stock.take_back(delta))

    def change_count(self, one: Consignment, made: Record, delta: int) -> None:
        if delta > 0:
            self.require_outstanding(one.id, made.line_no, delta)
            self.arrive(made.id, one, made.line_no, made.field, delta)
            if made.field != GOOD:
                self.open(KINDS[made.field], organisation_of(one.id), made.id, made.line_no, delta)
            return
        current = self.stated(made.target, made.line_no)[made.field]
        require(-delta <= current, "AdjustmentBelowZero", made.target, made.line_no, delta, current)
        if made.field != LOST:
            shortage = self.stock(one.lines[made.line_no][0], one.to).take_back(-delta, made.field == DAMAGED)
            self.open(SHORTAGE, organisation_of(one.to), made.id, made.line_no, shortage)

    def change_over(self, one: Consignment, made: Record) -> None:
        if made.delta > 0:
            total = self.sums(one.id, made.line_no)[OVER] + made.delta
            require(total <= AMOUNT_MAX, "AmountOutOfRange", made.id, total)
            self.arrive(made.id, one, made.line_no, OVER, made.delta)
            return self.open(KINDS[OVER], organisation_of(one.id), made.id, made.line_no, made.delta)
        lot = over_lot_id(made.target, made.line_no)
        current = self.over_lots.get(lot, 0)
        require(-made.delta <= current, "AdjustmentBelowZero", made.target, made.line_no, made.delta, current)
        shortage = self.take_over(lot, one, -made.delta)
        return self.open(SHORTAGE, organisation_of(one.to), made.id, made.line_no, shortage)
