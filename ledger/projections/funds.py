"""Funds opened to rows: the fund, its totals at zero, one more in its currency's summary."""

from collections.abc import Sequence

from sqlmodel import Session

from ledger.bindings.fund_ledger import FundOpened
from ledger.database import insert
from ledger.events import Event
from ledger.models.fund import Fund, FundTotal
from ledger.projections.contents import ContentColumns, insert_event, texts
from ledger.projections.participants import is_exercise
from ledger.totals import change_summary

CONTENTS = {FundOpened: ContentColumns(Fund, texts("name"), lambda event: event.fields.fund_id)}


def on_fund_opened(session: Session, events: Sequence[Event]) -> None:
    """Adds the fund and its totals."""
    for event in events:
        fields = event.fields
        organisation_id = int(fields.fund_id[:8], 16)
        exercise = is_exercise(session, organisation_id)
        rule = CONTENTS[FundOpened]
        insert_event(session, Fund, event, rule, organisation_id=organisation_id, exercise=exercise)
        insert(session, FundTotal, fund_id=fields.fund_id)
        change_summary(session, fields.currency, exercise, event.block_number, {"funds": 1})


HANDLERS = {FundOpened: on_fund_opened}
