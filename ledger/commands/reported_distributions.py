"""What a publisher says it handed out: a statement that moves no stock (R20)."""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.canonical import NO_RECORD
from ledger.commands.desk import Desk, Draft, Key, content_of, count, lines, new_id, put_contents


class ReportedDistribution(NamedTuple):
    """One published line. A quantity of zero means that none was published."""

    key: Key
    item_id: bytes
    quantity: int = 0
    lot_id: bytes = NO_RECORD
    recipient: str | None = None
    date: str | None = None
    publisher: str | None = None
    list: str | None = None
    row: int | None = None
    note: str | None = None


def report_distributions(desk: Desk, reported: Sequence[ReportedDistribution]) -> Draft:
    """Records a publisher's statements as published, in order."""
    contents = [
        content_of(
            "reported_distribution",
            publisher=one.publisher,
            list=one.list,
            row=one.row,
            date=one.date,
            recipient=one.recipient,
            note=one.note,
        )
        for one in reported
    ]
    _, digests = put_contents(desk, contents)
    given = [
        (
            new_id(desk, "reported_distribution", one.key),
            one.item_id,
            one.lot_id,
            count(one.quantity, "quantity"),
            digest,
        )
        for one, digest in zip(reported, digests, strict=True)
    ]
    return lines(desk, "Publications", "reportDistributions", (desk.organisation_id,), given)


def report_distribution(desk: Desk, reported: ReportedDistribution) -> Draft:
    """Records one of a publisher's statements, as published."""
    return report_distributions(desk, [reported])
