"""NeedLedger.approveNeed

├── when the caller is no approver of the need's organisation   → MissingRole (behaviours/)
├── given no such need, or one out of effect                    → RecordUnknown
├── by who published it, from another account                   → SamePerson
├── given more than was asked, or none of it                    → AmountOutOfRange
├── given all or a part of it, or a number where none was given → emits NeedApproved
└── given it is approved
    ├── by this person, with this quantity                      → nothing changes, also when it was corrected since
    ├── by this person, with another                            → RecordConflict
    └── by another                                              → NeedUnexpectedState
"""

import pytest
from goods import no_record
from names import CHARITY, HOSPITAL, MASKS
from needs import need, need_line
from reverts import reverts

PUBLISHED, APPROVED = 1, 2


@pytest.fixture(autouse=True)
def published(need_ledger, importer):
    need_ledger.publishNeeds(CHARITY, [need_line("a", 100), need_line("b", 0)], importer.tx)


@pytest.mark.parametrize(("name", "quantity"), [("a", 100), ("a", 1), ("b", 0), ("b", 7)])
def test_approve_need__all_or_a_part__approved(name, quantity, need_ledger, approver):
    event = need_ledger.approveNeed(need(name), quantity, approver.tx).events["NeedApproved"]
    assert dict(event) == {
        "needId": need(name),
        "facilityId": HOSPITAL,
        "actorId": approver.person_id,
        "quantity": quantity,
    }
    assert tuple(need_ledger.needOf(need(name))) == (APPROVED, HOSPITAL, MASKS, quantity, 0)


@pytest.mark.parametrize(("name", "quantity"), [("a", 101), ("a", 0), ("b", 2**53)])
def test_approve_need__more_than_asked_or_none__refused(name, quantity, need_ledger, approver):
    with reverts("AmountOutOfRange", need(name), quantity):
        need_ledger.approveNeed(need(name), quantity, approver.tx)


def test_approve_need__same_person_other_account__refused(need_ledger, allrounder):
    need_ledger.publishNeeds(CHARITY, [need_line("c", 1)], allrounder.tx)
    with reverts("SamePerson", need("c"), allrounder.person_id):
        need_ledger.approveNeed(need("c"), 1, allrounder.tx_second)


def test_approve_need__again__nothing_conflict_or_refused(need_ledger, approver, allrounder, goods):
    need_ledger.approveNeed(need("a"), 80, approver.tx)
    goods.adjust("NeedLedger", need("a"), 5)
    assert no_record(need_ledger.approveNeed(need("a"), 80, approver.tx))
    with reverts("RecordConflict", need("a")):
        need_ledger.approveNeed(need("a"), 85, approver.tx)
    with reverts("NeedUnexpectedState", need("a"), APPROVED, PUBLISHED):
        need_ledger.approveNeed(need("a"), 80, allrounder.tx)


def test_approve_need__unknown_or_out_of_effect__refused(need_ledger, approver, goods):
    with reverts("RecordUnknown", need("c")):
        need_ledger.approveNeed(need("c"), 1, approver.tx)
    goods.reverse("NeedLedger", need("a"))
    with reverts("RecordUnknown", need("a")):
        need_ledger.approveNeed(need("a"), 1, approver.tx)
