"""Who may act: organisations, persons without their names, accounts, roles, and the pause (R17, R18, R21)."""

from sqlmodel import Field, SQLModel

from ledger.models.columns import (
    flag,
    integer,
    optional_integer,
    optional_ref,
    published,
    record_key,
    record_ref,
    text,
)


class Organisation(SQLModel, table=True):
    """A member. Records of an exercise's organisation are outside every total of real ones (R21)."""

    __tablename__ = "organisation"

    organisation_id: int = integer("First four bytes of the ids of its records.", primary_key=True)
    record_id: str = record_ref("Its own record id.")
    exercise: bool = flag("Whether it is part of an exercise.")
    name: str | None = published("As it calls itself.")
    organisation_kind: str | None = published("IATI OrganisationType.")
    country: str | None = published("ISO 3166-1 alpha-2.")
    content_digest: str = record_ref("SHA-256 of its content document.")
    journal_no: int = integer("Position in the journal of Participants.")


class Person(SQLModel, table=True):
    """A person behind accounts. The public content never has a name; a title or a demonstration name at most."""

    __tablename__ = "person"

    person_id: int = integer("Topic 3 of every record this person made.", primary_key=True)
    record_id: str = record_ref("The person's record id.", index=True)
    organisation_id: int = integer("Home organisation.", index=True)
    title: str | None = published("What the person does there.")
    content_digest: str = record_ref("SHA-256 of the content document.")
    journal_no: int = integer("Position in the journal of Participants.")


class Account(SQLModel, table=True):
    """An account that signs for a person, from when it was linked until it was unlinked."""

    __tablename__ = "account"

    link_id: str = record_key("Id of the link.")
    person_record_id: str = record_ref("The person.", index=True)
    address: str = text("0x and 40 hex digits.", index=True)
    delay_s: int = integer("Seconds from its block until it may act.")
    journal_no: int = integer("Position in the journal of Participants.")
    unlinked_journal_no: int | None = optional_integer("Where it was unlinked, if it was.")


class RoleGrant(SQLModel, table=True):
    """A role of a person in an organisation. It takes effect `delay_s` after its block and is shown before (R18)."""

    __tablename__ = "role_grant"

    grant_id: str = record_key("Id of the grant.")
    person_record_id: str = record_ref("The person.", index=True)
    organisation_id: int = integer("Where the role holds.", index=True)
    role: str = text("Name of the role.")
    scope: str | None = optional_ref("CONSIGNEE: the facility; else None, the whole organisation.")
    outside: bool = flag("The person's home is another organisation: an outside approver (R17).")
    delay_s: int = integer("Seconds from its block until it holds.")
    state: str = text("granted, cancelled or revoked.")
    journal_no: int = integer("Position in the journal of Participants.", index=True)
    ended_journal_no: int | None = optional_integer("Where it was cancelled or revoked, if it was.")


class LedgerPart(SQLModel, table=True):
    """A contract of the ledger, by its name, and the successor that was named for it."""

    __tablename__ = "ledger_part"

    part: str = Field(primary_key=True, description="Name of the contract.")
    address: str = text("0x and 40 hex digits.")
    successor: str | None = published("Address of the contract that follows it.")
    journal_no: int = integer("Position in the journal of Participants.")


class Safeguard(SQLModel, table=True):
    """The end of the bootstrap, and every pause and resumption of writes."""

    __tablename__ = "safeguard"

    journal_no: int = integer("Position in the journal of Participants.", primary_key=True)
    action: str = text("sealed, paused or resumed.")
    actor_id: int = integer("Who did it.")
