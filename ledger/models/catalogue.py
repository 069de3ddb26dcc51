"""Items as an organisation's catalogue has them (R6), and facilities."""

from sqlmodel import SQLModel

from ledger.models.columns import integer, published, record_key, record_ref


class Item(SQLModel, table=True):
    """(name, specification, unit), as written. Different units are different items and are never added up."""

    __tablename__ = "item"

    item_id: str = record_key("Id of the item.")
    organisation_id: int = integer("Whose catalogue.", index=True)
    name: str | None = published("As written.", index=True)
    specification: str | None = published("As written.")
    unit: str | None = published("As written; None: not published.")
    content_digest: str = record_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who registered it.")
    journal_no: int = integer("Position in the journal of Catalogue.", index=True)


class Facility(SQLModel, table=True):
    """A store, hospital or other place that goods are at."""

    __tablename__ = "facility"

    facility_id: str = record_key("Id of the facility.")
    organisation_id: int = integer("Whose catalogue.", index=True)
    name: str | None = published("As written.", index=True)
    province: str | None = published("As written.")
    city: str | None = published("As written.")
    district: str | None = published("As written.")
    facility_kind: str | None = published("What it is.")
    content_digest: str = record_ref("SHA-256 of the content document.")
    actor_id: int = integer("Who registered it.")
    journal_no: int = integer("Position in the journal of Catalogue.", index=True)
