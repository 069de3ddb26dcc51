"""Participants.revokeRole (who may, the pause and retries: behaviours)

├── given the grant is unknown      → RecordUnknown
├── given it is Waiting             → GrantUnexpectedState
├── given it is the GUARDIAN's, by a REGISTRAR → MissingRole; by a GUARDIAN it is revoked
└── given it is Active              → emits RoleRevoked; from that block on it does not hold, other roles still do
"""

from names import CHARITY, CONSORTIUM, ZERO, ascii_word, digest, record_id
from parts import grant_id
from reverts import reverts

GRANT = record_id(CHARITY, "grant", "new")
CLERK = ascii_word("INTAKE_CLERK")
NONE, WAITING, ACTIVE, CANCELLED, REVOKED = range(5)


def test_revoke_role__unknown__refused(participants, registrar):
    with reverts("RecordUnknown", GRANT):
        participants.revokeRole(GRANT, registrar.tx)


def test_revoke_role__waiting__refused(participants, registrar, clerk):
    participants.grantRoles([(GRANT, clerk.person_id, CHARITY, ascii_word("AUDITOR"), ZERO)], registrar.tx)
    with reverts("GrantUnexpectedState", GRANT, WAITING, ACTIVE):
        participants.revokeRole(GRANT, registrar.tx)


def test_revoke_role__active__ends_at_once_and_alone(participants, catalogue, registrar, allrounder):
    grant = grant_id("allrounder", CHARITY, "INTAKE_CLERK")
    event = participants.revokeRole(grant, registrar.tx).events["RoleRevoked"]
    assert (event["grantId"], event["actorId"]) == (grant, registrar.person_id)
    assert participants.grantState(grant) == REVOKED
    for account in (allrounder.account, allrounder.second_account):
        with reverts("MissingRole", account, CHARITY, CLERK, ZERO):
            participants.requireRole(account, CHARITY, CLERK, ZERO)
    catalogue.registerItems(CHARITY, [(record_id(CHARITY, "item"), digest("item"))], allrounder.tx)  # as IMPORTER


def test_revoke_role__guardians__by_a_guardian_only(participants, registrar, guardian):
    grant = grant_id("guardian", CONSORTIUM, "GUARDIAN")
    with reverts("MissingRole", registrar.account, CONSORTIUM, ascii_word("GUARDIAN"), ZERO):
        participants.revokeRole(grant, registrar.tx)
    assert participants.revokeRole(grant, guardian.tx).events["RoleRevoked"]["grantId"] == grant
