"""What happens to goods in a store to rows, and to the balances of their lots (R7, R12, R13, R14)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlmodel import Session

from ledger.balances import LotBalance
from ledger.bindings import stock_ledger as bindings
from ledger.database import marker_of
from ledger.events import Event
from ledger.models.correction import Adjustment
from ledger.models.lot import Lot
from ledger.models.stock import Recall, RecalledLot, StockCount, StockMovement
from ledger.projections.adjustments import find_adjustment, insert_adjustment, insert_reversal
from ledger.projections.contents import Content, ContentColumns, insert_event, text_of, texts
from ledger.rows import add_to_columns, find_row, get_row, set_columns

PART = "StockLedger"
ROUTES: Mapping[str, tuple[str, str]] = {
    "quarantine": ("usable", "quarantined"),
    "release": ("quarantined", "usable"),
    "disposal": ("quarantined", "disposed"),
    "return_to_donor": ("usable", "returned_to_donor"),
    "sale": ("usable", "sold"),
    "distribution": ("usable", "distributed"),
    "loss": ("usable", "lost"),
    "issue_without_record": ("usable", "issued_without_record"),
    "recovery": ("usable", "quarantined"),
    "find": ("found", "usable"),
}
"""From where to where each kind of movement goes; a loss_reversal goes back the way of a loss."""

_KINDS: Mapping[type, tuple[str, str]] = {
    bindings.Quarantined: ("quarantine", "record_id"),
    bindings.QuarantineReleased: ("release", "record_id"),
    bindings.LossRegistered: ("loss", "loss_id"),
}
_PROPOSED = {bindings.IssueWithoutRecordProposed: "issue_without_record", bindings.FindProposed: "find"}
_CONFIRMED: Mapping[type, tuple[str, str]] = {
    bindings.Disposed: ("disposal", "record_id"),
    bindings.ReturnedToDonor: ("return_to_donor", "record_id"),
    bindings.Sold: ("sale", "sale_id"),
    bindings.Distributed: ("distribution", "distribution_id"),
    bindings.IssuedWithoutRecord: ("issue_without_record", "record_id"),
}


def _key(name: str) -> Callable[[Event], Any]:
    return lambda event: getattr(event.fields, name)


def _said(content: Content) -> dict[str, str | None]:
    # A loss has a coded reason of its own, and what is said about it is a note; the others only say why.
    note = text_of(content, "note")
    return {"note": text_of(content, "reason") if note is None else note}


CONTENTS = {
    **{event: ContentColumns(StockMovement, _said, _key(name)) for event, (_, name) in _KINDS.items()},
    **{
        event: ContentColumns(StockMovement, _said, _key("record_id"))
        for event in (*_PROPOSED, bindings.ReleaseProposed)
    },
    bindings.StockCounted: ContentColumns(StockCount, texts("note"), _key("count_id")),
    bindings.RecallOpened: ContentColumns(Recall, texts("reason"), _key("recall_id")),
}


def on_moved(session: Session, events: Sequence[Event]) -> None:
    """Adds the movement, and moves the goods."""
    for event in events:
        fields = event.fields
        kind, key = _KINDS[type(fields)]
        values = {"record_id": getattr(fields, key), "kind": kind, "state": "recorded"}
        insert_event(session, StockMovement, event, CONTENTS[type(fields)], recorded_quantity=fields.quantity, **values)
        _move(session, fields.lot_id, fields.facility_id, ROUTES[kind], fields.quantity)


def on_proposed(session: Session, events: Sequence[Event]) -> None:
    """Adds the proposal; nothing moves before a second person confirms it (R12)."""
    for event in events:
        fields = event.fields
        values = {"kind": _PROPOSED[type(fields)], "state": "proposed", "recorded_quantity": fields.quantity}
        insert_event(session, StockMovement, event, CONTENTS[type(fields)], **values)


def on_release_proposed(session: Session, events: Sequence[Event]) -> None:
    """Adds the proposal, of the kind that it names; nothing moves before a second person confirms it."""
    for event in events:
        fields = event.fields
        recipients = fields.recipients if fields.kind == "distribution" else None
        values = {"state": "proposed", "recorded_quantity": fields.quantity, "recipients": recipients}
        insert_event(session, StockMovement, event, CONTENTS[type(fields)], **values)


def on_confirmed(session: Session, events: Sequence[Event]) -> None:
    """A second person confirmed that goods leave, or left, their store; they move."""
    for event in events:
        fields = event.fields
        kind, key = _CONFIRMED[type(fields)]
        _confirm(session, event, getattr(fields, key))
        _move(session, fields.lot_id, fields.facility_id, ROUTES[kind], fields.quantity)


def on_found(session: Session, events: Sequence[Event]) -> None:
    """A second person confirmed a find. A lot that began with it was added by its own event."""
    for event in events:
        fields = event.fields
        _confirm(session, event, fields.record_id)
        if get_row(session, Lot, fields.lot_id)["source_id"] != fields.record_id:
            _move(session, fields.lot_id, fields.facility_id, ROUTES["find"], fields.quantity)


def on_loss_reversed(session: Session, events: Sequence[Event]) -> None:
    """What was lost is there again."""
    for event in events:
        fields = event.fields
        loss = get_row(session, StockMovement, fields.loss_id)
        insert_event(
            session,
            StockMovement,
            event,
            record_id=fields.reversal_id,
            kind="loss_reversal",
            lot_id=loss["lot_id"],
            facility_id=loss["facility_id"],
            recorded_quantity=fields.quantity,
            stands_on_id=fields.loss_id,
            state="recorded",
        )
        add_to_columns(session, StockMovement, fields.loss_id, reversed_quantity=fields.quantity)
        _move_back(session, loss, "loss", fields.quantity)


def on_stock_counted(session: Session, events: Sequence[Event]) -> None:
    """Adds the count; it moves nothing."""
    for event in events:
        insert_event(session, StockCount, event, CONTENTS[bindings.StockCounted])


def on_recall_opened(session: Session, events: Sequence[Event]) -> None:
    """Adds the recall; the lots that it is on follow."""
    for event in events:
        insert_event(session, Recall, event, CONTENTS[bindings.RecallOpened], state="open")


def on_lot_recalled(session: Session, events: Sequence[Event]) -> None:
    """The recall is on this lot too."""
    for event in events:
        insert_event(session, RecalledLot, event)
        add_to_columns(session, Lot, event.fields.lot_id, recalls=1)


def on_recall_recovered(session: Session, events: Sequence[Event]) -> None:
    """Goods of a recalled lot were secured."""
    for event in events:
        fields = event.fields
        values = {"kind": "recovery", "state": "recorded", "stands_on_id": fields.recall_id}
        insert_event(session, StockMovement, event, recorded_quantity=fields.quantity, **values)
        _move(session, fields.lot_id, fields.facility_id, ROUTES["recovery"], fields.quantity)


def on_recall_closed(session: Session, events: Sequence[Event]) -> None:
    """The recall is over."""
    for event in events:
        set_columns(session, Recall, event.fields.recall_id, state="closed", closed_journal_no=event.journal_no)


def on_record_adjusted(session: Session, events: Sequence[Event]) -> None:
    """Posts the difference on the movement's quantity."""
    for event in events:
        fields = event.fields
        insert_adjustment(session, event, delta=fields.delta, shortage=fields.shortage)
        _adjust(session, fields.record_id, fields.delta)


def on_record_reversed(session: Session, events: Sequence[Event]) -> None:
    """Takes a movement, count, recall or adjustment out of effect."""
    for event in events:
        fields = event.fields
        record_id = fields.record_id
        insert_reversal(session, event, amount=fields.quantity, shortage=fields.shortage)
        if adjustment := find_adjustment(session, PART, record_id):
            set_columns(session, Adjustment, {"part": PART, "adjustment_id": record_id}, in_effect=False)
            _adjust(session, adjustment["record_id"], -adjustment["delta"])
        elif movement := find_row(session, StockMovement, record_id):
            if movement["state"] == "recorded":
                _undo(session, movement)
            set_columns(session, StockMovement, record_id, in_effect=False)
        elif find_row(session, StockCount, record_id):
            set_columns(session, StockCount, record_id, in_effect=False)
        else:
            _unrecall(session, record_id)


def _adjust(session: Session, record_id: str, delta: int) -> None:
    movement = get_row(session, StockMovement, record_id)
    add_to_columns(session, StockMovement, record_id, quantity=delta)
    balance = LotBalance(session, movement["lot_id"])
    route = ROUTES[movement["kind"]]
    if delta < 0:
        balance.move_back(movement["facility_id"], route, -delta)
    else:
        balance.move_back(movement["facility_id"], (route[1], route[0]), delta)
    balance.save()


def _undo(session: Session, movement: Mapping[str, Any]) -> None:
    quantity = movement["quantity"]
    if movement["kind"] == "find":
        if get_row(session, Lot, movement["lot_id"])["source_id"] != movement["record_id"]:
            _move_back(session, movement, "find", quantity)
        return
    if movement["kind"] != "loss_reversal":
        _move_back(session, movement, movement["kind"], quantity)
        return
    loss = get_row(session, StockMovement, movement["stands_on_id"])
    add_to_columns(session, StockMovement, loss["record_id"], reversed_quantity=-quantity)
    route = ROUTES["loss"]
    balance = LotBalance(session, loss["lot_id"])
    balance.move_back(loss["facility_id"], (route[1], route[0]), quantity)
    balance.save()


def _unrecall(session: Session, recall_id: str) -> None:
    set_columns(session, Recall, recall_id, in_effect=False)
    connection = session.connection()
    marked = f'SELECT "lot_id" FROM "recalled_lot" WHERE "recall_id" = {marker_of(connection)}'  # noqa: S608
    for (lot_id,) in connection.exec_driver_sql(marked, (recall_id,)).all():
        add_to_columns(session, Lot, lot_id, recalls=-1)


def _confirm(session: Session, event: Event, record_id: str) -> None:
    confirmed = {"second_person_id": event.fields.actor_id, "confirmed_journal_no": event.journal_no}
    set_columns(session, StockMovement, record_id, state="recorded", **confirmed)


def _move(session: Session, lot_id: str, facility_id: str, route: tuple[str, str], quantity: int) -> None:
    balance = LotBalance(session, lot_id)
    balance.move(facility_id, route, quantity)
    balance.save()


def _move_back(session: Session, movement: Mapping[str, Any], kind: str, quantity: int) -> None:
    balance = LotBalance(session, movement["lot_id"])
    balance.move_back(movement["facility_id"], ROUTES[kind], quantity)
    balance.save()


HANDLERS = {
    **dict.fromkeys(_KINDS, on_moved),
    **dict.fromkeys(_PROPOSED, on_proposed),
    **dict.fromkeys(_CONFIRMED, on_confirmed),
    bindings.ReleaseProposed: on_release_proposed,
    bindings.Found: on_found,
    bindings.LossReversed: on_loss_reversed,
    bindings.StockCounted: on_stock_counted,
    bindings.RecallOpened: on_recall_opened,
    bindings.LotRecalled: on_lot_recalled,
    bindings.RecallRecovered: on_recall_recovered,
    bindings.RecallClosed: on_recall_closed,
    bindings.RecordAdjusted: on_record_adjusted,
    bindings.RecordReversed: on_record_reversed,
}
