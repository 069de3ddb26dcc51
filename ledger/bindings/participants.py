"""Events of Participants. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple


class AccountLinked(NamedTuple):
    """AccountLinked(bytes32,bytes32,uint24,address,uint32)"""

    link_id: str
    person_record_id: str
    actor_id: int
    account: str
    delay_s: int


class AccountUnlinked(NamedTuple):
    """AccountUnlinked(bytes32,bytes32,uint24,address)"""

    link_id: str
    person_record_id: str
    actor_id: int
    account: str


class OrganisationRegistered(NamedTuple):
    """OrganisationRegistered(bytes32,bytes32,uint24,uint32,bool,bytes32)"""

    organisation_record_id: str
    ref: str
    actor_id: int
    organisation_id: int
    exercise: bool
    content_digest: str


class PartNamed(NamedTuple):
    """PartNamed(bytes32,bytes32,uint24,address)"""

    part: str
    ref: str
    actor_id: int
    contract_address: str


class PersonRegistered(NamedTuple):
    """PersonRegistered(bytes32,bytes32,uint24,uint24,bytes32)"""

    person_record_id: str
    organisation_record_id: str
    actor_id: int
    person_id: int
    content_digest: str


class RoleGrantCancelled(NamedTuple):
    """RoleGrantCancelled(bytes32,bytes32,uint24)"""

    grant_id: str
    person_record_id: str
    actor_id: int


class RoleGranted(NamedTuple):
    """RoleGranted(bytes32,bytes32,uint24,uint32,bytes32,bytes32,bool,uint32)"""

    grant_id: str
    person_record_id: str
    actor_id: int
    organisation_id: int
    role: str
    scope: str
    outside: bool
    delay_s: int


class RoleRevoked(NamedTuple):
    """RoleRevoked(bytes32,bytes32,uint24)"""

    grant_id: str
    person_record_id: str
    actor_id: int


class Sealed(NamedTuple):
    """Sealed(bytes32,bytes32,uint24)"""

    record_id: str
    ref: str
    actor_id: int


class SuccessorNamed(NamedTuple):
    """SuccessorNamed(bytes32,bytes32,uint24,address)"""

    part: str
    ref: str
    actor_id: int
    successor: str


class WritesPaused(NamedTuple):
    """WritesPaused(bytes32,bytes32,uint24)"""

    record_id: str
    ref: str
    actor_id: int


class WritesResumed(NamedTuple):
    """WritesResumed(bytes32,bytes32,uint24)"""

    record_id: str
    ref: str
    actor_id: int
