"""Corrections.approveCorrections of a disbursement: once acknowledged, only the receiver's organisation takes it back (R4)

├── given it was acknowledged
│   ├── by the approver of the sender's organisation           → MissingRole in the receiver's
│   │   └── as a later line of a batch                         → LineRefused(MissingRole)
│   ├── by the approver of the receiver's                      → emits ErrorDeclared; the allocation has it again
│   │   └── sent again                                         → nothing changes
│   ├── proposed before it was                                 → likewise
│   └── of words                                               → by the approver of the sender's, as all others
└── given it was sent, or rejected                             → by the approver of the sender's
"""

import pytest
from money import FUND, PARTNER_FUND, charity_id
from names import CHARITY, PARTNER_CHARITY, ZERO, ascii_word, digest
from reverts import reverts

WORDS, DID_NOT_OCCUR = range(2)
CORRECTION, SECOND = charity_id("correction"), charity_id("correction", 2)
APPROVED = 2


@pytest.fixture
def sent(money):
    """A disbursement that waits for its answer."""
    money.give(100)
    return money.send(money.allocate(60), 40)


@pytest.fixture
def declare(corrections, corrector):
    def make(record, reason=DID_NOT_OCCUR, correction=CORRECTION):
        ends = (ascii_word("typo", 16), ZERO, 0, 0, 0, digest("note"))
        corrections.declareErrors([(correction, ascii_word("FundLedger"), record, reason, *ends)], corrector.tx)

    return make


def refusal(actor):
    return ("MissingRole", actor.account, PARTNER_CHARITY, ascii_word("CORRECTION_APPROVER"), ZERO)


def test_receivers_word__acknowledged__sender_alone_refused(
    fund_ledger, corrections, correction_approver, partner, money, sent, declare
):
    fund_ledger.acknowledgeDisbursement(sent, partner.tx)
    declare(sent)
    with reverts(*refusal(correction_approver)):
        corrections.approveCorrections([CORRECTION], correction_approver.tx)
    (gift,) = money.give(7)
    declare(gift, correction=SECOND)
    with reverts("LineRefused", 1, refusal(correction_approver)):
        corrections.approveCorrections([SECOND, CORRECTION], correction_approver.tx)
    assert money.totals(PARTNER_FUND) == {"transfersIn": 40, "unallocated": 40}


def test_receivers_word__acknowledged__receiver_takes_it_back_once(
    fund_ledger, corrections, partner, money, sent, declare
):
    fund_ledger.acknowledgeDisbursement(sent, partner.tx)
    declare(sent)
    assert fund_ledger.approvingOrganisationOf(sent) == PARTNER_CHARITY
    assert corrections.approveCorrections([CORRECTION], partner.tx).events["RecordReversed"]["recordId"] == sent
    assert not corrections.approveCorrections([CORRECTION], partner.tx).logs
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 60}
    assert money.totals(PARTNER_FUND) == {}


def test_receivers_word__acknowledged_after_the_proposal__receivers_word_needed(
    fund_ledger, corrections, correction_approver, partner, sent, declare
):
    declare(sent)
    fund_ledger.acknowledgeDisbursement(sent, partner.tx)
    with reverts(*refusal(correction_approver)):
        corrections.approveCorrections([CORRECTION], correction_approver.tx)
    corrections.approveCorrections([CORRECTION], partner.tx)
    assert not fund_ledger.inEffect(sent)


def test_receivers_word__words_of_an_acknowledged_one__sender_approves(
    fund_ledger, corrections, correction_approver, partner, sent, declare
):
    fund_ledger.acknowledgeDisbursement(sent, partner.tx)
    declare(sent, WORDS)
    corrections.approveCorrections([CORRECTION], correction_approver.tx)
    assert corrections.correctionOf(CORRECTION)[0] == APPROVED


@pytest.mark.parametrize("is_rejected", [False, True])
def test_receivers_word__not_acknowledged__sender_approves(
    fund_ledger, corrections, correction_approver, partner, money, sent, declare, is_rejected
):
    if is_rejected:
        fund_ledger.rejectDisbursement(sent, digest("why"), partner.tx)
    assert fund_ledger.approvingOrganisationOf(sent) == fund_ledger.approvingOrganisationOf(FUND) == CHARITY
    declare(sent)
    corrections.approveCorrections([CORRECTION], correction_approver.tx)
    assert money.totals() == {"received": 100, "unallocated": 40, "allocatedUnspent": 60}
