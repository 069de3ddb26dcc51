"""FundLedger.approveRedesignation (who may, retries: behaviours)

├── when it is none, or out of effect         → RecordUnknown
├── when the proposer approves                → SamePerson, from another account too
├── when another person approved it           → RedesignationUnexpectedState
└── when it is proposed, by another person    → emits RedesignationApproved
"""

from money import EARMARKED, charity_id, ends, told
from names import digest
from reverts import plain, reverts

NEW = charity_id("redesignation")
PROPOSED, APPROVED = 1, 2


def proposed(fund_ledger, actor):
    fund_ledger.proposeRedesignation(NEW, EARMARKED, 40, ends("111", "CN43"), digest("why"), actor.tx)


def test_approve_redesignation__none__refused(fund_ledger, approver, allocator, money):
    with reverts("RecordUnknown", NEW):
        fund_ledger.approveRedesignation(NEW, approver.tx)
    proposed(fund_ledger, allocator)
    money.reverse(NEW)
    with reverts("RecordUnknown", NEW):
        fund_ledger.approveRedesignation(NEW, approver.tx)


def test_approve_redesignation__proposer__refused(fund_ledger, allrounder):
    proposed(fund_ledger, allrounder)
    for tx in (allrounder.tx, allrounder.tx_second):
        with reverts("SamePerson", NEW, allrounder.person_id):
            fund_ledger.approveRedesignation(NEW, tx)


def test_approve_redesignation__approved_before_by_another__refused(fund_ledger, allocator, approver, allrounder):
    proposed(fund_ledger, allocator)
    fund_ledger.approveRedesignation(NEW, approver.tx)
    with reverts("RedesignationUnexpectedState", NEW, APPROVED, PROPOSED):
        fund_ledger.approveRedesignation(NEW, allrounder.tx)


def test_approve_redesignation__proposed__approved(fund_ledger, allocator, approver, money):
    proposed(fund_ledger, allocator)
    receipt = fund_ledger.approveRedesignation(NEW, approver.tx)
    assert told(receipt, "RedesignationApproved") == plain((NEW, EARMARKED, approver.person_id))
    assert fund_ledger.recordOf(NEW)[1] == APPROVED
    money.reverse(NEW)
    assert not fund_ledger.approveRedesignation(NEW, approver.tx).logs
