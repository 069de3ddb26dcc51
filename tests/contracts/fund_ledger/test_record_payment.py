"""FundLedger.recordPayment (who may, ids, retries: behaviours)

├── when there is no such fund                     → RecordUnknown
├── when the promise is none of the fund           → RecordUnknown
├── when the donation was recorded without it      → RecordConflict
└── when it is
    ├── and the payment fits                       → DonationRecorded, PaymentApplied with all of it
    ├── and it is more than is open                → PaymentApplied with what was open; all of it is received
    ├── and nothing is open                        → PaymentApplied with 0
    └── of an agreement that replaced a pledge     → reduces the agreement alone
"""

from money import DONOR, EARMARKED, FUND, charity_id, told
from names import ZERO, digest
from reverts import plain, reverts

PLEDGE, COMMITMENT = charity_id("pledge"), charity_id("commitment")


def line(number, amount):
    return (charity_id("payment", number), amount, DONOR, digest("payment"))


def promise(fund_ledger, actor, amount=100, fund=FUND):
    fund_ledger.recordPledge(PLEDGE, fund, amount, DONOR, ZERO, actor.tx)


def applied(receipt):
    return told(receipt, "PaymentApplied")[3]


def test_record_payment__no_fund__refused(fund_ledger, clerk):
    promise(fund_ledger, clerk)
    with reverts("RecordUnknown", charity_id("no fund")):
        fund_ledger.recordPayment(charity_id("no fund"), line(1, 10), PLEDGE, clerk.tx)


def test_record_payment__no_promise_of_the_fund__refused(fund_ledger, clerk, money):
    promise(fund_ledger, clerk, fund=EARMARKED)
    (gift,) = money.give(10)
    for record in (PLEDGE, gift, charity_id("nothing"), ZERO):
        with reverts("RecordUnknown", record):
            fund_ledger.recordPayment(FUND, line(1, 10), record, clerk.tx)


def test_record_payment__recorded_without_promise__conflict(fund_ledger, clerk):
    promise(fund_ledger, clerk)
    fund_ledger.recordDonations(FUND, digest("list"), [line(1, 10)], clerk.tx)
    with reverts("RecordConflict", line(1, 10)[0]):
        fund_ledger.recordPayment(FUND, line(1, 10), PLEDGE, clerk.tx)
    fund_ledger.recordPayment(FUND, line(2, 10), PLEDGE, clerk.tx)
    with reverts("LineRefused", 0, ("RecordConflict", line(2, 10)[0])):
        fund_ledger.recordDonations(FUND, digest("list"), [line(2, 10)], clerk.tx)


def test_record_payment__fits__applied_whole(fund_ledger, clerk, money):
    promise(fund_ledger, clerk)
    receipt = fund_ledger.recordPayment(FUND, line(1, 60), PLEDGE, clerk.tx)
    donation = line(1, 60)[0]
    expected = plain((donation, FUND, clerk.person_id, 60, DONOR, digest("payment")))
    assert told(receipt, "DonationRecorded") == expected
    assert told(receipt, "PaymentApplied") == plain((donation, PLEDGE, clerk.person_id, 60))
    assert money.totals() == {"received": 60, "unallocated": 60}
    assert plain(fund_ledger.recordOf(donation)) == plain((2, 1, 60, 0, clerk.person_id, PLEDGE))


def test_record_payment__more_than_open__rest_is_a_gift_too(fund_ledger, clerk, money):
    promise(fund_ledger, clerk)
    steps = [applied(fund_ledger.recordPayment(FUND, line(n, 70), PLEDGE, clerk.tx)) for n in (1, 2, 3)]
    assert steps == [70, 30, 0]
    assert money.totals() == {"received": 210, "unallocated": 210}
    assert plain(fund_ledger.recordOf(PLEDGE))[2:4] == (100, 210)


def test_record_payment__of_agreement__pledge_is_left_alone(fund_ledger, clerk):
    promise(fund_ledger, clerk)
    fund_ledger.recordCommitment(COMMITMENT, FUND, 80, PLEDGE, DONOR, ZERO, clerk.tx)
    assert applied(fund_ledger.recordPayment(FUND, line(1, 50), COMMITMENT, clerk.tx)) == 50
    assert (fund_ledger.recordOf(PLEDGE)[3], fund_ledger.recordOf(COMMITMENT)[3]) == (80, 50)


def test_record_payment__taken_back__promise_is_open_again(fund_ledger, clerk, money):
    promise(fund_ledger, clerk)
    fund_ledger.recordPayment(FUND, line(1, 70), PLEDGE, clerk.tx)
    money.reverse(line(1, 70)[0])
    assert fund_ledger.recordOf(PLEDGE)[3] == 0
    assert applied(fund_ledger.recordPayment(FUND, line(2, 90), PLEDGE, clerk.tx)) == 90
