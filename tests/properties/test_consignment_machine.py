"""ConsignmentLedger does what the model says, whatever is asked of it, in whichever order (R7, R11, R15, R17).

Each step goes to both: accepted by both, or refused by both with the same error and arguments, or passed over by both as
recorded before; and both open the same discrepancies. After each, every line, lot, stock and allocation is compared.
"""

import os
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.properties.anvil import running_node
from tests.properties.consignment_figures import Record
from tests.properties.consignment_model import AMOUNT_MAX
from tests.properties.consignment_world import (
    ALLOCATIONS,
    CHARITY,
    EXERCISE_STORE,
    HOSPITAL,
    LOTS,
    OTHER_STORE,
    STORE,
    WARD,
    ZERO,
    ConsignmentWorld,
    identity,
    word,
)
from tests.properties.discrepancy_model import (
    EXPLAINED,
    OPEN,
    OUTSTANDING,
    OVERDUE,
    PROPOSED,
    WRITTEN_OFF,
    Key,
    discrepancy_id,
)

nth = st.integers(0, 11)
usual = st.integers(1, 40)
quantities = st.one_of(
    usual, usual, usual, usual, st.sampled_from([0, 1, 300, 301, AMOUNT_MAX, AMOUNT_MAX + 1, 2**64 - 1])
)
# How much of what is outstanding is stated, in tenths; above ten it is too much.
tenths = st.sampled_from([0, 1, 3, 5, 7, 10, 10, 10, 10, 11])
few = st.sampled_from([0, 0, 0, 0, 1, 3])
deltas = st.one_of(st.integers(-30, 30), st.integers(-8, 8), st.sampled_from([-AMOUNT_MAX, AMOUNT_MAX + 1]))
# Mostly somebody who may.
charity_people = st.sampled_from([1, 2, 3] * 6 + [4, 6, 7])
hospital_people = st.sampled_from([4, 5] * 9 + [1, 6, 7])
choices = st.sampled_from([0] * 12 + [1, 2])
OF_THE_STORE = {4: 1, 5: 2}
WAYBILL = word("waybill")


class ConsignmentMachine(RuleBasedStateMachine):
    world: ClassVar[ConsignmentWorld]

    def __init__(self) -> None:
        super().__init__()
        self.world.fresh()
        self.count = 100
        self.done: list[tuple[Any, ...]] = []
        self.was_new = False

    # How a step is made

    def new_id(self, organisation: int, choice: int = 0) -> bytes:
        """A new id; or one that was used, or one of another organisation."""
        self.count += 1
        used = list(self.world.model.records)
        if choice == 1 and used:
            return used[self.count % len(used)]
        return identity(organisation if choice != 2 else 5 - organisation, self.count)

    def pick(self, number: int, *kinds: str) -> Record | None:
        """A record of these kinds, mostly one in effect."""
        found = [record for record in self.world.model.records.values() if record.kind in kinds]
        found = [record for record in found if not record.ended or number > 9] or found
        return found[-1 - number % len(found)] if found else None

    def consignment(self, number: int) -> bytes:
        """A consignment, one with something outstanding if there is any; an unknown one where there is none."""
        model = self.world.model
        found = [one for one in model.consignments if model.is_open(one)] or list(model.consignments)
        return found[-1 - number % len(found)] if found else identity(CHARITY, 99)

    def act(self, sender: int | str, part: str, call: tuple[Any, ...], action: str, *arguments: Any) -> bool:
        arguments = (sender, *arguments) if isinstance(sender, int) else arguments
        step = (sender, part, call, (action, *arguments))
        self.done.append(step)
        self.was_new = self.world.step(*step)
        return self.was_new

    def send(
        self, who: int, new: bytes, origin: bytes, to: bytes, carrier: int, due: int, of: bytes, lines: list[Any]
    ) -> bool:
        call = ("dispatch", new, origin, to, carrier, due, of, WAYBILL, lines)
        return self.act(who, "ConsignmentLedger", call, "dispatch", new, origin, to, carrier, due, of, lines)

    @initialize()
    def begin(self) -> None:
        """Something on its way, some of it counted, so that there is something to go on from."""
        for number, who in ((0, 1), (1, 2), (3, 1)):
            key, lot, origin, to, _ = ALLOCATIONS[number]
            lines = [(lot, 40, key), (lot, 20, key)]
            self.send(who, self.new_id(CHARITY), origin, to, 3 * (number == 1), number % 2, ZERO, lines)
        self.receive(4, 2, False, [(10, 0, 0, 0), (5, 3, 1, 3)], 0)

    # On the way

    @rule(
        who=charity_people,
        which=nth,
        sizes=st.lists(quantities, max_size=3),
        carrier=st.sampled_from([0, 0, 2, 3, 9]),
        choice=choices,
        due=st.sampled_from([0, 1, 2**40 - 1]),
    )
    def dispatch(self, who: int, which: int, sizes: list[int], carrier: int, choice: int, due: int) -> None:
        key, lot, origin, to, _ = ALLOCATIONS[which % len(ALLOCATIONS)]
        lines = [(lot, size, key) for size in sizes]
        self.send(who, self.new_id(CHARITY, choice), origin, to, carrier, due, ZERO, lines)

    @rule(
        who=charity_people,
        which=nth,
        lot=st.sampled_from(LOTS),
        origin=st.sampled_from([STORE, OTHER_STORE]),
        to=st.sampled_from([WARD, STORE, OTHER_STORE, EXERCISE_STORE, identity(HOSPITAL, 5)]),
        key=st.sampled_from([ZERO, identity(CHARITY, 98), *(one[0] for one in ALLOCATIONS)]),
    )
    def dispatch_wrongly(self, who: int, which: int, lot: bytes, origin: bytes, to: bytes, key: bytes) -> None:
        right = ALLOCATIONS[which % len(ALLOCATIONS)]
        if which % 4:  # one thing wrong at a time, or nothing
            key, lot, origin, to = (right[0], lot, *right[2:4]) if which % 2 else (*right[:2], origin, right[3])
        of = self.consignment(which) if which == 0 else ZERO
        self.send(who, self.new_id(CHARITY), origin, to, 0, 0, of, [(lot, 1, key)])

    @rule(who=hospital_people, which=nth, tenth=tenths, lines=st.integers(1, 2), wrong=st.sampled_from([0] * 6 + [1]))
    def send_back(self, who: int, which: int, tenth: int, lines: int, wrong: int) -> None:
        model = self.world.model
        found = [one for one in model.consignments.values() if one.to == WARD and one.lines]
        found = [one for one in found if model.returnable(one.id, one.lines[0][0])] or found
        if found:
            one = found[-1 - which % len(found)]
            lot = one.lines[0][0] if not wrong else LOTS[which % 2]
            size = model.returnable(one.id, lot) * tenth // 10 // lines + (tenth > 10)
            loaded = [(lot, size, ZERO)] * lines
            self.send(who, self.new_id(HOSPITAL), WARD, STORE, 0, 0, one.id, loaded)

    @rule(who=st.sampled_from([0] * 8 + [1, 2, 4, 6, 7]), which=nth, choice=choices)
    def take(self, who: int, which: int, choice: int) -> None:
        """`who` zero: somebody who may, if there is anybody."""
        model, key = self.world.model, self.consignment(which)
        one = model.consignments.get(key)
        home = int.from_bytes(one.to[:4] if one and not one.carrier else key[:4], "big")
        if who == 0 and one:
            own = [person for person, at in model.homes.items() if at == home]
            others = [person for person in own if person not in (model.possessor(key), one.dispatcher)]
            who = one.carrier if one.carrier and not model.live("custody", key) else others[which % len(others)]
        new = self.new_id(home if home in (CHARITY, HOSPITAL) else CHARITY, choice)
        self.act(who or 1, "ConsignmentLedger", ("acceptCustody", new, key, ZERO), "custody", new, key)

    @rule(
        who=hospital_people,
        which=nth,
        final=st.sampled_from([False, False, True]),
        parts=st.lists(st.tuples(tenths, few, few, few), min_size=1, max_size=3),
        choice=choices,
    )
    def receive(self, who: int, which: int, final: bool, parts: list[tuple[int, ...]], choice: int) -> None:
        model, key = self.world.model, self.consignment(which)
        one = model.consignments.get(key)
        home = int.from_bytes(one.to[:4], "big") if one else HOSPITAL
        lines = []
        for line_no, (tenth, damaged, lost, over) in enumerate(parts):
            outstanding = model.outstanding(key, line_no) if one and line_no < len(one.lines) else 0
            good = outstanding * tenth // 10 if tenth < 11 else outstanding + 1
            spare = max(0, outstanding - good)
            stated = (line_no, good, min(damaged, spare), min(lost, max(0, spare - damaged)), over)
            if any(stated[1:]) or choice == 2:
                lines.append(stated)
        if choice == 1 and lines:
            lines.append(lines[0])
        new = self.new_id(home, choice)
        if home == CHARITY and who in (4, 5):
            who = {4: 1, 5: 3}[who]
        call = ("receiveConsignment", new, key, final, 0, ZERO, lines)
        self.act(who, "ConsignmentLedger", call, "receive", new, key, final, lines)

    @rule(who=charity_people, which=nth, why=st.sampled_from([word("why"), word("another")]))
    def void(self, who: int, which: int, why: bytes) -> None:
        """Rarely, since little can be done with what is voided."""
        record = self.pick(which, "dispatch")
        key = record.id if record and which % 3 else self.consignment(which)
        if which > 5:
            self.note_overdue(who, which)
        else:
            self.act(who, "ConsignmentLedger", ("voidDispatch", key, why), "void", key, why)

    @rule(who=st.integers(1, 7), which=nth)
    def note_overdue(self, who: int, which: int) -> None:
        key = self.consignment(which)
        self.act(who, "ConsignmentLedger", ("noteOverdue", key), "overdue", key)

    @rule(which=nth, line_no=st.sampled_from([0, 0, 1, 1, 2]), again=st.booleans(), agreed=usual)
    def write_off(self, which: int, line_no: int, again: bool, agreed: int) -> None:
        key, earlier = self.consignment(which), self.pick(which, "write_off")
        new, lines = self.new_id(CHARITY), len(self.world.model.consignments[key].lines) if which else 0
        if which % 6 and lines:
            line_no = next((n for n in range(lines) if self.world.model.outstanding(key, n)), line_no)
        if again and earlier:
            key, new, line_no = earlier.consignment, earlier.id, earlier.line_no
        call = ("writeOff", new, key, line_no, agreed, 1)
        self.act("Discrepancies", "ConsignmentLedger", call, "write_off", new, key, line_no, agreed)

    # Discrepancies

    @rule(
        who=charity_people,
        which=nth,
        code=st.sampled_from([EXPLAINED, WRITTEN_OFF, WRITTEN_OFF]),
        ahead=st.sampled_from([1] * 8 + [0, 0, 2]),
        beside=st.sampled_from([0] * 8 + [1]),
    )
    def propose(self, who: int, which: int, code: int, ahead: int, beside: int) -> None:
        """Mostly the next number, for the quantity that there is."""
        if key := self.discrepancy(which, OPEN):
            one = self.world.model.discrepancies[key]
            number, quantity = one.proposals + ahead, one.quantity + beside
            call = ("proposeResolution", discrepancy_id(key), number, code, quantity, word("why"))
            self.act(who, "Discrepancies", call, "propose", key, number, code, quantity)

    @rule(who=charity_people, which=nth, earlier=st.sampled_from([0] * 8 + [1]))
    def confirm(self, who: int, which: int, earlier: int) -> None:
        if key := self.discrepancy(which, PROPOSED):
            number = max(0, self.world.model.discrepancies[key].proposals - earlier)
            call = ("confirmResolution", discrepancy_id(key), number)
            self.act(who, "Discrepancies", call, "confirm", key, number)

    def discrepancy(self, number: int, state: int) -> Key | None:
        """One in this state if there is any, mostly about something outstanding."""
        known = self.world.model.discrepancies
        found = [key for key, one in known.items() if one.state == state] or list(known)
        if number % 4:
            found = [key for key in found if key[0] in (OUTSTANDING, OVERDUE)] or found
        return found[-1 - number % len(found)] if found else None

    # At the facilities

    @rule(
        who=hospital_people,
        second=st.sampled_from([4, 5]),
        lot=st.sampled_from(LOTS),
        tenth=tenths,
        place=st.sampled_from([WARD, WARD, STORE]),
    )
    def distribute(self, who: int, second: int, lot: bytes, tenth: int, place: bytes) -> None:
        if place == STORE:
            who, second = (OF_THE_STORE.get(one, one) for one in (who, second))
        stock = self.world.model.stock(lot, place)
        size = (stock.usable - stock.reserved) * tenth // 10 + (tenth > 10)
        if size:
            new = self.new_id(int.from_bytes(place[:4], "big"))
            call = ("proposeDistribution", new, lot, place, size, 0, ZERO)
            if self.act(who, "StockLedger", call, "propose_distribution", new, lot, place, size):
                self.act(second, "StockLedger", ("confirmRelease", new), "distribute", new)

    @rule(who=charity_people, which=st.just(2))
    def release(self, who: int, which: int) -> None:
        key = ALLOCATIONS[which][0]
        self.act(who, "NeedLedger", ("releaseGoodsAllocation", key), "release", key)

    # Corrections

    @rule(
        which=nth,
        kind=st.sampled_from(["receipt", "receipt", "adjustment", "adjustment", "custody", "dispatch", "write_off"]),
    )
    def reverse(self, which: int, kind: str) -> None:
        record = self.pick(which, kind)
        key = record.id if record else identity(CHARITY, 99)
        self.act("Corrections", "ConsignmentLedger", ("reverseRecord", key, 1), "reverse", key)

    @rule(
        which=nth,
        kind=st.sampled_from(["receipt"] * 6 + ["dispatch"] * 2 + ["custody"]),
        line_no=st.sampled_from([0, 0, 1, 2]),
        column=st.sampled_from([0, 0, 0, 1, 2, 3, 3, 4]),
        delta=deltas,
        choice=choices,
    )
    def adjust(self, which: int, kind: str, line_no: int, column: int, delta: int, choice: int) -> None:
        record = self.pick(which, kind)
        key = record.id if record else identity(CHARITY, 99)
        if kind == "dispatch" and which % 4:
            column = 0
        if record and which % 5:  # mostly within what is there
            line_no, delta = self.fitting(record, line_no, column, delta)
        new = self.new_id(int.from_bytes(key[:4], "big"), choice)
        call = ("adjustRecord", key, new, line_no, column, delta, 1)
        self.act("Corrections", "ConsignmentLedger", call, "adjust", key, new, line_no, column, delta)

    def fitting(self, record: Record, line_no: int, column: int, delta: int) -> tuple[int, int]:
        model, size = self.world.model, 1 + abs(delta) % 9
        line_no %= len(model.consignments[record.consignment].lines)
        outstanding = model.outstanding(record.consignment, line_no)
        lowest = outstanding
        if record.kind == "receipt":
            lowest = model.stated(record.id, line_no)[min(column, 3)]
        return line_no, min(size, outstanding) if delta > 0 and record.kind == "receipt" else -min(
            size, lowest
        ) if delta < 0 else size

    # Retries

    @precondition(lambda self: self.was_new)
    @rule(which=st.integers(0, 60))
    def again(self, which: int) -> None:
        """What was asked before, asked again: by the model's rules, nothing changes or it is refused again."""
        steps = [step for step in self.done if step[3][0] in ("dispatch", "custody", "receive", "void", "overdue")]
        sender, part, call, action = steps[-1 - which % len(steps)]
        self.was_new = False
        self.world.step(sender, part, call, action)


@pytest.fixture(scope="module")
def world() -> Iterator[ConsignmentWorld]:
    with running_node() as node:
        yield ConsignmentWorld(node)


@pytest.mark.timeout(3600)
def test_consignment_ledger__any_actions_in_any_order__as_the_model(world: ConsignmentWorld) -> None:
    ConsignmentMachine.world = world
    is_long = "TEST_LONG" in os.environ
    chosen = settings(
        max_examples=600 if is_long else 25,
        stateful_step_count=80 if is_long else 40,
        phases=list(Phase) if is_long else [Phase.generate],  # making a failure small can take minutes
        derandomize=not is_long,  # the short form is the same at every run; the long one looks further each time
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(ConsignmentMachine, settings=chosen)
