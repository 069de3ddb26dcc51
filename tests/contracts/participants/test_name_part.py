"""Participants.namePart

├── given the ledger is sealed                    → AlreadySealed, for everybody
├── when the caller is not the bootstrapper       → NotBootstrapper
├── with no name, or an address without code      → NotPart
├── given the name or the address is taken        → RecordConflict
├── given it is named so                          → nothing changes
└── given neither is                              → emits PartNamed; parts find it
"""

import pytest
from names import ZERO, ascii_word
from reverts import reverts

PART = ascii_word("Catalogue")


@pytest.fixture
def contract(unsealed, containers):
    return unsealed.deployer.deploy(containers["Catalogue"], unsealed["Participants"])


def test_name_part__sealed__refused(participants, ledger, guardian):
    for account in (ledger.deployer, guardian.account):
        with reverts("AlreadySealed"):
            participants.namePart(ascii_word("Oracle"), participants, {"from": account})


def test_name_part__not_bootstrapper__refused(unsealed, contract):
    with reverts("NotBootstrapper", unsealed.stranger):
        unsealed["Participants"].namePart(PART, contract, {"from": unsealed.stranger})


def test_name_part__no_name_or_no_code__refused(unsealed, contract):
    participants, tx = unsealed["Participants"], {"from": unsealed.deployer}
    with reverts("NotPart", contract, ZERO):
        participants.namePart(ZERO, contract, tx)
    with reverts("NotPart", unsealed.stranger, PART):
        participants.namePart(PART, unsealed.stranger, tx)


def test_name_part__name_or_address_taken__refused(unsealed, contract):
    participants, tx = unsealed["Participants"], {"from": unsealed.deployer}
    with reverts("RecordConflict", PART):
        participants.namePart(PART, participants, tx)
    participants.namePart(PART, contract, tx)
    with reverts("RecordConflict", ascii_word("Participants")):
        participants.namePart(ascii_word("Participants"), contract, tx)


def test_name_part__named_so__nothing_changes(unsealed):
    participants = unsealed["Participants"]
    assert not participants.namePart(ascii_word("Participants"), participants, {"from": unsealed.deployer}).logs


def test_name_part__new__found_by_name_and_address(unsealed, contract):
    participants = unsealed["Participants"]
    event = participants.namePart(PART, contract, {"from": unsealed.deployer}).events["PartNamed"]
    assert (event["part"], event["contractAddress"]) == (PART, contract)
    assert participants.partAddress(PART) == contract
    assert participants.partNameOf(contract) == PART
