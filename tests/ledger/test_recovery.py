"""kill -9 of the embedded chain, at moments that nobody chose, then `recover`: the same journals as undisturbed."""

import contextlib
import random
import threading

import pytest
from sqlmodel import Session

from ledger import deployer, recovery
from ledger.chain import connect
from ledger.codes import GrantState
from ledger.commands import participants
from ledger.contracts import Deployment
from ledger.database import writing
from ledger.errors import ChainBehindIndex, CheckFailed, LedgerError, PartAway, WrongChain
from ledger.outbox import drain, enqueue
from network import embedded
from tests.ledger.test_outbox import clear, count, gift, opening, put, send
from tests.ledger.world import CONSORTIUM, World, close_world, deployed_world, open_world


def recover(world: World) -> recovery.Recovered:
    return recovery.resend(world.engine, connect(world.settings), world.keyring)


def restart(world: World, *, from_genesis: bool = False) -> str | None:
    if from_genesis:
        for name in ("state.json", "state.good.json"):
            (world.settings.chain_dir / name).unlink(missing_ok=True)
    return embedded.start(world.settings).began_from


def work(world: World) -> None:
    """Two accounts in turn, with a line that is refused."""
    put(world, [opening()])
    put(world, [gift(n, organisation=3 if n == 777 else 2, batch=n // 100) for n in range(1_500)])
    put(world, [opening(bytes.fromhex("00000002" + "ab" * 28))])
    put(world, [gift(n, batch=n // 100) for n in range(2_000, 2_500)])


def test_resend__chain_lost_everything__same_journals_addresses_and_genesis(world: World):
    work(world)
    send(world)
    journals, received, genesis = world.journals(), count(world), world.chain.genesis_hash()
    world.kill_chain()
    restart(world, from_genesis=True)
    assert connect(world.settings).genesis_hash() == genesis
    with pytest.raises(ChainBehindIndex):
        send(world)
    recovered = recover(world)
    assert recovered.present == 0
    assert recovered.sent_again > 10
    assert world.journals() == journals
    assert count(world) == received
    assert send(world).recorded == 0
    assert recover(world) == recovery.Recovered(recovered.sent_again, 0)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_resend__chain_killed_while_recording__same_journals_as_undisturbed(
    tmp_path, monkeypatch: pytest.MonkeyPatch, seed: int
):
    monkeypatch.setattr(embedded, "STATE_INTERVAL_S", 1)
    world = deployed_world(tmp_path / "ledger")
    try:
        work(world)
        send(world)
        undisturbed = world.journals()
        start_over(world)
        chance = random.Random(seed)
        for _ in range(2):
            killer = threading.Timer(chance.uniform(0.02, 0.4), world.kill_chain)
            killer.start()
            with contextlib.suppress(PartAway):
                send(world)
            killer.join()
            restart(world)
            recover(world)
        send(world)
        assert world.journals() == undisturbed
    finally:
        close_world(world)


def start_over(world: World) -> None:
    """Puts chain and outbox back to where only the deployment was sent."""
    embedded.stop(world.settings)
    clear(world)
    restart(world, from_genesis=True)
    recover(world)
    work(world)


def test_resend__grant_that_waited_a_day__still_active_afterwards(world: World):
    registrar = world.desk("registrar")
    grant = participants.grant_role(registrar, key=("g",), organisation_id=2, person=12, role="DISPATCHER")
    world.submit(grant)
    world.chain.rpc.call("evm_increaseTime", 90_000)
    revoked = participants.revoke_role(registrar, grant.record_id)
    world.submit(revoked)
    assert world.chain.call_function("Participants", "grantState", (grant.record_id,)) == (GrantState.Revoked,)
    journals = world.journals()
    world.kill_chain()
    restart(world, from_genesis=True)
    recover(world)
    assert world.journals() == journals


def test_resend__other_chain_of_that_number__refused_and_nothing_sent(world: World, tmp_path):
    other = deployed_world(tmp_path / "other")
    try:
        head = world.chain.head()
        for attempt in (recovery.resend, drain):
            with pytest.raises(WrongChain, match="This outbox wrote to a chain that began with"):
                attempt(other.engine, world.chain, other.keyring)
        assert world.chain.head() == head
    finally:
        close_world(other)


def test_load__deployment_of_a_chain_that_began_otherwise__wrong_chain(world: World):
    deployment = world.chain.deployment
    with pytest.raises(WrongChain, match="began with"):
        Deployment.load(world.settings.deployments_dir, deployment.chain_id, "0x" + "00" * 32)


def test_resend__result_differs_from_before__named(world: World):
    put(world, [opening()])
    send(world)
    world.kill_chain()
    restart(world, from_genesis=True)
    with Session(writing(world.engine)) as session, session.begin():
        session.connection().exec_driver_sql(
            "update outbox_transaction set state = 'reverted' where function = 'openFund'"
        )
    with pytest.raises(CheckFailed, match=r"FundLedger\.openFund\) was reverted and is now mined"):
        recover(world)


def test_deploy__interrupted_anywhere__continued_and_not_done_twice(tmp_path, monkeypatch: pytest.MonkeyPatch):
    world = open_world(tmp_path / "ledger")
    steps: list[str] = []

    def deploy() -> Deployment:
        chain = connect(world.settings)
        folder = world.settings.deployments_dir
        return deployer.deploy(
            world.engine, chain, world.keyring, world.documents, CONSORTIUM, folder, progress=stop_at
        )

    def stop_at(step: str) -> None:
        steps.append(step)
        if len(steps) in (1, 3):
            raise LedgerError("interrupted")

    try:
        for _ in range(2):
            with pytest.raises(LedgerError, match="interrupted"):
                deploy()
        first = deploy()
        head = connect(world.settings).head()
        assert deploy() == first
        assert connect(world.settings).head() == head
        assert first.sealed
        assert world.chain.call_function("Participants", "isSealed") == (True,)
        with Session(writing(world.engine)) as session, session.begin():
            assert enqueue(session, []) == 0
    finally:
        close_world(world)
