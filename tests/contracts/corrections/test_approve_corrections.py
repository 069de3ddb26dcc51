"""Corrections.approveCorrections (who may, the pause, retries: behaviours)

├── with no line, or more than 400                    → BatchSizeOutOfRange
├── given a correction is unknown                     → LineRefused(RecordUnknown)
├── by its author, from another account               → LineRefused(SamePerson)
├── given it was rejected, or approved by another     → LineRefused(CorrectionUnexpectedState)
├── given its target went out of effect meanwhile     → LineRefused(RecordUnknown)
├── given records stand on the target                 → LineRefused(HasDependents), of the part
├── of words                                          → emits ErrorDeclared; no balance changes
├── of incorrect data                                 → emits ErrorDeclared; the difference is a record
│   └── which is corrected in turn                    → likewise
├── did not occur                                     → emits ErrorDeclared; the target is out of effect
└── of all that stands on a record, newest first, in one batch → all of it is out of effect
"""

import pytest
from names import CHARITY, ZERO, ascii_word, record_id
from reverts import reverts

WORDS, DID_NOT_OCCUR, INCORRECT_DATA = range(3)
NONE, PROPOSED, APPROVED, REJECTED = range(4)
FIRST, SECOND, THIRD = (record_id(CHARITY, "correction", n) for n in (1, 2, 3))
DIFFERENCE = record_id(CHARITY, "difference", 1)


@pytest.fixture(scope="module", autouse=True)
def _report(report):
    """The report that the corrections are about."""


@pytest.fixture
def declare(corrections, corrector):
    return lambda *lines: corrections.declareErrors(list(lines), corrector.tx)


@pytest.fixture
def approve(corrections, correction_approver):
    return lambda *correction_ids: corrections.approveCorrections(list(correction_ids), correction_approver.tx)


def test_approve_corrections__batch_out_of_range__refused(approve):
    with reverts("BatchSizeOutOfRange", 0, 400):
        approve()
    with reverts("BatchSizeOutOfRange", 401, 400):
        approve(*[FIRST] * 401)


def test_approve_corrections__unknown__refused(declare, approve, declaration):
    declare(declaration(1, WORDS))
    with reverts("LineRefused", 1, ("RecordUnknown", SECOND)):
        approve(FIRST, SECOND)


def test_approve_corrections__author_from_other_account__refused(corrections, declaration, allrounder):
    corrections.declareErrors([declaration(1, WORDS)], allrounder.tx)
    with reverts("LineRefused", 0, ("SamePerson", FIRST, allrounder.person_id)):
        corrections.approveCorrections([FIRST], allrounder.tx_second)


def test_approve_corrections__rejected_or_approved_by_another__refused(
    corrections, declare, approve, declaration, allrounder
):
    declare(declaration(1, WORDS), declaration(2, WORDS))
    corrections.rejectCorrection(FIRST, allrounder.tx)
    with reverts("LineRefused", 0, ("CorrectionUnexpectedState", FIRST, REJECTED, PROPOSED)):
        approve(FIRST)
    corrections.approveCorrections([SECOND], allrounder.tx)
    with reverts("LineRefused", 0, ("CorrectionUnexpectedState", SECOND, APPROVED, PROPOSED)):
        approve(SECOND)


@pytest.mark.parametrize("reason", [WORDS, DID_NOT_OCCUR, INCORRECT_DATA])
def test_approve_corrections__target_out_of_effect_meanwhile__refused(declare, approve, declaration, report, reason):
    declare(declaration(1, DID_NOT_OCCUR), declaration(2, reason))
    with reverts("LineRefused", 1, ("RecordUnknown", report)):
        approve(FIRST, SECOND)


def test_approve_corrections__records_stand_on_it__refused(declare, approve, declaration, report):
    declare(declaration(1, INCORRECT_DATA), declaration(2, DID_NOT_OCCUR))
    with reverts("LineRefused", 1, ("HasDependents", report, 1)):
        approve(FIRST, SECOND)


def test_approve_corrections__words__no_balance_changes(
    corrections, publications, declare, approve, declaration, report
):
    declare(declaration(1, WORDS))
    before = publications.journal()
    receipt = approve(FIRST)
    event = receipt.events["ErrorDeclared"]
    assert (event["correctionId"], event["targetId"], event["actorId"]) == (FIRST, report, 19)
    assert (event["reason"], event["correctiveId"]) == (WORDS, ZERO)
    assert len(receipt.logs) == 1
    assert publications.journal() == before
    assert corrections.correctionOf(FIRST)[0] == APPROVED


def test_approve_corrections__words_of_a_catalogue_entry__approved(declare, approve, declaration):
    item = record_id(CHARITY, "item", "masks")
    declare(declaration(1, WORDS, part=ascii_word("Catalogue"), targetId=item))
    assert approve(FIRST).events["ErrorDeclared"]["targetId"] == item


def test_approve_corrections__incorrect_data__difference_is_a_record(
    corrections, publications, declare, approve, declaration, report, correction_approver
):
    declare(declaration(1, INCORRECT_DATA))
    events = approve(FIRST).events
    assert [event.name for event in events] == ["ErrorDeclared", "RecordAdjusted"]
    assert events["RecordAdjusted"]["adjustmentId"] == events["ErrorDeclared"]["correctiveId"] == DIFFERENCE
    assert events["RecordAdjusted"]["actorId"] == correction_approver.person_id
    assert publications.reportedQuantityOf(report) == 18_000
    assert publications.inEffect(DIFFERENCE)


def test_approve_corrections__difference_corrected_in_turn__adds_up(
    publications, declare, approve, declaration, report
):
    declare(declaration(1, INCORRECT_DATA))
    approve(FIRST)
    declare(declaration(2, INCORRECT_DATA, targetId=DIFFERENCE, delta=-500))
    approve(SECOND)
    assert publications.reportedQuantityOf(report) == 17_500


def test_approve_corrections__did_not_occur__out_of_effect(publications, declare, approve, declaration, report):
    declare(declaration(1, DID_NOT_OCCUR))
    events = approve(FIRST).events
    assert events["RecordReversed"]["recordId"] == events["ErrorDeclared"]["targetId"] == report
    assert not publications.inEffect(report)
    assert publications.reportedQuantityOf(report) == 0


def test_approve_corrections__dependants_newest_first__all_in_one_batch(
    publications, declare, approve, declaration, report
):
    declare(declaration(1, INCORRECT_DATA))
    approve(FIRST)
    declare(declaration(2, DID_NOT_OCCUR, targetId=DIFFERENCE), declaration(3, DID_NOT_OCCUR))
    with reverts("LineRefused", 0, ("HasDependents", report, 1)):
        approve(THIRD, SECOND)
    reversed_ids = [event["recordId"] for event in approve(SECOND, THIRD).events["RecordReversed"]]
    assert reversed_ids == [DIFFERENCE, report]
    assert not publications.inEffect(report)


def test_approve_corrections__some_approved_before__passed_over(declare, approve, declaration):
    declare(declaration(1, WORDS), declaration(2, WORDS))
    approve(FIRST)
    assert [event["correctionId"] for event in approve(FIRST, SECOND).events["ErrorDeclared"]] == [SECOND]
