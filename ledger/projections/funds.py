"""Funds opened to rows: the fund, its totals at zero, one more in its currency's summary."""

from collections.abc import Sequence

from sqlmodel import Session

from ledger.bindings.fund_ledger import FundOpened
from ledger.database import insert
from ledger.events import Event
from ledger.models.fund import Fund, FundTotal
from ledger.projections.contents import ContentColumns, columns_of, texts
from ledger.projections.participants import is_exercise
from ledger.totals import change_summary

CONTENTS = {FundOpened: ContentColumns(Fund, texts("name"), lambda fields: fields.fund_id)}


def on_fund_opened(session: Session, events: Sequence[Event]) -> None:
    """Adds the fund and its totals."""
    for event in events:
        fields = event.fields
        organisation_id = int(fields.fund_id[:8], 16)
        exercise = is_exercise(session, organisation_id)
        insert(
            session,
            Fund,
            fund_id=fields.fund_id,
            organisation_id=organisation_id,
            currency=fields.currency,
            purpose=fields.purpose,
            place=fields.place,
            exercise=exercise,
            content_digest=fields.content_digest,
            actor_id=fields.actor_id,
            journal_no=event.journal_no,
            **columns_of(CONTENTS[FundOpened], event.content),
        )
        insert(session, FundTotal, fund_id=fields.fund_id)
        change_summary(session, fields.currency, exercise, event.block_number, {"funds": 1})


HANDLERS = {FundOpened: on_fund_opened}
