"""Every command against the real contracts, who takes part, what is refused, and that none is missing."""

import ast
import hashlib
from pathlib import Path

import pytest
from sqlmodel import Session

from ledger import codes, contracts
from ledger.canonical import NO_RECORD
from ledger.commands import (
    conversions,
    donations,
    funds,
    participants,
    stock,
)
from ledger.errors import BadInput, Conflict, DocumentMissing, NotFound, TransactionRefused
from ledger.models.donor_opening import DonorOpening
from ledger.outbox_store import queued_count
from tests.ledger.steps import fund, record
from tests.ledger.world import World

COMMANDS = Path(donations.__file__).parent


def test_participants__after_the_seal__registrar_and_guardian_act(world: World):
    registrar, guardian = world.desk("registrar"), world.desk("guardian")
    address = world.keyring.create("clerk-elsewhere")
    world.submit(participants.register_organisation(registrar, number=4, name="A further one"))
    world.submit(participants.register_person(registrar, number=40, organisation_id=4, title="Clerk"))
    link = participants.link_account(registrar, key=("l",), organisation_id=4, person=40, address=address)
    world.submit(link)
    world.submit(participants.unlink_account(registrar, link.record_id))
    granted = [
        record(
            world,
            participants.grant_role(registrar, key=(role,), organisation_id=4, person=40, role=role),
        )
        for role in ("INTAKE_CLERK", "ALLOCATOR")
    ]
    world.submit(participants.cancel_grant(guardian, granted[0]))
    assert world.chain.call_function("Participants", "grantState", (granted[0],))[0] == codes.GrantState.Cancelled
    clerk_grant = participants.record_id(2, "grant", 16, "INSPECTOR")
    world.submit(participants.revoke_role(registrar, clerk_grant))
    rotated = world.keyring.create("clerk-new")
    world.submit(participants.rotate_account(world.desk("allocator"), key=("r",), new_address=rotated))
    world.submit(participants.pause(guardian, occasion="1"))
    with pytest.raises(TransactionRefused) as refused:
        fund(world, "clerk", "never")
    assert refused.value.name == "WritesArePaused"
    world.submit(participants.resume(guardian, occasion="1"))
    assert world.chain.call_function("Participants", "paused", ()) == (False,)
    address_of_part = world.chain.deployment.address("FundLedger")
    world.submit(participants.name_successor(registrar, part="FundLedger", address=address_of_part))


def test_submit__account_that_is_not_here__nothing_queued(world: World):
    draft = funds.open_fund(world.desk("clerk")._replace(account="nobody"), key=("n",), name="N", currency="CNY")
    with pytest.raises(NotFound, match="nobody"):
        world.submit(draft)
    with Session(world.engine) as session:
        assert queued_count(session) == 0
    fund(world, "clerk", "after it")


def test_commands__all_contracts__every_write_has_a_command():
    """What people may call is what the interfaces do not reserve for other parts of the ledger."""
    sources = "".join(path.read_text() for path in COMMANDS.glob("*.py"))
    named = {node.value for node in ast.walk(ast.parse(sources)) if isinstance(node, ast.Constant)}
    missing = {
        f"{contract}.{entry['name']}"
        for contract in contracts.contract_names()
        for entry in contracts.artifact(contract)["abi"]
        if entry["type"] == "function" and entry["stateMutability"] == "nonpayable"
        if entry["name"] not in named | RESERVED
    }
    assert not missing


RESERVED = {
    # The deployer's.
    "namePart",
    "seal",
    # Corrections', on every contract.
    "reverseRecord",
    "adjustRecord",
    # Between the contracts.
    "deliverExpenditure",
    "undeliverExpenditure",
    "open",
    "consumeAllocation",
    "correctConsumption",
    "restoreAllocation",
    "reserve",
    "unreserve",
    "ship",
    "correctShipment",
    "unship",
    "arrive",
    "unarrive",
    "loseInTransit",
    "commissionOver",
    "adjustOver",
    "reverseOver",
    "writeOff",
    "move",
    "moveBack",
    "find",
    "unfind",
    "cite",
    "citeSale",
    "markRecalled",
}


@pytest.mark.parametrize(
    ("amount_minor", "said"), [(0, "from 1"), (-5, "from 1"), (2**53, "2^53-1"), (1.5, "whole number"), (True, "whole")]
)
def test_record_donation__amount_that_cannot_be_recorded__bad_input(shared_world: World, amount_minor, said):
    with pytest.raises(BadInput, match=r".*".join(said.replace("^", r"\^").split())):
        donations.record_donation(shared_world.desk("clerk"), bytes(32), donations.Gift(("z",), amount_minor))


def test_record_donation__same_key_other_amount__conflict(shared_world: World):
    clerk = shared_world.desk("clerk")
    pool = fund(shared_world, "clerk", "conflicting")
    shared_world.submit(donations.record_donation(clerk, pool, donations.Gift(("same",), 10)))
    assert shared_world.submit(donations.record_donation(clerk, pool, donations.Gift(("same",), 10))).recorded == 0
    with pytest.raises(Conflict):
        shared_world.submit(donations.record_donation(clerk, pool, donations.Gift(("same",), 11)))


def test_record_donation__named_donor__opening_opens_the_commitment(shared_world: World):
    clerk = shared_world.desk("clerk")
    pool = fund(shared_world, "clerk", "opened")
    draft = donations.record_donation(clerk, pool, donations.Gift(("named",), 10, "A donor"))
    shared_world.submit(draft)
    with Session(shared_world.engine) as session:
        row = session.get_one(DonorOpening, draft.record_id.hex())
    assert draft.entries[0].line[2] == hashlib.sha256(row.salt + row.name.encode()).digest()


@pytest.mark.parametrize("missing", ["rate_date", "rate_source", "evidence_digest"])
def test_record_conversion__no_date_source_or_evidence__named(shared_world: World, missing):
    desk = shared_world.desk("allocator")
    kept = desk.documents.put(b"advice", "text/plain").digest
    given = {"rate_date": "2020-02-01", "rate_source": "central bank", "evidence_digest": kept}
    funds_of_it = {"from_fund_id": bytes(32), "to_fund_id": bytes(32)}
    amounts = {"from_amount_minor": 1, "to_amount_minor": 2}
    conversions.record_conversion(desk, key=("x",), **funds_of_it, **amounts, **given)
    with pytest.raises(DocumentMissing if missing == "evidence_digest" else BadInput):
        empty = bytes(32) if missing == "evidence_digest" else " " if missing == "rate_source" else ""
        conversions.record_conversion(desk, key=("x",), **funds_of_it, **amounts, **given | {missing: empty})


def test_distribute__fewer_than_ten_recipients__bad_input(shared_world: World):
    with pytest.raises(BadInput, match="too small"):
        stock.propose_distribution(
            shared_world.desk("clerk"), key=("d",), lot_id=NO_RECORD, facility_id=NO_RECORD, quantity=1, recipients=9
        )
