"""Whether a list was published before, as a whole or in part (R22).

Two lists are laid against each other at every offset. Where at least 90 % of the shorter one's rows, and at least 20,
meet their equals by donor and amount, the later list's run from the first such row to the last is a suspected
repetition. Rows inside the run that differ are altered, and so are rows at its ends that kept the donor or the amount.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

ROWS_MIN = 20
SHARE_PERCENT = 90
# Above this many meetings of one pair of equal rows, one multiplication of long integers is the faster way to count.
_PAIRS_MAX = 2_000_000
_SLOT_BITS = 32


class Run(NamedTuple):
    """Rows `start` .. `stop` - 1 of the later list lie on rows `start - offset` .. of the earlier one.

    `equal` of them are the same by donor and amount. Rows are counted from 0.
    """

    start: int
    stop: int
    offset: int
    equal: int


def rows_needed(earlier: int, later: int) -> int:
    """How many rows of two lists of these lengths must be equal at one offset: R22's 90 % of the shorter, and 20."""
    return max(ROWS_MIN, -(-min(earlier, later) * SHARE_PERCENT // 100))


def repeated_runs(
    earlier: Sequence[int], later: Sequence[int], kept: Callable[[int, int], bool] = lambda _early, _late: False
) -> list[Run]:
    """The runs of `later` that repeat `earlier`, those with most equal rows first; usually none or one.

    A run whose rows all lie in runs before it is left out. Rows are given as fingerprints of donor and amount.
    `kept(i, j)` says whether row j of the later list, though not equal to row i of the earlier one, kept its donor or
    its amount.
    """
    needed = rows_needed(len(earlier), len(later))
    in_later = Counter(later)
    common = sum(min(count, in_later[print_]) for print_, count in Counter(earlier).items())
    if common < needed:
        return []
    offsets = [
        (-equal, max(0, offset), offset)
        for offset, equal in enumerate(_equal_by_offset(earlier, later), start=1 - len(earlier))
        if equal >= needed
    ]
    runs: list[Run] = []
    covered = bytearray(len(later))
    for _, first, offset in sorted(offsets):
        if covered.find(0, first, min(len(later), offset + len(earlier))) < 0:
            continue
        run = _run(earlier, later, offset, kept)
        if covered.find(0, run.start, run.stop) >= 0:
            covered[run.start : run.stop] = b"\1" * (run.stop - run.start)
            runs.append(run)
    return runs


def _equal_by_offset(earlier: Sequence[int], later: Sequence[int]) -> list[int]:
    """For each offset from 1 - len(earlier) on: how many rows are equal when `earlier` is laid there on `later`."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    for index, print_ in enumerate(later):
        places[print_].append(index)
    met: defaultdict[int, list[int]] = defaultdict(list)
    for index, print_ in enumerate(earlier):
        if print_ in places:
            met[print_].append(index)
    last = len(earlier) - 1
    equal = [0] * (len(earlier) + len(later) - 1)
    for print_, early in met.items():
        late = places[print_]
        if len(early) * len(late) > _PAIRS_MAX:
            for offset, count in enumerate(_correlation(early, late, last, len(equal))):
                equal[offset] += count
            continue
        for i in early:
            shift = last - i
            for j in late:
                equal[j + shift] += 1
    return equal


def _correlation(early: Sequence[int], late: Sequence[int], last: int, size: int) -> Iterator[int]:
    """How often j - i takes each value, counted by one product of two integers with a slot for each row."""
    product = _slots([last - i for i in early]) * _slots(late)
    width = _SLOT_BITS // 8
    counts = product.to_bytes((size + 1) * width, "little")
    return (int.from_bytes(counts[at * width : (at + 1) * width], "little") for at in range(size))


def _slots(indexes: Sequence[int]) -> int:
    width = _SLOT_BITS // 8
    slots = bytearray((max(indexes) + 1) * width)
    for index in indexes:
        slots[index * width] = 1
    return int.from_bytes(slots, "little")


def _run(earlier: Sequence[int], later: Sequence[int], offset: int, kept: Callable[[int, int], bool]) -> Run:
    first, end = max(0, offset), min(len(later), offset + len(earlier))
    equal = [row for row in range(first, end) if earlier[row - offset] == later[row]]
    start, stop = equal[0], equal[-1] + 1
    while start > first and kept(start - 1 - offset, start - 1):
        start -= 1
    while stop < end and kept(stop - offset, stop):
        stop += 1
    return Run(start, stop, offset, len(equal))
