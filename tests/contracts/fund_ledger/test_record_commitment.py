"""FundLedger.recordCommitment (who may, ids, retries: behaviours)

├── when there is no such fund                       → RecordUnknown
├── when the pledge is not one of the fund           → RecordUnknown
├── when it replaces no pledge                       → emits CommitmentRecorded; no total changes (R2)
└── when it replaces a pledge
    ├── and fits                                     → the pledge's open part shrinks
    ├── and is more than was pledged                 → is recorded: an agreement may be larger than the promise
    └── and all that cite the pledge pass 2^53-1     → AmountOutOfRange
"""

from money import DONOR, EARMARKED, FUND, charity_id, told
from names import AMOUNT_MAX, ZERO, digest
from reverts import plain, reverts

PLEDGE, COMMITMENT = charity_id("pledge"), charity_id("commitment")


def commit(fund_ledger, actor, amount, pledge=ZERO, commitment=COMMITMENT, fund=FUND):
    return fund_ledger.recordCommitment(commitment, fund, amount, pledge, DONOR, digest("agreement"), actor.tx)


def reduced(fund_ledger, record):
    return fund_ledger.recordOf(record)[3]


def test_record_commitment__no_fund__refused(fund_ledger, clerk):
    with reverts("RecordUnknown", charity_id("no fund")):
        commit(fund_ledger, clerk, 1, fund=charity_id("no fund"))


def test_record_commitment__pledge_to_another_fund__refused(fund_ledger, clerk):
    fund_ledger.recordPledge(PLEDGE, EARMARKED, 100, DONOR, ZERO, clerk.tx)
    with reverts("RecordUnknown", PLEDGE):
        commit(fund_ledger, clerk, 1, PLEDGE)


def test_record_commitment__no_pledge__refused_or_alone(fund_ledger, clerk, money):
    (gift,) = money.give(10)
    for record in (gift, charity_id("nothing")):
        with reverts("RecordUnknown", record):
            commit(fund_ledger, clerk, 1, record)
    receipt = commit(fund_ledger, clerk, 100)
    expected = plain((COMMITMENT, FUND, clerk.person_id, 100, ZERO, DONOR, digest("agreement")))
    assert told(receipt, "CommitmentRecorded") == expected
    assert money.totals() == {"received": 10, "unallocated": 10}


def test_record_commitment__of_a_pledge__its_open_part_shrinks(fund_ledger, clerk):
    fund_ledger.recordPledge(PLEDGE, FUND, 100, DONOR, ZERO, clerk.tx)
    commit(fund_ledger, clerk, 60, PLEDGE)
    assert reduced(fund_ledger, PLEDGE) == 60
    commit(fund_ledger, clerk, 70, PLEDGE, charity_id("second"))
    assert reduced(fund_ledger, PLEDGE) == 130
    assert plain(fund_ledger.recordOf(COMMITMENT)[5]) == plain(PLEDGE)


def test_record_commitment__more_than_can_be_counted__refused(fund_ledger, clerk):
    fund_ledger.recordPledge(PLEDGE, FUND, 100, DONOR, ZERO, clerk.tx)
    commit(fund_ledger, clerk, AMOUNT_MAX, PLEDGE)
    with reverts("AmountOutOfRange", PLEDGE, AMOUNT_MAX + 1):
        commit(fund_ledger, clerk, 1, PLEDGE, charity_id("second"))
