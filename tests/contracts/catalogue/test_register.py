"""Catalogue.registerItems, Catalogue.registerFacilities (who may, retries, conflicts, foreign ids: behaviours)

├── with no line, or more than 400            → BatchSizeOutOfRange
├── with an id that is an entry of the other kind → LineRefused(RecordConflict)
├── with an id that is only an organisation's number → LineRefused(ForeignRecordId)
├── with a line that is refused               → none of the lines is registered
└── with new ones                             → emits the event for each; isItem or isFacility, never both
"""

import pytest
from names import CHARITY, HOSPITAL_GROUP, MASKS, STORE, ZERO, digest, record_id
from parts import entries
from reverts import reverts

FIRST, SECOND = record_id(CHARITY, "new", 1), record_id(CHARITY, "new", 2)
KINDS = {
    "registerItems": ("ItemRegistered", "itemId", "isItem", STORE),
    "registerFacilities": ("FacilityRegistered", "facilityId", "isFacility", MASKS),
}


@pytest.fixture(params=list(KINDS))
def function(request):
    return request.param


@pytest.fixture
def register(catalogue, clerk, function):
    return lambda lines: getattr(catalogue, function)(CHARITY, lines, clerk.tx)


def test_register__batch_out_of_range__refused(register):
    with reverts("BatchSizeOutOfRange", 0, 400):
        register([])
    with reverts("BatchSizeOutOfRange", 401, 400):
        register(entries(*(record_id(CHARITY, "many", n) for n in range(401))))


def test_register__entry_of_the_other_kind__refused(register, function):
    taken = KINDS[function][3]
    with reverts("LineRefused", 1, ("RecordConflict", taken)):
        register(entries(FIRST, taken))


def test_register__id_without_a_tail__refused(register):
    bare = f"0x{CHARITY:08x}{0:056x}"
    with reverts("LineRefused", 0, ("ForeignRecordId", bare, CHARITY)):
        register(entries(bare))


def test_register__one_line_refused__none_registered(catalogue, register):
    before = catalogue.journal()
    foreign = record_id(HOSPITAL_GROUP, "new")
    with reverts("LineRefused", 2, ("ForeignRecordId", foreign, CHARITY)):
        register(entries(FIRST, SECOND, foreign))
    assert catalogue.journal() == before
    assert not any(catalogue.inEffect(one) for one in (FIRST, SECOND))


def test_register__new_and_repeated__new_ones_only(catalogue, register, function, clerk):
    register(entries(FIRST))
    event, parameter, is_kind, _ = KINDS[function]
    events = register(entries(FIRST, SECOND)).events[event]
    assert [(one[parameter], one["ref"], one["actorId"]) for one in events] == [(SECOND, ZERO, clerk.person_id)]
    assert events[0]["contentDigest"] == digest(f"entry {SECOND}")
    assert [catalogue.isItem(SECOND), catalogue.isFacility(SECOND)] == [is_kind == "isItem", is_kind == "isFacility"]
    assert catalogue.inEffect(SECOND)
