"""What an amount does to a fund's totals, by its record's kind: contracts/fund/Changes.sol, in Python.

A record is a change from nothing to its amount, its correction a change by the difference, its reversal one back to
nothing: one rule for all three. The totals are written once, by `save`, when both sides of R1 are equal again.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, SQLModel

from ledger.database import insert
from ledger.events import Event
from ledger.models.allocation import Allocation, AllocationReturn, Redesignation
from ledger.models.disbursement import Conversion, Disbursement
from ledger.models.donation import Donation, Income, Payment, Refund
from ledger.models.expenditure import Expenditure, SupplierRefund
from ledger.models.fund import Fund
from ledger.models.pool_flow import PoolFlow
from ledger.models.promise import Commitment, Pledge
from ledger.rows import add_to_columns, find_in, find_row, get_row
from ledger.totals import change_fund

Row = Mapping[str, Any]
PROMISES: tuple[type[SQLModel], ...] = (Pledge, Commitment)
RECORDS: tuple[type[SQLModel], ...] = (
    Donation,
    Pledge,
    Commitment,
    Income,
    Refund,
    Conversion,
    Redesignation,
    Allocation,
    AllocationReturn,
    Expenditure,
    SupplierRefund,
    Disbursement,
    Fund,
)
"""Every table of FundLedger's records; an id is a key in one of them."""


class FundChange:
    """Changes of one fund's totals that one event makes; `source_id` is whose money it moves (R5)."""

    def __init__(self, session: Session, fund_id: str, event: Event, source_id: str) -> None:
        self._session = session
        self._fund_id = fund_id
        self._event = event
        self._source_id = source_id
        self.flow_minor = 0
        self.terms: Counter[str] = Counter()

    def save(self) -> None:
        """Writes the fund's totals, those of its currency, and the flow if what is free moved."""
        after = change_fund(
            self._session, self._fund_id, self._event.block_number, flow_minor=self.flow_minor, **dict(self.terms)
        )
        if self.flow_minor:
            insert(
                self._session,
                PoolFlow,
                fund_id=self._fund_id,
                journal_no=self._event.journal_no,
                source_id=self._source_id,
                flow_minor=self.flow_minor,
                position_minor=after["unallocated_minor"] - after["deficit_minor"] - self.flow_minor,
            )

    def add(self, *, flow_minor: int = 0, **terms: int) -> None:
        """Adds to terms; `flow_minor` becomes free, or is taken from what is free."""
        self.flow_minor += flow_minor
        for term, change in terms.items():
            self.terms[term] += change

    def change(self, model: type[SQLModel], row: Row, delta: int) -> None:
        """Applies a change of a record's amount to the totals, and to what the record stands on."""
        if model is Donation:
            self.add(flow_minor=delta, received_minor=delta)
            self._reduce_promise(row["donation_id"], delta)
        elif model is Commitment:
            if row["pledge_id"]:
                add_to_columns(self._session, Pledge, row["pledge_id"], reduced_minor=delta)
        elif model is Income:
            term = "interest_minor" if row["kind"] == "interest" else "sale_proceeds_minor"
            self.add(flow_minor=delta, **{term: delta})
        elif model is Refund:
            add_to_columns(self._session, Donation, row["donation_id"], reduced_minor=delta)
            self.add(flow_minor=-delta, refunded_minor=delta)
        elif model is AllocationReturn:
            self.add(flow_minor=delta)
            self.charge(row["allocation_id"], delta)
        elif model is Expenditure:
            self.change_expenditure(row["expenditure_id"], paid_minor=delta)
        elif model is SupplierRefund:
            self.change_expenditure(row["expenditure_id"], refunded_minor=delta)
        elif model is Disbursement:
            self.add(transferred_out_minor=delta)
            self.charge(row["allocation_id"], delta)
            if row["redesignation_id"]:
                add_to_columns(self._session, Redesignation, row["redesignation_id"], reduced_minor=delta)
        elif model is Conversion:
            self.add(flow_minor=-delta, transferred_out_minor=delta)

    def charge(self, allocation_id: str, delta: int) -> None:
        """Money of an allocation is used (below zero: comes back). What exceeds it, or concerns a closed one, is the
        fund's own.
        """
        allocation = get_row(self._session, Allocation, allocation_id)
        if allocation["state"] == "closed":
            self.add(flow_minor=-delta)
            return
        before = allocation["amount_minor"] - allocation["reduced_minor"]
        unspent_change = max(before - delta, 0) - max(before, 0)
        add_to_columns(self._session, Allocation, allocation_id, reduced_minor=delta)
        self.add(flow_minor=-delta - unspent_change, allocated_unspent_minor=unspent_change)

    def change_expenditure(
        self, expenditure_id: str, *, paid_minor: int = 0, refunded_minor: int = 0, delivered_minor: int = 0
    ) -> None:
        """Changes what an expenditure was, what of it the supplier gave back, or what of it was delivered."""
        row = get_row(self._session, Expenditure, expenditure_id)
        self._spend(row, -1)
        changed = dict(row)
        changed["amount_minor"] += paid_minor
        changed["reduced_minor"] += refunded_minor
        changed["delivered_minor"] += delivered_minor
        self._spend(changed, 1)
        add_to_columns(
            self._session,
            Expenditure,
            expenditure_id,
            amount_minor=paid_minor,
            reduced_minor=refunded_minor,
            delivered_minor=delivered_minor,
        )
        if paid_minor != refunded_minor:
            self.charge(row["allocation_id"], paid_minor - refunded_minor)

    def _spend(self, expenditure: Row, sign: int) -> None:
        net = expenditure["amount_minor"] - expenditure["reduced_minor"]
        if expenditure["kind"] != "goods":
            self.add(spent_on_services_minor=sign * net)
            return
        # Goods are prepaid until delivered; a refund takes from what is prepaid first.
        on_lots = min(expenditure["delivered_minor"], net)
        self.add(spent_on_lots_minor=sign * on_lots, prepaid_minor=sign * (net - on_lots))

    def _reduce_promise(self, donation_id: str, delta: int) -> None:
        payment = find_row(self._session, Payment, donation_id)
        if payment is None:
            return
        promise = find_in(self._session, PROMISES, payment["promise_id"])
        if promise:
            add_to_columns(self._session, promise[0], payment["promise_id"], reduced_minor=delta)
