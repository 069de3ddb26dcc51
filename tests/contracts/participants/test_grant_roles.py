"""Participants.grantRoles (who may, retries and conflicts: behaviours)

├── with an id of another organisation                → LineRefused(ForeignRecordId)
├── with an organisation that is unknown              → LineRefused(OrganisationUnknown)
├── with a person that is unknown                     → LineRefused(PersonUnknown)
├── with CONSIGNEE and no facility of the organisation→ LineRefused(ForeignRecordId), naming the scope
├── with a role that the person has, or that waits    → LineRefused(GrantUnexpectedState), with which it is
└── with a new one
    ├── given the ledger is not sealed                → it holds at once
    └── given it is sealed
        ├── before 24 hours are over                  → Waiting: shown, and it does not hold
        ├── when they are                             → Active, marked as outside when the home is another
        ├── given the same was revoked                → it waits and holds again, under a new id
        └── in a scope                                → it holds there and nowhere else
"""

from clock import pass_s
from names import CHARITY, DAY_S, HOSPITAL_GROUP, OTHER_STORE, STORE, ZERO, ascii_word, record_id
from parts import grant_id
from reverts import reverts

GRANT = record_id(CHARITY, "grant", "new")
AUDITOR, CONSIGNEE, CLERK = map(ascii_word, ("AUDITOR", "CONSIGNEE", "INTAKE_CLERK"))
NONE, WAITING, ACTIVE, CANCELLED, REVOKED = range(5)


def test_grant_roles__id_of_another_organisation__refused(participants, registrar, clerk):
    foreign = record_id(HOSPITAL_GROUP, "grant")
    with reverts("LineRefused", 0, ("ForeignRecordId", foreign, CHARITY)):
        participants.grantRoles([(foreign, clerk.person_id, CHARITY, AUDITOR, ZERO)], registrar.tx)


def test_grant_roles__organisation_unknown__refused(participants, registrar, clerk):
    with reverts("LineRefused", 0, ("OrganisationUnknown", 77)):
        participants.grantRoles([(record_id(77, "grant"), clerk.person_id, 77, AUDITOR, ZERO)], registrar.tx)


def test_grant_roles__person_unknown__refused(participants, registrar):
    with reverts("LineRefused", 0, ("PersonUnknown", 500)):
        participants.grantRoles([(GRANT, 500, CHARITY, AUDITOR, ZERO)], registrar.tx)


def test_grant_roles__consignee_without_own_facility__refused(participants, registrar, clerk):
    for scope in (ZERO, record_id(HOSPITAL_GROUP, "facility", "hospital")):
        with reverts("LineRefused", 0, ("ForeignRecordId", scope, CHARITY)):
            participants.grantRoles([(GRANT, clerk.person_id, CHARITY, CONSIGNEE, scope)], registrar.tx)


def test_grant_roles__held_already__refused_with_its_state(participants, registrar, clerk):
    with reverts("LineRefused", 0, ("GrantUnexpectedState", GRANT, ACTIVE, NONE)):
        participants.grantRoles([(GRANT, clerk.person_id, CHARITY, CLERK, ZERO)], registrar.tx)


def test_grant_roles__waiting_already__refused_with_its_state(participants, registrar, clerk):
    other = record_id(CHARITY, "grant", "other")
    lines = [(one, clerk.person_id, CHARITY, AUDITOR, ZERO) for one in (GRANT, other)]
    with reverts("LineRefused", 1, ("GrantUnexpectedState", other, WAITING, NONE)):
        participants.grantRoles(lines, registrar.tx)


def test_grant_roles__in_the_bootstrap__holds_at_once(unsealed):
    participants = unsealed["Participants"]
    receipt = participants.grantRoles([(GRANT, 11, CHARITY, AUDITOR, ZERO)], {"from": unsealed.deployer})
    assert receipt.events["RoleGranted"]["delay_s"] == 0
    assert participants.grantState(GRANT) == ACTIVE
    assert participants.hasRole(11, CHARITY, AUDITOR, ZERO)


def test_grant_roles__sealed__holds_after_24_hours(participants, registrar, clerk):
    receipt = participants.grantRoles([(GRANT, clerk.person_id, CHARITY, AUDITOR, ZERO)], registrar.tx)
    event = receipt.events["RoleGranted"]
    assert (event["organisationId"], event["role"], event["outside"], event["delay_s"]) == (
        CHARITY,
        AUDITOR,
        False,
        DAY_S,
    )
    pass_s(DAY_S - 5)
    assert participants.grantState(GRANT) == WAITING
    with reverts("MissingRole", clerk.account, CHARITY, AUDITOR, ZERO):
        participants.requireRole(clerk.account, CHARITY, AUDITOR, ZERO)
    pass_s(5)
    assert participants.grantState(GRANT) == ACTIVE
    assert participants.requireRole(clerk.account, CHARITY, AUDITOR, ZERO) == clerk.person_id


def test_grant_roles__person_of_another_organisation__marked_as_outside(participants, registrar, outsider):
    receipt = participants.grantRoles([(GRANT, outsider.person_id, CHARITY, AUDITOR, ZERO)], registrar.tx)
    event = receipt.events["RoleGranted"]
    assert event["outside"]
    assert event["personRecordId"] == f"0x{outsider.home_id:08x}{outsider.person_id:056x}"


def test_grant_roles__revoked_before__waits_and_holds_again(participants, registrar, clerk):
    old = grant_id("clerk", CHARITY, "INTAKE_CLERK")
    participants.revokeRole(old, registrar.tx)
    participants.grantRoles([(GRANT, clerk.person_id, CHARITY, CLERK, ZERO)], registrar.tx)
    assert not participants.hasRole(clerk.person_id, CHARITY, CLERK, ZERO)
    pass_s(DAY_S)
    assert participants.hasRole(clerk.person_id, CHARITY, CLERK, ZERO)
    assert (participants.grantState(old), participants.grantState(GRANT)) == (REVOKED, ACTIVE)


def test_grant_roles__in_a_scope__holds_there_alone(participants, registrar, clerk):
    participants.grantRoles([(GRANT, clerk.person_id, CHARITY, CONSIGNEE, STORE)], registrar.tx)
    pass_s(DAY_S)
    held = [participants.hasRole(clerk.person_id, CHARITY, CONSIGNEE, scope) for scope in (STORE, OTHER_STORE, ZERO)]
    assert held == [True, False, False]
