"""Whose money is it? Exact shares of pooled money (R5), as pure functions of a fund's records in their order.

A fund is a pool. Money enters it from sources (a donation, a transfer from another fund, what an allocation returned)
and leaves it in steps (an approved allocation). Every source bears a step in proportion to what of it remained then, so
a step of `a` out of a pool of `p` leaves `1 - a/p` of every source. What a source still has at a later step is what it
brought times the product of those factors: one factor a step, whatever the number of sources.

    source 60 ─┐ step 1: 50 of 100        step 2: 30 of 90
    source 40 ─┴─▶ leaves 30 and 20 ──▶ + source 40 ──▶ bears 10, 6 2/3 and 13 1/3

Shares are `Fraction`s and add up to exactly 1; figures are rounded only for display, by `apportion`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """Money that left the pool: `amount_minor` of the `pool_minor` that was in it just before."""

    record_id: str
    amount_minor: Fraction
    pool_minor: Fraction


@dataclass(frozen=True, slots=True)
class Entry:
    """Money of one source that entered the pool after the first `step` steps; negative: the source took it back, or it
    covered a deficit and so never was in the pool.
    """

    source_id: str
    step: int
    amount_minor: Fraction
    covers_deficit: bool = False


def remaining_factors(steps: Sequence[Step], until: int) -> list[Fraction]:
    """What is left, just before step `until`, of one unit that entered after each number of steps 0..until.

    The result has `until + 1` elements; the last is 1.
    """
    factors = [Fraction(1)] * (until + 1)
    for number in range(until - 1, -1, -1):
        step = steps[number]
        factors[number] = factors[number + 1] * (1 - step.amount_minor / step.pool_minor)
    return factors


def remaining_minor(steps: Sequence[Step], entries: Iterable[Entry], source_id: str) -> Fraction:
    """What is left of a source in the pool after all `steps`."""
    factors = remaining_factors(steps, len(steps))
    return sum(
        (entry.amount_minor * factors[entry.step] for entry in entries if entry.source_id == source_id), Fraction(0)
    )


def shares_of_step(steps: Sequence[Step], entries: Iterable[Entry], number: int) -> dict[str, Fraction]:
    """The share of step `number` that each source bore, sources with none left out.

    The shares add up to exactly 1 where the entries up to the step explain the whole pool.
    """
    factors = remaining_factors(steps, number)
    pool_minor = steps[number].pool_minor
    shares: dict[str, Fraction] = {}
    for entry in entries:
        if entry.step <= number and (share := entry.amount_minor * factors[entry.step] / pool_minor):
            shares[entry.source_id] = shares.get(entry.source_id, Fraction(0)) + share
    return {source_id: share for source_id, share in shares.items() if share}


def borne_by_source(steps: Sequence[Step], entries: Iterable[Entry], source_id: str) -> list[tuple[Step, Fraction]]:
    """Every step with the amount the source bore of it, in order; that and what remains is what it brought."""
    at_step: dict[int, Fraction] = {}
    for entry in entries:
        if entry.source_id == source_id:
            at_step[entry.step] = at_step.get(entry.step, Fraction(0)) + entry.amount_minor
    left = Fraction(0)
    borne = []
    for number, step in enumerate(steps):
        left += at_step.get(number, 0)
        if left:
            amount_minor = left * step.amount_minor / step.pool_minor
            borne.append((step, amount_minor))
            left -= amount_minor
    return borne


def apportion(total: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole figures for display, one for each share: they add up to `total` exactly.

    Largest remainder; ties go to the smaller id. Raises `ValueError` unless the shares add up to 1.
    """
    if not shares:
        raise ValueError("there is nothing to divide the total by")
    exact = {key: total * share for key, share in shares.items()}
    if sum(shares.values()) != 1:
        raise ValueError(f"shares add up to {sum(shares.values())}, not to 1")
    figures = {key: amount.numerator // amount.denominator for key, amount in exact.items()}
    missing = total - sum(figures.values())
    by_remainder = sorted(figures, key=lambda key: (figures[key] - exact[key], key))
    for key in by_remainder[:missing]:
        figures[key] += 1
    return figures
