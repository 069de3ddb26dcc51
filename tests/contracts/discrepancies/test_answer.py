"""Discrepancies.answer (who may not, retries, conflicts, foreign ids: behaviours)

├── given the discrepancy is unknown                      → RecordUnknown
├── given its resolution is proposed or agreed            → DiscrepancyUnexpectedState
├── given it is Open, by any of the four roles            → emits DiscrepancyAnswered; Answered
└── given it is Answered                                  → emits DiscrepancyAnswered; stays Answered
"""

import pytest
from names import CHARITY, digest, record_id
from reverts import reverts

NONE, OPEN, ANSWERED, PROPOSED, RESOLVED = range(5)
ANSWER = record_id(CHARITY, "answer")


def test_answer__unknown__refused(discrepancies, clerk):
    unknown = record_id(CHARITY, "unknown")
    with reverts("RecordUnknown", unknown):
        discrepancies.answer(ANSWER, unknown, digest("answer"), clerk.tx)


def test_answer__resolution_proposed_or_agreed__refused(discrepancies, proposed, clerk, correction_approver):
    with reverts("DiscrepancyUnexpectedState", proposed, PROPOSED, OPEN):
        discrepancies.answer(ANSWER, proposed, digest("answer"), clerk.tx)
    discrepancies.confirmResolution(proposed, 1, correction_approver.tx)
    with reverts("DiscrepancyUnexpectedState", proposed, RESOLVED, OPEN):
        discrepancies.answer(ANSWER, proposed, digest("answer"), clerk.tx)


@pytest.mark.parametrize("name", ["clerk", "allocator", "dispatcher", "corrector"])
def test_answer__any_of_the_four_roles__answered(ledger, discrepancies, finding, name):
    actor = ledger.actors[name]
    event = discrepancies.answer(ANSWER, finding, digest("answer"), actor.tx).events["DiscrepancyAnswered"]
    assert (event["answerId"], event["discrepancyId"], event["actorId"]) == (ANSWER, finding, actor.person_id)
    assert event["contentDigest"] == digest("answer")
    assert discrepancies.discrepancyOf(finding)[0] == ANSWERED


def test_answer__answered__once_more(discrepancies, finding, clerk):
    discrepancies.answer(ANSWER, finding, digest("answer"), clerk.tx)
    second = record_id(CHARITY, "answer", 2)
    assert discrepancies.answer(second, finding, digest("more"), clerk.tx).events["DiscrepancyAnswered"]
    assert discrepancies.discrepancyOf(finding)[0] == ANSWERED
