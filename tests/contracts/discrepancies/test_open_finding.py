"""Discrepancies.openFinding (who may not, retries, conflicts, foreign ids: behaviours)

├── when the caller is AUDITOR of another organisation than the subject's → MissingRole
├── when the caller is AUDITOR of the consortium, or of the subject's     → emits DiscrepancyOpened, kind Finding
└── given an id that the ledger derives for what it opens itself          → FindingIdReserved
"""

from names import CHARITY, HOSPITAL, HOSPITAL_GROUP, MASKS, ZERO, ascii_word, digest, finding_id
from parts import acting
from reverts import reverts

FINDING, OVER, OPEN = 10, 2, 1


def test_open_finding__auditor_of_another_organisation__refused(discrepancies, allrounder):
    finding = finding_id(HOSPITAL_GROUP)
    with reverts("MissingRole", allrounder.account, HOSPITAL_GROUP, ascii_word("AUDITOR"), ZERO):
        discrepancies.openFinding(finding, HOSPITAL, digest("finding"), allrounder.tx)


def test_open_finding__auditor_of_consortium_or_subject__opened(discrepancies, auditor, allrounder):
    cases = (
        (auditor, HOSPITAL_GROUP, HOSPITAL),
        (auditor, CHARITY, MASKS),
        (allrounder, CHARITY, MASKS),
    )
    for number, (actor, organisation, subject) in enumerate(cases):
        finding = finding_id(organisation, number)
        event = discrepancies.openFinding(finding, subject, digest("finding"), actor.tx).events["DiscrepancyOpened"]
        assert (event["discrepancyId"], event["subjectId"], event["actorId"]) == (finding, subject, actor.person_id)
        assert (event["kind"], event["organisationId"]) == (FINDING, organisation)
        assert (event["lineNo"], event["quantity"], event["contentDigest"]) == (0, 0, digest("finding"))
        assert tuple(discrepancies.discrepancyOf(finding)) == (OPEN, FINDING, subject, 0, 0, 0)


def test_open_finding__id_that_the_ledger_derives__refused(ledger, discrepancies, auditor):
    derived = discrepancies.discrepancyIdOf(OVER, CHARITY, MASKS, 0)
    for _ in ("not opened yet", "opened"):
        with reverts("FindingIdReserved", derived):
            discrepancies.openFinding(derived, MASKS, digest("finding"), auditor.tx)
        discrepancies.open(OVER, CHARITY, MASKS, 0, 1, 31, acting(ledger, "Corrections"))
    assert tuple(discrepancies.discrepancyOf(derived)) == (OPEN, OVER, MASKS, 0, 1, 0)
