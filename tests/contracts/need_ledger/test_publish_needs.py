"""NeedLedger.publishNeeds

├── when the caller is no clerk, importer or consignee of the facility   → MissingRole (behaviours/)
├── given an invalid line                                                → LineRefused with its index and
│   ├── the id is another organisation's                                 → ForeignRecordId
│   ├── it was recorded with other content                               → RecordConflict
│   ├── the facility or the item is unknown                              → RecordUnknown
│   ├── the quantity is too large                                        → AmountOutOfRange
│   ├── the facility or the item is of an exercise                       → ExerciseMixed
│   └── a consignee asks for a facility that he is not bound to          → MissingRole
├── given a quantity, or none                                            → emits NeedPublished (R9)
├── given the facility asked for the item before                         → flagged as repeated, not added up
└── given it was recorded before, by anybody                             → nothing changes
"""

import pytest
from goods import no_record
from names import (
    CHARITY,
    EXERCISE_MASKS,
    EXERCISE_STORE,
    GOWNS,
    HOSPITAL,
    HOSPITAL_GROUP,
    MASKS,
    PARTNER_CHARITY,
    STORE,
    ZERO,
    ascii_word,
    digest,
    record_id,
)
from needs import need, need_line
from reverts import reverts

UNKNOWN = record_id(CHARITY, "unknown")
FOREIGN = record_id(PARTNER_CHARITY, "need")


def test_publish_needs__quantity_and_none__published(need_ledger, importer):
    lines = [need_line("a", 36_000), need_line("b", 0, item=GOWNS)]
    events = need_ledger.publishNeeds(CHARITY, lines, importer.tx).events["NeedPublished"]
    assert [(event["needId"], event["quantity"], event["repeated"]) for event in events] == [
        (need("a"), 36_000, False),
        (need("b"), 0, False),
    ]
    assert tuple(need_ledger.needOf(need("a"))) == (1, HOSPITAL, MASKS, 36_000, 0)
    assert tuple(need_ledger.demandOf(HOSPITAL, MASKS)) == (1, 0)


def test_publish_needs__asked_before__repeated_for_that_facility_and_item(need_ledger, importer, goods):
    lines = [need_line("a"), need_line("b"), need_line("c", item=GOWNS), need_line("d", facility=STORE)]
    events = need_ledger.publishNeeds(CHARITY, lines, importer.tx).events["NeedPublished"]
    assert [event["repeated"] for event in events] == [False, True, False, False]
    goods.reverse("NeedLedger", need("a"))
    goods.reverse("NeedLedger", need("b"))
    assert not need_ledger.publishNeeds(CHARITY, [need_line("e")], importer.tx).events["NeedPublished"]["repeated"]


def test_publish_needs__again_by_another__nothing_changes(need_ledger, importer, clerk):
    need_ledger.publishNeeds(CHARITY, [need_line("a")], importer.tx)
    assert no_record(need_ledger.publishNeeds(CHARITY, [need_line("a")], clerk.tx))


REFUSED = {
    "id of another organisation": ((FOREIGN, HOSPITAL, MASKS, 1, ZERO), ("ForeignRecordId", FOREIGN, CHARITY)),
    "other content": (need_line("a", 2), ("RecordConflict", need("a"))),
    "facility unknown": (need_line("b", facility=UNKNOWN), ("RecordUnknown", UNKNOWN)),
    "item unknown": (need_line("b", item=UNKNOWN), ("RecordUnknown", UNKNOWN)),
    "too much": (need_line("b", 2**53), ("AmountOutOfRange", need("b"), 2**53)),
    "facility of an exercise": (need_line("b", facility=EXERCISE_STORE), ("ExerciseMixed", need("b"), EXERCISE_STORE)),
    "item of an exercise": (need_line("b", item=EXERCISE_MASKS), ("ExerciseMixed", need("b"), EXERCISE_MASKS)),
}


@pytest.mark.parametrize("case", REFUSED)
def test_publish_needs__invalid_line__refused_with_its_index(case, need_ledger, importer):
    need_ledger.publishNeeds(CHARITY, [need_line("a", 1)], importer.tx)
    bad, reason = REFUSED[case]
    with reverts("LineRefused", 1, reason):
        need_ledger.publishNeeds(CHARITY, [need_line("c"), bad], importer.tx)


def test_publish_needs__consignee__for_the_facility_he_is_bound_to_alone(need_ledger, bound_consignee):
    mine = (record_id(HOSPITAL_GROUP, "mine"), HOSPITAL, MASKS, 5, digest("mine"))
    assert need_ledger.publishNeeds(HOSPITAL_GROUP, [mine], bound_consignee.tx).logs
    other = (record_id(HOSPITAL_GROUP, "other"), STORE, MASKS, 5, digest("other"))
    error = ("MissingRole", bound_consignee.account, HOSPITAL_GROUP, ascii_word("CONSIGNEE"), STORE)
    with reverts("LineRefused", 1, error):
        need_ledger.publishNeeds(HOSPITAL_GROUP, [mine, other], bound_consignee.tx)


def test_publish_needs__paused__consignee_refused_too(need_ledger, bound_consignee, participants, guardian):
    participants.pause(guardian.tx)
    mine = (record_id(HOSPITAL_GROUP, "mine"), HOSPITAL, MASKS, 5, digest("mine"))
    with reverts("WritesArePaused"):
        need_ledger.publishNeeds(HOSPITAL_GROUP, [mine], bound_consignee.tx)


def test_publish_needs__none__refused(need_ledger, importer):
    with reverts("BatchSizeOutOfRange", 0, 80):
        need_ledger.publishNeeds(CHARITY, [], importer.tx)
