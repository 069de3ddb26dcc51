"""FundLedger.recordDisbursement (who may, ids, retries: behaviours; earmarks: test_earmark_*)

├── when the allocation or the child fund is none                → RecordUnknown
├── given the allocation is not approved                         → AllocationUnexpectedState
├── when it is more than is unspent                              → AllocationExceeded
├── when the child fund is the same organisation's               → SameOrganisation
├── when one is an exercise's and the other is not               → ExerciseMixed
├── when the child fund has another currency                     → CurrencyMismatch
└── when it fits                                                 → emits DisbursementRecorded; the money is on its way, in no fund
"""

from money import EXERCISE_FUND, FUND, PARTNER_FUND, charity_id, told
from names import CHARITY, PARTNER_CHARITY, ZERO, digest, record_id
from reverts import plain, reverts

NEW = charity_id("disbursement")
PROPOSED, APPROVED = 1, 2
SENT = 1


def send(fund_ledger, actor, allocation, amount=40, child=PARTNER_FUND):
    return fund_ledger.recordDisbursement(NEW, allocation, child, amount, ZERO, digest("onward"), actor.tx)


def test_record_disbursement__none__refused(fund_ledger, allocator, money):
    nothing = charity_id("nothing")
    with reverts("RecordUnknown", nothing):
        send(fund_ledger, allocator, nothing)
    money.give(100)
    with reverts("RecordUnknown", nothing):
        send(fund_ledger, allocator, money.allocate(60), child=nothing)


def test_record_disbursement__not_approved__refused(fund_ledger, allocator, money):
    allocation = money.propose(60)
    with reverts("AllocationUnexpectedState", allocation, PROPOSED, APPROVED):
        send(fund_ledger, allocator, allocation)


def test_record_disbursement__more_than_unspent__refused(fund_ledger, allocator, money):
    money.give(100)
    allocation = money.allocate(60)
    money.send(allocation, 21)
    with reverts("AllocationExceeded", allocation, 40, 39):
        send(fund_ledger, allocator, allocation)


def test_record_disbursement__same_organisation__refused(fund_ledger, allocator, money):
    money.give(100)
    with reverts("SameOrganisation", NEW, CHARITY):
        send(fund_ledger, allocator, money.allocate(60), child=money.open(charity_id("second")))


def test_record_disbursement__exercise__refused(fund_ledger, allocator, money):
    money.give(100)
    with reverts("ExerciseMixed", NEW, EXERCISE_FUND):
        send(fund_ledger, allocator, money.allocate(60), child=EXERCISE_FUND)


def test_record_disbursement__other_currency__refused(fund_ledger, allocator, money):
    money.give(100)
    dong = money.open(record_id(PARTNER_CHARITY, "dong"), "VND", actor="partner")
    with reverts("CurrencyMismatch", dong, "0x" + b"VND".hex(), "0x" + b"CNY".hex()):
        send(fund_ledger, allocator, money.allocate(60), child=dong)


def test_record_disbursement__fits__on_its_way(fund_ledger, allocator, money):
    money.give(100)
    allocation = money.allocate(60)
    receipt = send(fund_ledger, allocator, allocation)
    expected = (NEW, allocation, allocator.person_id, PARTNER_FUND, 40, ZERO, digest("onward"))
    assert told(receipt, "DisbursementRecorded") == plain(expected)
    assert money.totals(FUND) == {"received": 100, "unallocated": 40, "allocatedUnspent": 20, "transferredOut": 40}
    assert money.totals(PARTNER_FUND) == {}
    assert plain(fund_ledger.recordOf(NEW)) == plain((13, SENT, 40, 0, allocator.person_id, allocation))
