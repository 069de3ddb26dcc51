"""NeedLedger.proposeGoodsAllocations

├── when the caller is no allocator of the sending organisation   → MissingRole (behaviours/)
├── given an invalid line                                         → LineRefused with its index and
│   ├── the id or the sending facility is another organisation's  → ForeignRecordId
│   ├── it was recorded with other content                        → RecordConflict
│   ├── the quantity is zero                                      → AmountOutOfRange
│   ├── the receiving facility, the lot or the need is unknown    → RecordUnknown
│   ├── the receiving facility is of an exercise                  → ExerciseMixed
│   ├── neither a need nor a reason is given                      → ReasonMissing (R10)
│   ├── the need is another facility's                            → WrongFacility
│   ├── the need is for another item                              → ItemMismatch
│   └── the donor's earmark does not hold                         → EarmarkBroken
├── given a longer code than the donor's                          → it lies within
├── given a valid line                                            → emits GoodsAllocationProposed; nothing is set aside yet
└── given it was recorded before, by anybody                      → nothing changes, even when it was approved since
"""

import pytest
from goods import NO_CODE, NO_CONTENT, lot_id, no_record
from names import (
    CHARITY,
    EXERCISE_STORE,
    GOWNS,
    HOSPITAL,
    MASKS,
    PARTNER_CHARITY,
    PARTNER_STORE,
    STORE,
    ZERO,
    ascii_word,
    record_id,
)
from needs import allocation, allocation_line, need, need_line
from reverts import reverts

UNKNOWN = record_id(CHARITY, "unknown")
FOREIGN = record_id(PARTNER_CHARITY, "allocation")
PROVINCE, CITY, OTHER = (ascii_word(code, 16) for code in ("CN42", "CN420100", "CN430000"))
HEALTH, FOOD = ascii_word("720", 16), ascii_word("72040", 16)


@pytest.fixture(autouse=True)
def given(goods, need_ledger, importer):
    """A lot for the province's health, a free one, and needs of the hospital and the store."""
    goods.given("a", 100, place=PROVINCE, purpose=HEALTH)
    goods.given("free", 100)
    lines = [need_line("hospital", 100), need_line("gowns", 5, item=GOWNS), need_line("store", 5, facility=STORE)]
    need_ledger.publishNeeds(CHARITY, lines, importer.tx)


def test_propose__valid__proposed_and_nothing_set_aside(need_ledger, allocator, goods):
    line = allocation_line("x", lot_id("a"), 60, need=need("hospital"), purpose=HEALTH, place=PROVINCE)
    event = need_ledger.proposeGoodsAllocations([line], allocator.tx).events["GoodsAllocationProposed"]
    assert dict(event) == {
        "allocationId": allocation("x"),
        "lotId": lot_id("a"),
        "actorId": allocator.person_id,
        "fromFacilityId": STORE,
        "toFacilityId": HOSPITAL,
        "needId": need("hospital"),
        "purpose": HEALTH,
        "place": PROVINCE,
        "quantity": 60,
        "reasonDigest": ZERO,
    }
    assert tuple(need_ledger.goodsAllocationOf(allocation("x"))) == (1, lot_id("a"), 60, 0, 0)
    assert goods.at(lot_id("a")) == (100, 0, 0)


REFUSED = {
    "id": ((FOREIGN, *allocation_line("b", lot_id("free"))[1:]), ("ForeignRecordId", FOREIGN, CHARITY)),
    "sending facility": (
        allocation_line("b", lot_id("free"), sender=PARTNER_STORE),
        ("ForeignRecordId", PARTNER_STORE, CHARITY),
    ),
    "other content": (allocation_line("known", lot_id("free"), 2), ("RecordConflict", allocation("known"))),
    "quantity": (allocation_line("b", lot_id("free"), 0), ("AmountOutOfRange", allocation("b"), 0)),
    "receiving facility": (allocation_line("b", lot_id("free"), to=UNKNOWN), ("RecordUnknown", UNKNOWN)),
    "lot": (allocation_line("b", UNKNOWN), ("RecordUnknown", UNKNOWN)),
    "need": (allocation_line("b", lot_id("free"), need=UNKNOWN), ("RecordUnknown", UNKNOWN)),
    "exercise": (
        allocation_line("b", lot_id("free"), to=EXERCISE_STORE),
        ("ExerciseMixed", allocation("b"), EXERCISE_STORE),
    ),
    "no reason": (allocation_line("b", lot_id("free"), reason=ZERO), ("ReasonMissing", allocation("b"))),
    "need of another facility": (
        allocation_line("b", lot_id("free"), need=need("store")),
        ("WrongFacility", allocation("b"), HOSPITAL, STORE),
    ),
    "need for another item": (
        allocation_line("b", lot_id("free"), need=need("gowns")),
        ("ItemMismatch", allocation("b"), MASKS, GOWNS),
    ),
    "place": (
        allocation_line("b", lot_id("a"), purpose=HEALTH, place=OTHER),
        ("EarmarkBroken", lot_id("a"), HEALTH, OTHER),
    ),
    "no place": (allocation_line("b", lot_id("a"), purpose=HEALTH), ("EarmarkBroken", lot_id("a"), HEALTH, NO_CODE)),
    "no purpose": (allocation_line("b", lot_id("a"), place=CITY), ("EarmarkBroken", lot_id("a"), NO_CODE, CITY)),
}


@pytest.mark.parametrize("case", REFUSED)
def test_propose__invalid_line__refused_with_its_index(case, need_ledger, allocator):
    need_ledger.proposeGoodsAllocations([allocation_line("known", lot_id("free"), 1)], allocator.tx)
    bad, reason = REFUSED[case]
    with reverts("LineRefused", 1, reason):
        need_ledger.proposeGoodsAllocations([allocation_line("c", lot_id("free")), bad], allocator.tx)


def test_propose__longer_codes__lie_within_the_donors(need_ledger, allocator):
    line = allocation_line("x", lot_id("a"), purpose=FOOD, place=CITY)
    with reverts("LineRefused", 0, ("EarmarkBroken", lot_id("a"), ascii_word("72", 16), CITY)):
        need_ledger.proposeGoodsAllocations(
            [allocation_line("y", lot_id("a"), purpose=ascii_word("72", 16), place=CITY)], allocator.tx
        )
    assert need_ledger.proposeGoodsAllocations([line], allocator.tx).logs


def test_propose__again_by_another_after_approval__nothing_changes(need_ledger, allocator, allrounder, approver):
    line = allocation_line("x", lot_id("free"), reason=NO_CONTENT)
    need_ledger.proposeGoodsAllocations([line], allocator.tx)
    need_ledger.approveGoodsAllocation(allocation("x"), approver.tx)
    assert no_record(need_ledger.proposeGoodsAllocations([line], allrounder.tx))
