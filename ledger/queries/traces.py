"""What an id is, and its trace: one entrance for the command line and the API."""

from sqlmodel import Session, SQLModel

from ledger.errors import NotFound
from ledger.models.consignment import Receipt
from ledger.models.donation import Donation
from ledger.models.lot import DonationInKind, Lot

TRACEABLE: dict[str, type[SQLModel]] = {
    "donation": Donation,
    "donation_in_kind": DonationInKind,
    "lot": Lot,
    "receipt": Receipt,
}


def traceable_kind(session: Session, record_id: str) -> str:
    """Which kind of record it is. Raises NotFound when it is none that can be traced."""
    for kind, model in TRACEABLE.items():
        if session.get(model, record_id):
            return kind
    raise NotFound(
        f"There is no donation, lot or receipt {record_id}.",
        hint="An id has 64 hexadecimal digits; `ledger index` brings the index up to the chain.",
    )
