"""FundLedger.rejectDisbursement (who may, retries: behaviours; the sender himself: test_acknowledge_disbursement)

├── when it is none                                       → RecordUnknown
├── given it was acknowledged, or rejected otherwise      → DisbursementUnexpectedState
└── given it is sent
    ├── and the allocation is open                        → emits DisbursementRejected; the allocation has it again
    └── and the allocation was closed                     → the fund has it again
"""

from money import PARTNER_FUND, charity_id, told
from names import digest
from reverts import plain, reverts

SENT, ACKNOWLEDGED, REJECTED = 1, 2, 3
WHY = digest("why")


def test_reject_disbursement__none__refused(fund_ledger, partner):
    with reverts("RecordUnknown", charity_id("nothing")):
        fund_ledger.rejectDisbursement(charity_id("nothing"), WHY, partner.tx)


def test_reject_disbursement__answered__refused(fund_ledger, partner, money):
    money.give(100)
    allocation = money.allocate(60)
    acknowledged, rejected = money.send(allocation, 10), money.send(allocation, 10)
    fund_ledger.acknowledgeDisbursement(acknowledged, partner.tx)
    fund_ledger.rejectDisbursement(rejected, WHY, partner.tx)
    with reverts("DisbursementUnexpectedState", acknowledged, ACKNOWLEDGED, SENT):
        fund_ledger.rejectDisbursement(acknowledged, WHY, partner.tx)
    with reverts("DisbursementUnexpectedState", rejected, REJECTED, SENT):
        fund_ledger.rejectDisbursement(rejected, digest("another reason"), partner.tx)


def test_reject_disbursement__sent__allocation_has_it_again(fund_ledger, partner, money):
    money.give(100)
    allocation = money.allocate(60)
    sent = money.send(allocation, 40)
    receipt = fund_ledger.rejectDisbursement(sent, WHY, partner.tx)
    assert told(receipt, "DisbursementRejected") == plain((sent, PARTNER_FUND, partner.person_id, WHY))
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 60}
    assert plain(fund_ledger.recordOf(sent))[1:3] == (REJECTED, 40)
    money.reverse(sent)
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 60}
    assert not fund_ledger.rejectDisbursement(sent, WHY, partner.tx).logs


def test_reject_disbursement__allocation_closed__fund_has_it_again(fund_ledger, partner, allocator, money):
    money.give(100)
    allocation = money.allocate(60)
    sent = money.send(allocation, 40)
    fund_ledger.closeAllocation(allocation, allocator.tx)
    fund_ledger.rejectDisbursement(sent, WHY, partner.tx)
    assert money.totals() == {"received": 100, "unallocated": 100}
