"""FundLedger.openFund (who may, ids, retries: behaviours)

├── when the currency is not three capital letters   → CurrencyMalformed
└── when it is
    ├── without an earmark                           → emits FundOpened; all totals are zero
    └── with one                                     → fundOf tells it
"""

import pytest
from money import FUND, charity_id, ends, told
from names import ZERO, digest
from reverts import plain, reverts

NEW = charity_id("new fund")


@pytest.mark.parametrize("currency", [b"cny", b"CN1", b"CN\0", b"\0\0\0", b"CN ", b"\xffNY"])
def test_open_fund__no_currency__refused(fund_ledger, clerk, currency):
    with reverts("CurrencyMalformed", NEW, "0x" + currency.hex()):
        fund_ledger.openFund(NEW, currency, ends(), digest("fund"), clerk.tx)


def test_open_fund__no_earmark__empty(fund_ledger, clerk, money):
    receipt = fund_ledger.openFund(NEW, b"VND", ends(), digest("fund"), clerk.tx)
    expected = plain((NEW, ZERO, clerk.person_id, "0x" + b"VND".hex(), *ends(), digest("fund")))
    assert told(receipt, "FundOpened") == expected
    assert money.totals(NEW) == {}


def test_open_fund__earmark__told(fund_ledger, importer):
    fund_ledger.openFund(NEW, b"CNY", ends("72010", "CN4201"), digest("fund"), importer.tx)
    assert plain(fund_ledger.fundOf(NEW)) == ("0x" + b"CNY".hex(), plain(ends("72010", "CN4201")))


def test_fund_of__no_fund__refused(fund_ledger, money):
    (gift,) = money.give(10, fund=FUND)
    for record in (NEW, gift):
        with reverts("RecordUnknown", record):
            fund_ledger.fundOf(record)
        with reverts("RecordUnknown", record):
            fund_ledger.totalsOf(record)
