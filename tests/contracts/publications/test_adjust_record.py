"""Publications.adjustRecord (only Corrections: behaviours)

├── given the record is unknown or out of effect      → RecordUnknown
├── given it is evidence                              → NotCorrectable
├── with a line or a field                            → NotCorrectable
├── with an id that is taken                          → RecordConflict
├── with an id of another organisation                → ForeignRecordId
├── with a difference that leaves 0 or less, or more than 2^53-1 → AmountOutOfRange
├── of a report                                       → emits RecordAdjusted; the quantity changes
├── of a report without a quantity                    → it has one from then on
└── of an adjustment                                  → the report's quantity changes as well
"""

import pytest
from names import AMOUNT_MAX, CHARITY, HOSPITAL_GROUP, MASKS, ZERO, ascii_word, digest, record_id
from parts import acting
from reverts import reverts

REPORT, UNKNOWN_QUANTITY = record_id(CHARITY, "report"), record_id(CHARITY, "report", "no quantity")
EVIDENCE = record_id(CHARITY, "evidence")
FIRST, SECOND = record_id(CHARITY, "adjustment", 1), record_id(CHARITY, "adjustment", 2)
APPROVER_ID = 19


@pytest.fixture(scope="module", autouse=True)
def reported(publications, importer):
    lines = [(REPORT, MASKS, ZERO, 16_000, digest("row")), (UNKNOWN_QUANTITY, MASKS, ZERO, 0, digest("row"))]
    publications.reportDistributions(CHARITY, lines, importer.tx)
    publications.anchorEvidence(CHARITY, [(EVIDENCE, REPORT, digest("page"), ascii_word("A01", 16))], importer.tx)


@pytest.fixture
def adjust(ledger, publications):
    def call(record, adjustment, delta, line_no=0, field=0):
        tx = acting(ledger, "Corrections")
        return publications.adjustRecord(record, adjustment, line_no, field, delta, APPROVER_ID, tx)

    return call


def test_adjust_record__unknown_or_out_of_effect__refused(ledger, publications, adjust):
    unknown = record_id(CHARITY, "unknown")
    with reverts("RecordUnknown", unknown):
        adjust(unknown, FIRST, 1)
    publications.reverseRecord(REPORT, APPROVER_ID, acting(ledger, "Corrections"))
    with reverts("RecordUnknown", REPORT):
        adjust(REPORT, FIRST, 1)


def test_adjust_record__evidence_line_or_field__not_correctable(adjust):
    with reverts("NotCorrectable", EVIDENCE):
        adjust(EVIDENCE, FIRST, 1)
    for place in ({"line_no": 1}, {"field": 1}):
        with reverts("NotCorrectable", REPORT):
            adjust(REPORT, FIRST, 1, **place)


def test_adjust_record__id_taken_or_foreign__refused(adjust):
    with reverts("RecordConflict", EVIDENCE):
        adjust(REPORT, EVIDENCE, 1)
    foreign = record_id(HOSPITAL_GROUP, "adjustment")
    with reverts("ForeignRecordId", foreign, CHARITY):
        adjust(REPORT, foreign, 1)


@pytest.mark.parametrize(("delta", "named"), [(-16_000, 0), (-16_001, 1), (AMOUNT_MAX - 15_999, AMOUNT_MAX + 1)])
def test_adjust_record__quantity_out_of_range__refused(adjust, delta, named):
    with reverts("AmountOutOfRange", FIRST, named):
        adjust(REPORT, FIRST, delta)


def test_adjust_record__report__quantity_changes(publications, adjust):
    event = adjust(REPORT, FIRST, 2_000).events["RecordAdjusted"]
    expected = (FIRST, REPORT, APPROVER_ID, 2_000)
    assert (event["adjustmentId"], event["recordId"], event["actorId"], event["delta"]) == expected
    assert publications.reportedQuantityOf(REPORT) == 18_000
    assert publications.inEffect(FIRST)


def test_adjust_record__report_without_quantity__has_one(publications, adjust):
    adjust(UNKNOWN_QUANTITY, FIRST, 500)
    assert publications.reportedQuantityOf(UNKNOWN_QUANTITY) == 500


def test_adjust_record__adjustment__report_changes_as_well(publications, adjust):
    adjust(REPORT, FIRST, 2_000)
    assert adjust(FIRST, SECOND, -500).events["RecordAdjusted"]["recordId"] == FIRST
    assert publications.reportedQuantityOf(REPORT) == 17_500
