"""The money rules (R1-R5, R15-R17) in plain Python: what is refused, with which error, and what is recorded.

A refused action raises `Refused` and changes nothing; an action recorded before returns False.
"""

import copy

from tests.properties.fund_figures import NONE, Earmark, FundFigures, Record
from tests.properties.fund_rules import AMOUNT_MAX, Refused, lies_within, organisation_of, require


class FundModel(FundFigures):
    """`roles` are the organisations that each person holds every role in."""

    CORRECTABLE = ("donation", "pledge", "commitment", "income", "refund", "expenditure", "supplier_refund")

    def __init__(self, roles: dict[int, set[int]], exercises: set[int]) -> None:
        super().__init__()
        self.roles = roles
        self.exercises = exercises

    def attempt(self, action: str, *arguments: object) -> bool:
        """Does it whole or not at all. False: it was recorded before."""
        before = copy.deepcopy(self.records)
        try:
            return getattr(self, action)(*arguments) is not False
        except Refused:
            self.records = before
            raise

    # Rules that many actions share

    def role(self, person: int, organisation: int) -> None:
        require(organisation in self.roles[person], "MissingRole", organisation)

    def find(self, record_id: bytes, *kinds: str) -> Record:
        record = self.records.get(record_id)
        require(record is not None and not record.is_reversed and record.kind in kinds, "RecordUnknown", record_id)
        return record

    def add(self, new: Record, organisation: int, amount: int | None) -> bool:
        """False when it is here with the same content."""
        known = self.records.get(new.id)
        if known:
            same = (known.kind, known.content) == (new.kind, new.content)
            require(same, "RecordConflict", new.id)
            return False
        require(organisation_of(new.id) == organisation, "ForeignRecordId", new.id, organisation)
        require(amount is None or 0 < amount <= AMOUNT_MAX, "AmountOutOfRange", new.id, amount)
        new.base = amount or 0
        return True

    def put(self, new: Record) -> None:
        self.records[new.id] = new
        self.bound(new.id, new.fund, new.other if new.kind == "conversion" else NONE)

    def keep(self, new: Record | None) -> bool:
        if new:
            self.put(new)
        return new is not None

    def bound(self, record_id: bytes, *funds: bytes) -> None:
        """What came into a fund, with its deficit, is at most 2^53-1; so is what was promised or paid on a promise."""
        parent = self.records.get(self.root(record_id).parent)
        if parent and parent.kind in ("pledge", "commitment"):
            require(self.reduced(parent) <= AMOUNT_MAX, "AmountOutOfRange", parent.id, self.reduced(parent))
        for fund in filter(None, funds):
            totals = self.totals(fund)
            left = sum(totals[name] for name in ("received", "transfersIn", "interest", "saleProceeds", "deficit"))
            require(left <= AMOUNT_MAX, "AmountOutOfRange", record_id, left)

    def state(self, record: Record, wanted: str) -> None:
        error = f"{record.kind.capitalize()}UnexpectedState"
        require(record.state == wanted, error, record.id, record.state, wanted)

    def other_person(self, record: Record, person: int) -> None:
        require(person != record.author, "SamePerson", record.id, person)

    def redesignation_for(self, new: Record, ends: Earmark, outer: Earmark, cited: bytes) -> bytes:
        if lies_within(ends, outer):
            return NONE
        record = self.records.get(cited)
        covers = record and not record.is_reversed and (record.kind, record.fund) == ("redesignation", new.fund)
        require(bool(covers) and lies_within(ends, record.earmark), "EarmarkBroken", new.fund, *ends)
        self.state(record, "Approved")
        left = self.open_amount(record)
        require(new.base <= left, "RedesignationExceeded", cited, new.base, left)
        return cited

    # Money in

    def open_fund(self, person: int, fund: bytes, currency: bytes, ends: Earmark) -> bool:
        self.role(person, organisation_of(fund))
        new = Record(fund, "fund", fund, person, (currency, ends), earmark=ends, currency=currency)
        if not self.add(new, organisation_of(fund), None):
            return False
        require(currency.isalpha() and currency.isupper(), "CurrencyMalformed", fund, currency)
        self.records[fund] = new
        return True

    def incoming(
        self, person: int, record_id: bytes, kind: str, fund: bytes, amount: int, content: tuple
    ) -> Record | None:
        self.role(person, organisation_of(fund))
        new = Record(record_id, kind, fund, person, (fund, *content, amount))
        if not self.add(new, organisation_of(fund), amount):
            return None
        self.find(fund, "fund")
        return new

    def pledge(self, person: int, pledge: bytes, fund: bytes, amount: int) -> bool:
        return self.keep(self.incoming(person, pledge, "pledge", fund, amount, ()))

    def commit(self, person: int, commitment: bytes, fund: bytes, amount: int, pledge: bytes) -> bool:
        new = self.incoming(person, commitment, "commitment", fund, amount, (pledge,))
        if new is None:
            return False
        if pledge:
            require(self.find(pledge, "pledge").fund == fund, "RecordUnknown", pledge)
            new.parent = pledge
        self.put(new)
        return True

    def donate(self, person: int, fund: bytes, lines: list[tuple[bytes, int]]) -> bool:
        self.role(person, organisation_of(fund))
        require(0 < len(lines) <= 400, "BatchSizeOutOfRange", len(lines), 400)
        before = len(self.records)
        for index, (donation, amount) in enumerate(lines):
            new, known = Record(donation, "donation", fund, person, (fund, NONE, amount)), self.records.get(donation)
            if known is None or (known.kind, known.content) != (new.kind, new.content):
                self.find(fund, "fund")
            try:
                if self.add(new, organisation_of(fund), amount):
                    self.put(new)
            except Refused as refused:
                raise Refused("LineRefused", index, refused.args) from refused
        return len(self.records) > before

    def pay(self, person: int, fund: bytes, donation: bytes, amount: int, promised: bytes) -> bool:
        new = self.incoming(person, donation, "donation", fund, amount, (promised,))
        if new is None:
            return False
        require(self.find(promised, "pledge", "commitment").fund == fund, "RecordUnknown", promised)
        new.parent = promised
        self.put(new)
        return True

    def earn(self, person: int, income: bytes, fund: bytes, amount: int) -> bool:
        return self.keep(self.incoming(person, income, "income", fund, amount, (0,)))

    def refund(self, person: int, refund: bytes, donation: bytes, amount: int) -> bool:
        self.role(person, organisation_of(donation))
        new = Record(refund, "refund", NONE, person, (donation, amount), parent=donation)
        if not self.add(new, organisation_of(donation), amount):
            return False
        record = self.find(donation, "donation")
        self.other_person(record, person)
        left = self.open_amount(record)
        require(amount <= left, "RefundExceedsDonation", donation, amount, left)
        new.fund = record.fund
        return self.take(new, amount)

    def take(self, new: Record, amount: int) -> bool:
        free = self.totals(new.fund)["unallocated"]
        require(amount <= free, "FundInsufficient", new.fund, amount, free)
        self.put(new)
        return True

    def convert(
        self,
        person: int,
        conversion: bytes,
        source: bytes,
        target: bytes,
        amount: int,
        to_amount: int,
        rate: tuple[int, bytes, bytes],
    ) -> bool:
        """`rate` is its day, where it was published, and the evidence."""
        self.role(person, organisation_of(source))
        content = (source, target, amount, to_amount, rate)
        new = Record(conversion, "conversion", source, person, content, other=target, to_amount=to_amount)
        if not self.add(new, organisation_of(source), amount):
            return False
        one = self.find(source, "fund")
        require(0 < to_amount <= AMOUNT_MAX, "AmountOutOfRange", conversion, to_amount)
        day, published, evidence = rate
        require(day != 0, "DateImpossible", conversion, day)
        require(any(published) and any(evidence), "ConversionUnproven", conversion, published, evidence)
        two = self.find(target, "fund")
        organisation = organisation_of(source)
        require(organisation_of(target) == organisation, "ForeignRecordId", target, organisation)
        require(one.currency != two.currency, "CurrencyUnchanged", target, two.currency)
        require(lies_within(two.earmark, one.earmark), "EarmarkBroken", source, *two.earmark)
        return self.take(new, amount)

    # Money to its end

    def propose_redesignation(self, person: int, redesignation: bytes, fund: bytes, amount: int, ends: Earmark) -> bool:
        new = self.incoming(person, redesignation, "redesignation", fund, amount, (ends,))
        if new is None:
            return False
        kept = all(code or not own for code, own in zip(ends, self.records[fund].earmark, strict=True))
        require(kept, "EarmarkBroken", fund, *ends)
        new.earmark, new.state = ends, "Proposed"
        self.put(new)
        return True

    def approve_redesignation(self, person: int, redesignation: bytes) -> bool:
        self.role(person, organisation_of(redesignation))
        if self.did(redesignation, "Approved", person):
            return False
        record = self.find(redesignation, "redesignation")
        self.state(record, "Proposed")
        self.other_person(record, person)
        record.state, record.decided_by["Approved"] = "Approved", person
        return True

    def did(self, record_id: bytes, decision: str, person: int) -> bool:
        return record_id in self.records and self.records[record_id].decided_by.get(decision) == person

    def propose(self, person: int, allocation: bytes, fund: bytes, amount: int, ends: Earmark, cited: bytes) -> bool:
        new = self.incoming(person, allocation, "allocation", fund, amount, (ends, cited))
        if new is None:
            return False
        new.earmark, new.state = ends, "Proposed"
        new.redesignation = self.redesignation_for(new, ends, self.records[fund].earmark, cited)
        self.put(new)
        return True

    def approve(self, person: int, allocation: bytes) -> bool:
        self.role(person, organisation_of(allocation))
        if self.did(allocation, "Approved", person):
            return False
        record = self.find(allocation, "allocation")
        self.state(record, "Proposed")
        self.other_person(record, person)
        free = self.totals(record.fund)["unallocated"]
        require(record.base <= free, "FundOverallocated", record.fund, record.base, free)
        if record.redesignation:
            left = self.open_amount(self.records[record.redesignation])
            require(record.base <= left, "RedesignationExceeded", record.redesignation, record.base, left)
        record.state, record.decided_by["Approved"] = "Approved", person
        return True

    def cancel(self, person: int, allocation: bytes) -> bool:
        return self.end(person, allocation, "Proposed", "Cancelled")

    def close(self, person: int, allocation: bytes) -> bool:
        return self.end(person, allocation, "Approved", "Closed")

    def end(self, person: int, allocation: bytes, wanted: str, state: str) -> bool:
        self.role(person, organisation_of(allocation))
        if self.did(allocation, state, person):
            return False
        record = self.find(allocation, "allocation")
        self.state(record, wanted)
        record.state, record.decided_by[state] = state, person
        return True

    def outgoing(
        self, person: int, record_id: bytes, kind: str, allocation: bytes, amount: int, content: tuple
    ) -> Record | None:
        self.role(person, organisation_of(allocation))
        new = Record(record_id, kind, NONE, person, (allocation, *content, amount), parent=allocation)
        if not self.add(new, organisation_of(allocation), amount):
            return None
        record = self.find(allocation, "allocation")
        self.state(record, "Approved")
        left = self.unspent(record)
        require(amount <= left, "AllocationExceeded", allocation, amount, left)
        new.fund = record.fund
        return new

    def give_back(self, person: int, returned: bytes, allocation: bytes, amount: int) -> bool:
        return self.keep(self.outgoing(person, returned, "return", allocation, amount, ()))

    def spend(self, person: int, expenditure: bytes, allocation: bytes, kind: int, amount: int) -> bool:
        return self.keep(self.outgoing(person, expenditure, "expenditure", allocation, amount, (kind,)))

    def deliver(self, expenditure: bytes, lot: bytes, cost: int) -> bool:
        record = self.find(expenditure, "expenditure")
        require(record.content[1] == 0, "RecordUnknown", expenditure)
        prepaid = max(0, self.cost(record) - sum(record.lots.values()))
        require(cost <= prepaid, "ExpenditureExceeded", expenditure, cost, prepaid)
        record.lots[lot] = cost
        return True

    def undeliver(self, expenditure: bytes, lot: bytes) -> bool:
        del self.records[expenditure].lots[lot]
        return True

    def supplier_refund(self, person: int, refund: bytes, expenditure: bytes, amount: int) -> bool:
        self.role(person, organisation_of(expenditure))
        new = Record(refund, "supplier_refund", NONE, person, (expenditure, amount), parent=expenditure)
        if not self.add(new, organisation_of(expenditure), amount):
            return False
        record = self.find(expenditure, "expenditure")
        left = self.open_amount(record)
        require(amount <= left, "ExpenditureExceeded", expenditure, amount, left)
        new.fund = record.fund
        self.put(new)
        return True

    def disburse(
        self, person: int, disbursement: bytes, allocation: bytes, child: bytes, amount: int, cited: bytes
    ) -> bool:
        new = self.outgoing(person, disbursement, "disbursement", allocation, amount, (child, cited))
        if new is None:
            return False
        target, organisation = self.find(child, "fund"), organisation_of(allocation)
        require(organisation_of(child) != organisation, "SameOrganisation", disbursement, organisation)
        same_world = (organisation in self.exercises) == (organisation_of(child) in self.exercises)
        require(same_world, "ExerciseMixed", disbursement, child)
        currency = self.records[new.fund].currency
        require(target.currency == currency, "CurrencyMismatch", child, target.currency, currency)
        outer = self.records[allocation].earmark
        new.redesignation = self.redesignation_for(new, target.earmark, outer, cited)
        new.other, new.state = child, "Sent"
        self.put(new)
        return True

    def answer(self, person: int, disbursement: bytes) -> Record:
        record = self.records.get(disbursement)
        require(record is not None and record.kind == "disbursement", "RecordUnknown", disbursement)
        self.role(person, organisation_of(record.other))
        return record

    def acknowledge(self, person: int, disbursement: bytes) -> bool:
        record = self.answer(person, disbursement)
        if self.did(disbursement, "Acknowledged", person):
            return False
        self.find(disbursement, "disbursement")
        self.state(record, "Sent")
        self.other_person(record, person)
        record.state, record.decided_by["Acknowledged"] = "Acknowledged", person
        self.bound(disbursement, record.other)
        return True

    def reject(self, person: int, disbursement: bytes) -> bool:
        record = self.answer(person, disbursement)
        if record.state == "Rejected":
            return False
        self.find(disbursement, "disbursement")
        self.state(record, "Sent")
        self.other_person(record, person)
        record.state = "Rejected"
        return True

    # Corrections

    def reverse(self, record_id: bytes) -> bool:
        record = self.records.get(record_id)
        require(record is not None and not record.is_reversed, "RecordUnknown", record_id)
        standing = self.dependents(record)
        require(standing == 0, "HasDependents", record_id, standing)
        if record.kind == "adjustment":
            self.check_difference(record_id, record_id, -record.base)
        record.is_reversed = True
        self.bound(record_id, record.fund, record.other)
        return True

    def adjust(self, record_id: bytes, adjustment: bytes, delta: int) -> bool:
        new = Record(adjustment, "adjustment", NONE, 0, (record_id, delta), parent=record_id)
        if not self.add(new, organisation_of(record_id), abs(delta)):
            require(not self.records[adjustment].is_reversed, "RecordUnknown", adjustment)
            return False
        record = self.records.get(record_id)
        require(record is not None and not record.is_reversed, "RecordUnknown", record_id)
        self.check_difference(adjustment, record_id, delta)
        new.base, new.fund = delta, record.fund
        self.put(new)
        return True

    def root(self, record_id: bytes) -> Record:
        record = self.records[record_id]
        return self.root(record.parent) if record.kind == "adjustment" else record

    def check_difference(self, adjustment: bytes, record_id: bytes, delta: int) -> None:
        """The record that is corrected in the end keeps an amount, and the supplier gives back no more than it got."""
        root = self.root(record_id)
        require(root.kind in self.CORRECTABLE, "NotCorrectable", root.id)
        amount = self.amount(root) + delta
        require(0 < amount <= AMOUNT_MAX, "AmountOutOfRange", adjustment, max(0, amount))
        if root.kind == "expenditure":
            require(amount >= self.reduced(root), "HasDependents", root.id, self.dependents(root))
        if root.kind == "supplier_refund":
            left = self.open_amount(self.records[root.parent])
            require(delta <= left, "ExpenditureExceeded", root.parent, delta, left)
