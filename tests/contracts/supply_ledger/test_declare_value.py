"""SupplyLedger.declareValue

├── when the caller is no inspector or importer         → MissingRole (behaviours/)
├── when the caller is one of the donor's own people    → ValuerIsDonor
├── given the donation is unknown or out of effect      → RecordUnknown
├── given it has a value                                → ValueAlreadyDeclared
├── given the currency, the value or the day is wrong   → CurrencyUnknown, AmountOutOfRange, DateImpossible
└── given a gift without a value                        → emits ValueDeclared; no lot changes (R8)
"""

import pytest
from goods import NO_CONTENT, donation, line
from names import CHARITY, PARTNER_CHARITY, STORE, ascii_word, record_id
from reverts import reverts

GIFT = donation("a")[0]
VALUATION, OTHER = record_id(CHARITY, "valuation"), record_id(CHARITY, "other valuation")
MARKET = ascii_word("market", 16)


def declared(value: int = 9_000_00, currency: bytes = b"CNY", date: int = 20200129, valuation: str = VALUATION):
    return (valuation, GIFT, "0x" + currency.hex(), value, MARKET, date, NO_CONTENT)


def test_declare_value__gift_without_a_value__declared_and_no_lot_changes(supply_ledger, inspector, goods):
    lot = goods.given("a", 36_000)
    receipt = supply_ledger.declareValue(*declared(), inspector.tx)
    event = receipt.events["ValueDeclared"]
    assert (event["valuationId"], event["donationId"], event["valueMinor"]) == (VALUATION, GIFT, 9_000_00)
    assert supply_ledger.donationOf(GIFT)[2] == VALUATION
    assert goods.quantities(lot) == {"commissioned": 36_000, "usable": 36_000}


def test_declare_value__donors_own_person__valuer_is_donor(supply_ledger, clerk, inspector, goods):
    supply_ledger.recordDonationsInKind(STORE, [donation("a", line("a"), donor=CHARITY)], clerk.tx)
    with reverts("ValuerIsDonor", GIFT, inspector.person_id):
        supply_ledger.declareValue(*declared(), inspector.tx)


def test_declare_value__donor_is_another_organisation_of_the_ledger__declared(supply_ledger, clerk, inspector):
    supply_ledger.recordDonationsInKind(STORE, [donation("a", donor=PARTNER_CHARITY)], clerk.tx)
    assert supply_ledger.declareValue(*declared(), inspector.tx).logs


def test_declare_value__donation_unknown__refused(supply_ledger, inspector):
    with reverts("RecordUnknown", GIFT):
        supply_ledger.declareValue(*declared(), inspector.tx)


def test_declare_value__second_value__refused_until_the_first_is_corrected_away(supply_ledger, inspector, goods):
    goods.given("a")
    supply_ledger.declareValue(*declared(), inspector.tx)
    with reverts("ValueAlreadyDeclared", GIFT, VALUATION):
        supply_ledger.declareValue(*declared(value=1, valuation=OTHER), inspector.tx)
    goods.reverse("SupplyLedger", VALUATION)
    supply_ledger.declareValue(*declared(value=1, valuation=OTHER), inspector.tx)
    assert supply_ledger.donationOf(GIFT)[2] == OTHER


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (declared(currency=b"cny"), ("CurrencyUnknown", VALUATION, "0x" + b"cny".hex())),
        (declared(value=0), ("AmountOutOfRange", VALUATION, 0)),
        (declared(value=2**53), ("AmountOutOfRange", VALUATION, 2**53)),
        (declared(date=20200230), ("DateImpossible", VALUATION, 20200230)),
    ],
)
def test_declare_value__wrong_content__refused(arguments, error, supply_ledger, inspector, goods):
    goods.given("a")
    with reverts(*error):
        supply_ledger.declareValue(*arguments, inspector.tx)
