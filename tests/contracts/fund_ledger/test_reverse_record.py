"""FundLedger.reverseRecord (for Corrections alone: behaviours)

├── when it is none, or out of effect               → RecordUnknown
├── when records in effect stand on it              → HasDependents with how many
└── when none do, it emits RecordReversed and
    ├── a donation, an income                       → what came in falls; beyond what is free the fund has a deficit
    ├── a pledge, a commitment                      → what it replaced is open again
    ├── a refund                                    → the money is here, and can be refunded again
    ├── an allocation                               → what was set aside is free again
    ├── a return                                    → the allocation has it again, taken from the fund
    ├── an expenditure, a supplier's refund         → the allocation has it again, or less of it; the fund, if it is closed
    ├── a conversion                                → the first fund has it again, the second loses it
    ├── a disbursement sent, acknowledged           → the allocation has it again; the child, if it had it, loses it
    ├── an adjustment                               → the amount is as it was
    └── a fund that nothing stands on               → is no fund any more

A deficit opens a discrepancy of the organisation that has it; money that comes in covers it first (R15).
"""

import pytest
from money import DOLLARS, DONOR, EARMARKED, FUND, INTEREST, PARTNER_FUND, SERVICES, charity_id, ends, told
from names import CHARITY, PARTNER_CHARITY, ZERO, ascii_word, digest, record_id
from reverts import plain, reverts

DEFICIT = 8
DID_NOT_OCCUR = 1
RATE, ADVICE = digest("rate"), digest("advice")


def opened(ledger, subject, organisation=CHARITY):
    """The quantity of the deficit's discrepancy, if it was opened."""
    discrepancies = ledger["Discrepancies"]
    found = discrepancies.discrepancyIdOf(DEFICIT, organisation, subject, 0)
    state, kind, about, line, quantity = discrepancies.discrepancyOf(found)[:5]
    return quantity if (state, kind, plain(about), line) == (1, DEFICIT, plain(subject), 0) else None


def test_reverse_record__none__refused(money):
    (gift,) = money.give(100)
    money.reverse(gift)
    for record in (charity_id("nothing"), gift):
        with reverts("RecordUnknown", record):
            money.reverse(record)


def test_reverse_record__dependents__refused_until_they_are_gone(fund_ledger, money):
    (gift,) = money.give(100)
    refunds = [money.refund(gift, 10) for _ in range(2)]
    adjusted = told(money.adjust(gift, 5), "RecordAdjusted")[0]
    with reverts("HasDependents", gift, 3):
        money.reverse(gift)
    with reverts("HasDependents", FUND, 4):
        money.reverse(FUND)
    for record in (adjusted, *reversed(refunds)):
        money.reverse(record)
    money.reverse(gift)
    assert money.totals() == {}


def test_reverse_record__donation__what_is_free_falls(ledger, money, corrector):
    gift, _ = money.give(100, 50)
    receipt = money.reverse(gift)
    assert told(receipt, "RecordReversed") == plain((gift, FUND, corrector.person_id, 100, 0))
    assert money.totals() == {"received": 50, "unallocated": 50}
    assert plain(ledger["FundLedger"].recordOf(gift))[1:3] == (129, 0)
    assert not ledger["FundLedger"].inEffect(gift)
    assert opened(ledger, gift) is None


def test_reverse_record__donation_that_was_spent__deficit_with_discrepancy(ledger, money, corrector):
    gift, _ = money.give(100, 50)
    money.allocate(120)
    receipt = money.reverse(gift)
    assert told(receipt, "RecordReversed") == plain((gift, FUND, corrector.person_id, 100, 70))
    assert money.totals() == {"received": 50, "deficit": 70, "allocatedUnspent": 120}
    assert opened(ledger, gift) == 70


def test_reverse_record__payment__promise_is_open_again(fund_ledger, clerk, money):
    pledge, payment = charity_id("pledge"), charity_id("payment")
    fund_ledger.recordPledge(pledge, FUND, 100, DONOR, ZERO, clerk.tx)
    fund_ledger.recordPayment(FUND, (payment, 60, DONOR, ZERO), pledge, clerk.tx)
    with reverts("HasDependents", pledge, 1):
        money.reverse(pledge)
    money.reverse(payment)
    assert fund_ledger.recordOf(pledge)[3] == 0
    money.reverse(pledge)
    assert money.totals() == {}


def test_reverse_record__commitment__pledge_is_open_again(fund_ledger, clerk, money):
    pledge, commitment = charity_id("pledge"), charity_id("commitment")
    fund_ledger.recordPledge(pledge, FUND, 100, DONOR, ZERO, clerk.tx)
    fund_ledger.recordCommitment(commitment, FUND, 60, pledge, DONOR, ZERO, clerk.tx)
    money.reverse(commitment)
    assert fund_ledger.recordOf(pledge)[3] == 0


def test_reverse_record__income__deficit(ledger, fund_ledger, clerk, money):
    fund_ledger.recordIncome(charity_id("interest"), FUND, INTEREST, 50, ZERO, ZERO, clerk.tx)
    money.allocate(50)
    money.reverse(charity_id("interest"))
    assert money.totals() == {"deficit": 50, "allocatedUnspent": 50}
    assert opened(ledger, charity_id("interest")) == 50


def test_reverse_record__refund__can_be_refunded_again(fund_ledger, money):
    (gift,) = money.give(100)
    refund = money.refund(gift, 100)
    money.reverse(refund)
    assert money.totals() == {"received": 100, "unallocated": 100}
    money.refund(gift, 100)


@pytest.mark.parametrize("ending", ["proposed", "approved", "closed", "cancelled"])
def test_reverse_record__allocation__free_again(fund_ledger, allocator, approver, money, ending):
    money.give(100)
    allocation = money.propose(60)
    if ending in ("approved", "closed"):
        fund_ledger.approveAllocation(allocation, approver.tx)
    if ending == "closed":
        fund_ledger.closeAllocation(allocation, allocator.tx)
    if ending == "cancelled":
        fund_ledger.cancelAllocation(allocation, allocator.tx)
    money.reverse(allocation)
    assert money.totals() == {"received": 100, "unallocated": 100}
    with reverts("RecordUnknown", allocation):
        fund_ledger.allocationOf(allocation)


def test_reverse_record__allocation_of_a_fund_in_deficit__covers_it(money):
    gift, _ = money.give(100, 50)
    allocation = money.allocate(120)
    money.reverse(gift)
    money.reverse(allocation)
    assert money.totals() == {"received": 50, "unallocated": 50}


def test_reverse_record__return__allocation_has_it_again(ledger, fund_ledger, allocator, money):
    money.give(100)
    allocation, returned = money.allocate(60), charity_id("return")
    fund_ledger.returnUnspent(returned, allocation, 25, allocator.tx)
    money.allocate(65)
    money.reverse(returned)
    assert money.totals() == {"received": 100, "deficit": 25, "allocatedUnspent": 125}
    assert opened(ledger, returned) == 25


def test_reverse_record__return_of_a_closed_allocation__nothing_moves(fund_ledger, allocator, money):
    money.give(100)
    allocation, returned = money.allocate(60), charity_id("return")
    fund_ledger.returnUnspent(returned, allocation, 25, allocator.tx)
    fund_ledger.closeAllocation(allocation, allocator.tx)
    assert told(money.reverse(returned), "RecordReversed")[4] == 0
    assert money.totals() == {"received": 100, "unallocated": 100}


@pytest.mark.parametrize("is_closed", [False, True])
def test_reverse_record__expenditure__can_be_spent_again(fund_ledger, allocator, money, is_closed):
    money.give(100)
    allocation = money.allocate(60)
    expenditure = money.spend(allocation, 45, SERVICES)
    if is_closed:
        fund_ledger.closeAllocation(allocation, allocator.tx)
    money.reverse(expenditure)
    expected = {"unallocated": 100} if is_closed else {"unallocated": 40, "allocatedUnspent": 60}
    assert money.totals() == {"received": 100} | expected


def test_reverse_record__supplier_refund_spent_meanwhile__from_the_fund(ledger, money):
    money.give(100)
    allocation = money.allocate(60)
    refund = money.take_back(money.spend(allocation, 60, SERVICES), 20)
    money.spend(allocation, 20, SERVICES)
    money.reverse(refund)
    assert money.totals() == {"received": 100, "unallocated": 20, "spentOnServices": 80}
    assert opened(ledger, refund) is None


def test_reverse_record__conversion__second_fund_loses_it(ledger, fund_ledger, allocator, money):
    money.give(100)
    conversion = charity_id("conversion")
    fund_ledger.recordConversion(conversion, FUND, DOLLARS, 70, 10, 20200129, RATE, ADVICE, allocator.tx)
    money.allocate(8, DOLLARS)
    with reverts("HasDependents", DOLLARS, 2):
        money.reverse(DOLLARS)
    assert told(money.reverse(conversion), "RecordReversed")[3:] == (70, 8)
    assert money.totals() == {"received": 100, "unallocated": 100}
    assert money.totals(DOLLARS) == {"deficit": 8, "allocatedUnspent": 8}
    assert opened(ledger, conversion) == 8


def test_reverse_record__disbursement_on_its_way__allocation_has_it_again(money):
    money.give(100)
    sent = money.send(money.allocate(60), 40)
    with reverts("HasDependents", PARTNER_FUND, 1):
        money.reverse(PARTNER_FUND)
    money.reverse(sent)
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 60}
    money.reverse(PARTNER_FUND)


@pytest.mark.parametrize("spent", [0, 30])
def test_reverse_record__disbursement_acknowledged__child_loses_it(ledger, fund_ledger, partner, money, spent):
    money.give(100)
    sent = money.send(money.allocate(60), 40)
    fund_ledger.acknowledgeDisbursement(sent, partner.tx)
    if spent:
        conversion, dong = (record_id(PARTNER_CHARITY, name) for name in ("conversion", "dong"))
        money.open(dong, "VND", actor="partner")
        fund_ledger.recordConversion(conversion, PARTNER_FUND, dong, spent, 9, 20200129, RATE, ADVICE, partner.tx)
    assert told(money.reverse(sent), "RecordReversed")[3:] == (40, spent)
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 60}
    assert money.totals(PARTNER_FUND) == ({"deficit": spent, "transferredOut": spent} if spent else {})
    assert opened(ledger, sent, PARTNER_CHARITY) == (spent or None)


def test_reverse_record__adjustment__amount_as_it_was(fund_ledger, money):
    (gift,) = money.give(100)
    adjustment = told(money.adjust(gift, -30), "RecordAdjusted")[0]
    money.reverse(adjustment)
    assert money.totals() == {"received": 100, "unallocated": 100}
    assert fund_ledger.recordOf(gift)[2] == 100
    with reverts("RecordUnknown", adjustment):
        money.reverse(adjustment)


def test_reverse_record__fund_alone__is_no_fund(fund_ledger, clerk, money):
    money.reverse(EARMARKED)
    assert not fund_ledger.inEffect(EARMARKED)
    assert money.totals(EARMARKED) == {}
    with reverts("RecordUnknown", EARMARKED):
        fund_ledger.recordPledge(charity_id("pledge"), EARMARKED, 1, DONOR, ZERO, clerk.tx)
    arguments = (EARMARKED, b"CNY", ends("720", "CN42"), digest("fund"))
    assert not fund_ledger.openFund(*arguments, clerk.tx).logs


def test_reverse_record__through_corrections__two_persons_newest_first(
    fund_ledger, corrections, corrector, correction_approver, money
):
    (gift,) = money.give(100)
    refund = money.refund(gift, 40)
    targets = {charity_id("correction", name): record for name, record in (("refund", refund), ("gift", gift))}
    declarations = [
        (one, ascii_word("FundLedger"), record, DID_NOT_OCCUR, ascii_word("typo", 16), ZERO, 0, 0, 0, digest("note"))
        for one, record in targets.items()
    ]
    corrections.declareErrors(declarations, corrector.tx)
    with reverts("LineRefused", 0, ("HasDependents", gift, 1)):
        corrections.approveCorrections(list(reversed(targets)), correction_approver.tx)
    corrections.approveCorrections(list(targets), correction_approver.tx)
    assert money.totals() == {}
