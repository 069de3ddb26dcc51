"""Participants.linkAccounts (when the caller holds REGISTRAR; else: behaviours)

├── with a person that is unknown                 → LineRefused(PersonUnknown)
├── with an id of another organisation            → LineRefused(ForeignRecordId)
├── with the account zero                         → LineRefused(AccountUnknown)
├── with an account that is or was somebody's     → LineRefused(AccountTaken), with that person
├── with the bootstrapper's account               → LineRefused(AccountTaken), with nobody
└── with a free account
    ├── given the ledger is not sealed            → it acts at once
    └── given it is sealed
        ├── before 24 hours are over              → it is nobody's
        ├── unlinked by the guardian meanwhile    → it never acts
        └── when they are                         → it is the person's, beside the other account
"""

from clock import pass_s
from names import CHARITY, DAY_S, HOSPITAL_GROUP, NOBODY, record_id
from reverts import reverts

LINK = record_id(CHARITY, "link", "new")


def test_link_accounts__person_unknown__refused(participants, registrar, stranger):
    with reverts("LineRefused", 0, ("PersonUnknown", 500)):
        participants.linkAccounts([(LINK, 500, stranger)], registrar.tx)


def test_link_accounts__id_of_another_organisation__refused(participants, registrar, clerk, stranger):
    foreign = record_id(HOSPITAL_GROUP, "link")
    with reverts("LineRefused", 0, ("ForeignRecordId", foreign, CHARITY)):
        participants.linkAccounts([(foreign, clerk.person_id, stranger)], registrar.tx)


def test_link_accounts__account_zero__refused(participants, registrar, clerk):
    with reverts("LineRefused", 0, ("AccountUnknown", NOBODY)):
        participants.linkAccounts([(LINK, clerk.person_id, NOBODY)], registrar.tx)


def test_link_accounts__account_of_another__refused(participants, registrar, clerk, importer):
    with reverts("LineRefused", 0, ("AccountTaken", importer.account, importer.person_id)):
        participants.linkAccounts([(LINK, clerk.person_id, importer.account)], registrar.tx)


def test_link_accounts__account_unlinked_before__never_linked_again(participants, registrar, guardian, clerk):
    participants.unlinkAccount(record_id(CHARITY, "link", "clerk", 0), guardian.tx)
    with reverts("LineRefused", 0, ("AccountTaken", clerk.account, clerk.person_id)):
        participants.linkAccounts([(LINK, clerk.person_id, clerk.account)], registrar.tx)


def test_link_accounts__bootstrappers_account__refused(participants, ledger, registrar, clerk):
    with reverts("LineRefused", 0, ("AccountTaken", ledger.deployer, 0)):
        participants.linkAccounts([(LINK, clerk.person_id, ledger.deployer)], registrar.tx)


def test_link_accounts__in_the_bootstrap__acts_at_once(unsealed):
    participants = unsealed["Participants"]
    receipt = participants.linkAccounts([(LINK, 11, unsealed.stranger)], {"from": unsealed.deployer})
    assert receipt.events["AccountLinked"]["delay_s"] == 0
    assert participants.personOf(unsealed.stranger) == 11


def test_link_accounts__sealed__acts_after_24_hours_beside_the_other(participants, registrar, clerk, stranger):
    receipt = participants.linkAccounts([(LINK, clerk.person_id, stranger)], registrar.tx)
    event = receipt.events["AccountLinked"]
    assert (event["linkId"], event["account"], event["delay_s"]) == (LINK, stranger, DAY_S)
    assert event["personRecordId"] == f"0x{CHARITY:08x}{clerk.person_id:056x}"
    pass_s(DAY_S - 5)
    assert participants.personOf(stranger) == 0
    with reverts("AccountUnknown", stranger):
        participants.requirePerson(stranger)
    pass_s(5)
    assert participants.personOf(stranger) == participants.personOf(clerk.account) == clerk.person_id


def test_link_accounts__unlinked_while_waiting__never_acts(participants, registrar, guardian, clerk, stranger):
    participants.linkAccounts([(LINK, clerk.person_id, stranger)], registrar.tx)
    participants.unlinkAccount(LINK, guardian.tx)
    pass_s(DAY_S)
    assert participants.personOf(stranger) == 0
