"""Participants.resume (who may and retries: behaviours)

└── given writes are paused → emits WritesResumed, citing the pause; writes are accepted again
"""

from names import CHARITY, CONSORTIUM, ZERO, ascii_word


def test_resume__paused_twice__each_end_cites_its_pause(participants, guardian, clerk):
    for number in (1, 2):
        paused = participants.pause(guardian.tx).events["WritesPaused"]["recordId"]
        resumed = participants.resume(guardian.tx).events["WritesResumed"]
        assert paused == f"0x{CONSORTIUM:08x}{2:08x}{number:048x}"
        assert (resumed["recordId"], resumed["ref"]) == (f"0x{CONSORTIUM:08x}{3:08x}{number:048x}", paused)
    assert not participants.paused()
    assert participants.requireRole(clerk.account, CHARITY, ascii_word("INTAKE_CLERK"), ZERO) == clerk.person_id
