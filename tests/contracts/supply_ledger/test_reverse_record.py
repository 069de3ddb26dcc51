"""SupplyLedger.reverseRecord

├── when the caller is not Corrections                  → NotPart (behaviours/)
├── given no such record                                → RecordUnknown
├── given records stand on it                           → HasDependents with how many
│   ├── a donation with lots or a value
│   ├── a lot that was moved, set aside, dispatched, adjusted or made into others
│   └── a transformation with its outputs
├── given a lot nobody touched                          → out of effect, nothing left; its id stays taken
├── given a transformation without its outputs          → the inputs are usable again
├── given a found lot                                   → NotCorrectable
└── given it is out of effect                           → RecordUnknown
    └── and the same approval is sent again             → nothing changes
"""

from goods import DID_NOT_OCCUR, NO_CONTENT, donation, line, lot_id, no_record
from names import CHARITY, STORE, ZERO, ascii_word, record_id
from reverts import reverts

GIFT, REPACKING = donation("a")[0], record_id(CHARITY, "repacking")


def test_reverse_record__unknown__refused(goods):
    with reverts("RecordUnknown", lot_id("a")):
        goods.reverse("SupplyLedger", lot_id("a"))


def test_reverse_record__donation_with_lots_and_value__has_dependents_until_they_are_gone(goods, inspector):
    lot = goods.given("a")
    valuation = record_id(CHARITY, "valuation")
    goods.supply.declareValue(
        valuation, GIFT, "0x" + b"CNY".hex(), 1, ascii_word("market", 16), 0, NO_CONTENT, inspector.tx
    )
    for record, dependents in ((valuation, 2), (lot, 1)):
        with reverts("HasDependents", GIFT, dependents):
            goods.reverse("SupplyLedger", GIFT)
        goods.reverse("SupplyLedger", record)
    event = goods.reverse("SupplyLedger", GIFT).events["RecordReversed"]
    assert dict(event) == {"recordId": GIFT, "ref": STORE, "actorId": 18, "quantity": 0, "shortage": 0}
    assert not goods.supply.inEffect(GIFT)


def test_reverse_record__lot_untouched__nothing_left(goods):
    lot = goods.given("a", 100)
    event = goods.reverse("SupplyLedger", lot).events["RecordReversed"]
    assert dict(event) == {"recordId": lot, "ref": GIFT, "actorId": 18, "quantity": 100, "shortage": 0}
    assert goods.quantities(lot) == {}


def test_reverse_record__declared_twice__second_approval_refused_and_the_first_may_be_sent_again(
    goods, corrections, corrector, correction_approver
):
    lot = goods.given("a", 100)
    first, second = (record_id(CHARITY, "correction", n) for n in (1, 2))
    corrections.declareErrors(
        [
            (
                one,
                ascii_word("SupplyLedger"),
                lot,
                DID_NOT_OCCUR,
                ascii_word("typing-error", 16),
                ZERO,
                0,
                0,
                0,
                NO_CONTENT,
            )
            for one in (first, second)
        ],
        corrector.tx,
    )
    corrections.approveCorrections([first], correction_approver.tx)
    with reverts("LineRefused", 0, ("RecordUnknown", lot)):
        corrections.approveCorrections([second], correction_approver.tx)
    assert no_record(corrections.approveCorrections([first], correction_approver.tx))
    with reverts("RecordUnknown", lot):
        goods.reverse("SupplyLedger", lot)


def test_reverse_record__its_id_again__conflict(goods, clerk):
    lot = goods.given("a", 100)
    goods.reverse("SupplyLedger", lot)
    with reverts("LineRefused", 0, ("RecordConflict", lot)):
        goods.supply.recordDonationsInKind(STORE, [donation("b", line("a"))], clerk.tx)


def test_reverse_record__lot_set_aside_dispatched_and_moved__has_dependents(goods, inspector):
    lot = goods.given("a", 100)
    goods.reserved(lot, 10)
    goods.supply.ship(lot, STORE, 10, False, goods.part("ConsignmentLedger"))
    goods.stock.quarantine(record_id(CHARITY, "q"), lot, STORE, 1, NO_CONTENT, inspector.tx)
    with reverts("HasDependents", lot, 3):
        goods.reverse("SupplyLedger", lot)


def test_reverse_record__adjusted_lot__has_dependents(goods):
    lot = goods.given("a", 100)
    goods.adjust("SupplyLedger", lot, 1)
    with reverts("HasDependents", lot, 1):
        goods.reverse("SupplyLedger", lot)


def test_reverse_record__transformation__newest_first(goods):
    box = goods.given("box", 3)
    pieces = goods.made("repacking", line("pieces", 40), (box, 2))
    with reverts("HasDependents", box, 1):
        goods.reverse("SupplyLedger", box)
    with reverts("HasDependents", REPACKING, 1):
        goods.reverse("SupplyLedger", REPACKING)
    goods.reverse("SupplyLedger", pieces)
    goods.reverse("SupplyLedger", REPACKING)
    assert goods.quantities(box) == {"commissioned": 3, "usable": 3}
    assert goods.quantities(pieces) == {}
    goods.reverse("SupplyLedger", box)
