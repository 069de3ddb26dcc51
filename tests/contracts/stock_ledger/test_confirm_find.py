"""StockLedger.proposeFind, confirmFind

├── when the caller may not                             → MissingRole (behaviours/)
├── propose
│   ├── given the facility is unknown                   → RecordUnknown
│   ├── given a known lot of another item               → ItemMismatch
│   ├── given a known lot out of effect                 → RecordUnknown
│   └── given a new lot's id of another organisation    → ForeignRecordId
└── confirm
    ├── by who proposed it, from another account        → SamePerson
    ├── given a new lot                                 → it begins, usable; a discrepancy (R12)
    ├── given a known lot                               → more of it is usable
    ├── given the item is unknown                       → RecordUnknown
    ├── again, when a correction has taken it back      → nothing changes
    └── given the lot began as another item meanwhile   → RecordConflict
"""

from goods import FOUND_GOODS, NO_CONTENT, discrepancy, line, lot_id, no_record
from goods import donation as gift
from names import CHARITY, GOWNS, MASKS, PARTNER_CHARITY, STORE, record_id
from reverts import reverts

FIND = record_id(CHARITY, "find")
UNKNOWN = record_id(CHARITY, "unknown")


def propose(goods, actor, lot: str, item: str = MASKS, facility: str = STORE, quantity: int = 7):
    return goods.stock.proposeFind(FIND, facility, lot, item, quantity, NO_CONTENT, actor.tx)


def test_confirm_find__new_lot__begins_usable(goods, dispatcher, inspector):
    propose(goods, dispatcher, lot_id("new"))
    assert goods.quantities(lot_id("new")) == {}
    receipt = goods.stock.confirmFind(FIND, inspector.tx)
    assert receipt.events["LotCommissioned"]["sourceId"] == FIND
    assert goods.quantities(lot_id("new")) == {"found": 7, "usable": 7}
    assert discrepancy(goods, FOUND_GOODS, FIND) == (1, FOUND_GOODS, FIND, 0, 7, 0)
    assert no_record(goods.stock.confirmFind(FIND, inspector.tx))


def test_confirm_find__known_lot__more_of_it(goods, dispatcher, inspector):
    lot = goods.given("a", 100)
    propose(goods, dispatcher, lot)
    goods.stock.confirmFind(FIND, inspector.tx)
    assert goods.quantities(lot) == {"commissioned": 100, "found": 7, "usable": 107}


def test_confirm_find__again_after_it_was_taken_back__nothing_changes(goods, dispatcher, inspector, allrounder):
    propose(goods, dispatcher, lot_id("new"))
    goods.stock.confirmFind(FIND, inspector.tx)
    goods.reverse("StockLedger", FIND)
    assert no_record(goods.stock.confirmFind(FIND, inspector.tx))
    with reverts("RecordUnknown", FIND):
        goods.stock.confirmFind(FIND, allrounder.tx)
    assert goods.quantities(lot_id("new")) == {}


def test_confirm_find__same_person_other_account__refused(goods, allrounder):
    propose(goods, allrounder, lot_id("new"))
    with reverts("SamePerson", FIND, allrounder.person_id):
        goods.stock.confirmFind(FIND, allrounder.tx_second)


def test_confirm_find__item_unknown__refused(goods, dispatcher, inspector):
    propose(goods, dispatcher, lot_id("new"), UNKNOWN)
    with reverts("RecordUnknown", UNKNOWN):
        goods.stock.confirmFind(FIND, inspector.tx)


def test_confirm_find__lot_began_as_another_item_meanwhile__refused(goods, dispatcher, inspector, clerk):
    propose(goods, dispatcher, lot_id("new"))
    goods.supply.recordDonationsInKind(STORE, [gift("a", line("new", item=GOWNS))], clerk.tx)
    with reverts("RecordConflict", lot_id("new")):
        goods.stock.confirmFind(FIND, inspector.tx)


def test_propose_find__facility_unknown__refused(goods, dispatcher):
    with reverts("RecordUnknown", UNKNOWN):
        propose(goods, dispatcher, lot_id("new"), facility=UNKNOWN)


def test_propose_find__known_lot_of_another_item__refused(goods, dispatcher):
    lot = goods.given("a")
    with reverts("ItemMismatch", FIND, GOWNS, MASKS):
        propose(goods, dispatcher, lot, GOWNS)


def test_propose_find__known_lot_out_of_effect__refused(goods, dispatcher):
    lot = goods.given("a")
    goods.reverse("SupplyLedger", lot)
    with reverts("RecordUnknown", lot):
        propose(goods, dispatcher, lot)


def test_propose_find__new_lot_of_another_organisation__refused(goods, dispatcher):
    foreign = lot_id("new", PARTNER_CHARITY)
    with reverts("ForeignRecordId", foreign, CHARITY):
        propose(goods, dispatcher, foreign)
