"""A fund's pool, built from its flows in the order of the journal (R5).

    flow of a source           in the pool
    ─────────────────          ───────────────────────────────────────────────────────────────
    something becomes free     an entry of that source, and one below zero for what of it covers a deficit
    something is taken         from what the source itself still has; what is beyond that is
                               a step, which every source in the pool bears in proportion

So an allocation, which has nothing in the pool yet, is a step as a whole, and a refund within what is left of the
donation is none. Donations enter as recorded; there may be 100,000 of them, so they are not listed here: where one
stands among the steps follows from its position in the journal.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from ledger.attribution import Entry, Step, remaining_factors


class Flow(NamedTuple):
    """One movement of what a fund has free; `position_minor` is what was free before, below zero the deficit."""

    journal_no: int
    source_id: str
    flow_minor: int
    position_minor: int


class Gift(NamedTuple):
    """A donation as it was recorded."""

    journal_no: int
    donation_id: str
    amount_minor: int


@dataclass(slots=True)
class Pool:
    """Steps and entries of one fund, donations' own first entries left out (see `gift_entry`)."""

    fund_id: str
    steps: list[Step] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    taken_beyond: dict[str, Fraction] = field(default_factory=dict)
    """By source: what was refunded or corrected beyond what remained of it."""
    covered: dict[str, int] = field(default_factory=dict)
    """By source: what of it covered a deficit and so never was in the pool."""
    gifts: set[str] = field(default_factory=set)
    """Donations among the sources of flows: what comes back of them was theirs before, not a step's."""

    def step_of(self, journal_no: int) -> int:
        """How many steps came before that position of the journal."""
        return bisect_left(self.positions, journal_no)

    def gift_entry(self, gift: Gift) -> Entry:
        """The donation's entry as it came in."""
        return Entry(gift.donation_id, self.step_of(gift.journal_no), Fraction(gift.amount_minor))

    def entries_of(self, gift: Gift) -> list[Entry]:
        """All of the donation's entries, in order."""
        return [self.gift_entry(gift), *(entry for entry in self.entries if entry.source_id == gift.donation_id)]

    def steps_of(self, source_id: str, before: int | None = None) -> list[int]:
        """Numbers of the steps that this record took, before that position of the journal."""
        return [
            number
            for number, step in enumerate(self.steps)
            if step.record_id == source_id and (before is None or self.positions[number] < before)
        ]


GiftOf = Callable[[str], Gift | None]
GiftsAfter = Callable[[int], Iterable[Gift]]


def build_pool(fund_id: str, flows: Sequence[Flow], gift_of: GiftOf, gifts_after: GiftsAfter) -> Pool:
    """The pool after `flows`, which are in the order of the journal.

    `gift_of` finds a donation by its id, `gifts_after` gives the fund's donations after a position of the journal, in
    order; it is asked only where a deficit was open.
    """
    pool = Pool(fund_id)
    mine: dict[str, list[Entry]] = defaultdict(list)
    ends: list[int | None] = [*(flow.journal_no for flow in flows[1:]), None]
    for flow, until in zip(flows, ends, strict=False):
        if flow.source_id not in mine and (gift := gift_of(flow.source_id)):
            mine[flow.source_id] = pool.entries_of(gift)
            pool.gifts.add(flow.source_id)
        _apply(pool, flow, mine)
        if flow.position_minor + flow.flow_minor < 0:
            _cover(pool, -(flow.position_minor + flow.flow_minor), gifts_after(flow.journal_no), until)
    return pool


def _apply(pool: Pool, flow: Flow, mine: dict[str, list[Entry]]) -> None:
    if flow.flow_minor > 0:
        _enter(pool, mine, flow.source_id, Fraction(flow.flow_minor))
        if covered := min(flow.flow_minor, max(-flow.position_minor, 0)):
            pool.covered[flow.source_id] = pool.covered.get(flow.source_id, 0) + covered
            _enter(pool, mine, flow.source_id, Fraction(-covered), covers_deficit=True)
        return
    taken = Fraction(-flow.flow_minor)
    own = min(taken, _remaining(pool, mine[flow.source_id]))
    if own:
        _enter(pool, mine, flow.source_id, -own)
    beyond = taken - own
    if beyond:
        if mine[flow.source_id]:
            pool.taken_beyond[flow.source_id] = pool.taken_beyond.get(flow.source_id, Fraction(0)) + beyond
        free = max(flow.position_minor, 0) - own
        if borne := min(beyond, free):
            pool.steps.append(Step(flow.source_id, borne, free))
            pool.positions.append(flow.journal_no)


def _enter(
    pool: Pool, mine: dict[str, list[Entry]], source_id: str, amount_minor: Fraction, *, covers_deficit: bool = False
) -> None:
    entry = Entry(source_id, len(pool.steps), amount_minor, covers_deficit)
    pool.entries.append(entry)
    mine[source_id].append(entry)


def _remaining(pool: Pool, entries: Sequence[Entry]) -> Fraction:
    if not entries:
        return Fraction(0)
    factors = remaining_factors(pool.steps, len(pool.steps))
    return max(sum((entry.amount_minor * factors[entry.step] for entry in entries), Fraction(0)), Fraction(0))


def _cover(pool: Pool, deficit_minor: int, gifts: Iterable[Gift], until: int | None) -> None:
    """Donations that follow cover the deficit, the earliest first."""
    for gift in gifts:
        if deficit_minor <= 0 or (until is not None and gift.journal_no > until):
            return
        covered = min(gift.amount_minor, deficit_minor)
        deficit_minor -= covered
        pool.covered[gift.donation_id] = pool.covered.get(gift.donation_id, 0) + covered
        step = pool.step_of(gift.journal_no)
        pool.entries.append(Entry(gift.donation_id, step, Fraction(-covered), covers_deficit=True))
