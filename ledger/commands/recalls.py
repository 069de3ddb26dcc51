"""Recalls: a lot and all that was made of it (R13)."""

from ledger.commands.desk import Desk, Draft, Key, act, amount, new_id, put_content, write

CONTRACT = "StockLedger"


def open_recall(desk: Desk, *, key: Key, lot_id: bytes, reason: str) -> Draft:
    """Recalls a lot and what was made of it."""
    recall_id = new_id(desk, "recall", key)
    content = put_content(desk, "recall", reason=reason)
    return write(desk, CONTRACT, "openRecall", recall_id, (recall_id, lot_id, content))


def extend_recall(desk: Desk, recall_id: bytes, *, occasion: str) -> Draft:
    """Marks further lots made of a recalled one, where there were too many to mark at once."""
    return act(desk, CONTRACT, "extendRecall", recall_id, occasion=occasion)


def record_recovered(
    desk: Desk, *, key: Key, recall_id: bytes, lot_id: bytes, facility_id: bytes, quantity: int
) -> Draft:
    """Records what of a recalled lot was brought in."""
    record_id = new_id(desk, "recovery", key)
    args = (record_id, recall_id, lot_id, facility_id, amount(quantity, "quantity"))
    return write(desk, CONTRACT, "recordRecovered", record_id, args)


def close_recall(desk: Desk, recall_id: bytes) -> Draft:
    """Ends a recall."""
    return act(desk, CONTRACT, "closeRecall", recall_id)
