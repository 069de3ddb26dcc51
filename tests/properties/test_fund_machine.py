"""FundLedger does what the model says, whatever is asked of it, in whichever order (R1-R5, R15-R17).

Each step goes to both: accepted by both, or refused by both with the same error and arguments, or passed over by both as
recorded before. After each, all totals and all records are compared, and both sides of R1 on the chain.
"""

import os
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.properties.anvil import Part, running_node
from tests.properties.fund_model import FundModel
from tests.properties.fund_rules import AMOUNT_MAX, organisation_of
from tests.properties.fund_world import CHARITY, EXERCISE, KINDS, PARTNER, PERSONS, ZERO, FundWorld, identity, word

ENDS = ((b"", b""), (b"720", b"CN42"), (b"72010", b"CN4201"), (b"720", b""), (b"111", b"CN42"), (b"", b"CN42"))
FUNDS = (
    (identity(CHARITY, 1), b"CNY", 0),
    (identity(CHARITY, 2), b"CNY", 1),
    (identity(CHARITY, 3), b"VND", 2),
    (identity(CHARITY, 4), b"USD", 0),
    (identity(PARTNER, 5), b"CNY", 0),
    (identity(PARTNER, 6), b"CNY", 2),
    (identity(EXERCISE, 7), b"CNY", 0),
)
Rate = tuple[int, bytes, bytes]
PROOF = word("proof")
RATES: list[Rate] = [(20200129, PROOF, PROOF)] * 6
RATES += [(0, PROOF, PROOF), (20200129, ZERO, PROOF), (20200129, PROOF, ZERO)]
usual = st.integers(1, 150)
amounts = st.one_of(
    usual, usual, usual, st.sampled_from([0, 1, AMOUNT_MAX - 1000, AMOUNT_MAX, AMOUNT_MAX + 1, 2**64 - 1])
)
# The first, second or third person of the organisation concerned; -1 and -2: somebody else.
whos = st.sampled_from([0] * 6 + [1] * 6 + [2, 2, -1, -2])
nth = st.integers(0, 11)
fund_nos = st.sampled_from([0, 0, 0, 0, 1, 1, 1, 2, 3, 4, 4, 5, 6])
end_nos = st.integers(0, len(ENDS) - 1)
small = st.integers(-60, 60)
deltas = st.one_of(small, st.integers(-300, 300), st.sampled_from([-AMOUNT_MAX, AMOUNT_MAX]))
# 0: a new id; 1: one that was used, 2: one of another organisation.
id_choices = st.sampled_from([0] * 14 + [1, 2])


def ends_of(number: int) -> tuple[bytes, bytes]:
    return word(ENDS[number][0].decode(), 16), word(ENDS[number][1].decode(), 16)


class FundMachine(RuleBasedStateMachine):
    world: ClassVar[FundWorld]
    begun: ClassVar[list[tuple[int, tuple[Any, ...], tuple[Any, ...]]]]

    def __init__(self) -> None:
        super().__init__()
        self.count = 100
        self.done: list[tuple[int, tuple[Any, ...], tuple[Any, ...]]] = []
        self.adjustments: list[tuple[Any, ...]] = []
        if self.world.kept is None:
            self.begin()
            self.world.keep()
            type(self).begun = self.done
        self.world.go_back()
        self.count, self.done = 1000, list(self.begun)

    # How a step is made

    def new_id(self, near: bytes, choice: int) -> bytes:
        self.count += 1
        if choice == 1:
            used = list(self.world.model.records)
            return used[self.count % len(used)]
        organisation = organisation_of(near)
        other = PARTNER if organisation == CHARITY else CHARITY
        return identity(organisation if choice == 0 else other, self.count)

    def pick(self, kind: str, number: int, near: bytes = identity(CHARITY, 0)) -> bytes:
        """A record of this kind, preferably a late one; an unknown id where there is none."""
        found = [one.id for one in self.world.model.records.values() if one.kind == kind]
        return found[-1 - number % len(found)] if found else identity(organisation_of(near), 99)

    def person(self, near: bytes, who: int) -> int:
        organisation = organisation_of(near)
        own = [p for p, (_, home) in PERSONS.items() if home == organisation]
        others = [p for p in PERSONS if p not in own]
        return others[who] if who < 0 or not own else own[who % len(own)]

    def act(self, person: int, call: tuple[Any, ...], action: str, *arguments: Any) -> bool:
        step = (person, call, (action, person, *arguments))
        self.done.append(step)
        return self.world.step(*step)

    def speak(self, part: Part, call: tuple[Any, ...], action: str, *arguments: Any) -> bool:
        return self.world.step(part, call, (action, *arguments))

    def begin(self) -> None:
        """Something of everything, so that there is something to go on from: every example starts here."""
        for fund, currency, number in FUNDS:
            person = self.person(fund, 0)
            self.act(
                person, ("openFund", fund, currency, ends_of(number), ZERO), "open_fund", fund, currency, ENDS[number]
            )
        for number, end in ((0, 0), (1, 2), (4, 0), (0, 0)):
            self.donate(0, number, [200, 150, 100], 0)
            self.propose(0, number, 120, end, 0, 0)
            self.decide(1, "approve", 0)
        # The last allocation is spent and closed; the first spent on goods and services, and sent on.
        self.spend(0, 0, 1, 60, 0)
        self.give_back(0, 0, 20, 0)
        self.decide(0, "close", 0)
        self.spend(0, 3, 1, 25, 0)
        self.spend(0, 3, 0, 40, 0)
        self.deliver(0, 25)
        self.supplier_refund(0, 0, 5, 0)
        self.disburse(0, 3, 4, 10, 0, 0)
        self.answer(0, 0, "acknowledge")
        self.disburse(0, 3, 4, 15, 0, 0)
        self.refund(1, 0, 20, 0)
        self.pledge(0, 0, 90, 0)
        self.commit(0, 0, 60, 11, 0)
        self.pay(0, 0, 50, "commitment", 0, 0)
        self.earn(0, 0, 7, 0)
        self.redesignate(0, 1, 80, 4, 0)
        self.approve_redesignation(1, 0)
        self.propose(0, 1, 30, 4, 11, 0)
        self.decide(1, "approve", 0)
        self.convert(0, 1, 2, 20, 70, RATES[0], 0)
        assert not {*KINDS} - {one.kind for one in self.world.model.records.values()} - {"adjustment"}

    # Money in

    @rule(who=whos, number=nth, currency=st.sampled_from([b"CNY", b"cny", b"C1Y"]), choice=id_choices)
    def open_fund(self, who: int, number: int, currency: bytes, choice: int) -> None:
        fund = self.new_id(FUNDS[number % len(FUNDS)][0], choice)
        self.act(
            self.person(fund, who), ("openFund", fund, currency, ends_of(0), ZERO), "open_fund", fund, currency, ENDS[0]
        )

    @rule(who=whos, number=fund_nos, sums=st.lists(amounts, min_size=1, max_size=4), choice=id_choices)
    def donate(self, who: int, number: int, sums: list[int], choice: int) -> None:
        fund = FUNDS[number][0]
        lines = [(self.new_id(fund, choice if i == len(sums) - 1 else 0), amount) for i, amount in enumerate(sums)]
        call = ("recordDonations", fund, ZERO, [(line, amount, ZERO, ZERO) for line, amount in lines])
        self.act(self.person(fund, who), call, "donate", fund, lines)

    @rule(who=whos, number=fund_nos, amount=amounts, choice=id_choices)
    def pledge(self, who: int, number: int, amount: int, choice: int) -> None:
        fund = FUNDS[number][0]
        pledge = self.new_id(fund, choice)
        self.act(
            self.person(fund, who), ("recordPledge", pledge, fund, amount, ZERO, ZERO), "pledge", pledge, fund, amount
        )

    @rule(who=whos, number=fund_nos, amount=amounts, cited=nth, choice=id_choices)
    def commit(self, who: int, number: int, amount: int, cited: int, choice: int) -> None:
        fund = FUNDS[number][0]
        new, pledge = self.new_id(fund, choice), self.pick("pledge", cited) if cited else b""
        call = ("recordCommitment", new, fund, amount, pledge or ZERO, ZERO, ZERO)
        self.act(self.person(fund, who), call, "commit", new, fund, amount, pledge)

    @rule(
        who=whos,
        number=fund_nos,
        amount=amounts,
        kind=st.sampled_from(["pledge", "commitment"]),
        cited=nth,
        choice=id_choices,
    )
    def pay(self, who: int, number: int, amount: int, kind: str, cited: int, choice: int) -> None:
        promised = self.pick(kind, cited)
        record = self.world.model.records.get(promised)
        fund = record.fund if record and number else FUNDS[number][0]
        donation = self.new_id(fund, choice)
        call = ("recordPayment", fund, (donation, amount, ZERO, ZERO), promised)
        self.act(self.person(fund, who), call, "pay", fund, donation, amount, promised)

    @rule(who=whos, number=fund_nos, amount=amounts, choice=id_choices)
    def earn(self, who: int, number: int, amount: int, choice: int) -> None:
        fund = FUNDS[number][0]
        income = self.new_id(fund, choice)
        self.act(
            self.person(fund, who), ("recordIncome", income, fund, 0, amount, ZERO, ZERO), "earn", income, fund, amount
        )

    @rule(who=whos, cited=nth, amount=amounts, choice=id_choices)
    def refund(self, who: int, cited: int, amount: int, choice: int) -> None:
        donation = self.pick("donation", cited)
        refund = self.new_id(donation, choice)
        self.act(
            self.person(donation, who),
            ("recordRefund", refund, donation, amount, ZERO),
            "refund",
            refund,
            donation,
            amount,
        )

    @rule(
        who=whos,
        one=fund_nos,
        two=fund_nos,
        amount=amounts,
        to_amount=amounts,
        rate=st.sampled_from(RATES),
        choice=id_choices,
    )
    def convert(self, who: int, one: int, two: int, amount: int, to_amount: int, rate: Rate, choice: int) -> None:
        source, target = FUNDS[one][0], FUNDS[two][0]
        new = self.new_id(source, choice)
        call = ("recordConversion", new, source, target, amount, to_amount, *rate)
        self.act(self.person(source, who), call, "convert", new, source, target, amount, to_amount, rate)

    # Money to its end

    @rule(who=whos, number=fund_nos, amount=amounts, end=end_nos, choice=id_choices)
    def redesignate(self, who: int, number: int, amount: int, end: int, choice: int) -> None:
        fund = FUNDS[number][0]
        new = self.new_id(fund, choice)
        call = ("proposeRedesignation", new, fund, amount, ends_of(end), ZERO)
        self.act(self.person(fund, who), call, "propose_redesignation", new, fund, amount, ENDS[end])

    @rule(who=whos, cited=nth)
    def approve_redesignation(self, who: int, cited: int) -> None:
        record = self.pick("redesignation", cited)
        self.act(self.person(record, who), ("approveRedesignation", record), "approve_redesignation", record)

    @rule(who=whos, number=fund_nos, amount=amounts, end=end_nos, cited=nth, choice=id_choices)
    def propose(self, who: int, number: int, amount: int, end: int, cited: int, choice: int) -> None:
        fund = FUNDS[number][0]
        new, redesignation = self.new_id(fund, choice), self.pick("redesignation", cited) if cited else b""
        call = ("proposeAllocation", new, fund, amount, ends_of(end), redesignation or ZERO, ZERO)
        self.act(self.person(fund, who), call, "propose", new, fund, amount, ENDS[end], redesignation)

    @rule(who=whos, decision=st.sampled_from(["approve", "approve", "approve", "cancel", "close"]), cited=nth)
    def decide(self, who: int, decision: str, cited: int) -> None:
        allocation = self.pick("allocation", cited)
        self.act(self.person(allocation, who), (f"{decision}Allocation", allocation), decision, allocation)

    @rule(who=whos, cited=nth, amount=amounts, choice=id_choices)
    def give_back(self, who: int, cited: int, amount: int, choice: int) -> None:
        allocation = self.pick("allocation", cited)
        new = self.new_id(allocation, choice)
        self.act(
            self.person(allocation, who),
            ("returnUnspent", new, allocation, amount),
            "give_back",
            new,
            allocation,
            amount,
        )

    @rule(who=whos, cited=nth, kind=st.sampled_from([0, 0, 0, 1, 2, 3]), amount=amounts, choice=id_choices)
    def spend(self, who: int, cited: int, kind: int, amount: int, choice: int) -> None:
        allocation = self.pick("allocation", cited)
        new = self.new_id(allocation, choice)
        call = ("recordExpenditure", new, allocation, kind, amount, ZERO, ZERO, ZERO)
        self.act(self.person(allocation, who), call, "spend", new, allocation, kind, amount)

    @rule(cited=nth, cost=st.integers(0, 100))
    def deliver(self, cited: int, cost: int) -> None:
        expenditure = self.pick("expenditure", cited)
        lot = self.new_id(expenditure, 0)
        call = ("deliverExpenditure", expenditure, lot, cost, 1)
        self.speak(self.world.supply, call, "deliver", expenditure, lot, cost)

    @rule(cited=nth)
    def undeliver(self, cited: int) -> None:
        with_lots = [one for one in self.world.model.records.values() if one.lots]
        if with_lots:
            record = with_lots[cited % len(with_lots)]
            lot, cost = next(iter(record.lots.items()))
            call = ("undeliverExpenditure", record.id, lot, cost, 1)
            self.speak(self.world.supply, call, "undeliver", record.id, lot)

    @rule(who=whos, cited=nth, amount=amounts, choice=id_choices)
    def supplier_refund(self, who: int, cited: int, amount: int, choice: int) -> None:
        expenditure = self.pick("expenditure", cited)
        new = self.new_id(expenditure, choice)
        call = ("recordSupplierRefund", new, expenditure, amount, ZERO)
        self.act(self.person(expenditure, who), call, "supplier_refund", new, expenditure, amount)

    @rule(
        who=whos,
        cited=nth,
        number=st.sampled_from([0, 3, 4, 4, 4, 5, 5, 6]),
        amount=amounts,
        used=nth,
        choice=id_choices,
    )
    def disburse(self, who: int, cited: int, number: int, amount: int, used: int, choice: int) -> None:
        allocation, child = self.pick("allocation", cited), FUNDS[number][0]
        new, redesignation = self.new_id(allocation, choice), self.pick("redesignation", used) if used else b""
        call = ("recordDisbursement", new, allocation, child, amount, redesignation or ZERO, ZERO)
        self.act(self.person(allocation, who), call, "disburse", new, allocation, child, amount, redesignation)

    @rule(who=whos, cited=nth, decision=st.sampled_from(["acknowledge", "acknowledge", "reject"]))
    def answer(self, who: int, cited: int, decision: str) -> None:
        disbursement = self.pick("disbursement", cited)
        record = self.world.model.records.get(disbursement)
        near = record.other if record else disbursement
        more = (ZERO,) if decision == "reject" else ()
        self.act(self.person(near, who), (f"{decision}Disbursement", disbursement, *more), decision, disbursement)

    # Corrections, and what was done before

    @rule(number=st.integers(0, 5))
    def reverse_late(self, number: int) -> None:
        self.reverse(number)

    @rule(number=st.integers(0, 50))
    def reverse(self, number: int) -> None:
        records = list(self.world.model.records)
        target = records[-1 - number % len(records)]
        self.speak(self.world.corrections, ("reverseRecord", target, 0), "reverse", target)

    @rule(kind=st.sampled_from([*FundModel.CORRECTABLE, "adjustment"]), number=st.integers(0, 3), delta=small)
    def adjust_late(self, kind: str, number: int, delta: int) -> None:
        self.adjust(kind, number, delta, 0)

    @rule(kind=st.sampled_from(KINDS), number=nth, delta=deltas, choice=id_choices)
    def adjust(self, kind: str, number: int, delta: int, choice: int) -> None:
        target = self.pick(kind, number)
        new = self.new_id(target, choice)
        call = ("adjustRecord", target, new, 0, 0, delta, 0)
        self.speak(self.world.corrections, call, "adjust", target, new, delta)
        self.adjustments.append((call, target, new, delta))

    @rule(number=st.integers(0, 60), who=whos)
    def repeat(self, number: int, who: int) -> None:
        """What anybody recorded before, by anybody with the role: nothing changes, whatever became of it since."""
        person, call, (action, _, *arguments) = self.done[number % len(self.done)]
        decides = action.startswith(("approve", "cancel", "close", "acknowledge"))
        self.act(person if decides else self.person(arguments[0], who), call, action, *arguments)

    @rule(number=nth)
    def repeat_adjustment(self, number: int) -> None:
        if self.adjustments:
            call, *arguments = self.adjustments[number % len(self.adjustments)]
            self.speak(self.world.corrections, call, "adjust", *arguments)


@pytest.fixture(scope="module")
def world() -> Iterator[FundWorld]:
    with running_node() as node:
        yield FundWorld(node)


@pytest.mark.timeout(3600)
def test_fund_ledger__any_actions_in_any_order__as_the_model(world: FundWorld) -> None:
    FundMachine.world = world
    is_long = "TEST_LONG" in os.environ
    chosen = settings(
        max_examples=600 if is_long else 40,
        stateful_step_count=80 if is_long else 40,
        phases=list(Phase) if is_long else [Phase.generate],  # making a failure small can take minutes
        derandomize=not is_long,  # the short form is the same at every run; the long one looks further each time
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(FundMachine, settings=chosen)
