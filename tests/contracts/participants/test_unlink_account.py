"""Participants.unlinkAccount (who may, and the pause: behaviours)

├── given the link is unknown, or the id is of another kind → RecordUnknown
├── given it is a GUARDIAN's, by a REGISTRAR                → MissingRole; by a GUARDIAN it is unlinked
├── given it is unlinked                                    → nothing changes (behaviours)
└── given it is linked                                      → emits AccountUnlinked; from that block on it is nobody's
"""

from names import CHARITY, CONSORTIUM, ZERO, ascii_word, record_id
from parts import grant_id
from reverts import reverts


def test_unlink_account__unknown__refused(participants, guardian):
    for unknown in (record_id(CHARITY, "no link"), grant_id("clerk", CHARITY, "INTAKE_CLERK")):
        with reverts("RecordUnknown", unknown):
            participants.unlinkAccount(unknown, guardian.tx)


def test_unlink_account__linked__nobodys_at_once(participants, registrar, clerk, importer):
    link = record_id(CHARITY, "link", "clerk", 0)
    event = participants.unlinkAccount(link, registrar.tx).events["AccountUnlinked"]
    assert (event["linkId"], event["account"], event["actorId"]) == (link, clerk.account, registrar.person_id)
    assert event["personRecordId"] == f"0x{CHARITY:08x}{clerk.person_id:056x}"
    role = ascii_word("INTAKE_CLERK")
    with reverts("MissingRole", clerk.account, CHARITY, role, ZERO):
        participants.requireRole(clerk.account, CHARITY, role, ZERO)
    assert participants.personOf(importer.account) == importer.person_id


def test_unlink_account__guardians__by_a_guardian_only(participants, registrar, guardian):
    link = record_id(CONSORTIUM, "link", "guardian", 0)
    with reverts("MissingRole", registrar.account, CONSORTIUM, ascii_word("GUARDIAN"), ZERO):
        participants.unlinkAccount(link, registrar.tx)
    participants.unlinkAccount(link, guardian.tx)
    assert participants.personOf(guardian.account) == 0
