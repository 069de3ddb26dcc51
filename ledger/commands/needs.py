"""What facilities ask for (R9)."""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.commands.desk import Desk, Draft, Key, act, amount, content_of, count, lines, new_id, put_contents

CONTRACT = "NeedLedger"


class Need(NamedTuple):
    """One facility's need of one item. A quantity of zero means: asked, number not given."""

    key: Key
    facility_id: bytes
    item_id: bytes
    quantity: int = 0
    publisher: str | None = None
    list: str | None = None
    row: int | None = None
    date: str | None = None
    note: str | None = None


def publish_needs(desk: Desk, needs: Sequence[Need]) -> Draft:
    """Publishes needs, in order; one that a facility repeats is flagged by the contract, not added up."""
    contents = [
        content_of("need", publisher=need.publisher, list=need.list, row=need.row, date=need.date, note=need.note)
        for need in needs
    ]
    _, digests = put_contents(desk, contents)
    given = [
        (new_id(desk, "need", need.key), need.facility_id, need.item_id, count(need.quantity, "quantity"), digest)
        for need, digest in zip(needs, digests, strict=True)
    ]
    return lines(desk, CONTRACT, "publishNeeds", (desk.organisation_id,), given)


def publish_need(desk: Desk, need: Need) -> Draft:
    """Publishes one need; without a quantity it says: asked, number not given."""
    return publish_needs(desk, [need])


def approve_need(desk: Desk, need_id: bytes, *, quantity: int) -> Draft:
    """Approves a need for a quantity, as another person than who published it."""
    return act(desk, CONTRACT, "approveNeed", need_id, (need_id, amount(quantity, "quantity")))
