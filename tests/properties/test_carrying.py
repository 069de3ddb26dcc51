"""R5 onwards: what a donation became adds up, however often money came back, and each record stands there once.

carry
├── given any life of a fund                  → all gifts together are what each record holds, what is free and covered
└── given a record that gives back and takes  → it holds of the source what it took and did not give back
trace_donation
├── given a refund that was undone            → as if it had never been
├── given a refund beyond a covered deficit   → every part is between nothing and the whole
├── given thirty allocations that gave back   → each stands there once
├── given money that comes back in a circle   → it ends, and adds up
└── given money that was passed on            → it is followed into the other fund
"""

from fractions import Fraction

import pytest
from hypothesis import given
from sqlmodel import Session, SQLModel

from ledger.carrying import carry
from ledger.database import insert, open_engine
from ledger.models.allocation import Allocation
from ledger.models.disbursement import Disbursement
from ledger.models.donation import Donation
from ledger.models.expenditure import Expenditure
from ledger.models.fund import Fund
from ledger.models.pool_flow import PoolFlow
from ledger.pools import Flow, Gift, build_pool
from ledger.queries.funding import unattributed_part
from ledger.queries.trace_down import trace_donation
from ledger.queries.trace_nodes import leaves
from tests.properties.test_pools import Fund as FundLife
from tests.properties.test_pools import actions

DIGEST = "0" * 64


@given(actions)
def test_carry__any_life_of_a_fund__gifts_add_up_to_what_is_where(script):
    life = FundLife()
    for kind, amount in script:
        life.play(kind, amount)
    pool = life.pool()
    carried = [carry(pool, gift.donation_id, pool.entries_of(gift)) for gift in life.gifts]

    parts = [part for one in carried for part in (one.free, one.free_again, one.covered, *one.held.values())]
    assert all(part >= 0 for part in parts)
    assert sum((one.free + one.free_again for one in carried), Fraction(0)) == max(life.position, 0)
    whole = {}
    for step in pool.steps:
        whole[step.record_id] = whole.get(step.record_id, Fraction(0)) + step.amount_minor
    for entry in pool.entries:
        if entry.source_id in whole and entry.source_id not in pool.gifts and not entry.covers_deficit:
            whole[entry.source_id] -= entry.amount_minor
    for record_id, amount in whole.items():
        assert sum((one.held.get(record_id, Fraction(0)) for one in carried), Fraction(0)) == amount


@given(actions)
def test_unattributed_part__any_life_of_a_fund__between_nothing_and_all(script):
    life = FundLife()
    for kind, amount in script:
        life.play(kind, amount)
    pool = life.pool()
    assert all(0 <= unattributed_part(pool, gift) <= 1 for gift in life.gifts)


def test_unattributed_part__refund_of_a_gift_that_covered_a_deficit__not_more_than_all():
    gifts = {"a": Gift(1, "a", 100), "b": Gift(4, "b", 100)}
    flows = [
        Flow(2, "first", -100, 100),
        Flow(3, "a", -40, 0),
        Flow(5, "second", -60, 60),
        Flow(6, "b", -90, 0),
    ]
    pool = build_pool(
        "fund", flows, gifts.get, lambda after: [gift for gift in gifts.values() if gift.journal_no > after]
    )
    assert pool.covered == {"b": 40}
    assert unattributed_part(pool, gifts["b"]) == Fraction(9, 10)


def test_carry__record_gives_back_and_takes_again__holds_the_rest():
    gifts = {"a": Gift(1, "a", 60), "b": Gift(2, "b", 40)}
    flows = [Flow(3, "first", -100, 100), Flow(4, "first", 50, 0), Flow(5, "first", -20, 50), Flow(6, "next", -30, 30)]
    pool = build_pool("fund", flows, gifts.get, lambda _: [])
    carried = carry(pool, "a", pool.entries_of(gifts["a"]))
    assert carried.held == {"first": 42, "next": 18}
    assert carried.free == carried.free_again == carried.covered == 0


class Book:
    """Rows of an index about funds, written as the projections write them."""

    def __init__(self, session):
        self.session, self.journal_no, self.free = session, 0, {}

    def fund(self, fund_id):
        self.free[fund_id] = 0
        values = {"organisation_id": 2, "currency": "CNY", "purpose": "", "place": "", "exercise": False}
        insert(
            self.session, Fund, fund_id=fund_id, content_digest=DIGEST, actor_id=1, journal_no=self._next(), **values
        )
        return fund_id

    def gift(self, fund_id, amount):
        journal_no = self._next()
        donation_id = f"gift-{journal_no:04}"
        insert(
            self.session,
            Donation,
            donation_id=donation_id,
            fund_id=fund_id,
            amount_minor=amount,
            recorded_minor=amount,
            donor_commitment=DIGEST,
            content_digest=DIGEST,
            actor_id=1,
            journal_no=journal_no,
        )
        self.free[fund_id] += amount
        return donation_id

    def flow(self, fund_id, source_id, amount):
        insert(
            self.session,
            PoolFlow,
            fund_id=fund_id,
            journal_no=self._next(),
            source_id=source_id,
            flow_minor=amount,
            position_minor=self.free[fund_id],
        )
        self.free[fund_id] += amount

    def allocation(self, fund_id, amount, spent, *, closed=True):
        """An allocation that was spent in part; where it is closed, the rest came back."""
        allocation_id = f"allocation-{self.journal_no:04}"
        self.flow(fund_id, allocation_id, -amount)
        insert(
            self.session,
            Allocation,
            allocation_id=allocation_id,
            fund_id=fund_id,
            amount_minor=amount,
            reduced_minor=spent,
            purpose="",
            place="",
            state="closed" if closed else "approved",
            content_digest=DIGEST,
            actor_id=1,
            journal_no=self._next(),
        )
        if spent:
            self.spend(allocation_id, fund_id, spent)
        if closed and amount > spent:
            self.flow(fund_id, allocation_id, amount - spent)
        return allocation_id

    def spend(self, allocation_id, fund_id, amount):
        journal_no = self._next()
        insert(
            self.session,
            Expenditure,
            expenditure_id=f"expenditure-{journal_no:04}",
            allocation_id=allocation_id,
            fund_id=fund_id,
            kind="services",
            amount_minor=amount,
            recorded_minor=amount,
            content_digest=DIGEST,
            actor_id=1,
            journal_no=journal_no,
        )

    def disbursement(self, allocation_id, fund_id, child_fund_id, amount):
        disbursement_id = f"disbursement-{self.journal_no:04}"
        insert(
            self.session,
            Disbursement,
            disbursement_id=disbursement_id,
            allocation_id=allocation_id,
            fund_id=fund_id,
            child_fund_id=child_fund_id,
            amount_minor=amount,
            state="acknowledged",
            content_digest=DIGEST,
            actor_id=1,
            journal_no=self._next(),
        )
        self.flow(child_fund_id, disbursement_id, amount)
        return disbursement_id

    def ends(self, donation_id):
        """(kind, record, share) of every end of the donation's trace, which add up to 1."""
        root = trace_donation(self.session, donation_id)
        found = list(leaves(root))
        assert sum(leaf.share for leaf in found) == 1
        assert all(0 <= leaf.share <= 1 for leaf in found)
        return root, [(leaf.kind, leaf.record_id, leaf.share) for leaf in found]

    def _next(self):
        self.journal_no += 1
        return self.journal_no


@pytest.fixture
def book(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'book.sqlite'}")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        yield Book(session)
    engine.dispose()


def test_trace_donation__refund_undone__as_if_it_had_never_been(book):
    fund = book.fund("fund")
    gift = book.gift(fund, 100)
    book.flow(fund, gift, -30)
    book.flow(fund, gift, 30)
    root, ends = book.ends(gift)
    assert (root.amount_minor, ends) == (100, [("unallocated", fund, Fraction(1))])


def test_trace_donation__refund_of_what_covered_a_deficit__parts_between_nothing_and_all(book):
    fund = book.fund("fund")
    first = book.gift(fund, 100)
    book.allocation(fund, 100, 100)
    book.flow(fund, first, -40)
    second = book.gift(fund, 100)
    allocated = book.allocation(fund, 60, 0, closed=False)
    book.flow(fund, second, -90)
    _, ends = book.ends(second)
    assert ends == [
        ("deficit_covered", fund, Fraction(4, 100)),
        ("unspent", allocated, Fraction(6, 100)),
        ("corrected", second, Fraction(90, 100)),
    ]


def test_trace_donation__many_allocations_gave_back__each_once(book):
    fund = book.fund("fund")
    gift = book.gift(fund, 1_000_000)
    for _ in range(30):
        book.allocation(fund, book.free[fund] // 2, book.free[fund] // 8)
    root, ends = book.ends(gift)
    allocations = [node.record_id for node in root.children if node.kind == "allocation"]
    assert len(allocations) == len(set(allocations)) == 30
    assert len(ends) == 31
    assert ends[0] == ("unallocated", fund, Fraction(book.free[fund], 1_000_000))


def test_trace_donation__closed_allocation_spends_what_another_gave_back__ends(book):
    fund = book.fund("fund")
    gift = book.gift(fund, 100)
    first = book.allocation(fund, 100, 50)
    book.allocation(fund, 50, 0)
    book.spend(first, fund, 30)
    book.flow(fund, first, -30)
    _, ends = book.ends(gift)
    assert sum(share for kind, _, share in ends if kind == "services") == Fraction(80, 100)
    assert ("unallocated", fund, Fraction(20, 100)) in ends


def test_trace_donation__passed_on__followed_into_the_other_fund(book):
    parent, child = book.fund("parent"), book.fund("child")
    gift = book.gift(parent, 100)
    book.gift(child, 300)
    allocation = book.allocation(parent, 100, 100, closed=False)
    book.session.connection().exec_driver_sql("DELETE FROM expenditure")
    passed = book.disbursement(allocation, parent, child, 100)
    spent = book.allocation(child, 200, 200)
    root, _ = book.ends(gift)
    (disbursement,) = root.children[0].children
    assert (disbursement.kind, disbursement.record_id, disbursement.amount_minor) == ("disbursement", passed, 100)
    assert [(node.kind, node.record_id, node.amount_minor) for node in disbursement.children] == [
        ("unallocated", child, 50),
        ("allocation", spent, 50),
    ]


def test_trace_donation__money_in_a_circle__ends(book):
    here, there = book.fund("here"), book.fund("there")
    gift = book.gift(here, 100)
    first = book.allocation(here, 100, 0, closed=False)
    book.disbursement(first, here, there, 100)
    second = book.allocation(there, 100, 0, closed=False)
    book.disbursement(second, there, here, 100)
    # The first allocation takes, after it was closed, of what came back.
    book.flow(here, first, -100)
    book.ends(gift)
