"""Whose money an allocation is: pools read from the index, and followed back to the donations (R5).

The steps of all funds stand in one order, that of FundLedger's journal, and money only comes from earlier steps. So the
way back is one pass over the steps from the newest to the oldest, however they are linked by returns and transfers.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from sqlalchemy import func, select
from sqlmodel import Session

from ledger.attribution import remaining_factors
from ledger.database import table_of
from ledger.errors import NotFound
from ledger.models.allocation import Allocation
from ledger.models.disbursement import Conversion, Disbursement
from ledger.models.donation import Donation
from ledger.models.fund import Fund
from ledger.models.pool_flow import PoolFlow
from ledger.pools import Flow, Gift, Pool, build_pool

_DONATION, _FLOW = table_of(Donation), table_of(PoolFlow)
_GIFT = (_DONATION.c.journal_no, _DONATION.c.donation_id, _DONATION.c.recorded_minor)
GIFTS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class DonorShare:
    """What one donation bears. `unattributed` is the part that was refunded or corrected afterwards."""

    fund_id: str
    journal_no: int
    donation_id: str
    amount_minor: int
    share: Fraction
    unattributed: Fraction


@dataclass(slots=True)
class Funding:
    """Where money came from, as shares of one whole."""

    factors: dict[str, list[Fraction]] = field(default_factory=dict)
    """By fund: the share borne by one minor unit that came in after so many steps."""
    own: dict[str, dict[str, Fraction]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Fraction)))
    """By fund and donation: what refunds, corrections and deficits change of its share."""
    others: dict[tuple[str, str], Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    """By kind and record: what did not come from a donation (interest, sales)."""
    pools: dict[str, Pool] = field(default_factory=dict)

    def funds(self) -> list[str]:
        """Ids of the funds whose donations bear something, in order."""
        return sorted(fund_id for fund_id, factors in self.factors.items() if any(factors))


def method_of(session: Session, fund_id: str) -> str:
    """How money of the fund is attributed: all of it bears its earmark, or it is pooled freely; always pro rata."""
    fund = session.get(Fund, fund_id)
    if fund is None:
        raise NotFound(f"There is no fund {fund_id}.")
    return "earmarked, pro rata" if fund.purpose or fund.place else "pro rata"


def read_pool(session: Session, fund_id: str) -> Pool:
    """The fund's pool as the index has it."""
    rows = session.connection().execute(
        select(_FLOW.c.journal_no, _FLOW.c.source_id, _FLOW.c.flow_minor, _FLOW.c.position_minor)
        .where(_FLOW.c.fund_id == fund_id)
        .order_by(_FLOW.c.journal_no)
    )
    return build_pool(
        fund_id,
        [Flow(*row) for row in rows],
        lambda donation_id: find_gift(session, donation_id),
        lambda after: gifts_after(session, fund_id, after),
    )


def find_gift(session: Session, donation_id: str) -> Gift | None:
    """The donation as it was recorded, or None when the id is of something else."""
    row = session.connection().execute(select(*_GIFT).where(_DONATION.c.donation_id == donation_id)).one_or_none()
    return Gift(*row) if row else None


def gifts_after(session: Session, fund_id: str, after: int, before: int | None = None) -> Iterator[Gift]:
    """The fund's donations after that position of the journal (and before the other), in order, a page at a time."""
    while True:
        query = select(*_GIFT).where(_DONATION.c.fund_id == fund_id, _DONATION.c.journal_no > after)
        if before is not None:
            query = query.where(_DONATION.c.journal_no < before)
        rows = session.connection().execute(query.order_by(_DONATION.c.journal_no).limit(GIFTS_AT_ONCE)).all()
        yield from (Gift(*row) for row in rows)
        if len(rows) < GIFTS_AT_ONCE:
            return
        after = rows[-1].journal_no


def funding_of(session: Session, allocations: Mapping[str, Fraction], pools: dict[str, Pool] | None = None) -> Funding:
    """Where the money of these allocations came from; the values are their weights in the whole.

    Pools are taken from `pools`, and put there once read, so that several ways back read each of them once.
    """
    walk = _Walk(session, {} if pools is None else pools)
    for allocation_id, weight in allocations.items():
        walk.push_allocation(allocation_id, weight, before=None)
    walk.run()
    return walk.funding


class _Walk:
    """Steps still to be followed, the newest first."""

    def __init__(self, session: Session, pools: dict[str, Pool]) -> None:
        self._session = session
        self.funding = Funding(pools=pools)
        self._weights: dict[tuple[int, str, int], Fraction] = {}
        self._queue: list[tuple[int, str, int]] = []

    def push_allocation(self, allocation_id: str, weight: Fraction, before: int | None) -> None:
        """Adds the allocation's steps, in proportion to what each took; `before` is a position of the journal."""
        allocation = self._session.get(Allocation, allocation_id)
        if allocation is None:
            raise NotFound(f"There is no allocation {allocation_id}.")
        self._push_record(allocation.fund_id, allocation_id, weight, before)

    def run(self) -> None:
        """Follows every step to donations and to what is no donation."""
        while self._queue:
            key = heapq.heappop(self._queue)
            negative_position, fund_id, number = key
            self._follow(fund_id, number, self._weights.pop(key), -negative_position)

    def _pool(self, fund_id: str) -> Pool:
        if fund_id not in self.funding.pools:
            self.funding.pools[fund_id] = read_pool(self._session, fund_id)
        return self.funding.pools[fund_id]

    def _push_record(self, fund_id: str, record_id: str, weight: Fraction, before: int | None) -> None:
        pool = self._pool(fund_id)
        numbers = pool.steps_of(record_id, before)
        whole = sum((pool.steps[number].amount_minor for number in numbers), Fraction(0))
        if not numbers:
            self.funding.others["unattributed", record_id] += weight
        for number in numbers:
            key = (-pool.positions[number], fund_id, number)
            if key not in self._weights:
                self._weights[key] = Fraction(0)
                heapq.heappush(self._queue, key)
            self._weights[key] += weight * pool.steps[number].amount_minor / whole

    def _follow(self, fund_id: str, number: int, weight: Fraction, position: int) -> None:
        pool = self._pool(fund_id)
        unit = weight / pool.steps[number].pool_minor
        factors = remaining_factors(pool.steps, number)
        known = self.funding.factors.setdefault(fund_id, [Fraction(0)] * (len(pool.steps) + 1))
        for after_steps, factor in enumerate(factors):
            known[after_steps] += unit * factor
        borne: dict[str, Fraction] = defaultdict(Fraction)
        for entry in pool.entries:
            if entry.step <= number:
                borne[entry.source_id] += entry.amount_minor * factors[entry.step] * unit
        for source_id, share in borne.items():
            if share:
                self._push_source(fund_id, source_id, share, position)

    def _push_source(self, fund_id: str, source_id: str, share: Fraction, position: int) -> None:
        if find_gift(self._session, source_id):
            self.funding.own[fund_id][source_id] += share
        elif allocation := self._session.get(Allocation, source_id):
            self._push_record(allocation.fund_id, source_id, share, position)
        elif disbursement := self._session.get(Disbursement, source_id):
            self.push_allocation(disbursement.allocation_id, share, position)
        elif conversion := self._session.get(Conversion, source_id):
            self._push_record(conversion.from_fund_id, source_id, share, position)
        else:
            self.funding.others["income", source_id] += share


def donor_shares(session: Session, funding: Funding, after: tuple[str, int] | None, limit: int) -> list[DonorShare]:
    """The next donations that bear something, by fund and position in the journal."""
    found: list[DonorShare] = []
    for fund_id in funding.funds():
        if after and fund_id < after[0]:
            continue
        start = after[1] if after and fund_id == after[0] else 0
        for gift in _bearing(session, funding, fund_id, start):
            donor = _share_of(funding, fund_id, gift)
            if donor.share or donor.unattributed:
                found.append(donor)
            if len(found) == limit:
                return found
    return found


def donors_share(session: Session, funding: Funding) -> Fraction:
    """The share that all donations bear together; with `funding.others` it is 1."""
    total = Fraction(0)
    for fund_id in funding.funds():
        for factor, first, last in _stretches(funding, fund_id):
            query = select(func.sum(_DONATION.c.recorded_minor)).where(
                _DONATION.c.fund_id == fund_id, _DONATION.c.journal_no > first
            )
            if last is not None:
                query = query.where(_DONATION.c.journal_no < last)
            total += factor * int(session.connection().execute(query).scalar() or 0)
        total += sum(funding.own[fund_id].values(), Fraction(0))
    return total


def _bearing(session: Session, funding: Funding, fund_id: str, after: int) -> Iterator[Gift]:
    for _, first, last in _stretches(funding, fund_id):
        if last is None or last > after:
            yield from gifts_after(session, fund_id, max(first, after), last)


def _stretches(funding: Funding, fund_id: str) -> Iterator[tuple[Fraction, int, int | None]]:
    """(factor, after, before): the stretches of the journal in which donations bear something, by their factor."""
    positions = funding.pools[fund_id].positions
    for number, factor in enumerate(funding.factors[fund_id]):
        if factor:
            yield factor, positions[number - 1] if number else 0, positions[number] if number < len(positions) else None


def _share_of(funding: Funding, fund_id: str, gift: Gift) -> DonorShare:
    pool = funding.pools[fund_id]
    share = gift.amount_minor * funding.factors[fund_id][pool.step_of(gift.journal_no)]
    share += funding.own[fund_id].get(gift.donation_id, 0)
    unattributed = share * unattributed_part(pool, gift)
    return DonorShare(fund_id, gift.journal_no, gift.donation_id, gift.amount_minor, share - unattributed, unattributed)


def unattributed_part(pool: Pool, gift: Gift) -> Fraction:
    """The part of everything the donation bore that was refunded or corrected away afterwards."""
    beyond = pool.taken_beyond.get(gift.donation_id)
    if not beyond:
        return Fraction(0)
    factors = remaining_factors(pool.steps, len(pool.steps))
    entries = pool.entries_of(gift)
    left = sum((entry.amount_minor * factors[entry.step] for entry in entries), Fraction(0))
    borne = sum((entry.amount_minor for entry in entries), Fraction(0)) - left
    # What covered a deficit was used as well, though no step bore it.
    return beyond / (borne + pool.covered.get(gift.donation_id, 0))
