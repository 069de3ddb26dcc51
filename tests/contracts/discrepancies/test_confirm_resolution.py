"""Discrepancies.confirmResolution (who may, the pause: behaviours)

├── given the discrepancy is unknown                  → RecordUnknown
├── given nothing is proposed                         → DiscrepancyUnexpectedState
├── by the person that proposed, from another account → SamePerson
├── with the number of an earlier proposal            → ProposalSuperseded
├── given it was confirmed
│   ├── by the same person                            → nothing changes, also when it opened again since
│   └── by another                                    → DiscrepancyUnexpectedState
└── by another person                                 → emits DiscrepancyResolved; Resolved with its code
    ├── written off, of what is outstanding           → tests/contracts/consignment_ledger/test_write_off.py
    └── written off, of a finding about a consignment → what is outstanding stays so
"""

from consignments import consignment_id
from names import CHARITY, MASKS, STORE, digest, finding_id, record_id
from parts import acting
from reverts import reverts

NONE, OPEN, ANSWERED, PROPOSED, RESOLVED = range(5)
EXPLAINED, FOUND_LATER, WRITTEN_OFF = 1, 2, 3
LOST, OUTSTANDING = 1, 3


def test_confirm_resolution__unknown__refused(discrepancies, correction_approver):
    unknown = record_id(CHARITY, "unknown")
    with reverts("RecordUnknown", unknown):
        discrepancies.confirmResolution(unknown, 1, correction_approver.tx)


def test_confirm_resolution__nothing_proposed__refused(discrepancies, finding, correction_approver):
    with reverts("DiscrepancyUnexpectedState", finding, OPEN, PROPOSED):
        discrepancies.confirmResolution(finding, 1, correction_approver.tx)


def test_confirm_resolution__same_person_other_account__refused(discrepancies, finding, allrounder):
    discrepancies.proposeResolution(finding, 1, EXPLAINED, 0, digest("why"), allrounder.tx)
    with reverts("SamePerson", finding, allrounder.person_id):
        discrepancies.confirmResolution(finding, 1, allrounder.tx_second)


def test_confirm_resolution__earlier_proposal__refused(
    discrepancies, proposed, corrector, correction_approver, allrounder
):
    discrepancies.rejectResolution(proposed, 1, digest("why not"), correction_approver.tx)
    discrepancies.proposeResolution(proposed, 2, FOUND_LATER, 0, digest("why"), corrector.tx)
    with reverts("ProposalSuperseded", proposed, 1, 2):
        discrepancies.confirmResolution(proposed, 1, allrounder.tx)


def test_confirm_resolution__confirmed_by_another__refused(discrepancies, proposed, correction_approver, allrounder):
    discrepancies.confirmResolution(proposed, 1, correction_approver.tx)
    with reverts("DiscrepancyUnexpectedState", proposed, RESOLVED, PROPOSED):
        discrepancies.confirmResolution(proposed, 1, allrounder.tx)


def test_confirm_resolution__confirmed_and_open_again__nothing_changes(
    ledger, discrepancies, corrector, correction_approver
):
    tx = acting(ledger, "Corrections")
    discrepancies.open(LOST, CHARITY, STORE, 0, 7, 31, tx)
    lost = discrepancies.discrepancyIdOf(LOST, CHARITY, STORE, 0)
    discrepancies.proposeResolution(lost, 1, EXPLAINED, 7, digest("why"), corrector.tx)
    discrepancies.confirmResolution(lost, 1, correction_approver.tx)
    discrepancies.open(LOST, CHARITY, STORE, 0, 9, 31, tx)
    discrepancies.proposeResolution(lost, 2, FOUND_LATER, 9, digest("found"), corrector.tx)
    assert not discrepancies.confirmResolution(lost, 1, correction_approver.tx).logs
    assert discrepancies.discrepancyOf(lost)[0] == PROPOSED


def test_confirm_resolution__another_person__resolved(discrepancies, proposed, correction_approver):
    event = discrepancies.confirmResolution(proposed, 1, correction_approver.tx).events["DiscrepancyResolved"]
    assert (event["discrepancyId"], event["subjectId"], event["code"]) == (proposed, MASKS, EXPLAINED)
    assert event["actorId"] == correction_approver.person_id
    assert tuple(discrepancies.discrepancyOf(proposed))[::5] == (RESOLVED, EXPLAINED)


def test_confirm_resolution__written_off_of_no_consignment__resolved_and_nothing_else(
    ledger, discrepancies, corrector, correction_approver
):
    discrepancies.open(OUTSTANDING, CHARITY, STORE, 0, 7, 31, acting(ledger, "Corrections"))
    outstanding = discrepancies.discrepancyIdOf(OUTSTANDING, CHARITY, STORE, 0)
    discrepancies.proposeResolution(outstanding, 1, WRITTEN_OFF, 7, digest("why"), corrector.tx)
    events = discrepancies.confirmResolution(outstanding, 1, correction_approver.tx).events
    assert [event.name for event in events] == ["DiscrepancyResolved"]


def test_confirm_resolution__finding_about_a_consignment__outstanding_stays(
    discrepancies, consignment_ledger, journeys, auditor, corrector, correction_approver
):
    journeys.sent("a", 10)
    finding, consignment = finding_id(CHARITY), consignment_id("a")
    discrepancies.openFinding(finding, consignment, digest("finding"), auditor.tx)
    discrepancies.proposeResolution(finding, 1, WRITTEN_OFF, 0, digest("why"), corrector.tx)
    events = discrepancies.confirmResolution(finding, 1, correction_approver.tx).events
    assert [event.name for event in events] == ["DiscrepancyResolved"]
    assert consignment_ledger.outstandingOf(consignment, 0) == 10
