"""What a receiver counted of a consignment (R11)."""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.codes import Completeness
from ledger.commands.desk import Desk, Draft, Key, count, new_id, put_content, write
from ledger.errors import BadInput


class Counted(NamedTuple):
    """What was counted on one line of the consignment, numbered from 0."""

    line_no: int
    good: int = 0
    damaged: int = 0
    lost: int = 0
    over: int = 0


def receive_consignment(
    desk: Desk,
    *,
    key: Key,
    consignment_id: bytes,
    counted: Sequence[Counted],
    is_final: bool = False,
    completeness: Completeness = Completeness.Verified,
    note: str | None = None,
) -> Draft:
    """Records a receipt, a partial one or the last. Counts that do not add up open a discrepancy by themselves."""
    if not counted and not is_final:
        raise BadInput("A receipt that is not final needs at least one line.")
    receipt_id = new_id(desk, "receipt", key)
    content = put_content(desk, "receipt", note=note)
    found = [
        (
            line.line_no,
            count(line.good, "good quantity"),
            count(line.damaged, "damaged quantity"),
            count(line.lost, "lost quantity"),
            count(line.over, "quantity over"),
        )
        for line in counted
    ]
    args = (receipt_id, consignment_id, is_final, completeness, content, found)
    return write(desk, "ConsignmentLedger", "receiveConsignment", receipt_id, args)
