"""The facilities of an organisation: stores, hospitals, any place that goods are at or go to."""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.commands.desk import Desk, Draft, Key, content_of, lines, new_id, put_contents
from ledger.errors import BadInput


class Facility(NamedTuple):
    """A facility by the organisation's own key, with its public name and where it is."""

    key: Key
    name: str
    province: str | None = None
    city: str | None = None
    district: str | None = None
    facility_kind: str | None = None


def facility_id(desk: Desk, key: Key) -> bytes:
    """The id of the facility with this key."""
    return new_id(desk, "facility", key)


def register_facilities(desk: Desk, facilities: Sequence[Facility]) -> Draft:
    """Enters facilities of the desk's organisation; one that is there stays as it is."""
    known = {}
    for facility in facilities:
        if not facility.name.strip():
            raise BadInput(f"The facility with the key {facility.key} needs a name.")
        known[facility_id(desk, facility.key)] = facility
    contents = [
        content_of(
            "facility",
            name=facility.name,
            province=facility.province,
            city=facility.city,
            district=facility.district,
            facility_kind=facility.facility_kind,
        )
        for facility in known.values()
    ]
    _, digests = put_contents(desk, contents)
    given = list(zip(known, digests, strict=True))
    return lines(desk, "Catalogue", "registerFacilities", (desk.organisation_id,), given)


def register_facility(desk: Desk, facility: Facility) -> Draft:
    """Enters one facility of the desk's organisation."""
    return register_facilities(desk, [facility])
