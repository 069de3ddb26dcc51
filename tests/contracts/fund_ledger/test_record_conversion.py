"""FundLedger.recordConversion (who may, ids, retries: behaviours)

├── when a fund is none                                  → RecordUnknown
├── when the second amount is out of range               → AmountOutOfRange
├── when the rate's date is no day                       → DateImpossible
├── when the rate's source or the evidence is missing    → ConversionUnproven, which tells the other
├── when the second fund is another organisation's       → ForeignRecordId
├── when both funds have one currency                    → CurrencyUnchanged
├── when the second fund's earmark leaves the first's    → EarmarkBroken
├── when the money is not free                           → FundInsufficient
└── when it is                                           → emits ConversionRecorded; money left one and arrived in the other
"""

import pytest
from money import DOLLARS, EARMARKED, FUND, PARTNER_FUND, charity_id, ends, told
from names import AMOUNT_MAX, CHARITY, ZERO, digest
from reverts import plain, reverts

CONVERSION = charity_id("conversion")
DAY, RATE, ADVICE = 20200129, digest("rate"), digest("advice")


def convert(
    fund_ledger,
    actor,
    source=FUND,
    target=DOLLARS,
    amount=70,
    to_amount=10,
    day=DAY,
    rate=RATE,
    advice=ADVICE,
):
    arguments = (CONVERSION, source, target, amount, to_amount, day, rate, advice)
    return fund_ledger.recordConversion(*arguments, actor.tx)


def test_record_conversion__no_fund__refused(fund_ledger, allocator):
    nothing = charity_id("nothing")
    for funds in ((nothing, DOLLARS), (FUND, nothing)):
        with reverts("RecordUnknown", nothing):
            convert(fund_ledger, allocator, *funds)


@pytest.mark.parametrize("amount", [0, AMOUNT_MAX + 1])
def test_record_conversion__amounts_out_of_range__refused(fund_ledger, allocator, money, amount):
    money.give(100)
    with reverts("AmountOutOfRange", CONVERSION, amount):
        convert(fund_ledger, allocator, to_amount=amount)
    with reverts("AmountOutOfRange", CONVERSION, amount):
        convert(fund_ledger, allocator, amount=amount)


@pytest.mark.parametrize("day", [0, 20200230, 20201301, 18991231])
def test_record_conversion__no_day__refused(fund_ledger, allocator, money, day):
    money.give(100)
    with reverts("DateImpossible", CONVERSION, day):
        convert(fund_ledger, allocator, day=day)


@pytest.mark.parametrize(
    ("rate", "advice"), [(ZERO, ADVICE), (RATE, ZERO), (ZERO, ZERO)], ids=["rate", "advice", "both"]
)
def test_record_conversion__no_rate_source_or_evidence__refused(fund_ledger, allocator, money, rate, advice):
    money.give(100)
    with reverts("ConversionUnproven", CONVERSION, rate, advice):
        convert(fund_ledger, allocator, rate=rate, advice=advice)


def test_record_conversion__another_organisations_fund__refused(fund_ledger, allocator, money):
    money.give(100)
    with reverts("ForeignRecordId", PARTNER_FUND, CHARITY):
        convert(fund_ledger, allocator, target=PARTNER_FUND)


def test_record_conversion__one_currency__refused(fund_ledger, allocator, money):
    money.give(100)
    for target in (EARMARKED, FUND):
        with reverts("CurrencyUnchanged", target, "0x" + b"CNY".hex()):
            convert(fund_ledger, allocator, target=target)


def test_record_conversion__earmark_left__refused(fund_ledger, allocator, money):
    money.give(100, fund=EARMARKED)
    with reverts("EarmarkBroken", EARMARKED, *ends()):
        convert(fund_ledger, allocator, source=EARMARKED)
    elsewhere = money.open(charity_id("elsewhere"), "USD", ends("720", "CN43"))
    with reverts("EarmarkBroken", EARMARKED, *ends("720", "CN43")):
        convert(fund_ledger, allocator, source=EARMARKED, target=elsewhere)
    kept = money.open(charity_id("kept"), "USD", ends("72010", "CN42"))
    convert(fund_ledger, allocator, source=EARMARKED, target=kept)


def test_record_conversion__not_free__refused(fund_ledger, allocator, money):
    money.give(100)
    money.allocate(31)
    with reverts("FundInsufficient", FUND, 70, 69):
        convert(fund_ledger, allocator)


def test_record_conversion__free__left_and_arrived(fund_ledger, allocator, money):
    money.give(100)
    receipt = convert(fund_ledger, allocator)
    expected = (CONVERSION, FUND, allocator.person_id, DOLLARS, 70, 10, DAY, RATE, ADVICE)
    assert told(receipt, "ConversionRecorded") == plain(expected)
    assert money.totals() == {"received": 100, "unallocated": 30, "transferredOut": 70}
    assert money.totals(DOLLARS) == {"transfersIn": 10, "unallocated": 10}


def test_record_conversion__total_out_of_range__refused(fund_ledger, allocator, money):
    money.give(100)
    money.give(AMOUNT_MAX - 10, fund=DOLLARS)
    with reverts("AmountOutOfRange", CONVERSION, AMOUNT_MAX + 1):
        convert(fund_ledger, allocator, to_amount=11)
    convert(fund_ledger, allocator, to_amount=10)
    assert money.totals(DOLLARS) == {"received": AMOUNT_MAX - 10, "transfersIn": 10, "unallocated": AMOUNT_MAX}
