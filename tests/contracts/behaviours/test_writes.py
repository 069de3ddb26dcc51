"""Every write function of every contract

├── when the caller does not hold the role           → MissingRole, with account, organisation, role and scope
├── when writes are paused                           → WritesArePaused (what takes rights away still works)
├── when the id is another organisation's            → ForeignRecordId
├── when the id was recorded before
│   ├── with the same content, by whomever may       → nothing changes, nothing is added to the journal
│   └── with other content                           → RecordConflict
└── when it is for other parts of the ledger only    → NotPart for everybody else
"""

import pytest
from behaviours.writes import PartOnly, Write, compiled, part_only, writes
from chain_state import revert_to, snapshot
from names import ascii_word
from parts import Ledger
from reverts import plain, refusal_of

WRITES = writes()
WITH_FOREIGN_IDS = [write for write in WRITES if write.foreign]


def name_of(entry: Write | PartOnly) -> str:
    return entry.name


@pytest.fixture(scope="module", params=WRITES, ids=name_of)
def write(request, ledger):
    """One write after the other, each with the state that it needs; that is made once for all tests of the write."""
    before = snapshot()
    request.param.given(ledger)
    yield request.param
    revert_to(before)


def refusal(ledger: Ledger, write: Write, account, arguments=None):
    function = getattr(ledger[write.part], write.function)
    return refusal_of(function, arguments or write.arguments(ledger), account)


def test_write__caller_has_no_role__missing_role(ledger, write):
    strangers = ["stranger"] if write.role is None else ["stranger", "outsider", "deployer"]
    for account in map(ledger.account_of, strangers):
        assert refusal(ledger, write, account) == plain(write.missing(account))


def test_write__paused__refused_unless_it_takes_rights_away(ledger, write, participants, guardian):
    participants.pause(guardian.tx)
    expected = None if write.works_paused else ("WritesArePaused",)
    assert refusal(ledger, write, ledger.account_of(write.actor)) == expected


def test_write__recorded_before__retry_changes_nothing_and_other_content_conflicts(ledger, write):
    function, arguments = getattr(ledger[write.part], write.function), write.arguments(ledger)
    before = ledger[write.part].journal()[1]
    function(*arguments, {"from": ledger.account_of(write.actor)})
    journals = {part: ledger[part].journal() for part in ledger.parts}
    assert journals[write.part][1] > before
    for name in filter(None, (write.actor, write.again)):
        receipt = function(*arguments, {"from": ledger.account_of(name)})
        assert not receipt.logs
    assert {part: ledger[part].journal() for part in ledger.parts} == journals
    if write.other:
        expected = write.in_line("RecordConflict", write.conflict_id)
        assert refusal(ledger, write, ledger.account_of(write.actor), write.other(ledger)) == plain(expected)


@pytest.mark.parametrize("write", WITH_FOREIGN_IDS, ids=name_of, indirect=True)
def test_write__id_of_another_organisation__foreign_record_id(ledger, write):
    expected = write.in_line("ForeignRecordId", write.foreign_id, write.organisation_id)
    assert refusal(ledger, write, ledger.account_of(write.actor), write.foreign(ledger)) == plain(expected)


PART_ONLY = part_only()


@pytest.mark.parametrize("entry", PART_ONLY, ids=name_of)
def test_part_only__caller_is_no_part__not_part(ledger, entry: PartOnly):
    function = getattr(ledger[entry.part], entry.function)
    for account in map(ledger.account_of, ("allrounder", "deployer", "stranger")):
        assert refusal_of(function, entry.arguments, account) == plain(("NotPart", account, ascii_word(entry.caller)))


def test_suite__every_function_that_writes__is_named_here(ledger):
    named = {(entry.part, entry.function) for entry in [*WRITES, *PART_ONLY]} | BOOTSTRAP
    of_contracts = {
        (part, entry["name"])
        for part in compiled()
        for entry in ledger[part].abi
        if entry["type"] == "function" and entry["stateMutability"] not in ("view", "pure")
    }
    assert of_contracts - named == set()


# Refused for everybody once the ledger is sealed; tests/contracts/participants/ has their cases.
BOOTSTRAP = {("Participants", "namePart"), ("Participants", "seal")}
