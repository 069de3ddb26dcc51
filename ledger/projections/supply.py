"""Goods given and lots to rows: commissioned, made of one another, corrected (R6, R7, R8)."""

from collections.abc import Sequence

from sqlmodel import Session

from ledger.balances import LotBalance
from ledger.bindings import supply_ledger as bindings
from ledger.database import insert
from ledger.events import Event
from ledger.models.correction import Adjustment
from ledger.models.lot import DonationInKind, Lot, Transformation, TransformationPart, Valuation
from ledger.projections.adjustments import find_adjustment, insert_adjustment, insert_reversal
from ledger.projections.contents import ContentColumns, insert_event, listed, texts
from ledger.rows import find_row, set_columns

PART = "SupplyLedger"
CONTENTS = {
    bindings.DonationInKindRecorded: ContentColumns(
        DonationInKind, listed("date", "donor_kind", "reference", "note"), lambda event: event.fields.donation_id
    ),
    bindings.ValueDeclared: ContentColumns(Valuation, texts("note"), lambda event: event.fields.valuation_id),
    bindings.LotCommissioned: ContentColumns(Lot, listed("lot_no", "note"), lambda event: event.fields.lot_id),
}


def on_donation_in_kind_recorded(session: Session, events: Sequence[Event]) -> None:
    """Adds the donation; its lots follow as events of their own."""
    for event in events:
        insert_event(session, DonationInKind, event, CONTENTS[bindings.DonationInKindRecorded])


def on_value_declared(session: Session, events: Sequence[Event]) -> None:
    """Adds the value, which enters no cash total (R8)."""
    for event in events:
        insert_event(session, Valuation, event, CONTENTS[bindings.ValueDeclared])


def on_lot_commissioned(session: Session, events: Sequence[Event]) -> None:
    """Adds the lot, and its quantity at the facility where it begins."""
    for event in events:
        fields = event.fields
        rule = CONTENTS[bindings.LotCommissioned]
        # `quarantined` is a flag in the event and a quantity in the row: the balance sets it.
        insert_event(session, Lot, event, rule, quarantined=0, is_over=fields.quarantined)
        balance = LotBalance(session, fields.lot_id)
        to = "quarantined" if fields.quarantined else "usable"
        balance.move(fields.facility_id, (balance.source(), to), fields.quantity)
        balance.save(lots=1)


def on_transformed(session: Session, events: Sequence[Event]) -> None:
    """Takes the inputs; the outputs follow as lots of their own."""
    for event in events:
        fields = event.fields
        insert_event(session, Transformation, event)
        for side, parts in (("input", fields.inputs), ("output", fields.outputs)):
            for line_no, part in enumerate(parts):
                values = {"lot_id": part.lot_id, "quantity": part.quantity, "line_no": line_no, "side": side}
                insert(session, TransformationPart, transformation_id=fields.transformation_id, **values)
        for part in fields.inputs:
            _move(session, part.lot_id, fields.facility_id, ("usable", "transformed_out"), part.quantity)


def on_record_adjusted(session: Session, events: Sequence[Event]) -> None:
    """Posts the difference on what came from the lot's source."""
    for event in events:
        fields = event.fields
        insert_adjustment(session, event, delta=fields.delta, shortage=fields.shortage)
        _post(session, fields.record_id, fields.delta)


def on_record_reversed(session: Session, events: Sequence[Event]) -> None:
    """Takes a lot, donation, value, transformation or adjustment out of effect."""
    for event in events:
        fields = event.fields
        record_id = fields.record_id
        insert_reversal(session, event, amount=fields.quantity, shortage=fields.shortage)
        if adjustment := find_adjustment(session, PART, record_id):
            set_columns(session, Adjustment, {"part": PART, "adjustment_id": record_id}, in_effect=False)
            _post(session, adjustment["record_id"], -adjustment["delta"])
        elif find_row(session, Lot, record_id):
            balance = LotBalance(session, record_id)
            balance.post(balance.source(), _place_of(balance), -fields.quantity)
            balance.save(lots=-1, in_effect=False)
        elif transformation := find_row(session, Transformation, record_id):
            _untransform(session, record_id, transformation["facility_id"])
            set_columns(session, Transformation, record_id, in_effect=False)
        elif find_row(session, Valuation, record_id):
            set_columns(session, Valuation, record_id, in_effect=False)
        else:
            set_columns(session, DonationInKind, record_id, in_effect=False)


def _post(session: Session, lot_id: str, delta: int) -> None:
    balance = LotBalance(session, lot_id)
    balance.post(balance.source(), _place_of(balance), delta)
    balance.save()


def _place_of(balance: LotBalance) -> str:
    # What came over in a receipt is corrected where it went, in quarantine; a receipt is not a record of StockLedger.
    return "quarantined" if balance.row["origin"] == "found" and balance.row["is_over"] else "usable"


def _untransform(session: Session, transformation_id: str, facility_id: str) -> None:
    line_no = 0
    while True:
        key = {"transformation_id": transformation_id, "side": "input", "line_no": line_no}
        part = find_row(session, TransformationPart, key)
        if part is None:
            return
        _move(session, part["lot_id"], facility_id, ("transformed_out", "usable"), part["quantity"])
        line_no += 1


def _move(session: Session, lot_id: str, facility_id: str, route: tuple[str, str], quantity: int) -> None:
    balance = LotBalance(session, lot_id)
    balance.move(facility_id, route, quantity)
    balance.save()


HANDLERS = {
    bindings.DonationInKindRecorded: on_donation_in_kind_recorded,
    bindings.ValueDeclared: on_value_declared,
    bindings.LotCommissioned: on_lot_commissioned,
    bindings.Transformed: on_transformed,
    bindings.RecordAdjusted: on_record_adjusted,
    bindings.RecordReversed: on_record_reversed,
}
