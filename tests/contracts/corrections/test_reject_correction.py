"""Corrections.rejectCorrection (who may, the pause, retries: behaviours)

├── given the correction is unknown                   → RecordUnknown
├── given it was approved, or rejected by another     → CorrectionUnexpectedState
└── given it is Proposed, by its author or an approver → emits CorrectionRejected; final
"""

import pytest
from names import CHARITY, record_id
from reverts import reverts

WORDS = 0
NONE, PROPOSED, APPROVED, REJECTED = range(4)
FIRST = record_id(CHARITY, "correction", 1)


@pytest.fixture(scope="module", autouse=True)
def declared(corrections, corrector, declaration, report):
    corrections.declareErrors([declaration(1, WORDS)], corrector.tx)


def test_reject_correction__unknown__refused(corrections, corrector):
    unknown = record_id(CHARITY, "unknown")
    with reverts("RecordUnknown", unknown):
        corrections.rejectCorrection(unknown, corrector.tx)


def test_reject_correction__decided_by_another__refused(corrections, corrector, correction_approver, allrounder):
    corrections.rejectCorrection(FIRST, correction_approver.tx)
    with reverts("CorrectionUnexpectedState", FIRST, REJECTED, PROPOSED):
        corrections.rejectCorrection(FIRST, allrounder.tx)


def test_reject_correction__approved__refused(corrections, correction_approver):
    corrections.approveCorrections([FIRST], correction_approver.tx)
    with reverts("CorrectionUnexpectedState", FIRST, APPROVED, PROPOSED):
        corrections.rejectCorrection(FIRST, correction_approver.tx)


@pytest.mark.parametrize("name", ["corrector", "correction_approver"])
def test_reject_correction__proposed__rejected(ledger, corrections, report, name):
    actor = ledger.actors[name]
    event = corrections.rejectCorrection(FIRST, actor.tx).events["CorrectionRejected"]
    assert (event["correctionId"], event["targetId"], event["actorId"]) == (FIRST, report, actor.person_id)
    assert corrections.correctionOf(FIRST)[0] == REJECTED
