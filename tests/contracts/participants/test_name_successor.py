"""Participants.nameSuccessor (who may, the pause and retries: behaviours)

├── given the part is unknown             → RecordUnknown
├── with an address without code          → NotPart
├── given it has another successor        → RecordConflict
└── given it has none                     → emits SuccessorNamed; the part stays named
"""

from names import ascii_word
from reverts import reverts

PART = ascii_word("Catalogue")


def test_name_successor__part_unknown__refused(participants, registrar):
    with reverts("RecordUnknown", ascii_word("Oracle")):
        participants.nameSuccessor(ascii_word("Oracle"), participants, registrar.tx)


def test_name_successor__no_code__refused(participants, registrar, stranger):
    with reverts("NotPart", stranger, PART):
        participants.nameSuccessor(PART, stranger, registrar.tx)


def test_name_successor__has_another__refused(participants, catalogue, registrar):
    participants.nameSuccessor(PART, participants, registrar.tx)
    with reverts("RecordConflict", PART):
        participants.nameSuccessor(PART, catalogue, registrar.tx)


def test_name_successor__has_none__named_and_the_part_stays(participants, catalogue, registrar):
    event = participants.nameSuccessor(PART, participants, registrar.tx).events["SuccessorNamed"]
    assert (event["part"], event["successor"], event["actorId"]) == (PART, participants, registrar.person_id)
    assert participants.successorOf(PART) == participants
    assert participants.partAddress(PART) == catalogue
