"""Events of Participants. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple

from ledger import words
from ledger.errors import UndecodableLog


class AccountLinked(NamedTuple):
    """AccountLinked(bytes32,bytes32,uint24,address,uint32)"""

    link_id: str
    person_record_id: str
    actor_id: int
    account: str
    delay_s: int


def _account_linked(text: str, actor: str) -> AccountLinked:
    if len(text) != 320:
        raise UndecodableLog(f"AccountLinked has 320 digits, not {len(text)}.")
    return AccountLinked(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.address(text[192:256]),
        words.uint(text[256:320], 32),
    )


class AccountUnlinked(NamedTuple):
    """AccountUnlinked(bytes32,bytes32,uint24,address)"""

    link_id: str
    person_record_id: str
    actor_id: int
    account: str


def _account_unlinked(text: str, actor: str) -> AccountUnlinked:
    if len(text) != 256:
        raise UndecodableLog(f"AccountUnlinked has 256 digits, not {len(text)}.")
    return AccountUnlinked(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.address(text[192:256]),
    )


class OrganisationRegistered(NamedTuple):
    """OrganisationRegistered(bytes32,bytes32,uint24,uint32,bool,bytes32)"""

    organisation_record_id: str
    ref: str
    actor_id: int
    organisation_id: int
    exercise: bool
    content_digest: str


def _organisation_registered(text: str, actor: str) -> OrganisationRegistered:
    if len(text) != 384:
        raise UndecodableLog(f"OrganisationRegistered has 384 digits, not {len(text)}.")
    return OrganisationRegistered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 32),
        words.boolean(text[256:320]),
        text[320:384],
    )


class PartNamed(NamedTuple):
    """PartNamed(bytes32,bytes32,uint24,address)"""

    part: str
    ref: str
    actor_id: int
    contract_address: str


def _part_named(text: str, actor: str) -> PartNamed:
    if len(text) != 256:
        raise UndecodableLog(f"PartNamed has 256 digits, not {len(text)}.")
    return PartNamed(
        words.code(text[64:128]),
        text[128:192],
        words.uint(actor, 24),
        words.address(text[192:256]),
    )


class PersonRegistered(NamedTuple):
    """PersonRegistered(bytes32,bytes32,uint24,uint24,bytes32)"""

    person_record_id: str
    organisation_record_id: str
    actor_id: int
    person_id: int
    content_digest: str


def _person_registered(text: str, actor: str) -> PersonRegistered:
    if len(text) != 320:
        raise UndecodableLog(f"PersonRegistered has 320 digits, not {len(text)}.")
    return PersonRegistered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 24),
        text[256:320],
    )


class RoleGrantCancelled(NamedTuple):
    """RoleGrantCancelled(bytes32,bytes32,uint24)"""

    grant_id: str
    person_record_id: str
    actor_id: int


def _role_grant_cancelled(text: str, actor: str) -> RoleGrantCancelled:
    if len(text) != 192:
        raise UndecodableLog(f"RoleGrantCancelled has 192 digits, not {len(text)}.")
    return RoleGrantCancelled(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


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


def _role_granted(text: str, actor: str) -> RoleGranted:
    if len(text) != 512:
        raise UndecodableLog(f"RoleGranted has 512 digits, not {len(text)}.")
    return RoleGranted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 32),
        words.code(text[256:320]),
        text[320:384],
        words.boolean(text[384:448]),
        words.uint(text[448:512], 32),
    )


class RoleRevoked(NamedTuple):
    """RoleRevoked(bytes32,bytes32,uint24)"""

    grant_id: str
    person_record_id: str
    actor_id: int


def _role_revoked(text: str, actor: str) -> RoleRevoked:
    if len(text) != 192:
        raise UndecodableLog(f"RoleRevoked has 192 digits, not {len(text)}.")
    return RoleRevoked(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


class Sealed(NamedTuple):
    """Sealed(bytes32,bytes32,uint24)"""

    record_id: str
    ref: str
    actor_id: int


def _sealed(text: str, actor: str) -> Sealed:
    if len(text) != 192:
        raise UndecodableLog(f"Sealed has 192 digits, not {len(text)}.")
    return Sealed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


class SuccessorNamed(NamedTuple):
    """SuccessorNamed(bytes32,bytes32,uint24,address)"""

    part: str
    ref: str
    actor_id: int
    successor: str


def _successor_named(text: str, actor: str) -> SuccessorNamed:
    if len(text) != 256:
        raise UndecodableLog(f"SuccessorNamed has 256 digits, not {len(text)}.")
    return SuccessorNamed(
        words.code(text[64:128]),
        text[128:192],
        words.uint(actor, 24),
        words.address(text[192:256]),
    )


class WritesPaused(NamedTuple):
    """WritesPaused(bytes32,bytes32,uint24)"""

    record_id: str
    ref: str
    actor_id: int


def _writes_paused(text: str, actor: str) -> WritesPaused:
    if len(text) != 192:
        raise UndecodableLog(f"WritesPaused has 192 digits, not {len(text)}.")
    return WritesPaused(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


class WritesResumed(NamedTuple):
    """WritesResumed(bytes32,bytes32,uint24)"""

    record_id: str
    ref: str
    actor_id: int


def _writes_resumed(text: str, actor: str) -> WritesResumed:
    if len(text) != 192:
        raise UndecodableLog(f"WritesResumed has 192 digits, not {len(text)}.")
    return WritesResumed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


EVENTS = {
    "a949cbeea10c129b2bc084bf4aab439d37c66183c7c8cabcfc96aa7bd940f949": _account_linked,
    "5b881ab075e05b3d85501a7bd138e6c997ccb62604eac24a4c08d4924d1bf1a4": _account_unlinked,
    "1e7acd59ae5528f67cea03546ef514e3f872a7139cf3ad8f641a891cc4ba7c08": _organisation_registered,
    "459f08d1dac20c5307a3bf691f2d6acd5e249c0f911bc103bd94a4fd8679584e": _part_named,
    "bccefb10c4dc043becf0e1fd3b1a7fad8cf68eb10ed30b701f66403a49e9c9bd": _person_registered,
    "dbf83e084643c1b6e38e6758e89fcd76013a2f37fd88fe6b1699d56cedb11eeb": _role_grant_cancelled,
    "2a497e82e702b46fe064feb288bd1cb47452526b020f075d41733842eb0c27f4": _role_granted,
    "b3416fa843f8e2dce5dd33d8c2427da356c2f831fff0069be47cf6edf5daa96e": _role_revoked,
    "0bf3969cd5cc973d5c785e7fc21ad23281ee5922fea9f73e3a2525cb93b7d9f1": _sealed,
    "262d37f33aec2e5e9ca82282d28d5d462b19a01d65536676363ebe8026151c83": _successor_named,
    "eaec8318f1654f4101076654aeaac2775b8bd89bfa4714f2a4037d936043b122": _writes_paused,
    "749ecce6a7042dba3e2027b7c44292c2e42a3b5c9e1b4fbec0023313d0603e6a": _writes_resumed,
}
