"""Participants.cancelGrant (who may, the pause and retries: behaviours)

├── given the grant is unknown      → RecordUnknown
├── given it is Active or Revoked   → GrantUnexpectedState
└── given it is Waiting             → emits RoleGrantCancelled; it never holds
"""

from clock import pass_s
from names import CHARITY, DAY_S, ZERO, ascii_word, record_id
from parts import grant_id
from reverts import reverts

GRANT = record_id(CHARITY, "grant", "new")
AUDITOR = ascii_word("AUDITOR")
NONE, WAITING, ACTIVE, CANCELLED, REVOKED = range(5)


def test_cancel_grant__unknown__refused(participants, guardian):
    with reverts("RecordUnknown", GRANT):
        participants.cancelGrant(GRANT, guardian.tx)


def test_cancel_grant__active_or_revoked__refused(participants, guardian):
    grant = grant_id("clerk", CHARITY, "INTAKE_CLERK")
    with reverts("GrantUnexpectedState", grant, ACTIVE, WAITING):
        participants.cancelGrant(grant, guardian.tx)
    participants.revokeRole(grant, guardian.tx)
    with reverts("GrantUnexpectedState", grant, REVOKED, WAITING):
        participants.cancelGrant(grant, guardian.tx)


def test_cancel_grant__waiting__never_holds(participants, registrar, guardian, clerk):
    participants.grantRoles([(GRANT, clerk.person_id, CHARITY, AUDITOR, ZERO)], registrar.tx)
    event = participants.cancelGrant(GRANT, guardian.tx).events["RoleGrantCancelled"]
    assert (event["grantId"], event["actorId"]) == (GRANT, guardian.person_id)
    pass_s(DAY_S)
    assert participants.grantState(GRANT) == CANCELLED
    assert not participants.hasRole(clerk.person_id, CHARITY, AUDITOR, ZERO)
