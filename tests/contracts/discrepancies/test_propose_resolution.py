"""Discrepancies.proposeResolution (who may, the pause: behaviours)

├── given the discrepancy is unknown                  → RecordUnknown
├── given a resolution is proposed or agreed          → DiscrepancyUnexpectedState
├── with no code                                      → ResolutionCodeMissing
├── given this very proposal was made before          → nothing changes, also when it was rejected since
└── given it is Open or Answered                      → emits ResolutionProposed
"""

from names import CHARITY, MASKS, digest, record_id
from reverts import reverts

NONE, OPEN, ANSWERED, PROPOSED, RESOLVED = range(5)
EXPLAINED, FOUND_LATER = 1, 2


def test_propose_resolution__unknown__refused(discrepancies, corrector):
    unknown = record_id(CHARITY, "unknown")
    with reverts("RecordUnknown", unknown):
        discrepancies.proposeResolution(unknown, EXPLAINED, digest("why"), corrector.tx)


def test_propose_resolution__proposed_or_agreed__refused(discrepancies, proposed, corrector, correction_approver):
    with reverts("DiscrepancyUnexpectedState", proposed, PROPOSED, OPEN):
        discrepancies.proposeResolution(proposed, FOUND_LATER, digest("why"), corrector.tx)
    discrepancies.confirmResolution(proposed, 1, correction_approver.tx)
    with reverts("DiscrepancyUnexpectedState", proposed, RESOLVED, OPEN):
        discrepancies.proposeResolution(proposed, FOUND_LATER, digest("why"), corrector.tx)


def test_propose_resolution__no_code__refused(discrepancies, finding, corrector):
    with reverts("ResolutionCodeMissing", finding):
        discrepancies.proposeResolution(finding, 0, digest("why"), corrector.tx)


def test_propose_resolution__made_before_and_rejected__nothing_changes(
    discrepancies, proposed, corrector, correction_approver
):
    discrepancies.rejectResolution(proposed, 1, digest("why not"), correction_approver.tx)
    assert not discrepancies.proposeResolution(proposed, EXPLAINED, digest("explained"), corrector.tx).logs
    assert discrepancies.discrepancyOf(proposed)[0] == OPEN


def test_propose_resolution__open_or_answered__proposed(discrepancies, finding, corrector, clerk, correction_approver):
    events = discrepancies.proposeResolution(finding, FOUND_LATER, digest("why"), corrector.tx).events
    event = events["ResolutionProposed"]
    assert (event["discrepancyId"], event["subjectId"], event["actorId"]) == (finding, MASKS, corrector.person_id)
    assert (event["code"], event["contentDigest"]) == (FOUND_LATER, digest("why"))
    assert tuple(discrepancies.discrepancyOf(finding))[::5] == (PROPOSED, FOUND_LATER)
    discrepancies.rejectResolution(finding, 1, digest("why not"), correction_approver.tx)
    discrepancies.answer(record_id(CHARITY, "answer"), finding, digest("answer"), clerk.tx)
    assert discrepancies.proposeResolution(finding, EXPLAINED, digest("why"), corrector.tx).events["ResolutionProposed"]
    assert discrepancies.proposalsOf(finding) == 2
