"""ConsignmentLedger.acceptCustody

├── given the consignment is unknown                          → RecordUnknown
├── when a carrier is named
│   ├── and the caller is no carrier of the sender            → MissingRole
│   ├── given nobody has taken it, another carrier            → NotCarrier
│   ├── given nobody has taken it, the carrier named          → emits CustodyAccepted; he has it
│   ├── given somebody has it, the same person                → SamePerson
│   └── given somebody has it, another carrier                → has it now: one possessor at a time, no gap
├── when the receiver collects
│   ├── and the caller is no consignee of the facility        → MissingRole
│   ├── and he dispatched it, from another account            → SamePerson
│   └── and he did not                                        → has it
├── given the id is another organisation's                    → ForeignRecordId
├── given the id was recorded: same content, other content    → nothing changes, RecordConflict
├── given it was voided                                       → ConsignmentUnexpectedState
└── given nothing is outstanding                              → ConsignmentUnexpectedState; the last receiver has it
"""

from consignments import RECEIVED, VOIDED, consignment_id
from goods import no_record
from names import CHARITY, HOSPITAL, HOSPITAL_GROUP, OTHER_STORE, STORE, ZERO, ascii_word, digest, record_id
from reverts import plain, refusal_of, reverts

A = consignment_id("a")
FIRST, SECOND = (record_id(CHARITY, "custody", name) for name in ("first", "second"))
HANDED = digest("handed over")


def test_accept_custody__consignment_unknown__refused(consignment_ledger, carrier):
    with reverts("RecordUnknown", A):
        consignment_ledger.acceptCustody(FIRST, A, HANDED, carrier.tx)


def test_accept_custody__carrier_named__has_it(consignment_ledger, journeys, carrier):
    journeys.sent("a", 10, carrier=carrier.person_id)
    told = consignment_ledger.acceptCustody(FIRST, A, HANDED, carrier.tx).events["CustodyAccepted"][0]
    assert plain(tuple(told.values())) == plain((FIRST, A, carrier.person_id, HANDED))
    assert consignment_ledger.possessorOf(A) == carrier.person_id


def test_accept_custody__another_carrier_first__refused(consignment_ledger, journeys, carrier, allrounder):
    journeys.sent("a", 10, carrier=carrier.person_id)
    with reverts("NotCarrier", A, allrounder.person_id, carrier.person_id):
        consignment_ledger.acceptCustody(FIRST, A, HANDED, allrounder.tx)


def test_accept_custody__no_carrier__refused(consignment_ledger, journeys, carrier, consignee):
    journeys.sent("a", 10, carrier=carrier.person_id)
    with reverts("MissingRole", consignee.account, CHARITY, ascii_word("CARRIER"), ZERO):
        consignment_ledger.acceptCustody(FIRST, A, HANDED, consignee.tx)


def test_accept_custody__from_hand_to_hand__one_possessor_at_a_time(consignment_ledger, journeys, carrier, allrounder):
    journeys.sent("a", 10, carrier=carrier.person_id)
    consignment_ledger.acceptCustody(FIRST, A, HANDED, carrier.tx)
    with reverts("SamePerson", A, carrier.person_id):
        consignment_ledger.acceptCustody(SECOND, A, HANDED, carrier.tx)
    consignment_ledger.acceptCustody(SECOND, A, HANDED, allrounder.tx)
    assert consignment_ledger.possessorOf(A) == allrounder.person_id
    third = record_id(CHARITY, "custody", "third")
    consignment_ledger.acceptCustody(third, A, HANDED, carrier.tx)
    assert consignment_ledger.possessorOf(A) == carrier.person_id
    journeys.received("part", A, (0, 9, 0, 0, 0))
    assert consignment_ledger.possessorOf(A) == carrier.person_id


def test_accept_custody__receiver_collects__has_it(consignment_ledger, journeys, consignee, carrier):
    journeys.sent("a", 10)
    own = record_id(HOSPITAL_GROUP, "custody")
    with reverts("MissingRole", carrier.account, HOSPITAL_GROUP, ascii_word("CONSIGNEE"), HOSPITAL):
        consignment_ledger.acceptCustody(own, A, HANDED, carrier.tx)
    consignment_ledger.acceptCustody(own, A, HANDED, consignee.tx)
    assert consignment_ledger.possessorOf(A) == consignee.person_id
    again = record_id(HOSPITAL_GROUP, "custody", "again")
    with reverts("SamePerson", A, consignee.person_id):
        consignment_ledger.acceptCustody(again, A, HANDED, consignee.tx)


def test_accept_custody__collected_by_the_dispatcher__refused(consignment_ledger, journeys, allrounder):
    journeys.sent("a", 10, to=STORE, origin=OTHER_STORE, by="allrounder")
    for account in (allrounder.account, allrounder.second_account):
        expected = ("SamePerson", A, allrounder.person_id)
        assert refusal_of(consignment_ledger.acceptCustody, (FIRST, A, HANDED), account) == expected


def test_accept_custody__id_of_another_organisation__refused(consignment_ledger, journeys, carrier, consignee):
    journeys.sent("a", 10, carrier=carrier.person_id)
    journeys.sent("b", 10)
    foreign = record_id(HOSPITAL_GROUP, "custody")
    with reverts("ForeignRecordId", foreign, CHARITY):
        consignment_ledger.acceptCustody(foreign, A, HANDED, carrier.tx)
    with reverts("ForeignRecordId", FIRST, HOSPITAL_GROUP):
        consignment_ledger.acceptCustody(FIRST, consignment_id("b"), HANDED, consignee.tx)


def test_accept_custody__recorded_before__nothing_changes_or_conflict(
    consignment_ledger, journeys, carrier, allrounder
):
    journeys.sent("a", 10, carrier=carrier.person_id)
    consignment_ledger.acceptCustody(FIRST, A, HANDED, carrier.tx)
    consignment_ledger.acceptCustody(SECOND, A, HANDED, allrounder.tx)
    for retrying in (carrier, allrounder):
        assert no_record(consignment_ledger.acceptCustody(FIRST, A, HANDED, retrying.tx))
    assert consignment_ledger.possessorOf(A) == allrounder.person_id
    with reverts("RecordConflict", FIRST):
        consignment_ledger.acceptCustody(FIRST, A, digest("otherwise"), carrier.tx)


def test_accept_custody__voided__refused(consignment_ledger, journeys, dispatcher, carrier):
    journeys.sent("a", 10, carrier=carrier.person_id)
    consignment_ledger.voidDispatch(A, digest("why"), dispatcher.tx)
    with reverts("ConsignmentUnexpectedState", A, VOIDED):
        consignment_ledger.acceptCustody(FIRST, A, HANDED, carrier.tx)
    assert consignment_ledger.possessorOf(A) == 0


def test_accept_custody__all_received__refused(consignment_ledger, journeys, carrier, consignee):
    journeys.sent("a", 10, carrier=carrier.person_id)
    journeys.received("all", A, (0, 10, 0, 0, 0))
    with reverts("ConsignmentUnexpectedState", A, RECEIVED):
        consignment_ledger.acceptCustody(FIRST, A, HANDED, carrier.tx)
    assert consignment_ledger.possessorOf(A) == consignee.person_id
