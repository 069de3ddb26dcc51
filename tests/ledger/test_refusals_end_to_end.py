"""What the contracts refuse, as a person at the terminal meets it: the whole way from the command to the chain and back.

Each case is a write that a rule forbids, and beside it the nearest one that the rule allows. That one is recorded
afterwards, so nothing but the rule stood in the way.
"""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ledger.chain import connect
from ledger.codes import CorrectionReason, DiscrepancyKind, ExpenditureKind, LossReason, Resolution
from ledger.commands import (
    Desk,
    Draft,
    allocations,
    consignments,
    corrections,
    disbursements,
    discrepancies,
    donations,
    donations_in_kind,
    expenditures,
    funds,
    lots,
    receipts,
    stock,
)
from ledger.consortium import Consortium, Person, Role
from ledger.deployer import deploy
from ledger.settings import ROOT
from tests.ledger.life import Life
from tests.ledger.world import CONSORTIUM, HOSPITAL, WARD_KEY, WUHAN, World, close_world, open_world

LEDGER = Path(sys.executable).with_name("ledger")
STEWARD, DRIVER, EDITOR = 30, 31, 32
NOBODY = "00" * 32
LOST = LossReason.Lost


def _person(number: int, title: str, *roles: Role, accounts: tuple[str, ...] = ()) -> Person:
    return Person(number=number, organisation=WUHAN, title=title, accounts=(title, *accounts), roles=roles)


# Each holds both sides of a separation: then it is the person who is refused, and not a role that is missing.
ON_BOTH_SIDES = (
    _person(
        STEWARD,
        "steward",
        Role(role="ALLOCATOR"),
        Role(role="ALLOCATION_APPROVER"),
        accounts=("stewards-telephone",),
    ),
    _person(
        DRIVER,
        "driver",
        Role(role="DISPATCHER"),
        Role(role="CONSIGNEE", organisation=HOSPITAL, facility=WARD_KEY),
    ),
    _person(EDITOR, "editor", Role(role="CORRECTOR"), Role(role="CORRECTION_APPROVER")),
)


class Forbidden(NamedTuple):
    """A command, what the contract says to it, and the nearest write that it allows."""

    command: str
    error: str
    args: dict[str, Any]
    sentence: str
    allowed: Draft
    database_url: str = ""


class Scene(Life):
    """Two funds, one with an earmark, and 1,000 masks in the store."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.places()
        clerk = self.desk("clerk")
        self.fund = self.do(funds.open_fund(clerk, key=("general",), name="General", currency="CNY"))
        self.marked = self.do(funds.open_fund(clerk, key=("marked",), name="Health", currency="CNY", purpose="122"))
        self.gift = self.do(donations.record_donation(clerk, self.fund, donations.Gift(("first",), 50_000, "X")))
        self.do(donations.record_donation(clerk, self.marked, donations.Gift(("second",), 7_000, "Y")))
        given = [lots.Lot(("masks",), self.mask, 1_000)]
        self.do(donations_in_kind.record_donation_in_kind(clerk, key=("masks",), facility_id=self.store, lots=given))
        self.lot = lots.new_id(clerk, "lot", ("masks",))

    def desk(self, account: str) -> Desk:
        """As the world's, also for those who are on both sides."""
        if any(account in person.accounts for person in ON_BOTH_SIDES):
            return self.world.desk("clerk")._replace(account=account)
        return self.world.desk(account)

    def proposed(self, account: str, key: str) -> bytes:
        """An allocation that waits for its approval."""
        return self.do(
            allocations.propose_allocation(self.desk(account), key=(key,), fund_id=self.fund, amount_minor=900)
        )

    def sent(self, account: str, key: str) -> bytes:
        """A consignment of 60 masks to the ward."""
        line = consignments.DispatchLine(self.lot, 60, self.share(key, 60, reason="They asked by phone."))
        return self.do(
            consignments.dispatch(
                self.desk(account),
                key=(key,),
                from_facility_id=self.store,
                to_facility_id=self.ward,
                lines=[line],
                due=datetime.now(UTC) + timedelta(days=2),
            )
        )

    def counters(self) -> dict[str, Any]:
        """What the contracts count, and the head and length of every journal."""
        chain = self.world.chain
        counted = (
            ("FundLedger", "totalsOf", (self.fund,)),
            ("FundLedger", "totalsOf", (self.marked,)),
            ("SupplyLedger", "quantitiesOf", (self.lot,)),
            ("SupplyLedger", "stockOf", (self.lot, self.store)),
            ("SupplyLedger", "stockOf", (self.lot, self.ward)),
        )
        found = dict(zip(counted, chain.call_functions(counted), strict=True))
        return {str(call): answer for call, answer in found.items()} | self.world.journals()

    def run(self, command: str, database_url: str = "") -> subprocess.CompletedProcess[str]:
        """Runs `ledger` as a person does, in a terminal of 80 columns."""
        folder = self.world.settings.state_dir
        inherited = {name: text for name, text in os.environ.items() if not name.startswith("LEDGER_")}
        own = {
            "LEDGER_STATE_DIR": str(folder),
            "LEDGER_DEPLOYMENTS_DIR": str(folder / "deployments"),
            "LEDGER_DATABASE_URL": database_url or self.world.settings.database_url,
            "COLUMNS": "80",
        }
        return subprocess.run(
            [LEDGER, *shlex.split(command)],
            capture_output=True,
            text=True,
            env=inherited | own,
            cwd=ROOT,
            timeout=120,
        )


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    world = open_world(tmp_path_factory.mktemp("refusals") / "ledger")
    consortium = Consortium(organisation=CONSORTIUM.organisation, person=CONSORTIUM.person + ON_BOTH_SIDES)
    settings = world.settings
    deploy(world.engine, connect(settings), world.keyring, world.documents, consortium, settings.deployments_dir)
    yield Scene(world)
    close_world(world)


def receipt_above_the_dispatch(scene: Scene) -> Forbidden:
    consignment = scene.sent("dispatcher", "above")
    scene.receive("first part", consignment, receipts.Counted(0, 40))
    return Forbidden(
        f"consignment receive --as ward --consignment {consignment.hex()} --counted line-no=0,good=21",
        "ReceiptExceedsDispatch",
        {"consignmentId": consignment.hex(), "lineNo": 0, "received": 21, "outstanding": 20},
        f"Line 0 of consignment {consignment.hex()[:12]}… has 20 outstanding, so 21 cannot be received.",
        receipts.receive_consignment(
            scene.desk("ward"), key=("rest",), consignment_id=consignment, counted=[receipts.Counted(0, 20)]
        ),
    )


def same_person(record: bytes, person: int) -> dict[str, Any]:
    return {"recordId": record.hex(), "personId": person}


def same_person_sentence(record: bytes, person: int) -> str:
    return f"Person {person} acted on record {record.hex()[:12]}… before; this needs somebody else."


def approver_of_his_own_proposal(scene: Scene) -> Forbidden:
    allocation = scene.proposed("steward", "own")
    return Forbidden(
        f"allocation approve --as steward --allocation {allocation.hex()}",
        "SamePerson",
        same_person(allocation, STEWARD),
        same_person_sentence(allocation, STEWARD),
        allocations.approve_allocation(scene.desk("approver"), allocation),
    )


def approver_of_his_own_proposal_behind_another_account(scene: Scene) -> Forbidden:
    allocation = scene.proposed("stewards-telephone", "telephoned")
    return Forbidden(
        f"allocation approve --as steward --allocation {allocation.hex()}",
        "SamePerson",
        same_person(allocation, STEWARD),
        same_person_sentence(allocation, STEWARD),
        allocations.approve_allocation(scene.desk("approver"), allocation),
    )


def dispatcher_who_receives(scene: Scene) -> Forbidden:
    consignment = scene.sent("driver", "driven")
    return Forbidden(
        f"consignment receive --as driver --for 3 --consignment {consignment.hex()} --counted line-no=0,good=60",
        "SamePerson",
        same_person(consignment, DRIVER),
        same_person_sentence(consignment, DRIVER),
        receipts.receive_consignment(
            scene.desk("ward"), key=("driven",), consignment_id=consignment, counted=[receipts.Counted(0, 60)]
        ),
    )


def correction_approved_by_its_author(scene: Scene) -> Forbidden:
    wanted = corrections.Correction(
        ("typed",), "FundLedger", scene.gift, CorrectionReason.IncorrectData, "TYPO", "A digit.", delta=5
    )
    correction = scene.do(corrections.declare_error(scene.desk("editor"), wanted))
    return Forbidden(
        f"correction approve --as editor --correction {correction.hex()}",
        "SamePerson",
        same_person(correction, EDITOR),
        same_person_sentence(correction, EDITOR),
        corrections.approve_corrections(scene.desk("correction-approver"), [correction]),
    )


def expenditure_above_the_allocation(scene: Scene) -> Forbidden:
    allocation = scene.allocate("spent", 3_000)
    scene.spend("some", allocation, ExpenditureKind.Services, 1_800)
    return Forbidden(
        f"expenditure record --as allocator --allocation {allocation.hex()} --kind services --amount-minor 1201",
        "AllocationExceeded",
        {"allocationId": allocation.hex(), "requestedMinor": 1_201, "unspentMinor": 1_200},
        f"Allocation {allocation.hex()[:12]}… has 1,200 unspent, less than the 1,201 asked for.",
        expenditures.record_expenditure(
            scene.desk("allocator"),
            key=("rest",),
            allocation_id=allocation,
            kind=ExpenditureKind.Services,
            amount_minor=1_200,
        ),
    )


def earmark_broken(scene: Scene) -> Forbidden:
    given = {"fund_id": scene.marked, "amount_minor": 500}
    return Forbidden(
        f"allocation propose --as allocator --fund {scene.marked.hex()} --amount-minor 500 --purpose 130 --key elsewhere",
        "EarmarkBroken",
        {"sourceId": scene.marked.hex(), "purpose": "130", "place": ""},
        f"The earmark of {scene.marked.hex()[:12]}… does not allow purpose 130, place none.",
        allocations.propose_allocation(scene.desk("allocator"), key=("kept",), purpose="122", **given),
    )


def disbursement_taken_back_by_its_sender(scene: Scene) -> Forbidden:
    child = scene.do(funds.open_fund(scene.desk("hospital-clerk"), key=("child",), name="Child", currency="CNY"))
    sent = scene.do(
        disbursements.record_disbursement(
            scene.desk("allocator"),
            key=("onward",),
            allocation_id=scene.allocate("onward", 2_000),
            child_fund_id=child,
            amount_minor=2_000,
        )
    )
    scene.do(disbursements.acknowledge_disbursement(scene.desk("hospital-clerk"), sent))
    never = corrections.Correction(
        ("never sent",), "FundLedger", sent, CorrectionReason.DidNotOccur, "NOT", "The bank knows nothing of it."
    )
    correction = scene.do(corrections.declare_error(scene.desk("corrector"), never))
    address = scene.world.keyring.address("correction-approver")
    return Forbidden(
        f"correction approve --as correction-approver --correction {correction.hex()}",
        "MissingRole",
        {"account": address, "organisationId": HOSPITAL, "role": "CORRECTION_APPROVER", "scope": NOBODY},
        f"Account {address} does not hold the role CORRECTION_APPROVER in organisation {HOSPITAL}.",
        corrections.approve_corrections(scene.desk("hospital-approver"), [correction]),
    )


def donation_by_another_organisation(scene: Scene) -> Forbidden:
    return from_outside(scene, "hospital-clerk")


def donation_by_an_account_without_a_person(scene: Scene) -> Forbidden:
    scene.world.keyring.create("stranger")
    return from_outside(scene, "stranger")


def from_outside(scene: Scene, account: str) -> Forbidden:
    address = scene.world.keyring.address(account)
    return Forbidden(
        f"donation record --as {account} --for 2 --fund {scene.fund.hex()} --amount-minor 100 --key {account}",
        "MissingRole",
        {"account": address, "organisationId": WUHAN, "role": "INTAKE_CLERK", "scope": NOBODY},
        f"Account {address} does not hold the role INTAKE_CLERK in organisation {WUHAN}.",
        donations.record_donation(scene.desk("clerk"), scene.fund, donations.Gift((account, "inside"), 100)),
    )


def proposal_of_another_quantity(scene: Scene) -> Forbidden:
    at = {"lot_id": scene.lot, "facility_id": scene.store}
    loss = scene.do(stock.register_loss(scene.desk("dispatcher"), key=("thirty",), quantity=30, reason=LOST, **at))
    kind, call = int(DiscrepancyKind.Lost), "discrepancyIdOf"
    (discrepancy,) = scene.world.chain.call_function("Discrepancies", call, (kind, WUHAN, loss, 0))
    explained = Resolution.Explained
    return Forbidden(
        f"discrepancy propose --as corrector --discrepancy {discrepancy.hex()} --code explained --note X --quantity 3",
        "QuantityChanged",
        {"discrepancyId": discrepancy.hex(), "seen": 3, "quantity": 30},
        f"Discrepancy {discrepancy.hex()[:12]}… is about 30 now, not about 3: look at it before you propose.",
        discrepancies.propose_resolution(
            scene.desk("corrector"), discrepancy, code=explained, note="X", quantity=30, proposal_no=1
        ),
    )


def same_id_with_other_content(scene: Scene) -> Forbidden:
    # A second clerk at a machine of her own, whose outbox does not know the first one's record.
    elsewhere = scene.world.settings.state_dir / "another machine.sqlite"
    return Forbidden(
        f"donation record --as second-clerk --fund {scene.fund.hex()} --amount-minor 50001 --donor X --key first",
        "RecordConflict",
        {"recordId": scene.gift.hex()},
        f"Record {scene.gift.hex()[:12]}… was recorded before with other content; nothing was changed.",
        donations.record_donation(scene.desk("clerk"), scene.fund, donations.Gift(("another",), 50_001, "X")),
        f"sqlite:///{elsewhere}",
    )


@pytest.mark.parametrize(
    "forbidden_in",
    [
        receipt_above_the_dispatch,
        approver_of_his_own_proposal,
        approver_of_his_own_proposal_behind_another_account,
        dispatcher_who_receives,
        correction_approved_by_its_author,
        expenditure_above_the_allocation,
        earmark_broken,
        disbursement_taken_back_by_its_sender,
        donation_by_another_organisation,
        donation_by_an_account_without_a_person,
        proposal_of_another_quantity,
        same_id_with_other_content,
    ],
    ids=lambda case: case.__name__,
)
def test_command__write_that_a_rule_forbids__3_named_explained_and_nothing_changed(
    scene: Scene, forbidden_in: Callable[[Scene], Forbidden]
):
    forbidden = forbidden_in(scene)
    before = scene.counters()

    told = scene.run(forbidden.command, forbidden.database_url)
    assert (told.returncode, told.stdout) == (3, "")
    assert told.stderr.splitlines()[0] == f"Refused: {forbidden.sentence}"
    assert f"{forbidden.error}(" in told.stderr.splitlines()[1]

    as_json = scene.run(forbidden.command + " --json", forbidden.database_url)
    assert (as_json.returncode, as_json.stderr) == (3, "")
    answer = json.loads(as_json.stdout)
    assert (answer["name"], answer["args"]) == (forbidden.error, forbidden.args)
    assert answer["message"] == forbidden.sentence

    assert scene.counters() == before
    assert scene.world.submit(forbidden.allowed).recorded == 1
    assert scene.counters() != before


def test_discrepancy_propose__quantity_left_out__read_from_the_chain_and_shown(scene: Scene):
    subject = scene.gift
    found = scene.run(f"discrepancy open --as auditor --for 1 --subject {subject.hex()} --note X --key shown --json")
    (discrepancy,) = json.loads(found.stdout)["discrepancy"]
    propose = f"discrepancy propose --as corrector --discrepancy {discrepancy} --code explained --note Why --json"
    told = json.loads(scene.run(propose).stdout)
    assert (told["quantity"], told["proposal_no"], told["newly_recorded"]) == (0, 1, 1)
    again = json.loads(scene.run(propose).stdout)
    assert (again["quantity"], again["proposal_no"], again["newly_recorded"]) == (0, 1, 0)
    scene.run(f"discrepancy reject --as correction-approver --discrepancy {discrepancy} --reason Not")
    anew = json.loads(scene.run(propose).stdout)
    assert (anew["quantity"], anew["proposal_no"], anew["newly_recorded"]) == (0, 2, 1)
