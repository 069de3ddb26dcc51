"""SupplyLedger, StockLedger and NeedLedger do what the model says, whatever is asked in whichever order (R6-R17).

Each step goes to both: accepted by both, or refused by both with the same error and arguments, or passed over by both as
recorded before. After each, every quantity of every lot at every facility, every record and every flag is compared, and both
sides of R7 on the chain.
"""

import os
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.properties.anvil import running_node
from tests.properties.goods_world import (
    CHARITY,
    CONTRACT,
    EXERCISE_MASKS,
    EXERCISE_STORE,
    FACILITIES,
    GOWNS,
    HOSPITAL,
    MASKS,
    PERSONS,
    STORE,
    WARD,
    ZERO,
    Call,
    GoodsWorld,
    identity,
    word,
)
from tests.properties.supply_figures import AMOUNT_MAX
from tests.properties.supply_model import MOVEMENTS, organisation_of

PLACES = (b"", b"", b"", b"CN42", b"CN4201", b"CN43")
DAYS = (0, 0, 0, 20200101, 29990101, 29980101)
usual = st.integers(1, 60)
# One in 25 is out of range.
amounts = st.integers(0, 99).map(lambda n: {41: 0, 42: AMOUNT_MAX + 1, 43: 2**64 - 1, 44: 0}.get(n, n % 60 + 1))
# The first, second or third person of the organisation concerned; -1 and -2: somebody else.
whos = st.sampled_from([0] * 6 + [1] * 6 + [2, 2, -1, -2])
nth = st.integers(0, 11)
places = st.sampled_from([STORE] * 5 + list(FACILITIES))
items = st.sampled_from([MASKS] * 5 + [GOWNS, EXERCISE_MASKS, identity(CHARITY, 98)])
ends = st.integers(0, 5)
deltas = st.integers(-90, 40).map(lambda n: {31: -AMOUNT_MAX, 32: AMOUNT_MAX}.get(n, n))
# 0: a new id; 1: one that was used, 2: one of another organisation.
id_choices = st.sampled_from([0] * 14 + [1, 2])
movements = st.sampled_from([kind for kind in MOVEMENTS if kind not in ("issue", "recovery")])


class GoodsMachine(RuleBasedStateMachine):
    world: ClassVar[GoodsWorld]

    def __init__(self) -> None:
        super().__init__()
        self.world.fresh()
        self.number = 100
        self.done: list[tuple[int, str, tuple[Any, ...], tuple[Any, ...]]] = []
        self.way: list[tuple[bytes, bytes, bytes, int]] = []
        self.came: list[tuple[bytes, bytes, int, int, int]] = []

    # How a step is made

    @property
    def model(self) -> Any:
        return self.world.model

    def new_id(self, near: bytes, choice: int) -> bytes:
        self.number += 1
        if choice == 1:
            used = [key[1] for key in self.model.records]
            return used[self.number % len(used)]
        organisation = organisation_of(near)
        other = HOSPITAL if organisation == CHARITY else CHARITY
        return identity(organisation if choice == 0 else other, self.number)

    def pick(self, number: int, *kinds: str) -> bytes:
        """A record of one of these kinds, preferably a late one; an unknown id where there is none."""
        found = [one.id for one in self.model.records.values() if one.kind in kinds]
        return found[-1 - number % len(found)] if found else identity(CHARITY, 99)

    def stocked(self, number: int) -> tuple[bytes, bytes]:
        """A lot, and a facility where there is some of it."""
        found = [
            (lot.id, place) for lot in self.model.lots.values() for place in FACILITIES if lot.shelves[place].usable
        ]
        return found[-1 - number % len(found)] if found else (identity(CHARITY, 99), STORE)

    def person(self, near: bytes, who: int) -> int:
        own = [p for p, (_, home) in PERSONS.items() if home == organisation_of(near)]
        others = [p for p in PERSONS if p not in own]
        return others[who] if who < 0 or not own else own[who % len(own)]

    def act(self, near: bytes, who: int, part: str, call: tuple[Any, ...], action: str, *arguments: Any) -> bool:
        person = self.person(near, who)
        step = (person, part, call, (action, person, *arguments))
        self.done.append(step)
        return self.world.step([step[:3]], step[3])

    def speak(self, part: str, calls: list[tuple[str, tuple[Any, ...]]], action: str, *arguments: Any) -> bool:
        sent: list[Call] = [(part, to, call) for to, call in calls]
        return self.world.step(sent, (action, *arguments))

    @initialize()
    def begin(self) -> None:
        """Some stock, some of it asked for, set aside, on its way and arrived, so that there is something to go on from."""
        for place, item, end in (
            (STORE, MASKS, 0),
            (STORE, GOWNS, 4),
            (WARD, MASKS, 3),
            (EXERCISE_STORE, EXERCISE_MASKS, 0),
        ):
            self.give(0, place, [(item, 100), (item, 80)], end, 0, 0)
        self.ask(0, STORE, MASKS, 50, 0)
        self.ask(1, WARD, MASKS, 30, 0)
        self.approve_need(1, 0, 30)
        lot = self.pick(7, "lot")
        for quantity in (40, 20):
            self.set_aside(0, lot, WARD, 0, 1, quantity, True, 0)
            self.decide(1, "approve", 0)
            self.dispatch(0, 15)
            self.arrive(0, 8, 2, 1)
        for kind in ("quarantine", "registerLoss", "distribute"):
            self.move(0, kind, 0, 5, 0)
        # More of the first lot is set aside and gone than there turns out to have been, so that it is short of some.
        self.adjust_lot(7, -80)
        assert self.model.lots[lot].total("shortage") == 40
        self.propose_issue(0, 0, 3, 0)
        self.propose_find(0, 1, True, MASKS, 3, 0)

    # Lots

    @rule(
        who=whos,
        place=places,
        lots=st.lists(st.tuples(items, amounts), max_size=3),
        day=ends,
        earmark=ends,
        choice=id_choices,
    )
    def give(self, who: int, place: bytes, lots: list[Any], day: int, earmark: int, choice: int) -> None:
        gift = self.new_id(place, choice)
        lines = [(self.new_id(place, 0), item, quantity, DAYS[day]) for item, quantity in lots]
        rows = [(lot, item, quantity, 0, expiry, ZERO) for lot, item, quantity, expiry in lines]
        code = PLACES[earmark]
        call = ("recordDonationsInKind", place, [(gift, ZERO, 0, bytes(16), word(code.decode(), 16), ZERO, rows)])
        self.act(place, who, "SupplyLedger", call, "donate", place, [(gift, (b"", code), lines)])

    @rule(
        who=whos,
        inputs=st.lists(st.tuples(nth, usual), min_size=1, max_size=2),
        item=items,
        made=amounts,
        day=ends,
        choice=id_choices,
    )
    def transform(self, who: int, inputs: list[Any], item: bytes, made: int, day: int, choice: int) -> None:
        taken = [(self.stocked(number)[0], quantity % 9 + 1) for number, quantity in inputs]
        place = self.stocked(inputs[0][0])[1]
        new, output = self.new_id(place, choice), self.new_id(place, 0)
        call = ("transform", new, place, taken, [(output, item, made, 0, DAYS[day], ZERO)], ZERO)
        self.act(place, who, "SupplyLedger", call, "transform", new, place, taken, [(output, item, made, DAYS[day])])

    # What happens in a store

    @rule(who=whos, kind=movements, number=nth, quantity=amounts, choice=id_choices)
    def move(self, who: int, kind: str, number: int, quantity: int, choice: int) -> None:
        lot, place = self.stocked(number)
        new = self.new_id(place, choice)
        more = {"distribute": (0,), "registerLoss": (1,)}.get(kind, ())
        call = (kind, new, lot, place, quantity, *more, ZERO)
        self.act(place, who, "StockLedger", call, "move", kind, new, lot, place, quantity)

    @rule(who=whos, number=nth, quantity=amounts, choice=id_choices)
    def reverse_loss(self, who: int, number: int, quantity: int, choice: int) -> None:
        loss = self.pick(number, "registerLoss", "issue")
        new = self.new_id(loss, choice)
        call = ("reverseLoss", new, loss, quantity)
        self.act(loss, who, "StockLedger", call, "reverse_loss", new, loss, quantity)

    @rule(who=whos, number=nth, counted=amounts, choice=id_choices)
    def count(self, who: int, number: int, counted: int, choice: int) -> None:
        lot, place = self.stocked(number)
        new = self.new_id(place, choice)
        self.act(
            place, who, "StockLedger", ("countStock", new, lot, place, counted, ZERO), "count", new, lot, place, counted
        )

    @rule(who=whos, number=nth, quantity=amounts, choice=id_choices)
    def propose_issue(self, who: int, number: int, quantity: int, choice: int) -> None:
        lot, place = self.stocked(number)
        new = self.new_id(place, choice)
        call = ("proposeIssueWithoutRecord", new, lot, place, quantity, ZERO)
        self.act(place, who, "StockLedger", call, "propose_issue", new, lot, place, quantity)

    @rule(who=whos, number=nth, is_new=st.booleans(), item=items, quantity=amounts, choice=id_choices)
    def propose_find(self, who: int, number: int, is_new: bool, item: bytes, quantity: int, choice: int) -> None:
        lot, place = self.stocked(number)
        found, new = self.new_id(place, 0) if is_new else lot, self.new_id(place, choice)
        call = ("proposeFind", new, place, found, item, quantity, ZERO)
        self.act(place, who, "StockLedger", call, "propose_find", new, place, found, item, quantity)

    @rule(who=whos, kind=st.sampled_from(["issue", "find"]), number=nth)
    def confirm(self, who: int, kind: str, number: int) -> None:
        record = self.pick(number, kind)
        function = {"issue": "confirmIssueWithoutRecord", "find": "confirmFind"}[kind]
        self.act(record, who, "StockLedger", (function, record), "confirm", kind, record)

    @rule(who=whos, number=nth, choice=id_choices)
    def recall(self, who: int, number: int, choice: int) -> None:
        lot = self.pick(number, "lot")
        new = self.new_id(lot, choice)
        self.act(lot, who, "StockLedger", ("openRecall", new, lot, ZERO), "recall", new, lot)

    @rule(who=whos, number=nth, of=nth, quantity=amounts, choice=id_choices)
    def recover(self, who: int, number: int, of: int, quantity: int, choice: int) -> None:
        recall = self.pick(number, "recall")
        record = self.model.records.get(("stock", recall))
        lot, place = (record.marks[of % len(record.marks)], STORE) if record else self.stocked(of)
        new = self.new_id(place, choice)
        call = ("recordRecovered", new, recall, lot, place, quantity)
        self.act(place, who, "StockLedger", call, "recover", new, recall, lot, place, quantity)

    @rule(who=whos, number=nth)
    def close_recall(self, who: int, number: int) -> None:
        recall = self.pick(number, "recall")
        self.act(recall, who, "StockLedger", ("closeRecall", recall), "close_recall", recall)

    # Needs and who gets what

    @rule(who=whos, place=places, item=items, quantity=amounts, choice=id_choices)
    def ask(self, who: int, place: bytes, item: bytes, quantity: int, choice: int) -> None:
        organisation = organisation_of(place)
        new = self.new_id(place, choice)
        call = ("publishNeeds", organisation, [(new, place, item, quantity, ZERO)])
        self.act(place, who, "NeedLedger", call, "publish", organisation, [(new, place, item, quantity)])

    @rule(who=whos, number=nth, quantity=amounts)
    def approve_need(self, who: int, number: int, quantity: int) -> None:
        need = self.pick(number, "need")
        self.act(need, who, "NeedLedger", ("approveNeed", need, quantity), "approve_need", need, quantity)

    @rule(
        who=whos,
        number=nth,
        to=places,
        cited=nth,
        earmark=ends,
        quantity=amounts,
        reason=st.booleans(),
        choice=id_choices,
    )
    def allocate(
        self, who: int, number: int, to: bytes, cited: int, earmark: int, quantity: int, reason: bool, choice: int
    ) -> None:
        lot, place = self.stocked(number)
        need = self.pick(cited, "need") if cited % 3 else ZERO
        record = self.model.records.get(("need", need))
        self.propose(
            who, lot, place, record.facility if record and cited % 2 else to, need, earmark, quantity, reason, choice
        )

    def set_aside(
        self, who: int, lot: bytes, to: bytes, earmark: int, cited: int, quantity: int, reason: bool, choice: int
    ) -> None:
        self.propose(who, lot, STORE, to, self.pick(0, "need") if cited else ZERO, earmark, quantity, reason, choice)

    def propose(
        self,
        who: int,
        lot: bytes,
        place: bytes,
        to: bytes,
        need: bytes,
        earmark: int,
        quantity: int,
        reason: bool,
        choice: int,
    ) -> None:
        new, code = self.new_id(place, choice), PLACES[earmark]
        row = (new, lot, place, to, need, bytes(16), word(code.decode(), 16), quantity, word("why") if reason else ZERO)
        line = (new, lot, place, to, need, code, quantity, reason)
        self.act(place, who, "NeedLedger", ("proposeGoodsAllocations", [row]), "propose", [line])

    @rule(who=whos, decision=st.sampled_from(["approve", "approve", "approve", "cancel", "release"]), number=nth)
    def decide(self, who: int, decision: str, number: int) -> None:
        allocation = self.pick(number, "allocation")
        self.act(allocation, who, "NeedLedger", (f"{decision}GoodsAllocation", allocation), decision, allocation)

    # What consignments do with stock

    @rule(number=nth, quantity=usual)
    def dispatch(self, number: int, quantity: int) -> None:
        allocation = self.pick(number, "allocation")
        record = self.model.records.get(("need", allocation))
        if not record:
            return
        consume = ("consumeAllocation", allocation, record.lot, record.facility, record.more["to"], quantity)
        ship = ("ship", record.lot, record.facility, quantity, True)
        calls = [("NeedLedger", consume), ("SupplyLedger", ship)]
        if self.speak("ConsignmentLedger", calls, "dispatch", allocation, quantity):
            self.way.append((allocation, record.lot, record.more["to"], quantity))

    @rule(number=nth)
    def void(self, number: int) -> None:
        if self.way:
            allocation, lot, _, quantity = self.way.pop(number % len(self.way))
            sender = self.model.records["need", allocation].facility
            unship, restore = ("unship", lot, sender, quantity, True), ("restoreAllocation", allocation, quantity)
            calls = [("SupplyLedger", unship), ("NeedLedger", restore)]
            self.speak("ConsignmentLedger", calls, "void", allocation, quantity)

    @rule(number=nth, good=usual, damaged=nth, lost=nth)
    def arrive(self, number: int, good: int, damaged: int, lost: int) -> None:
        if self.way:
            _, lot, place, quantity = self.way.pop(number % len(self.way))
            counts = [good % (quantity + 1)]
            counts += [min(damaged, quantity - sum(counts))]
            counts += [min(lost, quantity - sum(counts))]
            call = ("arrive", lot, place, *counts)
            self.speak("ConsignmentLedger", [("SupplyLedger", call)], "arrive", lot, place, *counts)
            self.came.append((lot, place, counts[0], counts[1], counts[2]))

    @rule(number=nth)
    def unarrive(self, number: int) -> None:
        if self.came:
            counts = self.came.pop(number % len(self.came))
            self.speak("ConsignmentLedger", [("SupplyLedger", ("unarrive", *counts))], "unarrive", *counts)

    # Corrections, and what was done before

    @rule(number=st.integers(0, 60))
    def reverse(self, number: int) -> None:
        part, target = list(self.model.records)[-1 - number % len(self.model.records)]
        self.speak("Corrections", [(CONTRACT[part], ("reverseRecord", target, 0))], "reverse", part, target)

    @rule(number=st.integers(0, 60), delta=deltas, choice=id_choices)
    def adjust(self, number: int, delta: int, choice: int) -> None:
        part, target = list(self.model.records)[-1 - number % len(self.model.records)]
        self.adjust_by(part, target, delta, choice)

    @rule(number=nth, delta=deltas)
    def adjust_lot(self, number: int, delta: int) -> None:
        self.adjust_by("supply", self.pick(number, "lot"), delta, 0)

    @rule(number=nth)
    def reverse_newest(self, number: int) -> None:
        """One of the last movements or adjustments, which nothing is likely to stand on."""
        kinds = ("adjustment", "loss_reversal", *MOVEMENTS)
        found = [key for key, one in self.model.records.items() if one.kind in kinds and not one.is_reversed]
        if found:
            part, target = found[-1 - number % len(found)]
            self.speak("Corrections", [(CONTRACT[part], ("reverseRecord", target, 0))], "reverse", part, target)

    def adjust_by(self, part: str, target: bytes, delta: int, choice: int) -> None:
        new = self.new_id(target, 0 if choice == 1 else choice)
        call = ("adjustRecord", target, new, 0, 0, delta, 0)
        self.speak("Corrections", [(CONTRACT[part], call)], "adjust", part, target, new, delta)

    @rule(number=st.integers(0, 60), who=whos)
    def repeat(self, number: int, who: int) -> None:
        """What anybody recorded before, by anybody with the role: nothing changes, whatever became of it since."""
        person, part, call, (action, _, *arguments) = self.done[number % len(self.done)]
        if action not in ("approve", "approve_need", "cancel", "confirm", "close_recall"):
            own = [p for p, (_, home) in PERSONS.items() if home == PERSONS[person][1]]
            person = own[who % len(own)]
        self.world.step([(person, part, call)], (action, person, *arguments))


@pytest.fixture(scope="module")
def world() -> Iterator[GoodsWorld]:
    with running_node() as node:
        yield GoodsWorld(node)


@pytest.mark.timeout(3600)
def test_goods__any_actions_in_any_order__as_the_model(world: GoodsWorld) -> None:
    GoodsMachine.world = world
    is_long = "TEST_LONG" in os.environ
    chosen = settings(
        max_examples=600 if is_long else 40,
        stateful_step_count=80 if is_long else 40,
        phases=list(Phase) if is_long else [Phase.generate],  # making a failure small can take minutes
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(GoodsMachine, settings=chosen)
