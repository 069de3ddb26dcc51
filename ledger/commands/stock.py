"""What happens to a lot in a store: quarantine, loss, counts; what leaves it for good or was found, by two persons."""

from ledger.codes import LossReason
from ledger.commands.desk import Desk, Draft, Key, act, amount, count, new_id, put_content, write
from ledger.errors import BadInput

CONTRACT = "StockLedger"
RECIPIENTS_MIN = 10


def quarantine(
    desk: Desk, *, key: Key, lot_id: bytes, facility_id: bytes, quantity: int, reason: str | None = None
) -> Draft:
    """Sets usable stock apart."""
    return _move(desk, "quarantine", "quarantine", key, lot_id, facility_id, quantity, reason)


def release_quarantine(
    desk: Desk, *, key: Key, lot_id: bytes, facility_id: bytes, quantity: int, reason: str | None = None
) -> Draft:
    """Makes quarantined stock usable again."""
    return _move(desk, "releaseQuarantine", "quarantine_release", key, lot_id, facility_id, quantity, reason)


def propose_disposal(
    desk: Desk, *, key: Key, lot_id: bytes, facility_id: bytes, quantity: int, reason: str | None = None
) -> Draft:
    """Proposes to destroy quarantined stock; nothing moves before `confirm_release`."""
    return _move(desk, "proposeDisposal", "disposal", key, lot_id, facility_id, quantity, reason)


def propose_return_to_donor(
    desk: Desk, *, key: Key, lot_id: bytes, facility_id: bytes, quantity: int, reason: str | None = None
) -> Draft:
    """Proposes to give goods back to their donor; nothing moves before `confirm_release`."""
    return _move(desk, "proposeReturnToDonor", "return_to_donor", key, lot_id, facility_id, quantity, reason)


def propose_sale(
    desk: Desk, *, key: Key, lot_id: bytes, facility_id: bytes, quantity: int, reason: str | None = None
) -> Draft:
    """Proposes to sell goods. Once it is confirmed, the proceeds are an income of a fund that cites this sale."""
    return _move(desk, "proposeSale", "sale", key, lot_id, facility_id, quantity, reason)


def propose_distribution(
    desk: Desk,
    *,
    key: Key,
    lot_id: bytes,
    facility_id: bytes,
    quantity: int,
    recipients: int = 0,
    note: str | None = None,
) -> Draft:
    """Proposes to hand goods out. Recipients are a count of ten or more; zero means fewer than ten (R14)."""
    if recipients and recipients < RECIPIENTS_MIN:
        raise BadInput(f"A count of {recipients} recipients is too small to be published; give none below ten (R14).")
    distribution_id = new_id(desk, "distribution", key)
    content = put_content(desk, "distribution", note=note)
    args = (distribution_id, lot_id, facility_id, amount(quantity, "quantity"), recipients, content)
    return write(desk, CONTRACT, "proposeDistribution", distribution_id, args)


def confirm_release(desk: Desk, record_id: bytes) -> Draft:
    """Confirms a disposal, return, sale or distribution, as a second person: the goods leave the store."""
    return act(desk, CONTRACT, "confirmRelease", record_id)


def register_loss(
    desk: Desk,
    *,
    key: Key,
    lot_id: bytes,
    facility_id: bytes,
    quantity: int,
    reason: LossReason,
    note: str | None = None,
) -> Draft:
    """Records that stock was lost, and why."""
    loss_id = new_id(desk, "loss", key)
    content = put_content(desk, "loss", note=note)
    args = (loss_id, lot_id, facility_id, amount(quantity, "quantity"), reason, content)
    return write(desk, CONTRACT, "registerLoss", loss_id, args)


def reverse_loss(desk: Desk, *, key: Key, loss_id: bytes, quantity: int) -> Draft:
    """Records that lost stock was found again."""
    reversal_id = new_id(desk, "loss_reversal", key)
    return write(desk, CONTRACT, "reverseLoss", reversal_id, (reversal_id, loss_id, amount(quantity, "quantity")))


def count_stock(
    desk: Desk, *, key: Key, lot_id: bytes, facility_id: bytes, counted: int, note: str | None = None
) -> Draft:
    """Records what was counted; where the ledger expects another quantity, a discrepancy opens by itself."""
    count_id = new_id(desk, "stock_count", key)
    content = put_content(desk, "stock_count", note=note)
    args = (count_id, lot_id, facility_id, count(counted, "count"), content)
    return write(desk, CONTRACT, "countStock", count_id, args)


def propose_issue_without_record(
    desk: Desk, *, key: Key, lot_id: bytes, facility_id: bytes, quantity: int, reason: str | None = None
) -> Draft:
    """Proposes to record that goods left a store without a record (R12)."""
    return _move(desk, "proposeIssueWithoutRecord", "issue", key, lot_id, facility_id, quantity, reason)


def confirm_issue_without_record(desk: Desk, record_id: bytes) -> Draft:
    """Confirms it, as a second person."""
    return act(desk, CONTRACT, "confirmIssueWithoutRecord", record_id)


def propose_find(
    desk: Desk,
    *,
    key: Key,
    facility_id: bytes,
    lot_id: bytes,
    item_id: bytes,
    quantity: int,
    reason: str | None = None,
) -> Draft:
    """Proposes to record goods that were found: of a known lot, or as a lot of their own (R12)."""
    record_id = new_id(desk, "find", key)
    content = put_content(desk, "find", reason=reason)
    args = (record_id, facility_id, lot_id, item_id, amount(quantity, "quantity"), content)
    return write(desk, CONTRACT, "proposeFind", record_id, args)


def confirm_find(desk: Desk, record_id: bytes) -> Draft:
    """Confirms it, as a second person."""
    return act(desk, CONTRACT, "confirmFind", record_id)


def _move(
    desk: Desk,
    function: str,
    kind: str,
    key: Key,
    lot_id: bytes,
    facility_id: bytes,
    quantity: int,
    reason: str | None,
) -> Draft:
    record_id = new_id(desk, kind, key)
    content = put_content(desk, kind, reason=reason)
    args = (record_id, lot_id, facility_id, amount(quantity, "quantity"), content)
    return write(desk, CONTRACT, function, record_id, args)
