"""Organisations, persons, accounts, roles, parts and the pause, to rows."""

from collections.abc import Callable, Sequence

from sqlmodel import Session

from ledger.bindings import participants as bindings
from ledger.database import insert
from ledger.errors import CheckFailed
from ledger.events import Event
from ledger.models.participant import Account, LedgerPart, Organisation, Person, RoleGrant, Safeguard
from ledger.projections.contents import ContentColumns, insert_event, texts
from ledger.rows import find_row, set_columns

CONTENTS = {
    bindings.OrganisationRegistered: ContentColumns(
        Organisation, texts("name", "organisation_kind", "country"), lambda event: event.fields.organisation_id
    ),
    bindings.PersonRegistered: ContentColumns(Person, texts("title"), lambda event: event.fields.person_id),
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
        rule = CONTENTS[bindings.OrganisationRegistered]
        insert_event(session, Organisation, event, rule, record_id=event.fields.organisation_record_id)


def on_person_registered(session: Session, events: Sequence[Event]) -> None:
    """Adds the person, at home in the organisation that the record stands on."""
    for event in events:
        record_id = event.fields.person_record_id
        home = {"record_id": record_id, "organisation_id": int(record_id[:8], 16)}
        insert_event(session, Person, event, CONTENTS[bindings.PersonRegistered], **home)


def on_account_linked(session: Session, events: Sequence[Event]) -> None:
    """Adds the account."""
    for event in events:
        insert_event(session, Account, event, address=event.fields.account)


def on_account_unlinked(session: Session, events: Sequence[Event]) -> None:
    """The account signs for the person no more."""
    for event in events:
        set_columns(session, Account, event.fields.link_id, unlinked_journal_no=event.journal_no)


def on_role_granted(session: Session, events: Sequence[Event]) -> None:
    """Adds the grant."""
    for event in events:
        insert_event(session, RoleGrant, event, state="granted")


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
        insert_event(session, LedgerPart, event, address=event.fields.contract_address)


def on_successor_named(session: Session, events: Sequence[Event]) -> None:
    """Another contract follows this one."""
    for event in events:
        set_columns(session, LedgerPart, event.fields.part, successor=event.fields.successor)


def _on_safeguard(action: str) -> Callable[[Session, Sequence[Event]], None]:
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
