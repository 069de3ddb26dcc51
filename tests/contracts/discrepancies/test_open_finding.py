"""Discrepancies.openFinding (who may not, retries, conflicts, foreign ids: behaviours)

├── when the caller is AUDITOR of another organisation than the subject's → MissingRole
├── when the caller is AUDITOR of the consortium, or of the subject's     → emits DiscrepancyOpened, kind Finding
└── given the id is a discrepancy that the ledger opened                  → RecordConflict
"""

from names import CHARITY, HOSPITAL, HOSPITAL_GROUP, MASKS, ZERO, ascii_word, digest, record_id
from parts import acting
from reverts import reverts

FINDING, OVER, OPEN = 10, 2, 1


def test_open_finding__auditor_of_another_organisation__refused(discrepancies, allrounder):
    finding = record_id(HOSPITAL_GROUP, "finding")
    with reverts("MissingRole", allrounder.account, HOSPITAL_GROUP, ascii_word("AUDITOR"), ZERO):
        discrepancies.openFinding(finding, HOSPITAL, digest("finding"), allrounder.tx)


def test_open_finding__auditor_of_consortium_or_subject__opened(discrepancies, auditor, allrounder):
    cases = (
        (auditor, HOSPITAL_GROUP, HOSPITAL),
        (auditor, CHARITY, MASKS),
        (allrounder, CHARITY, MASKS),
    )
    for number, (actor, organisation, subject) in enumerate(cases):
        finding = record_id(organisation, "finding", number)
        event = discrepancies.openFinding(finding, subject, digest("finding"), actor.tx).events["DiscrepancyOpened"]
        assert (event["discrepancyId"], event["subjectId"], event["actorId"]) == (finding, subject, actor.person_id)
        assert (event["kind"], event["organisationId"]) == (FINDING, organisation)
        assert (event["lineNo"], event["quantity"], event["contentDigest"]) == (0, 0, digest("finding"))
        assert tuple(discrepancies.discrepancyOf(finding)) == (OPEN, FINDING, subject, 0, 0, 0)


def test_open_finding__id_that_the_ledger_opened__refused(ledger, discrepancies, auditor):
    discrepancies.open(OVER, CHARITY, MASKS, 0, 1, 31, acting(ledger, "Corrections"))
    taken = discrepancies.discrepancyIdOf(OVER, CHARITY, MASKS, 0)
    with reverts("RecordConflict", taken):
        discrepancies.openFinding(taken, MASKS, digest("finding"), auditor.tx)
