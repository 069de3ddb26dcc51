"""SupplyLedger.recordDonationsInKind

├── when the caller is no intake clerk or importer                → MissingRole (behaviours/)
├── given the facility is not in a catalogue                      → RecordUnknown
├── given no donation (too many: test_largest_calls)              → BatchSizeOutOfRange
├── given an invalid line                                         → LineRefused with its index and
│   ├── the donation's or a lot's id is another organisation's    → ForeignRecordId
│   ├── the donation was recorded with other content              → RecordConflict
│   ├── a lot's id was used before                                → RecordConflict
│   ├── a quantity is zero or too large                           → AmountOutOfRange
│   ├── a lot of a gift has a cost                                → AmountOutOfRange
│   ├── the item is not in a catalogue                            → RecordUnknown
│   ├── the item or the donor is of an exercise                   → ExerciseMixed
│   └── the last day is none                                      → DateImpossible
├── given a donation without lots                                 → emits DonationInKindRecorded alone (R8)
├── given one with lots and an earmark                            → emits LotCommissioned too; the lots are usable and earmarked
└── given it was recorded before, by anybody                      → nothing changes, even when its lots have moved on
"""

import pytest
from goods import IN_KIND, NO_CODE, donation, line, lot_id, no_record, tried
from names import (
    AMOUNT_MAX,
    CHARITY,
    EXERCISE,
    EXERCISE_MASKS,
    GOWNS,
    MASKS,
    PARTNER_CHARITY,
    STORE,
    ZERO,
    ascii_word,
    digest,
    record_id,
)
from reverts import reverts

PURPOSE, PLACE = ascii_word("72010", 16), ascii_word("CN420100", 16)
UNKNOWN = record_id(CHARITY, "unknown")
FOREIGN = record_id(PARTNER_CHARITY, "lot", "a")


def test_record_donations_in_kind__facility_unknown__refused(supply_ledger, clerk):
    with reverts("RecordUnknown", UNKNOWN):
        supply_ledger.recordDonationsInKind(UNKNOWN, [donation("a")], clerk.tx)


def test_record_donations_in_kind__no_donation__refused(supply_ledger, clerk):
    with reverts("BatchSizeOutOfRange", 0, 75):
        supply_ledger.recordDonationsInKind(STORE, [], clerk.tx)


REFUSED = {
    "donation of another organisation": (
        (FOREIGN, ZERO, 0, NO_CODE, NO_CODE, ZERO, []),
        ("ForeignRecordId", FOREIGN, CHARITY),
    ),
    "lot of another organisation": (
        donation("b", (FOREIGN, MASKS, 1, 0, 0, ZERO)),
        ("ForeignRecordId", FOREIGN, CHARITY),
    ),
    "other content": (donation("a", line("a", 101)), ("RecordConflict", donation("a")[0])),
    "lot known": (donation("b", line("a")), ("RecordConflict", lot_id("a"))),
    "lot twice": (donation("b", line("b"), line("b")), ("RecordConflict", lot_id("b"))),
    "quantity zero": (donation("b", line("b", 0)), ("AmountOutOfRange", lot_id("b"), 0)),
    "quantity too large": (donation("b", line("b", AMOUNT_MAX + 1)), ("AmountOutOfRange", lot_id("b"), AMOUNT_MAX + 1)),
    "cost": (donation("b", line("b", cost=1)), ("AmountOutOfRange", lot_id("b"), 1)),
    "item unknown": (donation("b", line("b", item=UNKNOWN)), ("RecordUnknown", UNKNOWN)),
    "item of an exercise": (
        donation("b", line("b", item=EXERCISE_MASKS)),
        ("ExerciseMixed", lot_id("b"), EXERCISE_MASKS),
    ),
    "donor of an exercise": (
        donation("b", donor=EXERCISE),
        ("ExerciseMixed", donation("b")[0], f"0x{EXERCISE:08x}" + "00" * 28),
    ),
    "no day": (donation("b", line("b", expiry=20230229)), ("DateImpossible", lot_id("b"), 20230229)),
}


@pytest.mark.parametrize("case", REFUSED)
def test_record_donations_in_kind__invalid_line__refused_with_its_index(case, supply_ledger, clerk, goods):
    goods.given("a")
    bad, reason = REFUSED[case]
    with reverts("LineRefused", 1, reason):
        supply_ledger.recordDonationsInKind(STORE, [donation("c", line("c")), bad], clerk.tx)


@pytest.mark.parametrize("day", [20230229, 21000229, 20240431, 20241301, 20240001, 20240100, 20240132, 18991231, 20240])
def test_record_donations_in_kind__no_day_of_the_calendar__refused(day, supply_ledger, clerk):
    with reverts("LineRefused", 0, ("DateImpossible", lot_id("a"), day)):
        supply_ledger.recordDonationsInKind(STORE, [donation("a", line("a", expiry=day))], clerk.tx)


@pytest.mark.parametrize("day", [20240229, 24000229, 20241231, 99991231])
def test_record_donations_in_kind__day_of_the_calendar__recorded(day, supply_ledger, clerk):
    supply_ledger.recordDonationsInKind(STORE, [donation("a", line("a", expiry=day))], clerk.tx)
    assert supply_ledger.lotOf(lot_id("a"))[3] == day


def test_record_donations_in_kind__without_lots__donation_alone(supply_ledger, importer):
    receipt = supply_ledger.recordDonationsInKind(STORE, [donation("a")], importer.tx)
    event = receipt.events["DonationInKindRecorded"]
    assert len(receipt.logs) == 1
    assert (event["donationId"], event["facilityId"], event["actorId"]) == (donation("a")[0], STORE, importer.person_id)
    assert tuple(supply_ledger.donationOf(donation("a")[0])) == (STORE, 0, ZERO)


def test_record_donations_in_kind__with_lots_and_earmark__lots_usable_and_earmarked(supply_ledger, clerk, goods):
    gift = donation("a", line("a", 36_000, expiry=20240229), line("b", 5, item=GOWNS), purpose=PURPOSE, place=PLACE)
    receipt = supply_ledger.recordDonationsInKind(STORE, [gift], clerk.tx)

    event = dict(receipt.events["LotCommissioned"][0])
    assert event == {
        "lotId": lot_id("a"),
        "sourceId": gift[0],
        "actorId": clerk.person_id,
        "origin": IN_KIND,
        "itemId": MASKS,
        "facilityId": STORE,
        "quantity": 36_000,
        "costMinor": 0,
        "purpose": PURPOSE,
        "place": PLACE,
        "expiryDate": 20240229,
        "quarantined": False,
        "contentDigest": digest("a"),
    }
    assert goods.quantities(lot_id("a")) == {"commissioned": 36_000, "usable": 36_000}
    assert goods.at(lot_id("b")) == (5, 0, 0)
    assert tuple(supply_ledger.lotOf(lot_id("b"))) == (IN_KIND, GOWNS, gift[0], 0, False, PURPOSE, PLACE)
    assert supply_ledger.inEffect(gift[0]) and supply_ledger.inEffect(lot_id("a"))


def test_record_donations_in_kind__again_by_another_after_lot_moved_on__nothing_changes(
    supply_ledger, importer, dispatcher, goods
):
    lot = goods.given("a", 10)
    goods.released("Distribution", record_id(CHARITY, "d"), lot, 10)
    receipt = supply_ledger.recordDonationsInKind(STORE, [donation("a", line("a", 10))], importer.tx)
    assert no_record(receipt)
    assert goods.quantities(lot) == {"commissioned": 10, "distributed": 10}


def test_record_donations_in_kind__one_by_one__same_head_as_in_a_batch(supply_ledger, clerk):
    gifts = [donation(str(i), line(str(i))) for i in range(5)]
    with tried(supply_ledger.recordDonationsInKind, (STORE, gifts), clerk):
        whole = tuple(supply_ledger.journal())
    for gift in gifts:
        supply_ledger.recordDonationsInKind(STORE, [gift], clerk.tx)
    assert tuple(supply_ledger.journal()) == whole


def test_record_donations_in_kind__with_a_lot_each__one_call_of_known_cost(supply_ledger, clerk):
    gifts = [donation(str(i), line(str(i))) for i in range(37)]
    receipt = supply_ledger.recordDonationsInKind(STORE, gifts, clerk.tx)
    assert receipt.gas_used / 37 <= 170_000
