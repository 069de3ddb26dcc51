"""Items and facilities to rows."""

from collections.abc import Sequence

from sqlmodel import Session

from ledger.bindings.catalogue import FacilityRegistered, ItemRegistered
from ledger.events import Event
from ledger.models.catalogue import Facility, Item
from ledger.projections.contents import ContentColumns, insert_event, texts

CONTENTS = {
    ItemRegistered: ContentColumns(Item, texts("name", "specification", "unit"), lambda event: event.fields.item_id),
    FacilityRegistered: ContentColumns(
        Facility, texts("name", "province", "city", "district", "facility_kind"), lambda event: event.fields.facility_id
    ),
}


def on_item_registered(session: Session, events: Sequence[Event]) -> None:
    """Adds the items to their organisation's catalogue."""
    for event in events:
        organisation_id = int(event.fields.item_id[:8], 16)
        insert_event(session, Item, event, CONTENTS[ItemRegistered], organisation_id=organisation_id)


def on_facility_registered(session: Session, events: Sequence[Event]) -> None:
    """Adds the facilities to their organisation's catalogue."""
    for event in events:
        organisation_id = int(event.fields.facility_id[:8], 16)
        insert_event(session, Facility, event, CONTENTS[FacilityRegistered], organisation_id=organisation_id)


HANDLERS = {ItemRegistered: on_item_registered, FacilityRegistered: on_facility_registered}
