"""FundLedger.recordRefund (who may, ids, retries: behaviours)

├── when the donation is none, or out of effect       → RecordUnknown
├── when who recorded the donation refunds it         → SamePerson, from another account too
├── when it is more than the donation                 → RefundExceedsDonation, with what was refunded before
├── when it is more than the fund has free            → FundInsufficient
└── when it fits                                      → emits RefundRecorded; unallocated falls, refunded grows
"""

from money import FUND, charity_id, told
from names import digest
from reverts import plain, reverts

REFUND = charity_id("refund")


def refund(fund_ledger, tx, donation, amount, record=REFUND):
    return fund_ledger.recordRefund(record, donation, amount, digest("letter"), tx)


def test_record_refund__no_donation__refused(fund_ledger, allrounder, money):
    (gift,) = money.give(100)
    for record in (charity_id("nothing"), FUND):
        with reverts("RecordUnknown", record):
            refund(fund_ledger, allrounder.tx, record, 1)
    money.reverse(gift)
    with reverts("RecordUnknown", gift):
        refund(fund_ledger, allrounder.tx, gift, 1)


def test_record_refund__same_person__refused(fund_ledger, allrounder, clerk, money):
    (gift,) = money.give(100, actor="allrounder")
    for tx in (allrounder.tx, allrounder.tx_second):
        with reverts("SamePerson", gift, allrounder.person_id):
            refund(fund_ledger, tx, gift, 1)
    refund(fund_ledger, clerk.tx, gift, 1)


def test_record_refund__more_than_given__refused(fund_ledger, allrounder, money):
    gift, _ = money.give(100, 500)
    with reverts("RefundExceedsDonation", gift, 101, 100):
        refund(fund_ledger, allrounder.tx, gift, 101)
    refund(fund_ledger, allrounder.tx, gift, 30)
    with reverts("RefundExceedsDonation", gift, 71, 70):
        refund(fund_ledger, allrounder.tx, gift, 71, charity_id("second"))


def test_record_refund__more_than_free__refused(fund_ledger, allrounder, money):
    (gift,) = money.give(100)
    money.allocate(60)
    with reverts("FundInsufficient", FUND, 41, 40):
        refund(fund_ledger, allrounder.tx, gift, 41)


def test_record_refund__fits__goes_back(fund_ledger, allrounder, money):
    (gift,) = money.give(100)
    receipt = refund(fund_ledger, allrounder.tx, gift, 40)
    assert told(receipt, "RefundRecorded") == plain((REFUND, gift, allrounder.person_id, 40, digest("letter")))
    assert money.totals() == {"received": 100, "unallocated": 60, "refunded": 40}
    assert plain(fund_ledger.recordOf(gift))[2:4] == (100, 40)
    assert plain(fund_ledger.recordOf(REFUND)) == plain((6, 1, 40, 0, allrounder.person_id, gift))
