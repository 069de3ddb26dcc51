"""Organisations, persons, accounts and roles after the seal, and the pause."""

from ledger.canonical import NO_RECORD, record_id
from ledger.codes import ROLES
from ledger.commands.desk import Desk, Draft, Key, act, code, new_id, put_content
from ledger.errors import BadInput
from ledger.outbox_store import Entry

CONTRACT = "Participants"


def register_organisation(
    desk: Desk,
    *,
    number: int,
    name: str,
    exercise: bool = False,
    organisation_kind: str | None = None,
    country: str | None = None,
) -> Draft:
    """Registers a further organisation. Its name is public."""
    content = put_content(desk, "organisation", name=name, organisation_kind=organisation_kind, country=country)
    entry = Entry(
        f"organisation/{number}", desk.account, CONTRACT, "registerOrganisations", (), (number, exercise, content)
    )
    return Draft((number.to_bytes(4, "big") + bytes(28),), (entry,))


def register_person(desk: Desk, *, number: int, organisation_id: int, title: str) -> Draft:
    """Registers a person by number; the title is what they do, never a name."""
    content = put_content(desk, "person", title=title)
    line = (number, organisation_id, content)
    entry = Entry(f"person/{number}", desk.account, CONTRACT, "registerPersons", (), line)
    return Draft((organisation_id.to_bytes(4, "big") + number.to_bytes(28, "big"),), (entry,))


def link_account(desk: Desk, *, key: Key, organisation_id: int, person: int, address: str) -> Draft:
    """Links an account to a person of `organisation_id`; it may act when the delay has passed."""
    link_id = record_id(organisation_id, "account", *key)
    entry = Entry(
        f"linkAccounts/{link_id.hex()}", desk.account, CONTRACT, "linkAccounts", (), (link_id, person, address)
    )
    return Draft((link_id,), (entry,))


def unlink_account(desk: Desk, link_id: bytes) -> Draft:
    """Takes an account from its person, at once."""
    return act(desk, CONTRACT, "unlinkAccount", link_id)


def rotate_account(desk: Desk, *, key: Key, new_address: str) -> Draft:
    """The person behind the desk's account replaces it by a new one, at once."""
    link_id = new_id(desk, "account", key)
    return act(desk, CONTRACT, "rotateAccount", link_id, (link_id, new_address))


def grant_role(
    desk: Desk, *, key: Key, organisation_id: int, person: int, role: str, scope: bytes = NO_RECORD
) -> Draft:
    """Grants a role in an organisation; it is shown at once and takes effect after its delay (R18)."""
    if role not in ROLES:
        raise BadInput(f"{role!r} is not a role; the roles are {', '.join(ROLES)}.")
    if (role == "CONSIGNEE") != (scope != NO_RECORD):
        raise BadInput("A CONSIGNEE, and nobody else, is bound to a facility.")
    grant_id = record_id(organisation_id, "grant", *key)
    line = (grant_id, person, organisation_id, code(role, 32, "role"), scope)
    entry = Entry(f"grantRoles/{grant_id.hex()}", desk.account, CONTRACT, "grantRoles", (), line)
    return Draft((grant_id,), (entry,))


def cancel_grant(desk: Desk, grant_id: bytes) -> Draft:
    """A guardian cancels a grant that still waits."""
    return act(desk, CONTRACT, "cancelGrant", grant_id)


def revoke_role(desk: Desk, grant_id: bytes) -> Draft:
    """Takes a role away, at once (R18)."""
    return act(desk, CONTRACT, "revokeRole", grant_id)


def name_successor(desk: Desk, *, part: str, address: str) -> Draft:
    """Names the contract that follows a part; old records stay readable where they are."""
    named = code(part, 32, "part")
    entry = Entry(f"nameSuccessor/{part}", desk.account, CONTRACT, "nameSuccessor", (named, address))
    return Draft((named,), (entry,))


def pause(desk: Desk, *, occasion: str) -> Draft:
    """A guardian stops all writing; reading goes on."""
    return _switch(desk, "pause", occasion)


def resume(desk: Desk, *, occasion: str) -> Draft:
    """A guardian lets writing go on."""
    return _switch(desk, "resume", occasion)


def _switch(desk: Desk, function: str, occasion: str) -> Draft:
    if not occasion:
        raise BadInput(f"To {function} needs an occasion: it can happen more than once.")
    entry = Entry(f"{function}/{occasion}", desk.account, CONTRACT, function, ())
    return Draft((NO_RECORD,), (entry,))
