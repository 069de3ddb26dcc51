"""Discrepancies.proposeResolution (who may, the pause, other words under one number: behaviours)

├── given the discrepancy is unknown                  → RecordUnknown
├── given a resolution is proposed or agreed          → DiscrepancyUnexpectedState
├── with another number than the next one             → ProposalOutOfTurn
├── for another quantity than the discrepancy's       → QuantityChanged
├── with no code                                      → ResolutionCodeMissing
├── given this very proposal was made before
│   ├── under its number                              → nothing changes, whatever became of it since
│   └── under the next one, after it fell or not      → emits ResolutionProposed
└── given it is Open or Answered                      → emits ResolutionProposed
"""

import pytest
from names import CHARITY, MASKS, STORE, digest, record_id
from parts import acting
from reverts import reverts

NONE, OPEN, ANSWERED, PROPOSED, RESOLVED = range(5)
EXPLAINED, FOUND_LATER = 1, 2
LOST, ACTOR_ID = 1, 31


@pytest.fixture
def open_lost(ledger, discrepancies):
    """Opens, with this quantity, what is lost; returns its id."""

    def call(quantity: int) -> str:
        discrepancies.open(LOST, CHARITY, STORE, 0, quantity, ACTOR_ID, acting(ledger, "Corrections"))
        return str(discrepancies.discrepancyIdOf(LOST, CHARITY, STORE, 0))

    return call


def test_propose_resolution__unknown__refused(discrepancies, corrector):
    unknown = record_id(CHARITY, "unknown")
    with reverts("RecordUnknown", unknown):
        discrepancies.proposeResolution(unknown, 1, EXPLAINED, 0, digest("why"), corrector.tx)


def test_propose_resolution__proposed_or_agreed__refused(discrepancies, proposed, corrector, correction_approver):
    with reverts("DiscrepancyUnexpectedState", proposed, PROPOSED, OPEN):
        discrepancies.proposeResolution(proposed, 2, FOUND_LATER, 0, digest("why"), corrector.tx)
    discrepancies.confirmResolution(proposed, 1, correction_approver.tx)
    with reverts("DiscrepancyUnexpectedState", proposed, RESOLVED, OPEN):
        discrepancies.proposeResolution(proposed, 2, FOUND_LATER, 0, digest("why"), corrector.tx)


@pytest.mark.parametrize("number", [0, 2, 65_535])
def test_propose_resolution__not_the_next_number__refused(discrepancies, finding, corrector, number):
    with reverts("ProposalOutOfTurn", finding, number, 1):
        discrepancies.proposeResolution(finding, number, EXPLAINED, 0, digest("why"), corrector.tx)


def test_propose_resolution__other_quantity_than_there_is__refused(discrepancies, open_lost, corrector):
    lost = open_lost(7)
    open_lost(9)
    for seen in (7, 8, 0):
        with reverts("QuantityChanged", lost, seen, 9):
            discrepancies.proposeResolution(lost, 1, EXPLAINED, seen, digest("why"), corrector.tx)
    event = discrepancies.proposeResolution(lost, 1, EXPLAINED, 9, digest("why"), corrector.tx).events
    assert (event["ResolutionProposed"]["proposalNo"], event["ResolutionProposed"]["quantity"]) == (1, 9)


def test_propose_resolution__no_code__refused(discrepancies, finding, corrector):
    with reverts("ResolutionCodeMissing", finding):
        discrepancies.proposeResolution(finding, 1, 0, 0, digest("why"), corrector.tx)


def test_propose_resolution__sent_again_in_every_later_state__nothing_changes(
    discrepancies, open_lost, corrector, correction_approver
):
    lost = open_lost(7)
    first = (lost, 1, EXPLAINED, 7, digest("why"))
    second = (lost, 2, EXPLAINED, 7, digest("why"))
    steps = {
        "proposed": lambda: discrepancies.proposeResolution(*first, corrector.tx),
        "rejected": lambda: discrepancies.rejectResolution(lost, 1, digest("why not"), correction_approver.tx),
        "proposed anew": lambda: discrepancies.proposeResolution(*second, corrector.tx),
        "resolved": lambda: discrepancies.confirmResolution(lost, 2, correction_approver.tx),
        "open again": lambda: open_lost(9),
    }
    for name, step in steps.items():
        step()
        before = tuple(discrepancies.discrepancyOf(lost)), discrepancies.journal()
        assert not discrepancies.proposeResolution(*first, corrector.tx).logs, name
        assert (tuple(discrepancies.discrepancyOf(lost)), discrepancies.journal()) == before, name
    assert not discrepancies.proposeResolution(*second, corrector.tx).logs


def test_propose_resolution__same_words_after_it_was_rejected_or_fell__another_proposal(
    discrepancies, open_lost, corrector, correction_approver
):
    lost, why = open_lost(7), digest("why")
    discrepancies.proposeResolution(lost, 1, EXPLAINED, 7, why, corrector.tx)
    discrepancies.rejectResolution(lost, 1, digest("why not"), correction_approver.tx)
    assert discrepancies.proposeResolution(lost, 2, EXPLAINED, 7, why, corrector.tx).events["ResolutionProposed"]
    open_lost(9)
    assert discrepancies.proposeResolution(lost, 3, EXPLAINED, 9, why, corrector.tx).events["ResolutionProposed"]
    open_lost(7)
    assert discrepancies.proposeResolution(lost, 4, EXPLAINED, 7, why, corrector.tx).events["ResolutionProposed"]
    assert discrepancies.proposalsOf(lost) == 4


def test_propose_resolution__other_words_under_an_earlier_number__conflict(
    discrepancies, proposed, corrector, correction_approver
):
    for step in (None, discrepancies.rejectResolution):
        if step:
            step(proposed, 1, digest("why not"), correction_approver.tx)
        with reverts("RecordConflict", proposed):
            discrepancies.proposeResolution(proposed, 1, FOUND_LATER, 0, digest("explained"), corrector.tx)


def test_propose_resolution__open_or_answered__proposed(discrepancies, finding, corrector, clerk, correction_approver):
    events = discrepancies.proposeResolution(finding, 1, FOUND_LATER, 0, digest("why"), corrector.tx).events
    event = events["ResolutionProposed"]
    assert (event["discrepancyId"], event["subjectId"], event["actorId"]) == (finding, MASKS, corrector.person_id)
    assert (event["proposalNo"], event["code"], event["quantity"]) == (1, FOUND_LATER, 0)
    assert event["contentDigest"] == digest("why")
    assert tuple(discrepancies.discrepancyOf(finding))[::5] == (PROPOSED, FOUND_LATER)
    discrepancies.rejectResolution(finding, 1, digest("why not"), correction_approver.tx)
    discrepancies.answer(record_id(CHARITY, "answer"), finding, digest("answer"), clerk.tx)
    events = discrepancies.proposeResolution(finding, 2, EXPLAINED, 0, digest("why"), corrector.tx).events
    assert events["ResolutionProposed"]["proposalNo"] == 2
    assert discrepancies.proposalsOf(finding) == 2
