"""Events to rows: one table of handlers. A handler takes a run, consecutive events of one type in one block.

Handlers know no network, clock or commit: the indexer owns the transaction, and gives them the contents.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlmodel import Session

from ledger.bindings.corrections import CorrectionProposed
from ledger.bindings.discrepancies import DiscrepancyOpened
from ledger.bindings.fund_ledger import DonationRecorded
from ledger.bindings.publications import EvidenceAnchored
from ledger.events import Event
from ledger.projections import (
    catalogue,
    consignment_corrections,
    consignments,
    corrections,
    discrepancies,
    donations,
    funds,
    money,
    money_corrections,
    needs,
    participants,
    publications,
    stock,
    supply,
)
from ledger.rows import set_columns

Handler = Callable[[Session, Sequence[Event]], None]
_MODULES: tuple[Any, ...] = (
    participants,
    catalogue,
    funds,
    donations,
    money,
    money_corrections,
    supply,
    stock,
    needs,
    consignments,
    consignment_corrections,
    discrepancies,
    corrections,
    publications,
)

HANDLERS: Mapping[type, Handler] = {event: handler for module in _MODULES for event, handler in module.HANDLERS.items()}
_CONTENTS = {event: rule for module in _MODULES for event, rule in getattr(module, "CONTENTS", {}).items()}
_CONTENT_HANDLERS: Mapping[type, Handler] = {
    DonationRecorded: donations.on_donation_contents,
    CorrectionProposed: corrections.on_note_contents,
    DiscrepancyOpened: discrepancies.on_note_contents,
    EvidenceAnchored: publications.on_report_contents,
}


def fill_contents(session: Session, events: Sequence[Event]) -> None:
    """Fills in, for events of one type, what documents say that were missing when their records were indexed."""
    kind = type(events[0].fields)
    if handler := _CONTENT_HANDLERS.get(kind):
        handler(session, events)
    elif rule := _CONTENTS.get(kind):
        for event in events:
            if columns := rule.columns(event.content or {}):
                set_columns(session, rule.model, rule.key(event), **columns)
