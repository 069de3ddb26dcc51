"""Publications.reverseRecord (only Corrections: behaviours)

├── given the record is unknown or out of effect  → RecordUnknown
├── given adjustments in effect stand on it       → HasDependents, with how many
├── of an adjustment                              → emits RecordReversed, citing what it adjusted; the quantity is as before
└── of a report, or evidence                      → emits RecordReversed; it is out of effect
"""

import pytest
from names import CHARITY, MASKS, ZERO, ascii_word, digest, record_id
from parts import acting
from reverts import reverts

REPORT, EVIDENCE = record_id(CHARITY, "report"), record_id(CHARITY, "evidence")
FIRST, SECOND, THIRD = (record_id(CHARITY, "adjustment", n) for n in range(3))
APPROVER_ID = 19


@pytest.fixture(scope="module", params=[16_000, 0], ids=["quantity", "no quantity"], autouse=True)
def stated(request, publications, importer):
    report = record_id(CHARITY, "report", request.param)
    publications.reportDistributions(CHARITY, [(report, MASKS, ZERO, request.param, digest("row"))], importer.tx)
    return report, request.param


@pytest.fixture
def reverse(ledger, publications):
    return lambda record: publications.reverseRecord(record, APPROVER_ID, acting(ledger, "Corrections"))


@pytest.fixture
def adjust(ledger, publications):
    return lambda record, adjustment, delta: publications.adjustRecord(
        record, adjustment, 0, 0, delta, APPROVER_ID, acting(ledger, "Corrections")
    )


def test_reverse_record__unknown_or_reversed__refused(reverse, stated):
    with reverts("RecordUnknown", FIRST):
        reverse(FIRST)
    reverse(stated[0])
    with reverts("RecordUnknown", stated[0]):
        reverse(stated[0])


def test_reverse_record__adjustments_stand_on_it__refused_until_they_are_gone(publications, reverse, adjust, stated):
    report, quantity = stated
    adjust(report, FIRST, 10)
    adjust(report, SECOND, 20)
    adjust(FIRST, THIRD, 1)
    with reverts("HasDependents", report, 2):
        reverse(report)
    with reverts("HasDependents", FIRST, 1):
        reverse(FIRST)
    for adjustment, left in ((THIRD, 30), (SECOND, 10), (FIRST, 0)):
        reverse(adjustment)
        assert publications.reportedQuantityOf(report) == quantity + left
    reverse(report)
    assert not publications.inEffect(report)


def test_reverse_record__adjustment__quantity_as_before(publications, reverse, adjust, stated):
    report, quantity = stated
    adjust(report, FIRST, 10)
    event = reverse(FIRST).events["RecordReversed"]
    assert (event["recordId"], event["ref"], event["actorId"]) == (FIRST, report, APPROVER_ID)
    assert publications.reportedQuantityOf(report) == quantity
    assert (publications.inEffect(FIRST), publications.inEffect(report)) == (False, True)


def test_reverse_record__report_or_evidence__out_of_effect(publications, importer, reverse, stated):
    report, _ = stated
    publications.anchorEvidence(CHARITY, [(EVIDENCE, report, digest("page"), ascii_word("A01", 16))], importer.tx)
    for record in (EVIDENCE, report):
        event = reverse(record).events["RecordReversed"]
        assert (event["recordId"], event["ref"]) == (record, ZERO)
        assert not publications.inEffect(record)
    assert publications.reportedQuantityOf(report) == 0
