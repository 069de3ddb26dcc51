"""Participants.requireRole, requireEitherRole, requirePerson, requireMember: what every write asks first

├── given writes are paused                              → WritesArePaused
├── requireRole                                          → the person, whichever of its accounts asks; else MissingRole
├── requireEitherRole, with either of the two            → the person; else MissingRole of the first
├── requirePerson, of an account that acts               → the person; else AccountUnknown
└── requireMember
    ├── with any active role there, in whatever scope    → the person
    ├── with a role that waits, or was revoked           → MissingRole with role zero
    └── with RELAYER alone                               → MissingRole with role zero
"""

from clock import pass_s
from names import CHARITY, DAY_S, HOSPITAL_GROUP, PARTNER_CHARITY, STORE, ZERO, ascii_word, record_id
from parts import grant_id
from reverts import reverts

CLERK, IMPORTER, AUDITOR = map(ascii_word, ("INTAKE_CLERK", "IMPORTER", "AUDITOR"))
GRANT = record_id(CHARITY, "grant", "new")


def test_require__paused__refused(participants, guardian, clerk):
    participants.pause(guardian.tx)
    for name, rest in {
        "requireRole": (CHARITY, CLERK, ZERO),
        "requireEitherRole": (CHARITY, CLERK, IMPORTER),
        "requirePerson": (),
        "requireMember": (CHARITY,),
    }.items():
        with reverts("WritesArePaused"):
            getattr(participants, name)(clerk.account, *rest)


def test_require_role__either_account_of_the_person__same_person(participants, allrounder):
    for account in (allrounder.account, allrounder.second_account):
        assert participants.requireRole(account, CHARITY, CLERK, ZERO) == allrounder.person_id


def test_require_role__other_organisation_or_scope__refused(participants, clerk, allrounder):
    with reverts("MissingRole", clerk.account, HOSPITAL_GROUP, CLERK, ZERO):
        participants.requireRole(clerk.account, HOSPITAL_GROUP, CLERK, ZERO)
    with reverts("MissingRole", clerk.account, CHARITY, CLERK, STORE):
        participants.requireRole(clerk.account, CHARITY, CLERK, STORE)


def test_require_either_role__one_of_two__person(participants, clerk, importer, carrier):
    for actor in (clerk, importer):
        assert participants.requireEitherRole(actor.account, CHARITY, CLERK, IMPORTER) == actor.person_id
    with reverts("MissingRole", carrier.account, CHARITY, CLERK, ZERO):
        participants.requireEitherRole(carrier.account, CHARITY, CLERK, IMPORTER)


def test_require_person__any_account_that_acts__person(participants, outsider, stranger):
    assert participants.requirePerson(outsider.account) == outsider.person_id
    with reverts("AccountUnknown", stranger):
        participants.requirePerson(stranger)


def test_require_member__role_in_any_scope__person(participants, registrar, clerk, outsider):
    assert participants.requireMember(clerk.account, CHARITY) == clerk.person_id
    consignee = ascii_word("CONSIGNEE")
    participants.grantRoles([(GRANT, outsider.person_id, CHARITY, consignee, STORE)], registrar.tx)
    with reverts("MissingRole", outsider.account, CHARITY, ZERO, ZERO):
        participants.requireMember(outsider.account, CHARITY)
    pass_s(DAY_S)
    assert participants.requireMember(outsider.account, CHARITY) == outsider.person_id


def test_require_member__home_without_role_or_revoked__refused(participants, registrar, clerk, outsider, stranger):
    participants.revokeRole(grant_id("clerk", CHARITY, "INTAKE_CLERK"), registrar.tx)
    asked = ((clerk.account, CHARITY), (outsider.account, PARTNER_CHARITY), (stranger, CHARITY))
    for account, organisation in asked:
        with reverts("MissingRole", account, organisation, ZERO, ZERO):
            participants.requireMember(account, organisation)


def test_require_member__one_of_many_revoked__still_a_member(participants, registrar, allrounder):
    for role in ("INTAKE_CLERK", "CARRIER", "IMPORTER"):
        participants.revokeRole(grant_id("allrounder", CHARITY, role), registrar.tx)
    assert participants.requireMember(allrounder.account, CHARITY) == allrounder.person_id


def test_require_member__relayer_alone__refused(participants, registrar, outsider):
    participants.grantRoles([(GRANT, outsider.person_id, CHARITY, ascii_word("RELAYER"), ZERO)], registrar.tx)
    pass_s(DAY_S)
    assert participants.hasRole(outsider.person_id, CHARITY, ascii_word("RELAYER"), ZERO)
    with reverts("MissingRole", outsider.account, CHARITY, ZERO, ZERO):
        participants.requireMember(outsider.account, CHARITY)
