"""Participants.rotateAccount (pause and foreign ids: behaviours)

├── when the caller is nobody's account                → AccountUnknown
├── given the id was recorded with other content       → RecordConflict
├── with the account zero                              → AccountUnknown
├── with an account that is somebody's                 → AccountTaken
└── with a free account                                → at once it is the person's, with its roles, and the old one nobody's
    └── repeated by the old account                    → nothing changes
"""

from names import CHARITY, NOBODY, ZERO, ascii_word, record_id
from reverts import reverts

LINK = record_id(CHARITY, "link", "rotated")


def test_rotate_account__nobodys_account__refused(participants, stranger):
    with reverts("AccountUnknown", stranger):
        participants.rotateAccount(LINK, stranger, {"from": stranger})


def test_rotate_account__id_of_another_link__refused(participants, clerk, stranger):
    taken = record_id(CHARITY, "link", "importer", 0)
    with reverts("RecordConflict", taken):
        participants.rotateAccount(taken, stranger, clerk.tx)


def test_rotate_account__account_zero__refused(participants, clerk):
    with reverts("AccountUnknown", NOBODY):
        participants.rotateAccount(LINK, NOBODY, clerk.tx)


def test_rotate_account__account_of_another__refused(participants, clerk, importer):
    with reverts("AccountTaken", importer.account, importer.person_id):
        participants.rotateAccount(LINK, importer.account, clerk.tx)


def test_rotate_account__free_account__same_person_at_once(participants, clerk, stranger):
    events = participants.rotateAccount(LINK, stranger, clerk.tx).events
    assert [event.name for event in events] == ["AccountLinked", "AccountUnlinked"]
    assert (events["AccountLinked"]["account"], events["AccountLinked"]["delay_s"]) == (stranger, 0)
    assert events["AccountUnlinked"]["linkId"] == record_id(CHARITY, "link", "clerk", 0)
    assert (participants.personOf(stranger), participants.personOf(clerk.account)) == (clerk.person_id, 0)
    assert participants.requireRole(stranger, CHARITY, ascii_word("INTAKE_CLERK"), ZERO) == clerk.person_id


def test_rotate_account__repeated_by_the_old_account__nothing_changes(participants, clerk, stranger):
    participants.rotateAccount(LINK, stranger, clerk.tx)
    assert not participants.rotateAccount(LINK, stranger, clerk.tx).logs
    assert participants.personOf(stranger) == clerk.person_id
