"""FundLedger.recordPledge (who may, ids, retries: behaviours)

├── when there is no such fund            → RecordUnknown
├── when the amount is out of range       → AmountOutOfRange
└── when it is within                     → emits PledgeRecorded; no total changes (R2)
"""

import pytest
from money import DONOR, FUND, charity_id, told
from names import AMOUNT_MAX, ZERO, digest
from reverts import plain, reverts

PLEDGE = charity_id("pledge")


def test_record_pledge__no_fund__refused(fund_ledger, clerk):
    with reverts("RecordUnknown", charity_id("no fund")):
        fund_ledger.recordPledge(PLEDGE, charity_id("no fund"), 1, DONOR, ZERO, clerk.tx)


@pytest.mark.parametrize("amount", [0, AMOUNT_MAX + 1, 2**64 - 1])
def test_record_pledge__amount_out_of_range__refused(fund_ledger, clerk, amount):
    with reverts("AmountOutOfRange", PLEDGE, amount):
        fund_ledger.recordPledge(PLEDGE, FUND, amount, DONOR, ZERO, clerk.tx)


@pytest.mark.parametrize("amount", [1, AMOUNT_MAX])
def test_record_pledge__within_range__counts_in_no_total(fund_ledger, clerk, money, amount):
    receipt = fund_ledger.recordPledge(PLEDGE, FUND, amount, DONOR, digest("promise"), clerk.tx)
    expected = plain((PLEDGE, FUND, clerk.person_id, amount, DONOR, digest("promise")))
    assert told(receipt, "PledgeRecorded") == expected
    assert money.totals() == {}
    assert plain(fund_ledger.recordOf(PLEDGE)) == plain((3, 1, amount, 0, clerk.person_id, FUND))
