"""R5 over a fund's whole life: gifts, allocations, returns, refunds and corrections in any order keep every share exact."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ledger.attribution import borne_by_source, remaining_factors, remaining_minor, shares_of_step
from ledger.pools import Flow, Gift, build_pool

actions = st.lists(
    st.tuples(st.sampled_from(["gift", "gift", "allocate", "return", "refund", "correct"]), st.integers(1, 10**6)),
    min_size=1,
    max_size=30,
)


class Fund:
    """A fund as the contract keeps it: what is free, or the deficit, and what each record may still move."""

    def __init__(self):
        self.flows, self.gifts, self.position, self.journal_no = [], [], 0, 0
        self.open_gifts, self.open_allocations = {}, {}

    def flow(self, source_id, flow_minor):
        self.flows.append(Flow(self.journal_no, source_id, flow_minor, self.position))
        self.position += flow_minor

    def play(self, kind, amount):
        self.journal_no += 1
        name = f"{self.journal_no:03}"
        if kind == "gift":
            self.gifts.append(Gift(self.journal_no, "gift-" + name, amount))
            self.open_gifts["gift-" + name] = amount
            self.position += amount
        elif kind == "allocate" and self.position > 0:
            amount = amount % self.position + 1
            self.open_allocations["allocation-" + name] = amount
            self.flow("allocation-" + name, -amount)
        elif kind == "return" and self.open_allocations:
            allocation_id = sorted(self.open_allocations)[amount % len(self.open_allocations)]
            back = amount % self.open_allocations.pop(allocation_id) + 1
            self.flow(allocation_id, back)
        elif kind in ("refund", "correct") and self.open_gifts:
            gift_id = sorted(self.open_gifts)[amount % len(self.open_gifts)]
            taken = amount % self.open_gifts[gift_id] + 1
            if kind == "refund" and taken > self.position:
                return
            self.open_gifts[gift_id] -= taken
            if not self.open_gifts[gift_id]:
                del self.open_gifts[gift_id]
            self.flow(gift_id, -taken)

    def pool(self):
        by_id = {gift.donation_id: gift for gift in self.gifts}
        return build_pool(
            "fund", self.flows, by_id.get, lambda after: (gift for gift in self.gifts if gift.journal_no > after)
        )


@given(actions)
def test_build_pool__any_life_of_a_fund__entries_are_what_is_free(script):
    fund = Fund()
    for kind, amount in script:
        fund.play(kind, amount)
    pool = fund.pool()

    entries = [*(pool.gift_entry(gift) for gift in fund.gifts), *pool.entries]
    factors = remaining_factors(pool.steps, len(pool.steps))
    left = sum((entry.amount_minor * factors[entry.step] for entry in entries), Fraction(0))
    assert left == max(fund.position, 0)
    for number in range(len(pool.steps)):
        assert sum(shares_of_step(pool.steps, entries, number).values()) == 1


@given(actions)
def test_build_pool__any_life_of_a_fund__no_source_has_less_than_nothing(script):
    fund = Fund()
    for kind, amount in script:
        fund.play(kind, amount)
    pool = fund.pool()

    for gift in fund.gifts:
        assert remaining_minor(pool.steps, pool.entries_of(gift), gift.donation_id) >= 0
        borne = borne_by_source(pool.steps, pool.entries_of(gift), gift.donation_id)
        assert all(amount >= 0 for _, amount in borne)


def test_build_pool__refund_beyond_what_remained__named_and_borne_by_all():
    gifts = {"a": Gift(1, "a", 100), "b": Gift(2, "b", 100)}
    flows = [Flow(3, "allocation", -100, 200), Flow(4, "a", -80, 100)]

    pool = build_pool("fund", flows, gifts.get, lambda _: [])

    assert pool.taken_beyond == {"a": Fraction(30)}
    assert [(step.record_id, step.amount_minor, step.pool_minor) for step in pool.steps] == [
        ("allocation", 100, 200),
        ("a", 30, 50),
    ]
    assert remaining_minor(pool.steps, pool.entries_of(gifts["b"]), "b") == 20


def test_build_pool__gift_after_a_deficit__covers_it_first():
    gifts = {"a": Gift(1, "a", 100), "b": Gift(4, "b", 100)}
    flows = [Flow(2, "allocation", -100, 100), Flow(3, "a", -40, 0)]

    pool = build_pool("fund", flows, gifts.get, lambda _: [gifts["b"]])

    assert pool.covered == {"b": 40}
    assert remaining_minor(pool.steps, pool.entries_of(gifts["b"]), "b") == 60
