"""Participants.registerOrganisations

├── given the ledger is not sealed
│   ├── when the caller is not the bootstrapper          → NotBootstrapper
│   └── when the caller is                               → emits OrganisationRegistered by nobody (0)
└── given it is sealed, when the caller holds REGISTRAR (else: behaviours)
    ├── with no line, or more than 400                   → BatchSizeOutOfRange
    ├── with organisation 0                              → LineRefused(OrganisationUnknown)
    ├── with a number that is another's in the same call → LineRefused(RecordConflict), and nothing is registered
    └── with new ones                                    → emits OrganisationRegistered for each, exercises marked
"""

from names import digest
from reverts import reverts


def test_register_organisations__not_bootstrapper__refused(unsealed):
    with reverts("NotBootstrapper", unsealed.stranger):
        unsealed["Participants"].registerOrganisations([(5, False, digest("five"))], {"from": unsealed.stranger})


def test_register_organisations__bootstrapper__registered_by_nobody(unsealed):
    receipt = unsealed["Participants"].registerOrganisations([(5, False, digest("five"))], {"from": unsealed.deployer})
    assert receipt.events["OrganisationRegistered"]["actorId"] == 0


def test_register_organisations__batch_out_of_range__refused(participants, registrar):
    with reverts("BatchSizeOutOfRange", 0, 400):
        participants.registerOrganisations([], registrar.tx)
    with reverts("BatchSizeOutOfRange", 401, 400):
        participants.registerOrganisations([(n, False, digest("x")) for n in range(100, 501)], registrar.tx)


def test_register_organisations__number_zero__refused(participants, registrar):
    with reverts("LineRefused", 1, ("OrganisationUnknown", 0)):
        participants.registerOrganisations([(5, False, digest("five")), (0, False, digest("zero"))], registrar.tx)


def test_register_organisations__number_twice__nothing_registered(participants, registrar):
    with reverts("LineRefused", 1, ("RecordConflict", f"0x{5:08x}{0:056x}")):
        participants.registerOrganisations([(5, False, digest("five")), (5, False, digest("other"))], registrar.tx)
    with reverts("LineRefused", 0, ("OrganisationUnknown", 5)):
        participants.registerPersons([(500, 5, digest("person"))], registrar.tx)


def test_register_organisations__new_ones__registered_with_their_exercise_mark(participants, registrar):
    lines = [(5, False, digest("five")), (6, True, digest("six"))]
    events = participants.registerOrganisations(lines, registrar.tx).events["OrganisationRegistered"]
    assert [(event["organisationId"], event["exercise"], event["contentDigest"]) for event in events] == lines
    assert {event["actorId"] for event in events} == {registrar.person_id}
    assert [event["organisationRecordId"] for event in events] == [f"0x{n:08x}{0:056x}" for n in (5, 6)]
    assert (participants.isExercise(5), participants.isExercise(6)) == (False, True)
