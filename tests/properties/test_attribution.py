"""R5 as a law: the cumulative factor gives the same shares as following every donation through every allocation."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.attribution import Entry, Step, apportion, borne_by_source, remaining_minor, shares_of_step

amounts = st.integers(min_value=1, max_value=2**53 - 1)
moves = st.lists(
    st.one_of(st.tuples(st.just("in"), amounts), st.tuples(st.just("out"), st.fractions(Fraction(1, 1000), 1))),
    min_size=2,
    max_size=25,
)


def follow(script):
    """The comparator: every source's remainder is kept by itself and divided anew at each step."""
    steps, entries, left, borne = [], [], {}, []
    for number, (kind, amount) in enumerate(script):
        if kind == "in":
            source_id = f"source-{number:03}"
            entries.append(Entry(source_id, len(steps), Fraction(amount)))
            left[source_id] = Fraction(amount)
            continue
        pool_minor = sum(left.values(), Fraction(0))
        if not pool_minor:
            continue
        amount_minor = Fraction(max(1, int(pool_minor * amount)))
        amount_minor = min(amount_minor, pool_minor)
        steps.append(Step(f"step-{number:03}", amount_minor, pool_minor))
        shares = {source_id: rest / pool_minor for source_id, rest in left.items() if rest}
        borne.append(shares)
        left = {source_id: rest - shares.get(source_id, 0) * amount_minor for source_id, rest in left.items()}
    return steps, entries, left, borne


@given(moves)
def test_shares_of_step__any_order_of_gifts_and_allocations__equal_to_following_every_gift(script):
    steps, entries, left, borne = follow(script)

    for number, expected in enumerate(borne):
        assert shares_of_step(steps, entries, number) == expected
        assert sum(expected.values()) == 1
    for source_id, rest in left.items():
        assert remaining_minor(steps, entries, source_id) == rest


@given(moves)
def test_borne_by_source__any_order__borne_and_remaining_are_what_it_brought(script):
    steps, entries, _, _ = follow(script)

    for entry in entries:
        borne = borne_by_source(steps, entries, entry.source_id)
        rest = remaining_minor(steps, entries, entry.source_id)
        assert sum((amount for _, amount in borne), rest) == entry.amount_minor


def test_shares_of_step__a_gift_taken_back_between_two_steps__bears_only_the_first():
    steps = [
        Step("a", Fraction(50), Fraction(100)),
        Step("b", Fraction(10), Fraction(20)),
    ]
    entries = [
        Entry("taken", 0, Fraction(60)),
        Entry("kept", 0, Fraction(40)),
        Entry("taken", 1, Fraction(-30)),
    ]

    assert shares_of_step(steps, entries, 0) == {"taken": Fraction(3, 5), "kept": Fraction(2, 5)}
    assert shares_of_step(steps, entries, 1) == {"kept": Fraction(1)}


@given(
    st.integers(min_value=0, max_value=2**53 - 1),
    st.lists(st.integers(min_value=1, max_value=10**9), min_size=1, max_size=40),
)
def test_apportion__any_shares__adds_up_and_is_within_one_of_exact(total, weights):
    whole = sum(weights)
    shares = {f"{number:04}": Fraction(weight, whole) for number, weight in enumerate(weights)}

    figures = apportion(total, shares)

    assert sum(figures.values()) == total
    assert all(abs(figures[key] - total * share) < 1 for key, share in shares.items())


def test_apportion__equal_remainders__the_smaller_id_gets_the_unit():
    third = Fraction(1, 3)

    assert apportion(100, {"c": third, "a": third, "b": third}) == {"a": 34, "b": 33, "c": 33}


def test_apportion__shares_do_not_add_up__refused():
    with pytest.raises(ValueError, match="add up to 1/2"):
        apportion(10, {"a": Fraction(1, 2)})
