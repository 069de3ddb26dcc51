"""How every event of every contract is read. Written by `python -m ledger.binding_writer`; do not edit."""

from collections.abc import Callable, Mapping
from typing import Any

from ledger.bindings.decoding import (
    catalogue,
    consignment_ledger,
    corrections,
    discrepancies,
    fund_ledger,
    need_ledger,
    participants,
    publications,
    stock_ledger,
    supply_ledger,
)

Decoder = Callable[[str, str], Any]
"""(topic 0, topic 1, topic 2 and data as one hexadecimal text without 0x; topic 3) to the event."""

EVENTS: Mapping[str, Mapping[str, Decoder]] = {
    "Catalogue": catalogue.EVENTS,
    "ConsignmentLedger": consignment_ledger.EVENTS,
    "Corrections": corrections.EVENTS,
    "Discrepancies": discrepancies.EVENTS,
    "FundLedger": fund_ledger.EVENTS,
    "NeedLedger": need_ledger.EVENTS,
    "Participants": participants.EVENTS,
    "Publications": publications.EVENTS,
    "StockLedger": stock_ledger.EVENTS,
    "SupplyLedger": supply_ledger.EVENTS,
}
"""Contract name, then topic 0 without 0x."""
