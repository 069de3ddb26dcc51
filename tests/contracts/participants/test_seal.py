"""Participants.seal

├── given the ledger is sealed                         → AlreadySealed
├── when the caller is not the bootstrapper            → NotBootstrapper
├── given nobody holds REGISTRAR, or GUARDIAN          → MissingRole of nobody
└── given both are held                                → emits Sealed; the bootstrapper is nobody from then on
"""

from names import CONSORTIUM, NOBODY, ZERO, ascii_word, digest
from parts import grant_id
from reverts import reverts


def test_seal__sealed__refused(participants, ledger):
    with reverts("AlreadySealed"):
        participants.seal({"from": ledger.deployer})


def test_seal__not_bootstrapper__refused(unsealed):
    account = unsealed.account_of("registrar")
    with reverts("NotBootstrapper", account):
        unsealed["Participants"].seal({"from": account})


def test_seal__nobody_to_grant_or_to_pause__refused(unsealed):
    participants, tx = unsealed["Participants"], {"from": unsealed.deployer}
    participants.revokeRole(grant_id("guardian", CONSORTIUM, "GUARDIAN"), tx)
    with reverts("MissingRole", NOBODY, CONSORTIUM, ascii_word("GUARDIAN"), ZERO):
        participants.seal(tx)
    participants.revokeRole(grant_id("registrar", CONSORTIUM, "REGISTRAR"), tx)
    with reverts("MissingRole", NOBODY, CONSORTIUM, ascii_word("REGISTRAR"), ZERO):
        participants.seal(tx)


def test_seal__both_held__bootstrapper_is_nobody(unsealed):
    participants, tx = unsealed["Participants"], {"from": unsealed.deployer}
    assert not participants.isSealed()
    event = participants.seal(tx).events["Sealed"]
    assert (event["recordId"], event["actorId"]) == (f"0x{CONSORTIUM:08x}{1:08x}{0:048x}", 0)
    assert participants.isSealed()
    assert participants.personOf(unsealed.deployer) == 0
    registrar, guardian = ascii_word("REGISTRAR"), ascii_word("GUARDIAN")
    with reverts("MissingRole", unsealed.deployer, CONSORTIUM, registrar, ZERO):
        participants.registerOrganisations([(5, False, digest("five"))], tx)
    with reverts("MissingRole", unsealed.deployer, CONSORTIUM, guardian, ZERO):
        participants.pause(tx)
