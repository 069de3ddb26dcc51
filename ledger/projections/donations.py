"""Gifts of money to rows. The only handler of the hot path: one executemany and one change of totals for a run."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from ledger.bindings.fund_ledger import DonationBatchRecorded, DonationRecorded, PaymentApplied
from ledger.database import insert, insert_rows
from ledger.events import Event
from ledger.models.donation import Donation, DonationBatch, Payment
from ledger.models.fund import ListTotal
from ledger.models.promise import Commitment, Pledge
from ledger.projections.contents import Content, number_of, text_of
from ledger.rows import add_to_columns, add_to_row, find_in, set_columns
from ledger.totals import change_fund

_COLUMNS = (
    "donation_id",
    "fund_id",
    "amount_minor",
    "recorded_minor",
    "reduced_minor",
    "donor_commitment",
    "content_digest",
    "publisher",
    "list_name",
    "row_no",
    "date",
    "donor_kind",
    "actor_id",
    "in_effect",
    "journal_no",
)
_SELDOM_SAID = ("reference", "note")
_SAID = (*_COLUMNS[7:-3], *_SELDOM_SAID)
_NOT_SAID = (None,) * len(_SAID)
_TEXTS = frozenset({str, type(None)})
_Sums = dict[tuple[str, str, str], list[int]]


def on_donations_recorded(session: Session, events: Sequence[Event]) -> None:
    """Adds the donations, and what they bring into their funds and lists."""
    rows: list[tuple[Any, ...]] = []
    rows_saying_more: list[tuple[Any, ...]] = []
    funds: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    lists: _Sums = defaultdict(lambda: [0, 0])
    for _, journal_no, _, _, fields, content in events:
        donation_id, fund_id, actor_id, amount_minor, commitment, content_digest = fields
        publisher, list_name, row_no, date, donor_kind, reference, note = _said(content)
        row = (
            donation_id,
            fund_id,
            amount_minor,
            amount_minor,
            0,
            commitment,
            content_digest,
            publisher,
            list_name,
            row_no,
            date,
            donor_kind,
            actor_id,
            True,
            journal_no,
        )
        if reference is note is None:
            # Each value costs, None the most: the driver looks for an adapter for it.
            rows.append(row)
        else:
            rows_saying_more.append((*row, reference, note))
        sums = funds[fund_id]
        sums[0] += 1
        sums[1] += amount_minor
        if publisher is not None and list_name is not None:
            sums = lists[publisher, list_name, fund_id]
            sums[0] += 1
            sums[1] += amount_minor
    insert_rows(session, Donation, _COLUMNS, rows)
    insert_rows(session, Donation, (*_COLUMNS, *_SELDOM_SAID), rows_saying_more)
    for fund_id, (donations, amount_minor) in funds.items():
        change_fund(
            session,
            fund_id,
            events[0].block_number,
            flow_minor=amount_minor,
            received_minor=amount_minor,
            donations=donations,
        )
    _add_to_lists(session, lists)


def on_donation_contents(session: Session, events: Sequence[Event]) -> None:
    """Fills in what a document says that was missing when its donations were indexed."""
    lists: _Sums = defaultdict(lambda: [0, 0])
    for event in events:
        said = dict(zip(_SAID, _said(event.content), strict=True))
        publisher, list_name = said["publisher"], said["list_name"]
        set_columns(session, Donation, event.fields.donation_id, **said)
        found = find_in(session, (Donation,), event.fields.donation_id)
        if found and found[1]["in_effect"] and publisher is not None and list_name is not None:
            sums = lists[publisher, list_name, event.fields.fund_id]
            sums[0] += 1
            sums[1] += found[1]["amount_minor"]
    _add_to_lists(session, lists)


def on_donation_batch_recorded(session: Session, events: Sequence[Event]) -> None:
    """Adds where the contents of the donations that follow are."""
    for event in events:
        fields = event.fields
        insert(
            session,
            DonationBatch,
            journal_no=event.journal_no,
            document_digest=fields.document_digest,
            fund_id=fields.fund_id,
            actor_id=fields.actor_id,
        )


def on_payment_applied(session: Session, events: Sequence[Event]) -> None:
    """Links a payment to its promise, which is reduced by the whole payment (R2)."""
    for event in events:
        fields = event.fields
        insert(
            session,
            Payment,
            donation_id=fields.donation_id,
            promise_id=fields.promise_id,
            applied_minor=fields.applied_minor,
            journal_no=event.journal_no,
        )
        found = find_in(session, (Donation,), fields.donation_id)
        amount_minor = found[1]["amount_minor"] if found else 0
        promise = find_in(session, (Pledge, Commitment), fields.promise_id)
        model = promise[0] if promise else Pledge
        add_to_columns(session, model, fields.promise_id, reduced_minor=amount_minor)


def change_list(session: Session, donation: Any, delta_minor: int, donations: int = 0) -> None:
    """A correction changed what a list's donation amounts to."""
    if donation["publisher"] is not None and donation["list_name"] is not None:
        key = (donation["publisher"], donation["list_name"], donation["fund_id"])
        _add_to_lists(session, {key: [donations, delta_minor]})


def _said(content: Content | None) -> tuple[Any, ...]:
    """The columns that come from the content, in the order of _SAID. What is text already is not looked at twice."""
    if content is None:
        return _NOT_SAID
    get = content.get
    publisher, list_name, row_no, date, donor_kind = (
        get("publisher"),
        get("list"),
        get("row"),
        get("date"),
        get("donor_kind"),
    )
    if (
        type(publisher) is type(list_name) is type(donor_kind) is str
        and type(date) in _TEXTS
        and type(row_no) is int
        and "reference" not in content
        and "note" not in content
        and -(2**63) < row_no < 2**63
    ):
        return publisher, list_name, row_no, date, donor_kind, None, None
    return (
        text_of(content, "publisher"),
        text_of(content, "list"),
        number_of(content, "row"),
        *(text_of(content, name) for name in ("date", "donor_kind", "reference", "note")),
    )


def _add_to_lists(session: Session, lists: _Sums) -> None:
    for (publisher, list_name, fund_id), (donations, amount_minor) in lists.items():
        key = {"publisher": publisher, "list_name": list_name, "fund_id": fund_id}
        add_to_row(session, ListTotal, key, donations=donations, amount_minor=amount_minor)


HANDLERS = {
    DonationRecorded: on_donations_recorded,
    DonationBatchRecorded: on_donation_batch_recorded,
    PaymentApplied: on_payment_applied,
}
