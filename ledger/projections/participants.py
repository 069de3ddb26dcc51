"""Organisations, persons, accounts, roles, parts and the pause, to rows."""

from collections.abc import Sequence

from sqlmodel import Session

from ledger.bindings import participants as bindings
from ledger.database import insert
from ledger.errors import CheckFailed
from ledger.events import Event
from ledger.models.participant import Account, LedgerPart, Organisation, Person, RoleGrant, Safeguard
from ledger.projections.contents import ContentColumns, columns_of, texts
from ledger.rows import find_row, optional, set_columns

CONTENTS = {
    bindings.OrganisationRegistered: ContentColumns(
        Organisation, texts("name", kind="organisation_kind"), lambda fields: fields.organisation_id
    ),
    bindings.PersonRegistered: ContentColumns(Person, texts("title"), lambda fields: fields.person_id),
}


def is_exercise(session: Session, organisation_id: int) -> bool:
    """Whether the organisation takes part in an exercise (R21). Raises CheckFailed when it is not in the index."""
    organisation = find_row(session, Organisation, organisation_id)
    if organisation is None:
        raise CheckFailed(f"The index has no organisation {organisation_id}, though the chain has records of it.")
    return bool(organisation["exercise"])


def on_organisation_registered(session: Session, events: Sequence[Event]) -> None:
    """Adds the organisation."""
    for event in events:
        fields = event.fields
        insert(
            session,
            Organisation,
            organisation_id=fields.organisation_id,
            record_id=fields.organisation_record_id,
            exercise=fields.exercise,
            content_digest=fields.content_digest,
            journal_no=event.journal_no,
            **columns_of(CONTENTS[bindings.OrganisationRegistered], event.content),
        )


def on_person_registered(session: Session, events: Sequence[Event]) -> None:
    """Adds the person, at home in the organisation that the record stands on."""
    for event in events:
        fields = event.fields
        insert(
            session,
            Person,
            person_id=fields.person_id,
            record_id=fields.person_record_id,
            organisation_id=int(fields.person_record_id[:8], 16),
            content_digest=fields.content_digest,
            journal_no=event.journal_no,
            **columns_of(CONTENTS[bindings.PersonRegistered], event.content),
        )


def on_account_linked(session: Session, events: Sequence[Event]) -> None:
    """Adds the account."""
    for event in events:
        fields = event.fields
        insert(
            session,
            Account,
            link_id=fields.link_id,
            person_record_id=fields.person_record_id,
            address=fields.account,
            delay_s=fields.delay_s,
            journal_no=event.journal_no,
        )


def on_account_unlinked(session: Session, events: Sequence[Event]) -> None:
    """The account signs for the person no more."""
    for event in events:
        set_columns(session, Account, event.fields.link_id, unlinked_journal_no=event.journal_no)


def on_role_granted(session: Session, events: Sequence[Event]) -> None:
    """Adds the grant."""
    for event in events:
        fields = event.fields
        insert(
            session,
            RoleGrant,
            grant_id=fields.grant_id,
            person_record_id=fields.person_record_id,
            organisation_id=fields.organisation_id,
            role=fields.role,
            scope=optional(fields.scope),
            outside=fields.outside,
            delay_s=fields.delay_s,
            state="granted",
            journal_no=event.journal_no,
        )


def on_role_grant_cancelled(session: Session, events: Sequence[Event]) -> None:
    """The grant never takes effect."""
    for event in events:
        set_columns(session, RoleGrant, event.fields.grant_id, state="cancelled", ended_journal_no=event.journal_no)


def on_role_revoked(session: Session, events: Sequence[Event]) -> None:
    """The role ended."""
    for event in events:
        set_columns(session, RoleGrant, event.fields.grant_id, state="revoked", ended_journal_no=event.journal_no)


def on_part_named(session: Session, events: Sequence[Event]) -> None:
    """Adds the contract."""
    for event in events:
        fields = event.fields
        insert(session, LedgerPart, part=fields.part, address=fields.contract_address, journal_no=event.journal_no)


def on_successor_named(session: Session, events: Sequence[Event]) -> None:
    """Another contract follows this one."""
    for event in events:
        set_columns(session, LedgerPart, event.fields.part, successor=event.fields.successor)


def _on_safeguard(action: str) -> object:
    def on_safeguard(session: Session, events: Sequence[Event]) -> None:
        for event in events:
            insert(session, Safeguard, journal_no=event.journal_no, action=action, actor_id=event.fields.actor_id)

    return on_safeguard


HANDLERS = {
    bindings.OrganisationRegistered: on_organisation_registered,
    bindings.PersonRegistered: on_person_registered,
    bindings.AccountLinked: on_account_linked,
    bindings.AccountUnlinked: on_account_unlinked,
    bindings.RoleGranted: on_role_granted,
    bindings.RoleGrantCancelled: on_role_grant_cancelled,
    bindings.RoleRevoked: on_role_revoked,
    bindings.PartNamed: on_part_named,
    bindings.SuccessorNamed: on_successor_named,
    bindings.Sealed: _on_safeguard("sealed"),
    bindings.WritesPaused: _on_safeguard("paused"),
    bindings.WritesResumed: _on_safeguard("resumed"),
}
