"""Totals that are maintained with every event, so that no request ever sums (R1).

A fund's totals change in one statement, after which the equation of R1 holds again; the database checks it. The same
change goes into the summary of its currency, and both leave a row for the block, which is what a total at an earlier
block is read from.
"""

from collections.abc import Mapping

from sqlmodel import Session

from ledger.database import insert
from ledger.errors import CheckFailed
from ledger.models.fund import TERMS, Fund, FundDelta, FundTotal, SummaryDelta, SummaryTotal
from ledger.rows import find_row, put_row, set_columns

_COUNTS = ("donations", "funds")


def change_fund(
    session: Session, fund_id: str, block_number: int, *, flow_minor: int = 0, **changes: int
) -> dict[str, int]:
    """Adds `changes` to the fund's terms; `flow_minor` becomes free, or is taken from what is free if below zero.

    Money that becomes free covers the deficit first, and what is taken beyond what is free becomes deficit (R15).
    Returns the terms afterwards. Raises CheckFailed when the fund is not in the index.
    """
    fund, before = find_row(session, Fund, fund_id), find_row(session, FundTotal, fund_id)
    if fund is None or before is None:
        raise CheckFailed(f"The index has no fund {fund_id}, though the chain recorded money in it.")
    after = {name: before[name] + changes.get(name, 0) for name in (*TERMS, "donations")}
    position = before["unallocated_minor"] - before["deficit_minor"] + flow_minor
    after["unallocated_minor"] = max(position, 0)
    after["deficit_minor"] = max(-position, 0)
    set_columns(session, FundTotal, fund_id, **after)
    put_row(session, FundDelta, {"fund_id": fund_id, "block_number": block_number}, after)
    deltas = {name: after[name] - before[name] for name in after}
    change_summary(session, fund["currency"], bool(fund["exercise"]), block_number, deltas)
    return after


def change_summary(
    session: Session, currency: str, exercise: bool, block_number: int, deltas: Mapping[str, int]
) -> None:
    """Adds `deltas` to the summary of that currency, real or exercise, and to its row for the block."""
    key = {"currency": currency, "exercise": exercise}
    found = find_row(session, SummaryTotal, key)
    before = found if found else dict.fromkeys((*TERMS, *_COUNTS), 0)
    after = {name: before[name] + deltas.get(name, 0) for name in (*TERMS, *_COUNTS)}
    if found:
        set_columns(session, SummaryTotal, key, **after)
    else:
        insert(session, SummaryTotal, **key, **after)
    put_row(session, SummaryDelta, key | {"block_number": block_number}, after)
