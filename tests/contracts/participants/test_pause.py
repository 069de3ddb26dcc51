"""Participants.pause

├── when the caller does not hold GUARDIAN of the consortium → MissingRole
└── when the caller holds it
    ├── given writes are paused                             → nothing changes
    └── given they are not                                  → emits WritesPaused; every write is refused, every read answers
"""

from names import CONSORTIUM, ZERO, ascii_word
from reverts import reverts


def test_pause__caller_is_registrar__refused(participants, registrar):
    with reverts("MissingRole", registrar.account, CONSORTIUM, ascii_word("GUARDIAN"), ZERO):
        participants.pause(registrar.tx)


def test_pause__paused_already__nothing_changes(participants, guardian):
    participants.pause(guardian.tx)
    before = participants.journal()
    assert not participants.pause(guardian.tx).events
    assert participants.journal() == before


def test_pause__guardian__writes_refused_and_reads_answer(participants, guardian, clerk):
    events = participants.pause(guardian.tx).events
    assert events["WritesPaused"]["actorId"] == guardian.person_id
    assert participants.paused()
    assert participants.personOf(clerk.account) == clerk.person_id
    with reverts("WritesArePaused"):
        participants.requireRole(clerk.account, 2, ascii_word("INTAKE_CLERK"), ZERO)
