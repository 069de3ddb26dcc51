"""Publications.anchorEvidence (who may, retries, conflicts, foreign ids: behaviours)

├── with no line, or more than 400                → BatchSizeOutOfRange
├── with no subject                               → LineRefused(RecordUnknown)
├── with no document                              → LineRefused(DocumentMissing)
├── with a subject of an exercise                 → LineRefused(ExerciseMixed)
└── with a subject of any real organisation       → emits EvidenceAnchored; by any role holder, a CONSIGNEE alone too
"""

from clock import pass_s
from names import CHARITY, DAY_S, EXERCISE_MASKS, HOSPITAL, MASKS, STORE, ZERO, ascii_word, digest, record_id
from reverts import reverts

EVIDENCE, SECOND = record_id(CHARITY, "evidence"), record_id(CHARITY, "evidence", 2)
DOCUMENT, REPORT_TYPE = digest("document"), ascii_word("import-report", 16)


def line(evidence_id=EVIDENCE, subject=MASKS, document=DOCUMENT):
    return (evidence_id, subject, document, REPORT_TYPE)


def test_anchor_evidence__batch_out_of_range__refused(publications, importer):
    with reverts("BatchSizeOutOfRange", 0, 400):
        publications.anchorEvidence(CHARITY, [], importer.tx)
    with reverts("BatchSizeOutOfRange", 401, 400):
        publications.anchorEvidence(CHARITY, [line()] * 401, importer.tx)


def test_anchor_evidence__no_subject__refused(publications, importer):
    with reverts("LineRefused", 1, ("RecordUnknown", ZERO)):
        publications.anchorEvidence(CHARITY, [line(), line(SECOND, ZERO)], importer.tx)


def test_anchor_evidence__no_document__refused(publications, importer):
    with reverts("LineRefused", 0, ("DocumentMissing", EVIDENCE)):
        publications.anchorEvidence(CHARITY, [line(document=ZERO)], importer.tx)


def test_anchor_evidence__subject_of_an_exercise__refused(publications, importer):
    with reverts("LineRefused", 0, ("ExerciseMixed", EVIDENCE, EXERCISE_MASKS)):
        publications.anchorEvidence(CHARITY, [line(subject=EXERCISE_MASKS)], importer.tx)


def test_anchor_evidence__any_subject__anchored(publications, carrier):
    lines = [line(), line(SECOND, HOSPITAL, digest("waybill"))]
    events = publications.anchorEvidence(CHARITY, lines, carrier.tx).events["EvidenceAnchored"]
    anchored = [(e["evidenceId"], e["subjectId"], e["documentDigest"], e["docType"]) for e in events]
    assert anchored == lines
    assert {event["actorId"] for event in events} == {carrier.person_id}
    assert publications.inEffect(EVIDENCE)
    assert publications.reportedQuantityOf(EVIDENCE) == 0


def test_anchor_evidence__consignee_of_one_facility__may(publications, participants, registrar, outsider):
    grant = (record_id(CHARITY, "grant", "new"), outsider.person_id, CHARITY, ascii_word("CONSIGNEE"), STORE)
    participants.grantRoles([grant], registrar.tx)
    pass_s(DAY_S)
    assert publications.anchorEvidence(CHARITY, [line()], outsider.tx).events["EvidenceAnchored"]
