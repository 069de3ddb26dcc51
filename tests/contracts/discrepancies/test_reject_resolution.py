"""Discrepancies.rejectResolution (who may, the pause, retries: behaviours)

├── given the discrepancy is unknown                  → RecordUnknown
├── given nothing is proposed                         → DiscrepancyUnexpectedState
├── by the person that proposed                       → SamePerson
├── with the number of an earlier proposal            → ProposalSuperseded, or nothing by who rejected that one
└── by another person                                 → emits ResolutionRejected; Open without a code
"""

from names import CHARITY, MASKS, digest, record_id
from reverts import reverts

NONE, OPEN, ANSWERED, PROPOSED, RESOLVED = range(5)
EXPLAINED, FOUND_LATER = 1, 2
WHY_NOT = digest("why not")


def test_reject_resolution__unknown__refused(discrepancies, correction_approver):
    unknown = record_id(CHARITY, "unknown")
    with reverts("RecordUnknown", unknown):
        discrepancies.rejectResolution(unknown, 1, WHY_NOT, correction_approver.tx)


def test_reject_resolution__nothing_proposed__refused(discrepancies, finding, correction_approver):
    with reverts("DiscrepancyUnexpectedState", finding, OPEN, PROPOSED):
        discrepancies.rejectResolution(finding, 1, WHY_NOT, correction_approver.tx)


def test_reject_resolution__same_person__refused(discrepancies, finding, allrounder):
    discrepancies.proposeResolution(finding, 1, EXPLAINED, 0, digest("why"), allrounder.tx)
    with reverts("SamePerson", finding, allrounder.person_id):
        discrepancies.rejectResolution(finding, 1, WHY_NOT, allrounder.tx)


def test_reject_resolution__earlier_proposal__the_later_one_stands(
    discrepancies, proposed, corrector, correction_approver, allrounder
):
    discrepancies.rejectResolution(proposed, 1, WHY_NOT, correction_approver.tx)
    discrepancies.proposeResolution(proposed, 2, FOUND_LATER, 0, digest("why"), corrector.tx)
    assert not discrepancies.rejectResolution(proposed, 1, WHY_NOT, correction_approver.tx).logs
    with reverts("ProposalSuperseded", proposed, 1, 2):
        discrepancies.rejectResolution(proposed, 1, WHY_NOT, allrounder.tx)
    assert tuple(discrepancies.discrepancyOf(proposed))[::5] == (PROPOSED, FOUND_LATER)


def test_reject_resolution__another_person__open_again(discrepancies, proposed, correction_approver):
    event = discrepancies.rejectResolution(proposed, 1, WHY_NOT, correction_approver.tx).events["ResolutionRejected"]
    assert (event["discrepancyId"], event["subjectId"], event["contentDigest"]) == (proposed, MASKS, WHY_NOT)
    assert event["actorId"] == correction_approver.person_id
    assert tuple(discrepancies.discrepancyOf(proposed))[::5] == (OPEN, 0)
