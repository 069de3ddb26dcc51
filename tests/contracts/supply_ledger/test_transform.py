"""SupplyLedger.transform

├── when the caller is no dispatcher                        → MissingRole (behaviours/)
├── given no evidence                                       → EvidenceMissing
├── given an input
│   ├── is unknown or out of effect                         → RecordUnknown
│   ├── is recalled, or its last day has passed             → LotRecalledError, LotExpired
│   ├── has not so much free there                          → StockInsufficient
│   └── has another earmark than the others                 → EarmarksMixed
├── given an output
│   ├── keeps longer than an input                          → ExpiryExtended
│   ├── has a cost, or an id that was used                  → AmountOutOfRange, RecordConflict
│   └── has no last day                                     → it has the earliest of the inputs
├── given 1 box made into 40 pieces                         → emits Transformed and LotCommissioned
└── given it was recorded before, by anybody                → nothing changes
"""

from goods import NO_CODE, NO_CONTENT, TRANSFORMED, line, lot_id, no_record
from names import CHARITY, GOWNS, STORE, ZERO, ascii_word, record_id
from reverts import reverts

REPACKING, OTHER = record_id(CHARITY, "repacking"), record_id(CHARITY, "other repacking")
PLACE, OTHER_PLACE = ascii_word("CN420100", 16), ascii_word("CN420200", 16)


def repack(supply_ledger, actor, inputs, outputs, transformation: str = REPACKING):
    return supply_ledger.transform(transformation, STORE, inputs, outputs, NO_CONTENT, actor.tx)


def test_transform__one_box_into_forty_pieces__new_lot(supply_ledger, dispatcher, goods):
    box = goods.given("box", 3, place=PLACE)
    receipt = repack(supply_ledger, dispatcher, [(box, 1)], [line("pieces", 40, item=GOWNS)])

    assert [tuple(part) for part in receipt.events["Transformed"]["inputs"]] == [(box, 1)]
    assert [tuple(part) for part in receipt.events["Transformed"]["outputs"]] == [(lot_id("pieces"), 40)]
    event = receipt.events["LotCommissioned"]
    assert (event["sourceId"], event["origin"], event["place"]) == (REPACKING, TRANSFORMED, PLACE)
    assert goods.quantities(box) == {"commissioned": 3, "usable": 2, "transformedOut": 1}
    assert goods.quantities(lot_id("pieces")) == {"transformedIn": 40, "usable": 40}
    assert tuple(supply_ledger.madeOf(box, 0, 10)[0]) == (lot_id("pieces"),)


def test_transform__again_by_another__nothing_changes(supply_ledger, dispatcher, allrounder, goods):
    box = goods.given("box", 3)
    repack(supply_ledger, dispatcher, [(box, 1)], [line("pieces", 40)])
    assert no_record(repack(supply_ledger, allrounder, [(box, 1)], [line("pieces", 40)]))


def test_transform__other_content__refused(supply_ledger, dispatcher, goods):
    box = goods.given("box", 3)
    repack(supply_ledger, dispatcher, [(box, 1)], [line("pieces", 40)])
    with reverts("RecordConflict", REPACKING):
        repack(supply_ledger, dispatcher, [(box, 1)], [line("pieces", 41)])


def test_transform__without_evidence__refused(supply_ledger, dispatcher, goods):
    box = goods.given("box", 3)
    with reverts("EvidenceMissing", REPACKING):
        supply_ledger.transform(REPACKING, STORE, [(box, 1)], [line("pieces", 40)], ZERO, dispatcher.tx)


def test_transform__input_unknown__refused(supply_ledger, dispatcher):
    with reverts("RecordUnknown", lot_id("a")):
        repack(supply_ledger, dispatcher, [(lot_id("a"), 1)], [line("b")])


def test_transform__input_set_aside_for_somebody__refused(supply_ledger, dispatcher, goods):
    box = goods.given("box", 3)
    goods.reserved(box, 2)
    with reverts("StockInsufficient", box, STORE, 2, 1):
        repack(supply_ledger, dispatcher, [(box, 2)], [line("b")])


def test_transform__same_input_twice_and_too_much__refused(supply_ledger, dispatcher, goods):
    box = goods.given("box", 3)
    with reverts("StockInsufficient", box, STORE, 2, 1):
        repack(supply_ledger, dispatcher, [(box, 2), (box, 2)], [line("b")])


def test_transform__input_recalled__refused(supply_ledger, dispatcher, goods):
    box = goods.given("box")
    supply_ledger.markRecalled(box, True, goods.part("StockLedger"))
    with reverts("LotRecalledError", box):
        repack(supply_ledger, dispatcher, [(box, 1)], [line("b")])


def test_transform__input_expired__refused(supply_ledger, dispatcher, goods):
    box = goods.given("box", expiry=20200101)
    with reverts("LotExpired", box, 20200101):
        repack(supply_ledger, dispatcher, [(box, 1)], [line("b")])


def test_transform__inputs_with_different_earmarks__refused(supply_ledger, dispatcher, goods):
    first, second = goods.given("a", place=PLACE), goods.given("b", place=OTHER_PLACE)
    with reverts("EarmarksMixed", REPACKING, second):
        repack(supply_ledger, dispatcher, [(first, 1), (second, 1)], [line("c")])


def test_transform__output_keeps_longer_than_an_input__refused(supply_ledger, dispatcher, goods):
    first, second = goods.given("a", expiry=29990101), goods.given("b", expiry=29980101)
    with reverts("ExpiryExtended", lot_id("c"), 29980102, 29980101):
        repack(supply_ledger, dispatcher, [(first, 1), (second, 1)], [line("c", expiry=29980102)])


def test_transform__output_without_last_day__earliest_of_the_inputs(supply_ledger, dispatcher, goods):
    first, second, third = goods.given("a", expiry=29990101), goods.given("b", expiry=29980101), goods.given("c")
    receipt = repack(supply_ledger, dispatcher, [(first, 1), (second, 1), (third, 1)], [line("d", 1)])
    assert receipt.events["LotCommissioned"]["expiryDate"] == 29980101
    assert supply_ledger.lotOf(lot_id("d"))[3] == 29980101
    assert supply_ledger.lotOf(lot_id("d"))[5] == NO_CODE


def test_transform__output_with_a_cost__refused(supply_ledger, dispatcher, goods):
    box = goods.given("box")
    with reverts("AmountOutOfRange", lot_id("c"), 5):
        repack(supply_ledger, dispatcher, [(box, 1)], [line("c", cost=5)])


def test_transform__output_id_used__refused(supply_ledger, dispatcher, goods):
    box = goods.given("box")
    with reverts("RecordConflict", box):
        repack(supply_ledger, dispatcher, [(box, 1)], [line("box")])
