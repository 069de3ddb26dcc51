"""Discrepancies.open

├── when the caller is no part of the ledger              → NotPart (behaviours)
└── when it is
    ├── given none is open                                → emits DiscrepancyOpened under the derived id
    ├── given it is open, answered or its resolution proposed
    │   ├── with this quantity                            → nothing changes
    │   └── with another                                  → emits DiscrepancyOpened with this one; what was proposed falls
    └── given it was resolved                             → emits DiscrepancyOpened again; it has to be resolved anew
"""

import pytest
from eth_abi import encode
from eth_utils import keccak
from names import CHARITY, MASKS, STORE, ZERO, digest, record_id
from parts import acting
from reverts import reverts

LOST, DEFICIT = 1, 8
NONE, OPEN, ANSWERED, PROPOSED, RESOLVED = range(5)
ACTOR_ID = 31


@pytest.fixture
def open_lost(ledger, discrepancies):
    def call(quantity=7, line_no=3):
        tx = acting(ledger, "Corrections")
        return discrepancies.open(LOST, CHARITY, STORE, line_no, quantity, ACTOR_ID, tx)

    return call


def id_of(kind, subject, line_no):
    """As the interface has it, computed here."""
    hashed = keccak(encode(["uint8", "bytes32", "uint16"], [kind, bytes.fromhex(subject[2:]), line_no]))
    return f"0x{CHARITY << 224 | int(hashed.hex()[:56], 16) | 1:064x}"


def test_open__none_is_open__opened_under_the_derived_id(discrepancies, open_lost):
    event = open_lost().events["DiscrepancyOpened"]
    discrepancy = id_of(LOST, STORE, 3)
    assert (event["discrepancyId"], event["subjectId"], event["actorId"]) == (discrepancy, STORE, ACTOR_ID)
    assert (event["kind"], event["organisationId"], event["lineNo"]) == (LOST, CHARITY, 3)
    assert (event["quantity"], event["contentDigest"]) == (7, ZERO)
    assert discrepancies.discrepancyIdOf(LOST, CHARITY, STORE, 3) == discrepancy
    assert tuple(discrepancies.discrepancyOf(discrepancy)) == (OPEN, LOST, STORE, 3, 7, 0)


def test_open__other_kind_line_or_subject__others(ledger, discrepancies, open_lost):
    open_lost()
    assert open_lost(line_no=4).events
    tx = acting(ledger, "Publications")
    assert discrepancies.open(DEFICIT, CHARITY, STORE, 3, 7, ACTOR_ID, tx).events
    assert discrepancies.open(LOST, CHARITY, MASKS, 3, 7, ACTOR_ID, tx).events


def test_open__not_resolved_yet__nothing_changes(discrepancies, open_lost, clerk, corrector):
    open_lost()
    discrepancy = id_of(LOST, STORE, 3)
    for step in (
        lambda: None,
        lambda: discrepancies.answer(record_id(CHARITY, "answer"), discrepancy, digest("answer"), clerk.tx),
        lambda: discrepancies.proposeResolution(discrepancy, 1, 1, 7, digest("explained"), corrector.tx),
    ):
        step()
        before = tuple(discrepancies.discrepancyOf(discrepancy)), discrepancies.journal()
        assert not open_lost(quantity=7).logs
        assert (tuple(discrepancies.discrepancyOf(discrepancy)), discrepancies.journal()) == before


def test_open__another_quantity__up_to_date_and_nothing_stands_proposed(
    discrepancies, open_lost, clerk, corrector, correction_approver
):
    open_lost()
    discrepancy = id_of(LOST, STORE, 3)
    event = open_lost(quantity=8).events["DiscrepancyOpened"]
    assert (event["discrepancyId"], event["quantity"]) == (discrepancy, 8)
    discrepancies.answer(record_id(CHARITY, "answer"), discrepancy, digest("answer"), clerk.tx)
    open_lost(quantity=9)
    assert tuple(discrepancies.discrepancyOf(discrepancy)) == (OPEN, LOST, STORE, 3, 9, 0)
    discrepancies.proposeResolution(discrepancy, 1, 1, 9, digest("explained"), corrector.tx)
    open_lost(quantity=6)
    assert tuple(discrepancies.discrepancyOf(discrepancy)) == (OPEN, LOST, STORE, 3, 6, 0)
    with reverts("DiscrepancyUnexpectedState", discrepancy, OPEN, PROPOSED):
        discrepancies.confirmResolution(discrepancy, 1, correction_approver.tx)
    discrepancies.proposeResolution(discrepancy, 2, 1, 6, digest("explained"), corrector.tx)
    with reverts("ProposalSuperseded", discrepancy, 1, 2):
        discrepancies.confirmResolution(discrepancy, 1, correction_approver.tx)


def test_open__resolved__open_again(discrepancies, open_lost, corrector, correction_approver):
    open_lost()
    discrepancy = id_of(LOST, STORE, 3)
    discrepancies.proposeResolution(discrepancy, 1, 1, 7, digest("explained"), corrector.tx)
    discrepancies.confirmResolution(discrepancy, 1, correction_approver.tx)
    assert tuple(discrepancies.discrepancyOf(discrepancy)) == (RESOLVED, LOST, STORE, 3, 7, 1)
    assert open_lost(quantity=9).events["DiscrepancyOpened"]["discrepancyId"] == discrepancy
    assert tuple(discrepancies.discrepancyOf(discrepancy)) == (OPEN, LOST, STORE, 3, 9, 0)
