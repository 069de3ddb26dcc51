"""FundLedger.recordDonations (who may, ids, retries: behaviours)

├── when there is no such fund                             → RecordUnknown
├── when there are no lines, or more than 400              → BatchSizeOutOfRange
├── when a line is bad                                     → LineRefused with its index and its own error; nothing is recorded
│   ├── amount 0 or above 2^53-1                           → AmountOutOfRange
│   ├── the fund's total would pass 2^53-1                 → AmountOutOfRange with that total
│   ├── the id is another organisation's, or all zeros     → ForeignRecordId
│   └── the id has other content, fund or kind             → RecordConflict
└── when all are good
    ├── new                                                → one DonationRecorded each; received and unallocated grow
    ├── some recorded before, also in this very batch      → passed over
    ├── all recorded before, also by another, out of effect, or in a fund that is → nothing happens
    ├── the document is not that of the last new line      → DonationBatchRecorded before the first new line
    ├── the fund has a deficit                             → it is covered first
    └── cut into any batches                               → the same journal head (R24)

A record costs at most 27,400 gas in batches of 200, and a line passed over at most 5,000.
"""

import pytest
from brownie import web3
from money import DONOR, EARMARKED, FUND, charity_id, told
from names import AMOUNT_MAX, CHARITY, PARTNER_CHARITY, digest, record_id
from reverts import plain, reverts

LIST = digest("list")


def line(number, amount=100, text="gift"):
    return (charity_id("gift", number), amount, DONOR, digest(text))


def record(fund_ledger, actor, *lines, fund=FUND, document=LIST):
    return fund_ledger.recordDonations(fund, document, list(lines), actor.tx)


def test_record_donations__no_fund__refused(fund_ledger, clerk, money):
    (gift,) = money.give(1)
    for fund in (charity_id("no fund"), gift):
        with reverts("RecordUnknown", fund):
            record(fund_ledger, clerk, line(1), fund=fund)


@pytest.mark.parametrize("count", [0, 401])
def test_record_donations__batch_size__refused(fund_ledger, clerk, count):
    with reverts("BatchSizeOutOfRange", count, 400):
        record(fund_ledger, clerk, *map(line, range(count)))


@pytest.mark.parametrize("amount", [0, AMOUNT_MAX + 1, 2**64 - 1])
def test_record_donations__amount_out_of_range__line_refused(fund_ledger, clerk, money, amount):
    with reverts("LineRefused", 2, ("AmountOutOfRange", line(3)[0], amount)):
        record(fund_ledger, clerk, line(1), line(2), line(3, amount), line(4))
    assert money.totals() == {}


def test_record_donations__total_out_of_range__line_refused(fund_ledger, clerk, money):
    record(fund_ledger, clerk, line(1, AMOUNT_MAX - 10))
    with reverts("LineRefused", 1, ("AmountOutOfRange", line(3)[0], AMOUNT_MAX + 1)):
        record(fund_ledger, clerk, line(2, 10), line(3, 1))
    record(fund_ledger, clerk, line(2, 10))
    assert money.totals() == {"received": AMOUNT_MAX, "unallocated": AMOUNT_MAX}


@pytest.mark.parametrize("donation", [record_id(PARTNER_CHARITY, "gift"), f"0x{CHARITY:08x}" + "00" * 28])
def test_record_donations__no_id_of_the_charity__line_refused(fund_ledger, clerk, donation):
    with reverts("LineRefused", 1, ("ForeignRecordId", donation, CHARITY)):
        record(fund_ledger, clerk, line(1), (donation, 100, DONOR, digest("gift")))


def test_record_donations__other_content__line_refused(fund_ledger, clerk):
    record(fund_ledger, clerk, line(1))
    donation = line(1)[0]
    for other in (line(1, 101), line(1, text="other"), (donation, 100, digest("other donor"), digest("gift"))):
        with reverts("LineRefused", 1, ("RecordConflict", donation)):
            record(fund_ledger, clerk, line(2), other)
    with reverts("LineRefused", 0, ("RecordConflict", donation)):
        record(fund_ledger, clerk, line(1), fund=EARMARKED)
    with reverts("LineRefused", 0, ("RecordConflict", FUND)):
        record(fund_ledger, clerk, (FUND, 100, DONOR, digest("gift")))


def test_record_donations__good_lines__one_event_each(fund_ledger, clerk, money):
    receipt = record(fund_ledger, clerk, line(1, 100), line(2, 1))
    batch, *gifts = receipt.logs
    assert told(receipt, "DonationBatchRecorded") == plain((LIST, FUND, clerk.person_id))
    assert batch.logIndex == receipt.logs[0].logIndex
    found = [plain(tuple(event.values())) for event in receipt.events["DonationRecorded"]]
    assert found == [
        plain((line(n)[0], FUND, clerk.person_id, a, DONOR, digest("gift"))) for n, a in ((1, 100), (2, 1))
    ]
    assert len(gifts) == 2
    assert money.totals() == {"received": 101, "unallocated": 101}
    assert plain(fund_ledger.recordOf(line(1)[0])) == plain((2, 1, 100, 0, clerk.person_id, FUND))


def test_record_donations__some_recorded_before__passed_over(fund_ledger, clerk, importer, money):
    record(fund_ledger, clerk, line(1))
    receipt = record(fund_ledger, importer, line(1), line(2), line(2), line(1), line(3))
    assert len(receipt.events["DonationRecorded"]) == 2
    assert money.totals() == {"received": 300, "unallocated": 300}
    assert not record(fund_ledger, clerk, line(3), line(1), document=digest("another list")).logs


def test_record_donations__out_of_effect__still_passed_over(fund_ledger, clerk, money):
    other = money.open(charity_id("short-lived"))
    record(fund_ledger, clerk, line(1), fund=other)
    money.reverse(line(1)[0])
    assert not record(fund_ledger, clerk, line(1), fund=other).logs
    money.reverse(other)
    assert not record(fund_ledger, clerk, line(1), fund=other).logs
    with reverts("RecordUnknown", other):
        record(fund_ledger, clerk, line(1), line(2), fund=other)


def test_record_donations__another_document__told_once(fund_ledger, clerk):
    first, second = digest("first"), digest("second")
    cited = [
        "DonationBatchRecorded" in record(fund_ledger, clerk, *lines, document=document).events
        for document, lines in (
            (first, [line(1)]),
            (first, [line(2)]),
            (second, [line(1)]),  # nothing new: nothing to cite
            (first, [line(3)]),
            (second, [line(4)]),
            (first, [line(5)]),
        )
    ]
    assert cited == [True, False, False, False, True, True]


def test_record_donations__deficit__covered_first(fund_ledger, clerk, money):
    record(fund_ledger, clerk, line(1, 100))
    money.allocate(80)
    money.reverse(line(1)[0])
    assert money.totals() == {"deficit": 80, "allocatedUnspent": 80}
    record(fund_ledger, clerk, line(2, 50))
    assert money.totals() == {"received": 50, "deficit": 30, "allocatedUnspent": 80}
    record(fund_ledger, clerk, line(3, 50))
    assert money.totals() == {"received": 100, "unallocated": 20, "allocatedUnspent": 80}


def test_record_donations__any_batches__same_journal(fund_ledger, clerk, importer):
    lines = [line(n, n) for n in range(1, 13)]
    before = web3.provider.make_request("evm_snapshot", [])["result"]
    heads = set()
    for size in (1, 2, 5, 12):
        for start in range(0, 12, size):
            # Lines of the second half come from another document, wherever the batches are cut.
            for part, document in ((lines[:6], LIST), (lines[6:], digest("second"))):
                batch = [one for one in lines[start : start + size] if one in part]
                if batch:
                    record(fund_ledger, (clerk, importer)[size % 2], *batch, document=document)
        heads.add(plain(fund_ledger.journal()))
        web3.provider.make_request("evm_revert", [before])
        before = web3.provider.make_request("evm_snapshot", [])["result"]
    assert len(heads) == 1


def test_record_donations__two_hundred__gas_within_bounds(fund_ledger, clerk):
    record(fund_ledger, clerk, line(0), document=digest("first"))
    lines = [line(n, 100 + n, f"gift {n}") for n in range(1, 201)]
    assert record(fund_ledger, clerk, *lines).gas_used <= 200 * 27_400
    assert record(fund_ledger, clerk, *lines).gas_used <= 200 * 5_000
