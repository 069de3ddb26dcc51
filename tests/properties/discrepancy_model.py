"""The rules of discrepancies about consignments in plain Python (R11): opened by the ledger, opened again when they happen again
or their quantity becomes another, resolved by two persons who saw the same quantity.

What a step opens stands in `opening`: (kind, organisation, subject, line, quantity).
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from eth_utils import keccak

from tests.properties.consignment_figures import ConsignmentFigures, organisation_of, require

OUTSTANDING, OVERDUE, SHORTAGE = 3, 4, 9
OPEN, PROPOSED, RESOLVED = 1, 3, 4
NO_CODE, EXPLAINED, WRITTEN_OFF = 0, 1, 3
Key = tuple[int, int, bytes, int]
"""Kind, organisation, subject, line."""


@dataclass
class Discrepancy:
    quantity: int
    proposals: int
    made: dict[int, tuple[int, int]]
    state: int = OPEN
    code: int = NO_CODE
    proposer: int = 0


def discrepancy_id(key: Key) -> bytes:
    """Odd, since findings have the even ones."""
    kind, organisation, subject, line_no = key
    derived = keccak(kind.to_bytes(32, "big") + subject + line_no.to_bytes(32, "big"))[:28]
    return organisation.to_bytes(4, "big") + derived[:-1] + bytes([derived[-1] | 1])


class DiscrepancyModel(ConsignmentFigures, ABC):
    def __init__(self) -> None:
        super().__init__()
        self.discrepancies: dict[Key, Discrepancy] = {}
        self.decisions: set[tuple[Key, int, int]] = set()
        self.opening: list[tuple] = []

    @abstractmethod
    def role(self, person: int, organisation: int) -> None: ...

    @abstractmethod
    def write_off(self, key: bytes, consignment: bytes, line_no: int, agreed: int) -> None: ...

    def open(self, kind: int, organisation: int, subject: bytes, line_no: int, quantity: int) -> None:
        key = (kind, organisation, subject, line_no)
        known = self.discrepancies.get(key)
        stands = known is not None and known.state != RESOLVED and known.quantity == quantity
        if quantity and not stands:
            proposals, made = (known.proposals, known.made) if known else (0, {})
            self.discrepancies[key] = Discrepancy(quantity, proposals, made)
            self.opening.append((*key, quantity))

    def due_kind(self, consignment: bytes) -> int | None:
        """As what something outstanding of it has to be open; None while it is on its way."""
        if self.is_final(consignment):
            return OUTSTANDING
        return OVERDUE if self.consignments[consignment].is_overdue_noted else None

    def open_outstanding(self, consignment: bytes, line_no: int) -> None:
        kind = self.due_kind(consignment)
        if kind is not None:
            quantity = self.outstanding(consignment, line_no)
            self.open(kind, organisation_of(consignment), consignment, line_no, quantity)

    def propose(self, who: int, key: Key, number: int, code: int, quantity: int) -> object:
        """For the quantity that the proposer saw; the words are always the same."""
        self.role(who, key[1])
        one, own_id = self.discrepancies[key], discrepancy_id(key)
        if number in one.made:
            require(one.made[number] == (code, quantity), "RecordConflict", own_id)
            return False
        require(one.state == OPEN, "DiscrepancyUnexpectedState", own_id, one.state, OPEN)
        require(number == one.proposals + 1, "ProposalOutOfTurn", own_id, number, one.proposals + 1)
        require(quantity == one.quantity, "QuantityChanged", own_id, quantity, one.quantity)
        one.state, one.code, one.proposer, one.proposals = PROPOSED, code, who, number
        one.made[number] = code, quantity
        return None

    def confirm(self, who: int, key: Key, number: int) -> object:
        self.role(who, key[1])
        if (key, number, who) in self.decisions:
            return False
        one, own_id = self.discrepancies[key], discrepancy_id(key)
        require(one.state == PROPOSED, "DiscrepancyUnexpectedState", own_id, one.state, PROPOSED)
        require(number == one.proposals, "ProposalSuperseded", own_id, number, one.proposals)
        require(who != one.proposer, "SamePerson", own_id, who)
        self.decisions.add((key, number, who))
        one.state = RESOLVED
        if one.code == WRITTEN_OFF and key[0] in (OUTSTANDING, OVERDUE):
            self.write_off(own_id, key[2], key[3], one.quantity)
        return None

    def assert_nothing_forgotten(self) -> None:
        """Whatever is outstanding after a final count, or overdue, is open with at least its quantity, unless two persons
        resolved it otherwise than by writing it off."""
        for one in self.consignments.values():
            kind = self.due_kind(one.id)
            for line_no in range(len(one.lines) if kind is not None else 0):
                outstanding = self.outstanding(one.id, line_no)
                if outstanding:
                    found = self.discrepancies[kind, organisation_of(one.id), one.id, line_no]
                    assert found.quantity >= outstanding, (found, outstanding)
                    assert (found.state, found.code) != (RESOLVED, WRITTEN_OFF), found
