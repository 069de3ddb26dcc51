"""Participants.registerPersons (when the caller holds REGISTRAR; else: behaviours)

├── with person 0                         → LineRefused(PersonUnknown)
├── with an organisation that is unknown  → LineRefused(OrganisationUnknown)
├── with a number taken by other content  → LineRefused(RecordConflict)
└── with new ones                         → emits PersonRegistered; the home is told, and no account or role
"""

from names import CHARITY, ZERO, ascii_word, digest
from reverts import reverts


def test_register_persons__number_zero__refused(participants, registrar):
    with reverts("LineRefused", 0, ("PersonUnknown", 0)):
        participants.registerPersons([(0, CHARITY, digest("nobody"))], registrar.tx)


def test_register_persons__organisation_unknown__refused(participants, registrar):
    with reverts("LineRefused", 0, ("OrganisationUnknown", 77)):
        participants.registerPersons([(500, 77, digest("person"))], registrar.tx)


def test_register_persons__number_taken_with_other_content__refused(participants, registrar, clerk):
    taken = f"0x{CHARITY:08x}{clerk.person_id:056x}"
    with reverts("LineRefused", 0, ("RecordConflict", taken)):
        participants.registerPersons([(clerk.person_id, CHARITY, digest("somebody else"))], registrar.tx)


def test_register_persons__new__registered_without_any_role(participants, registrar):
    event = participants.registerPersons([(500, CHARITY, digest("person"))], registrar.tx).events["PersonRegistered"]
    assert event["personRecordId"] == f"0x{CHARITY:08x}{500:056x}"
    assert event["organisationRecordId"] == f"0x{CHARITY:08x}{0:056x}"
    assert (event["personId"], event["contentDigest"]) == (500, digest("person"))
    assert participants.organisationOf(500) == CHARITY
    assert not participants.hasRole(500, CHARITY, ascii_word("INTAKE_CLERK"), ZERO)
