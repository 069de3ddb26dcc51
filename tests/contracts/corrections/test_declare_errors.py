"""Corrections.declareErrors (who may, retries, conflicts, foreign ids: behaviours)

├── with no line, or more than 400                    → BatchSizeOutOfRange
├── with no note, or no reason code                   → LineRefused(NoteMissing)
├── with a part that is none, or whose records cannot be corrected → LineRefused(PartUnknown)
├── with a target that is not there, or out of effect → LineRefused(RecordUnknown)
├── of incorrect data
│   ├── without a difference, or one above 2^53-1     → LineRefused(AmountOutOfRange)
│   └── with a corrective id of another organisation  → LineRefused(ForeignRecordId)
├── of other reasons, with a difference               → LineRefused(AmountOutOfRange)
├── of targets of two organisations, by who may for one → MissingRole
└── else                                              → emits CorrectionProposed; nothing has changed yet
"""

import pytest
from names import AMOUNT_MAX, CHARITY, HOSPITAL, HOSPITAL_GROUP, ZERO, ascii_word, digest, record_id
from reverts import reverts

WORDS, DID_NOT_OCCUR, INCORRECT_DATA = range(3)
PROPOSED = 1
FIRST = record_id(CHARITY, "correction", 1)


@pytest.fixture(scope="module", autouse=True)
def _report(report):
    """The report that the declarations are about."""


def test_declare_errors__batch_out_of_range__refused(corrections, corrector, declaration):
    with reverts("BatchSizeOutOfRange", 0, 400):
        corrections.declareErrors([], corrector.tx)
    with reverts("BatchSizeOutOfRange", 401, 400):
        corrections.declareErrors([declaration(1, WORDS)] * 401, corrector.tx)


@pytest.mark.parametrize("missing", [{"noteDigest": ZERO}, {"reasonCode": ascii_word("", 16)}], ids=["note", "code"])
def test_declare_errors__no_note_or_code__refused(corrections, corrector, declaration, missing):
    with reverts("LineRefused", 0, ("NoteMissing", FIRST)):
        corrections.declareErrors([declaration(1, WORDS, **missing)], corrector.tx)


@pytest.mark.parametrize("name", ["", "Oracle", "Participants", "Discrepancies", "Corrections"])
def test_declare_errors__part_without_correctable_records__refused(corrections, corrector, declaration, name):
    part = ascii_word(name)
    with reverts("LineRefused", 1, ("PartUnknown", FIRST, part)):
        corrections.declareErrors([declaration(2, WORDS), declaration(1, WORDS, part=part)], corrector.tx)


def test_declare_errors__target_not_in_effect__refused(
    corrections, corrector, correction_approver, declaration, report
):
    unknown = record_id(CHARITY, "unknown")
    with reverts("LineRefused", 0, ("RecordUnknown", unknown)):
        corrections.declareErrors([declaration(1, WORDS, targetId=unknown)], corrector.tx)
    corrections.declareErrors([declaration(2, DID_NOT_OCCUR)], corrector.tx)
    corrections.approveCorrections([record_id(CHARITY, "correction", 2)], correction_approver.tx)
    with reverts("LineRefused", 0, ("RecordUnknown", report)):
        corrections.declareErrors([declaration(1, WORDS)], corrector.tx)


@pytest.mark.parametrize("delta", [0, AMOUNT_MAX + 1, -AMOUNT_MAX - 1, -(2**63)])
def test_declare_errors__difference_out_of_range__refused(corrections, corrector, declaration, delta):
    with reverts("LineRefused", 0, ("AmountOutOfRange", FIRST, abs(delta))):
        corrections.declareErrors([declaration(1, INCORRECT_DATA, delta=delta)], corrector.tx)


@pytest.mark.parametrize("reason", [WORDS, DID_NOT_OCCUR])
def test_declare_errors__difference_without_incorrect_data__refused(corrections, corrector, declaration, reason):
    with reverts("LineRefused", 0, ("AmountOutOfRange", FIRST, 5)):
        corrections.declareErrors([declaration(1, reason, delta=-5)], corrector.tx)


@pytest.mark.parametrize("corrective", [ZERO, record_id(HOSPITAL_GROUP, "difference")], ids=["none", "foreign"])
def test_declare_errors__corrective_id_not_its_own__refused(corrections, corrector, declaration, corrective):
    with reverts("LineRefused", 0, ("ForeignRecordId", corrective, CHARITY)):
        corrections.declareErrors([declaration(1, INCORRECT_DATA, correctiveId=corrective)], corrector.tx)


def test_declare_errors__targets_of_two_organisations__role_needed_in_both(corrections, corrector, declaration):
    other = record_id(HOSPITAL_GROUP, "correction")
    second = declaration(2, WORDS, correctionId=other, part=ascii_word("Catalogue"), targetId=HOSPITAL)
    refusal = ("MissingRole", corrector.account, HOSPITAL_GROUP, ascii_word("CORRECTOR"), ZERO)
    with reverts("LineRefused", 1, refusal):
        corrections.declareErrors([declaration(1, WORDS), second], corrector.tx)


def test_declare_errors__new__proposed_and_nothing_changes(corrections, publications, corrector, declaration, report):
    before = publications.journal()
    line = declaration(1, INCORRECT_DATA)
    event = corrections.declareErrors([line], corrector.tx).events["CorrectionProposed"]
    assert (event["correctionId"], event["targetId"], event["actorId"]) == (FIRST, report, corrector.person_id)
    body = [event[name] for name in "part reason reasonCode correctiveId lineNo field delta noteDigest".split()]
    assert body == [line[1], *line[3:]]
    assert tuple(corrections.correctionOf(FIRST)) == (PROPOSED, report, INCORRECT_DATA, corrector.person_id)
    assert publications.journal() == before
    assert publications.reportedQuantityOf(report) == 16_000
    assert digest("note 1") == line[-1]
