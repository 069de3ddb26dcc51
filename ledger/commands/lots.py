"""Lots that were bought or made of others. Lots in kind begin with their donation, found ones with the find (R7)."""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.commands.desk import Desk, Draft, Key, amount, content_of, count, day, lines, new_id, put_contents, write

CONTRACT = "SupplyLedger"


class Lot(NamedTuple):
    """A lot of one item. `cost_minor` is what a bought lot cost, in the currency of its expenditure."""

    key: Key
    item_id: bytes
    quantity: int
    cost_minor: int = 0
    expiry_date: str | None = None
    lot_no: str | None = None
    publisher: str | None = None
    list: str | None = None
    row: int | None = None
    note: str | None = None


class Part(NamedTuple):
    """A quantity of a lot that goes into a transformation."""

    lot_id: bytes
    quantity: int


def lot_lines(desk: Desk, lots: Sequence[Lot]) -> list[tuple[bytes, bytes, int, int, int, bytes]]:
    """The lots as the contract takes them, their contents kept."""
    if not lots:
        return []
    contents = [
        content_of("lot", lot_no=lot.lot_no, publisher=lot.publisher, list=lot.list, row=lot.row, note=lot.note)
        for lot in lots
    ]
    _, digests = put_contents(desk, contents)
    return [
        (
            new_id(desk, "lot", lot.key),
            lot.item_id,
            amount(lot.quantity, "quantity"),
            count(lot.cost_minor, "cost"),
            day(lot.expiry_date, "expiry date", future=True),
            digest,
        )
        for lot, digest in zip(lots, digests, strict=True)
    ]


def commission_bought(desk: Desk, facility_id: bytes, expenditure_id: bytes, lots: Sequence[Lot]) -> Draft:
    """Records lots that an expenditure bought and that arrived at a facility."""
    return lines(desk, CONTRACT, "commissionBought", (facility_id, expenditure_id), lot_lines(desk, lots))


def transform(
    desk: Desk,
    *,
    key: Key,
    facility_id: bytes,
    inputs: Sequence[Part],
    outputs: Sequence[Lot],
    evidence_digest: bytes,
) -> Draft:
    """Makes new lots of others, as 1 box into 40 pieces: declared, with its evidence (R6)."""
    transformation_id = new_id(desk, "transformation", key)
    made = lot_lines(desk, outputs)
    used = [(part.lot_id, amount(part.quantity, "quantity")) for part in inputs]
    args = (transformation_id, facility_id, used, made, evidence_digest)
    draft = write(desk, CONTRACT, "transform", transformation_id, args)
    return draft._replace(record_ids=(transformation_id, *(line[0] for line in made)))
