"""SupplyLedger, StockLedger and NeedLedger do what the model says, whatever is asked in whichever order (R6-R17).

Each step goes to both: accepted by both, or refused by both with the same error and arguments, or passed over by both as
recorded before. After each, every quantity of every lot at every facility, every record and every flag is compared, and both
sides of R7 on the chain.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from tests.properties.anvil import running_node
from tests.properties.goods_choices import (
    DAYS,
    PLACES,
    amounts,
    deltas,
    ends,
    id_choices,
    items,
    movements,
    nth,
    places,
    releases,
    usual,
    whos,
)
from tests.properties.goods_steps import GoodsSteps
from tests.properties.goods_world import (
    CHARITY,
    CONTRACT,
    EXERCISE_MASKS,
    EXERCISE_STORE,
    GOWNS,
    MASKS,
    PERSONS,
    STORE,
    WARD,
    ZERO,
    GoodsWorld,
    identity,
    word,
)
from tests.properties.supply_model import ADJUSTED, MOVEMENTS, RELEASES, organisation_of

CONFIRMATIONS = {
    "release": ("confirmRelease", *RELEASES),
    "issue": ("confirmIssueWithoutRecord", "issue"),
    "find": ("confirmFind", "find"),
}


class GoodsMachine(GoodsSteps):
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
        for kind in ("quarantine", "registerLoss"):
            self.move(0, kind, 0, 5, 0)
        self.propose_release(0, "Distribution", 0, 5, 0)
        self.confirm(1, "release", 0)
        # More of the first lot is set aside and gone than there turns out to have been, so that it is short of some.
        self.adjust_lot(7, -80)
        assert self.model.lots[lot].total("shortage") == 40
        self.transform(0, [(6, 4), (6, 3)], GOWNS, 9, 0, 0)
        assert self.pick(0, "transformation") != identity(CHARITY, 99)
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
        call = ("transform", new, place, taken, [(output, item, made, 0, DAYS[day], ZERO)], word("evidence"))
        self.act(place, who, "SupplyLedger", call, "transform", new, place, taken, [(output, item, made, DAYS[day])])

    # What happens in a store

    @rule(who=whos, kind=movements, number=nth, quantity=amounts, choice=id_choices)
    def move(self, who: int, kind: str, number: int, quantity: int, choice: int) -> None:
        lot, place = self.stocked(number)
        new = self.new_id(place, choice)
        more = (1,) if kind == "registerLoss" else ()
        call = (kind, new, lot, place, quantity, *more, ZERO)
        self.act(place, who, "StockLedger", call, "move", kind, new, lot, place, quantity)

    @rule(who=whos, kind=releases, number=nth, quantity=amounts, choice=id_choices)
    def propose_release(self, who: int, kind: str, number: int, quantity: int, choice: int) -> None:
        lot, place = self.stocked(number)
        new = self.new_id(place, choice)
        more = (0,) if kind == "Distribution" else ()
        call = (f"propose{kind}", new, lot, place, quantity, *more, ZERO)
        self.act(place, who, "StockLedger", call, "propose_release", kind, new, lot, place, quantity)

    @rule(who=whos, number=nth, quantity=st.integers(1, 6), choice=id_choices)
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

    @rule(who=whos, what=st.sampled_from(list(CONFIRMATIONS)), number=nth)
    def confirm(self, who: int, what: str, number: int) -> None:
        function, *kinds = CONFIRMATIONS[what]
        record = self.pick(number, *kinds)
        self.act(record, who, "StockLedger", (function, record), "confirm", tuple(kinds), record)

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

    @rule(number=nth, quantity=usual)
    def correct_dispatch(self, number: int, quantity: int) -> None:
        """So much more went, under an allocation that something was dispatched under, or that is out of effect since."""
        allocations = [one for one in self.model.records.values() if one.kind == "allocation"]
        gone = [one for one in allocations if one.more["dispatched"] or one.is_reversed]
        if gone:
            record = gone[-1 - number % len(gone)]
            reserved = min(quantity, self.model.remaining(record))
            consume = ("correctConsumption", record.id, quantity)
            calls = [
                ("NeedLedger", consume),
                ("SupplyLedger", ("correctShipment", record.lot, record.facility, quantity, reserved)),
            ]
            if self.speak("ConsignmentLedger", calls, "correct_dispatch", record.id, quantity):
                self.way.append((record.id, record.lot, record.more["to"], quantity))

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

    @rule(number=nth, delta=st.integers(-20, 20))
    def adjust_need(self, number: int, delta: int) -> None:
        self.adjust_by("need", self.pick(number, "need"), delta, 0)

    @rule(number=nth, delta=st.integers(-6, 6))
    def adjust_movement(self, number: int, delta: int) -> None:
        self.adjust_by("stock", self.pick(number, *ADJUSTED), delta, 0)

    @rule(number=nth)
    def reverse_lot(self, number: int) -> None:
        """Mostly refused, with how many records stand on it."""
        lot = self.pick(number, "lot")
        self.speak("Corrections", [("SupplyLedger", ("reverseRecord", lot, 0))], "reverse", "supply", lot)

    @rule(number=nth)
    def unmake(self, number: int) -> None:
        """A transformation and what was made by it, newest first; then what it was made of, on which it no longer stands."""
        made = self.pick(number, "transformation")
        record = self.model.records.get(("supply", made))
        targets = [row[0] for row in record.content[2]] + [made, record.content[1][0][0]] if record else [made]
        for target in targets:
            self.speak("Corrections", [("SupplyLedger", ("reverseRecord", target, 0))], "reverse", "supply", target)

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
        max_examples=600 if is_long else 25,
        stateful_step_count=80 if is_long else 40,
        phases=list(Phase) if is_long else [Phase.generate],  # making a failure small can take minutes
        derandomize=not is_long,  # the short form is the same at every run; the long one looks further each time
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(GoodsMachine, settings=chosen)
