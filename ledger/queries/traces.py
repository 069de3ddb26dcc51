"""What an id is, and its trace: one entrance for the command line and the API."""

from sqlmodel import Session

from ledger.errors import NotFound
from ledger.models.consignment import Receipt
from ledger.models.donation import Donation
from ledger.models.lot import DonationInKind, Lot

TRACEABLE = ("donation", "donation_in_kind", "lot", "receipt")


def traceable_kind(session: Session, record_id: str) -> str:
    """Which kind of record it is. Raises NotFound when it is none that can be traced."""
    for kind, model in zip(TRACEABLE, (Donation, DonationInKind, Lot, Receipt), strict=True):
        if session.get(model, record_id):
            return kind
    raise NotFound(
        f"There is no donation, lot or receipt {record_id}.",
        hint="An id has 64 hexadecimal digits; `ledger index` brings the index up to the chain.",
    )
