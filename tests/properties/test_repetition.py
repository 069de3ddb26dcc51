"""R22 as a law: the fast search for repeated lists finds what laying every row on every row finds."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.imports import repetition
from ledger.imports.repetition import repeated_runs, rows_needed

ROWS = st.lists(st.integers(0, 3), max_size=60) | st.lists(st.integers(0, 10**6), max_size=60)


def runs_by_hand(earlier, later):
    """Every offset, every row; the rule word by word."""
    found = []
    shorter = min(len(earlier), len(later))
    for offset in range(-len(earlier) + 1, len(later)):
        equal = [j for j in range(len(later)) if 0 <= j - offset < len(earlier) and earlier[j - offset] == later[j]]
        if len(equal) >= 20 and 10 * len(equal) >= 9 * shorter:
            found.append((-len(equal), max(0, offset), offset, equal[0], equal[-1] + 1))
    runs, held = [], set()
    for equal, _, offset, start, stop in sorted(found):
        if not held >= set(range(start, stop)):
            runs.append((start, stop, offset, -equal))
            held |= set(range(start, stop))
    return runs


@st.composite
def two_lists(draw):
    """Unrelated lists, or a later one that carries a stretch of the earlier with some rows altered."""
    earlier = draw(ROWS)
    if draw(st.booleans()):
        return earlier, draw(ROWS)
    stretch = list(earlier[draw(st.integers(0, 5)) :][: draw(st.integers(0, 60))])
    for index in draw(st.lists(st.integers(0, 59), max_size=8)):
        if index < len(stretch):
            stretch[index] = draw(st.integers(0, 4))
    return earlier, [*draw(st.lists(st.integers(0, 3), max_size=20)), *stretch, *draw(ROWS)]


@settings(max_examples=600, deadline=None)
@given(two_lists())
def test_repeated_runs__any_two_lists__as_by_hand(lists):
    earlier, later = lists
    assert repeated_runs(earlier, later) == runs_by_hand(earlier, later)


@settings(max_examples=200, deadline=None)
@given(two_lists())
def test_repeated_runs__counted_by_long_integers__as_by_hand(lists):
    usual, repetition._PAIRS_MAX = repetition._PAIRS_MAX, 0
    try:
        assert repeated_runs(*lists) == runs_by_hand(*lists)
    finally:
        repetition._PAIRS_MAX = usual


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=23, max_size=60, unique=True), st.integers(0, 3), st.data())
def test_repeated_runs__rows_of_a_repeated_list_altered__found_exactly_up_to_a_tenth(earlier, _seed, choose):
    altered = choose.draw(st.lists(st.integers(0, len(earlier) - 1), unique=True, max_size=len(earlier) // 3))
    later = [-1 - index if index in altered else print_ for index, print_ in enumerate(earlier)]
    runs = repeated_runs(earlier, later)
    left = len(earlier) - len(altered)
    assert bool(runs) == (left >= 20 and 10 * left >= 9 * len(earlier))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 400), st.integers(0, 400))
def test_rows_needed__any_lengths__ninety_per_cent_of_the_shorter_and_twenty(one, other):
    needed = rows_needed(one, other)
    assert needed >= 20
    assert 10 * needed >= 9 * min(one, other)
    assert needed == 20 or 10 * (needed - 1) < 9 * min(one, other)


def test_repeated_runs__nineteen_equal_rows__never_suspected():
    assert repeated_runs(list(range(19)), list(range(19))) == []


def test_repeated_runs__equal_gifts_standing_alone__never_suspected():
    earlier = list(range(3000))
    later = list(range(10_000, 13_000))
    for index in random.Random(22).sample(range(3000), 9):
        later[index] = earlier[index]
    assert repeated_runs(earlier, later) == []


def test_repeated_runs__row_at_the_end_kept_its_amount__belongs_to_the_run():
    earlier = list(range(30))
    later = [-1, *range(1, 29), -2, *range(100, 130)]
    (run,) = repeated_runs(earlier, later, kept=lambda early, late: early == late)
    assert (run.start, run.stop, run.equal) == (0, 30, 28)
    (run,) = repeated_runs(earlier, later)
    assert (run.start, run.stop, run.equal) == (1, 29, 28)


def test_repeated_runs__two_lists_of_the_same_gift_over_and_over__answered_in_seconds():
    runs = repeated_runs([7] * 20_000, [7] * 20_000)
    assert runs == [(0, 20_000, 0, 20_000)]
