"""What became of one source's money in a pool: pure functions of the pool, like `attribution`.

What a record took and gave back is in the pool again, as money of that record, and steps after it bear it again:

    source 100 ──▶ step A: 100 of 100 ──▶ A gives 40 back ──▶ step B: 40 of 40
                   A holds 60                                 B holds 40

So each record is met once, with all that it holds of the source in the end, however often money came back: one pass
over the steps, not one for each way through them.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ledger.attribution import Entry
from ledger.pools import Pool


@dataclass(slots=True)
class Carried:
    """Where a source's money is. All of it together, and what the source took back, is what it brought."""

    free: Fraction = Fraction(0)
    """In the pool since it came in."""
    free_again: Fraction = Fraction(0)
    """In the pool after a record gave it back."""
    covered: Fraction = Fraction(0)
    """Covered a deficit."""
    held: dict[str, Fraction] = field(default_factory=dict)
    """By record: what it took of it and did not give back."""


@dataclass(slots=True)
class _Part:
    """An amount, and how much of it is the source's."""

    whole: Fraction = Fraction(0)
    traced: Fraction = Fraction(0)

    def move(self, other: "_Part", whole: Fraction, factor: Fraction = Fraction(1)) -> Fraction:
        """Moves `whole` to the other part, which is counted in units of `factor`; returns the source's share of it."""
        traced = self.traced * whole / self.whole if self.whole else Fraction(0)
        self.whole, self.traced = self.whole - whole, self.traced - traced
        other.whole, other.traced = other.whole + whole / factor, other.traced + traced / factor
        return traced


def carry(pool: Pool, source_id: str, entries: Sequence[Entry]) -> Carried:
    """What became of the source's `entries` (with a donation's own first one, see `Pool.entries_of`)."""
    return _Carrier(pool, source_id, entries).run()


class _Carrier:
    """One pass. What is in the pool is counted in units of what the steps until now left of one unit: `_factor`."""

    def __init__(self, pool: Pool, source_id: str, entries: Sequence[Entry]) -> None:
        self._pool, self._source_id = pool, source_id
        self._entries: dict[int, list[Entry]] = defaultdict(list)
        for entry in pool.entries:
            if entry.source_id != source_id and entry.source_id not in pool.gifts:
                self._entries[entry.step].append(entry)
        for entry in entries:
            self._entries[entry.step].append(entry)
        self._factor = Fraction(1)
        self._own = Fraction(0)
        self._back: dict[str, _Part] = {}
        self._held: dict[str, _Part] = {}
        self._covered = Fraction(0)

    def run(self) -> Carried:
        """See `carry`."""
        for number, step in enumerate(self._pool.steps):
            self._enter(number)
            borne = step.amount_minor / step.pool_minor
            holder = self._held.setdefault(step.record_id, _Part())
            holder.whole += step.amount_minor
            holder.traced += self._in_pool() * borne
            self._factor *= 1 - borne
            if not self._factor:
                self._factor, self._own, self._back = Fraction(1), Fraction(0), {}
        self._enter(len(self._pool.steps))
        free = self._own * self._factor
        held = {record_id: part.traced for record_id, part in self._held.items() if part.traced}
        return Carried(free, self._in_pool() - free, self._covered, held)

    def _in_pool(self) -> Fraction:
        return (self._own + sum((part.traced for part in self._back.values()), Fraction(0))) * self._factor

    def _enter(self, number: int) -> None:
        for entry in self._entries[number]:
            if entry.source_id == self._source_id:
                self._own += entry.amount_minor / self._factor
                self._covered -= entry.amount_minor if entry.covers_deficit else 0
            elif holder := self._held.get(entry.source_id):
                self._give_back(holder, entry)

    def _give_back(self, holder: _Part, entry: Entry) -> None:
        back = self._back.setdefault(entry.source_id, _Part())
        if entry.amount_minor > 0:
            holder.move(back, entry.amount_minor, self._factor)
            return
        # It takes again what it gave back, or what it gave back covers a deficit.
        taken = back.move(_Part(), -entry.amount_minor / self._factor) * self._factor
        if entry.covers_deficit:
            self._covered += taken
        else:
            holder.whole -= entry.amount_minor
            holder.traced += taken
