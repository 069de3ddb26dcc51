"""FundLedger.acknowledgeDisbursement (who may, retries: behaviours)

├── when it is none, or out of effect                    → RecordUnknown
├── when the sender, who works there too, acknowledges   → SamePerson
├── given it was answered                                → DisbursementUnexpectedState
├── when the child's total would pass 2^53-1             → AmountOutOfRange
└── given it is sent                                     → emits DisbursementAcknowledged; the child fund has it
"""

from clock import pass_s
from money import FUND, PARTNER_FUND, charity_id, told
from names import AMOUNT_MAX, DAY_S, PARTNER_CHARITY, ZERO, ascii_word, digest, record_id
from reverts import plain, reverts

SENT, ACKNOWLEDGED, REJECTED = 1, 2, 3


def test_acknowledge_disbursement__none__refused(fund_ledger, partner, money):
    (gift,) = money.give(100)
    sent = money.send(money.allocate(60), 40)
    money.reverse(sent)
    for record in (charity_id("nothing"), gift, sent):
        with reverts("RecordUnknown", record):
            fund_ledger.acknowledgeDisbursement(record, partner.tx)


def test_acknowledge_disbursement__sender__refused(fund_ledger, participants, registrar, allocator, money):
    grant = (
        record_id(PARTNER_CHARITY, "grant"),
        allocator.person_id,
        PARTNER_CHARITY,
        ascii_word("INTAKE_CLERK"),
        ZERO,
    )
    participants.grantRoles([grant], registrar.tx)
    pass_s(DAY_S)
    money.give(100)
    sent = money.send(money.allocate(60), 40)
    with reverts("SamePerson", sent, allocator.person_id):
        fund_ledger.acknowledgeDisbursement(sent, allocator.tx)
    with reverts("SamePerson", sent, allocator.person_id):
        fund_ledger.rejectDisbursement(sent, digest("why"), allocator.tx)


def test_acknowledge_disbursement__answered__refused(fund_ledger, partner, money):
    money.give(100)
    rejected = money.send(money.allocate(60), 40)
    fund_ledger.rejectDisbursement(rejected, digest("why"), partner.tx)
    with reverts("DisbursementUnexpectedState", rejected, REJECTED, SENT):
        fund_ledger.acknowledgeDisbursement(rejected, partner.tx)


def test_acknowledge_disbursement__total_out_of_range__refused(fund_ledger, partner, money):
    money.give(100)
    money.give(AMOUNT_MAX - 5, fund=PARTNER_FUND, actor="partner")
    sent = money.send(money.allocate(60), 40)
    with reverts("AmountOutOfRange", sent, AMOUNT_MAX + 35):
        fund_ledger.acknowledgeDisbursement(sent, partner.tx)


def test_acknowledge_disbursement__sent__arrived(fund_ledger, partner, money):
    money.give(100)
    sent = money.send(money.allocate(60), 40)
    receipt = fund_ledger.acknowledgeDisbursement(sent, partner.tx)
    assert told(receipt, "DisbursementAcknowledged") == plain((sent, PARTNER_FUND, partner.person_id, 40))
    assert money.totals(FUND) == {"received": 100, "unallocated": 40, "allocatedUnspent": 20, "transferredOut": 40}
    assert money.totals(PARTNER_FUND) == {"transfersIn": 40, "unallocated": 40}
    money.reverse(sent)
    assert not fund_ledger.acknowledgeDisbursement(sent, partner.tx).logs
