"""Reads the events of Participants. Written by `python -m ledger.binding_writer`; do not edit."""

from ledger import words
from ledger.bindings import participants as events


def _account_linked(text: str, actor: str) -> events.AccountLinked:
    words.require_digits("AccountLinked", text, 320)
    return events.AccountLinked(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.address(text[192:256]),
        words.uint(text[256:320], 32),
    )


def _account_unlinked(text: str, actor: str) -> events.AccountUnlinked:
    words.require_digits("AccountUnlinked", text, 256)
    return events.AccountUnlinked(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.address(text[192:256]),
    )


def _organisation_registered(text: str, actor: str) -> events.OrganisationRegistered:
    words.require_digits("OrganisationRegistered", text, 384)
    return events.OrganisationRegistered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 32),
        words.boolean(text[256:320]),
        text[320:384],
    )


def _part_named(text: str, actor: str) -> events.PartNamed:
    words.require_digits("PartNamed", text, 256)
    return events.PartNamed(
        words.code(text[64:128]),
        text[128:192],
        words.uint(actor, 24),
        words.address(text[192:256]),
    )


def _person_registered(text: str, actor: str) -> events.PersonRegistered:
    words.require_digits("PersonRegistered", text, 320)
    return events.PersonRegistered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 24),
        text[256:320],
    )


def _role_grant_cancelled(text: str, actor: str) -> events.RoleGrantCancelled:
    words.require_digits("RoleGrantCancelled", text, 192)
    return events.RoleGrantCancelled(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


def _role_granted(text: str, actor: str) -> events.RoleGranted:
    words.require_digits("RoleGranted", text, 512)
    return events.RoleGranted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 32),
        words.code(text[256:320]),
        text[320:384],
        words.boolean(text[384:448]),
        words.uint(text[448:512], 32),
    )


def _role_revoked(text: str, actor: str) -> events.RoleRevoked:
    words.require_digits("RoleRevoked", text, 192)
    return events.RoleRevoked(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


def _sealed(text: str, actor: str) -> events.Sealed:
    words.require_digits("Sealed", text, 192)
    return events.Sealed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


def _successor_named(text: str, actor: str) -> events.SuccessorNamed:
    words.require_digits("SuccessorNamed", text, 256)
    return events.SuccessorNamed(
        words.code(text[64:128]),
        text[128:192],
        words.uint(actor, 24),
        words.address(text[192:256]),
    )


def _writes_paused(text: str, actor: str) -> events.WritesPaused:
    words.require_digits("WritesPaused", text, 192)
    return events.WritesPaused(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


def _writes_resumed(text: str, actor: str) -> events.WritesResumed:
    words.require_digits("WritesResumed", text, 192)
    return events.WritesResumed(
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
