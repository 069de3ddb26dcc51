"""FundLedger.adjustRecord (for Corrections alone, ids, retries: here, as only Corrections calls it)

├── when the record is none, or out of effect              → RecordUnknown
├── when the id is another organisation's                  → ForeignRecordId
├── when a line or field is named                          → NotCorrectable
├── when the kind has no amount to correct                 → NotCorrectable
├── when nothing, or too much, would remain                → AmountOutOfRange
├── when the id was recorded before                        → nothing, or RecordConflict with other content
├── and is out of effect                                   → RecordUnknown
└── when it is good, it emits RecordAdjusted and
    ├── a donation, an income                              → received or interest changes; beyond what is free: deficit, discrepancy
    ├── a payment, a commitment                            → the promise's open part changes as well
    ├── a refund                                           → more went back, or less
    ├── an expenditure
    │   ├── that was more than the allocation has          → the rest comes from the fund, then is its deficit
    │   ├── that was less than the supplier gave back      → HasDependents
    │   └── that was less                                  → the fund has back first what it gave
    ├── a supplier's refund above what was paid            → ExpenditureExceeded
    └── an adjustment                                      → the record that it adjusts
"""

import pytest
from money import DONOR, FUND, INTEREST, SERVICES, charity_id, told
from names import AMOUNT_MAX, CHARITY, PARTNER_CHARITY, ZERO, ascii_word, digest, record_id
from parts import acting
from reverts import plain, reverts

NEW = charity_id("adjustment")
INCORRECT_DATA = 2


def adjust(ledger, record, delta, new=NEW, line=0, field=0):
    arguments = (record, new, line, field, delta, 18, acting(ledger, "Corrections"))
    return ledger["FundLedger"].adjustRecord(*arguments)


def amount(fund_ledger, record):
    return fund_ledger.recordOf(record)[2]


def test_adjust_record__none__refused(ledger, money):
    (gift,) = money.give(100)
    money.reverse(gift)
    for record in (charity_id("nothing"), gift):
        with reverts("RecordUnknown", record):
            adjust(ledger, record, 1)


def test_adjust_record__foreign_id__refused(ledger, money):
    (gift,) = money.give(100)
    foreign = record_id(PARTNER_CHARITY, "adjustment")
    with reverts("ForeignRecordId", foreign, CHARITY):
        adjust(ledger, gift, 1, foreign)


def test_adjust_record__line_or_field__refused(ledger, money):
    (gift,) = money.give(100)
    for place in ({"line": 1}, {"field": 1}):
        with reverts("NotCorrectable", gift):
            adjust(ledger, gift, 1, **place)


def test_adjust_record__no_amount_to_correct__refused(ledger, fund_ledger, allocator, money):
    money.give(100)
    allocation = money.allocate(60)
    fund_ledger.returnUnspent(charity_id("return"), allocation, 5, allocator.tx)
    for record in (FUND, allocation, charity_id("return"), money.send(allocation, 5)):
        with reverts("NotCorrectable", record):
            adjust(ledger, record, 1)


@pytest.mark.parametrize(
    ("delta", "told_amount"), [(0, 0), (-100, 0), (-101, 0), (AMOUNT_MAX, AMOUNT_MAX + 100), (-(2**63) + 1, 2**63 - 1)]
)
def test_adjust_record__nothing_or_too_much_remains__refused(ledger, money, delta, told_amount):
    (gift,) = money.give(100)
    with reverts("AmountOutOfRange", NEW, told_amount):
        adjust(ledger, gift, delta)


def test_adjust_record__recorded_before__passed_over(ledger, money):
    gift, other = money.give(100, 100)
    adjust(ledger, gift, -30)
    assert not adjust(ledger, gift, -30).logs
    for record, delta in ((gift, -31), (other, -30)):
        with reverts("RecordConflict", NEW):
            adjust(ledger, record, delta)
    with reverts("RecordConflict", gift):
        adjust(ledger, other, -30, gift)
    money.reverse(NEW)
    with reverts("RecordUnknown", NEW):
        adjust(ledger, gift, -30)
    assert money.totals() == {"received": 200, "unallocated": 200}


@pytest.mark.parametrize("delta", [-99, -1, 1, 900])
def test_adjust_record__donation__what_came_in_changes(ledger, fund_ledger, money, delta):
    (gift,) = money.give(100)
    receipt = adjust(ledger, gift, delta)
    assert told(receipt, "RecordAdjusted") == plain((NEW, gift, 18, delta, 0))
    assert money.totals() == {"received": 100 + delta, "unallocated": 100 + delta}
    assert amount(fund_ledger, gift) == 100 + delta
    assert plain(fund_ledger.recordOf(NEW)) == plain((14, 1 if delta > 0 else 2, abs(delta), 0, 18, gift))


def test_adjust_record__donation_that_was_allocated__deficit_with_discrepancy(ledger, discrepancies, money):
    (gift,) = money.give(100)
    money.allocate(90)
    assert told(adjust(ledger, gift, -30), "RecordAdjusted")[4] == 20
    assert money.totals() == {"received": 70, "deficit": 20, "allocatedUnspent": 90}
    found = discrepancies.discrepancyIdOf(8, CHARITY, NEW, 0)
    assert plain(discrepancies.discrepancyOf(found)[:5]) == plain((1, 8, NEW, 0, 20))
    assert told(adjust(ledger, gift, -10, charity_id("second")), "RecordAdjusted")[4] == 10
    money.reverse(charity_id("second"))
    money.reverse(NEW)
    assert money.totals() == {"received": 100, "unallocated": 10, "allocatedUnspent": 90}


def test_adjust_record__donation_below_what_was_refunded__nothing_left_to_refund(ledger, money, allrounder):
    (gift,) = money.give(100)
    money.refund(gift, 80)
    adjust(ledger, gift, -50)
    assert money.totals() == {"received": 50, "deficit": 30, "refunded": 80}
    with reverts("RefundExceedsDonation", gift, 1, 0):
        money.refund(gift, 1)


def test_adjust_record__income__interest_changes(ledger, fund_ledger, clerk, money):
    fund_ledger.recordIncome(charity_id("interest"), FUND, INTEREST, 50, ZERO, ZERO, clerk.tx)
    adjust(ledger, charity_id("interest"), -20)
    assert money.totals() == {"interest": 30, "unallocated": 30}


def test_adjust_record__promises__open_part_changes(ledger, fund_ledger, clerk, money):
    pledge, commitment, payment = (charity_id(name) for name in ("pledge", "commitment", "payment"))
    fund_ledger.recordPledge(pledge, FUND, 100, DONOR, ZERO, clerk.tx)
    fund_ledger.recordCommitment(commitment, FUND, 60, pledge, DONOR, ZERO, clerk.tx)
    fund_ledger.recordPayment(FUND, (payment, 50, DONOR, ZERO), commitment, clerk.tx)
    for number, (record, delta) in enumerate(((payment, -10), (commitment, 5), (pledge, -40))):
        adjust(ledger, record, delta, charity_id("adjustment", number))
    assert plain(fund_ledger.recordOf(pledge))[2:4] == (60, 65)
    assert plain(fund_ledger.recordOf(commitment))[2:4] == (65, 40)
    assert money.totals() == {"received": 40, "unallocated": 40}


@pytest.mark.parametrize("delta", [-30, 30])
def test_adjust_record__refund__more_or_less_went_back(ledger, fund_ledger, money, delta):
    (gift,) = money.give(100)
    refund = money.refund(gift, 40)
    adjust(ledger, refund, delta)
    assert money.totals() == {"received": 100, "unallocated": 60 - delta, "refunded": 40 + delta}
    assert fund_ledger.recordOf(gift)[3] == 40 + delta


def test_adjust_record__expenditure_above_the_allocation__rest_from_the_fund(ledger, fund_ledger, money):
    money.give(100)
    allocation = money.allocate(60)
    expenditure = money.spend(allocation, 50, SERVICES)
    assert told(adjust(ledger, expenditure, 30), "RecordAdjusted")[4] == 0
    assert money.totals() == {"received": 100, "unallocated": 20, "spentOnServices": 80}
    assert told(adjust(ledger, expenditure, 25, charity_id("second")), "RecordAdjusted")[4] == 5
    assert money.totals() == {"received": 100, "deficit": 5, "spentOnServices": 105}
    assert fund_ledger.allocationOf(allocation)[3] == 0
    # What turns out to be less is the fund's first: it had given it.
    adjust(ledger, expenditure, -50, charity_id("third"))
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 5, "spentOnServices": 55}
    for record in (charity_id("third"), charity_id("second"), NEW):
        money.reverse(record)
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 10, "spentOnServices": 50}


def test_adjust_record__expenditure_on_goods__prepaid_first(ledger, money):
    money.give(100)
    expenditure = money.spend(money.allocate(60), 60)
    money.deliver(expenditure, 50)
    adjust(ledger, expenditure, -20)
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 20, "spentOnLots": 40}


def test_adjust_record__expenditure_below_what_the_supplier_gave_back__refused(ledger, money):
    money.give(100)
    expenditure = money.spend(money.allocate(60), 50)
    refund = money.take_back(expenditure, 40)
    with reverts("HasDependents", expenditure, 1):
        adjust(ledger, expenditure, -11)
    with reverts("ExpenditureExceeded", expenditure, 11, 10):
        adjust(ledger, refund, 11)
    adjust(ledger, refund, -5)
    adjust(ledger, expenditure, -15, charity_id("second"))
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 60}


def test_adjust_record__adjustment__the_record_that_it_adjusts(ledger, fund_ledger, money):
    (gift,) = money.give(100)
    adjust(ledger, gift, -30)
    adjust(ledger, NEW, 20, charity_id("second"))
    assert amount(fund_ledger, gift) == 90
    with reverts("HasDependents", NEW, 1):
        money.reverse(NEW)
    money.reverse(charity_id("second"))
    assert amount(fund_ledger, gift) == 70


def test_adjust_record__reversal_that_would_leave_nothing__refused(ledger, money):
    (gift,) = money.give(100)
    adjust(ledger, gift, 50)
    adjust(ledger, gift, -120, charity_id("second"))
    with reverts("AmountOutOfRange", NEW, 0):
        money.reverse(NEW)


def test_adjust_record__through_corrections__two_persons(
    fund_ledger, corrections, corrector, correction_approver, money
):
    (gift,) = money.give(100)
    correction = charity_id("correction")
    what = (INCORRECT_DATA, ascii_word("typo", 16), NEW, 0, 0, -30, digest("note"))
    corrections.declareErrors([(correction, ascii_word("FundLedger"), gift, *what)], corrector.tx)
    corrections.approveCorrections([correction], correction_approver.tx)
    assert money.totals() == {"received": 70, "unallocated": 70}
    assert fund_ledger.recordOf(NEW)[4] == correction_approver.person_id
