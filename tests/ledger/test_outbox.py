"""The outbox on a real chain: what is recorded once, what is refused, who may send."""

import subprocess
import sys
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import Session

from ledger import delivery, outbox, outbox_store
from ledger.canonical import digest, record_id
from ledger.chain import ChainClient
from ledger.contracts import encode_call
from ledger.database import table_of, writing
from ledger.errors import ChainBehindIndex, CheckFailed, Conflict, SenderBusy
from ledger.models.outbox import OutboxEntry, OutboxTransaction
from ledger.outbox import Entry, drain, enqueue
from tests.ledger.world import WUHAN, World, close_world, deployed_world

FUND = record_id(WUHAN, "fund", "outbox")
CONTENT = digest({"kind": "fund"})


def opening(fund: bytes = FUND) -> Entry:
    return Entry(f"open/{fund.hex()}", "clerk", "FundLedger", "openFund", (fund, b"CNY", (bytes(16),) * 2, CONTENT))


def gift(
    number: int, *, organisation: int = WUHAN, amount_minor: int = 100, fund: bytes = FUND, batch: int = 0
) -> Entry:
    donation = record_id(organisation, "donation", fund.hex(), number)
    line = (donation, amount_minor, digest(["donor", number]), digest(["content", number]))
    return Entry(
        f"gift/{fund.hex()}/{number}", "importer", "FundLedger", "recordDonations", (fund, digest(batch)), line
    )


def put(world: World, entries: Sequence[Entry]) -> int:
    with Session(writing(world.engine)) as session, session.begin():
        return enqueue(session, entries)


def send(world: World, chain: ChainClient | None = None) -> outbox.Outcome:
    return drain(world.engine, chain or world.chain, world.keyring)


def count(world: World, fund: bytes = FUND) -> int:
    """What the contract says the fund received."""
    return world.chain.call_function("FundLedger", "totalsOf", (fund,))[0][0]


def transactions(world: World) -> list[tuple[int, str, int]]:
    columns = table_of(OutboxTransaction).c
    with Session(world.engine) as session:
        rows = session.execute(select(columns.nonce, columns.state, columns.sequence).order_by(columns.sequence)).all()
    return [tuple(row) for row in rows]


@pytest.fixture
def ready(shared_world: World) -> World:
    put(shared_world, [opening()])
    send(shared_world)
    return shared_world


def test_enqueue__same_key_same_content__nothing_new(ready: World):
    assert put(ready, [gift(1), gift(2), gift(1)]) == 2
    assert put(ready, [gift(1), gift(2)]) == 0
    assert send(ready).recorded == 2
    assert put(ready, [gift(1)]) == 0
    assert send(ready).recorded == 0


def test_enqueue__same_key_other_content__conflict_and_nothing_kept(ready: World):
    put(ready, [gift(11)])
    with pytest.raises(Conflict, match="other content"):
        put(ready, [gift(12), gift(11, amount_minor=5)])
    assert put(ready, [gift(12)]) == 1
    send(ready)


def test_enqueue__same_key_twice_in_one_go_with_other_content__conflict(ready: World):
    with pytest.raises(Conflict):
        put(ready, [gift(13), gift(13, amount_minor=5)])


def test_drain__lines_that_differ_in_nothing_else__one_transaction(ready: World):
    before = len(transactions(ready))
    put(ready, [gift(n, batch=1) for n in range(100, 300)])
    assert send(ready).recorded == 200
    assert len(transactions(ready)) == before + 1


def test_drain__more_lines_than_a_batch_holds__several_transactions(ready: World):
    before = len(transactions(ready))
    put(ready, [gift(n, batch=2) for n in range(1_000, 1_900)])
    assert send(ready).recorded == 900
    assert len(transactions(ready)) == before + 3


def test_drain__lines_that_the_contract_refuses__only_they_are_refused_and_nonces_have_no_gap(ready: World):
    fund = record_id(WUHAN, "fund", "refusing")
    put(ready, [opening(fund)])
    entries = [gift(n, fund=fund, organisation=3 if n in (7, 8, 151) else WUHAN) for n in range(200)]
    put(ready, entries)
    outcome = send(ready)
    assert outcome.recorded == 198
    assert [one.key for one in outcome.refused] == [entries[n].key for n in (7, 8, 151)]
    assert {one.reason.name for one in outcome.refused} == {"ForeignRecordId"}
    assert outcome.refused[0].reason.args_by_name == {"recordId": entries[7].line[0], "organisationId": WUHAN}
    assert count(ready, fund) == 197 * 100
    assert ready.chain.nonces([ready.keyring.address("importer")]) == [len(importer_nonces(ready))]


def importer_nonces(world: World) -> list[int]:
    columns = table_of(OutboxTransaction).c
    with Session(world.engine) as session:
        found = list(
            session.scalars(select(columns.nonce).where(columns.account == "importer").order_by(columns.nonce))
        )
    assert found == list(range(len(found)))
    return found


def test_drain__refused_write_asked_for_again__tried_again(ready: World):
    fund = record_id(WUHAN, "fund", "later")
    early = Entry("refused/early", "clerk", "FundLedger", "recordPayment", (fund, gift(1, fund=fund).line, bytes(32)))
    put(ready, [early])
    (refusal,) = send(ready).refused
    assert refusal.key == "refused/early"
    assert send(ready).refused == ()
    put(ready, [opening(fund), gift(1, fund=fund), early])
    outcome = send(ready)
    assert outcome.recorded + len(outcome.refused) == 3
    assert count(ready, fund) == 100


def test_drain__write_that_is_no_intake__tried_before_a_nonce_is_spent(ready: World):
    before = transactions(ready)
    put(ready, [Entry("approve/none", "approver", "FundLedger", "approveAllocation", (record_id(WUHAN, "none", 1),))])
    (refusal,) = send(ready).refused
    assert refusal.reason.name == "RecordUnknown"
    assert transactions(ready) == before


def test_drain__another_process_holds_the_accounts__refused(ready: World):
    program = (
        "import sys, pathlib; from ledger.keys import Keyring\n"
        "with Keyring(pathlib.Path(sys.argv[1])).sending():\n    print('held', flush=True); sys.stdin.readline()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(ready.settings.keys_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout.readline() == "held\n"
    try:
        with pytest.raises(SenderBusy, match=f"Process {holder.pid} is sending"), ready.keyring.sending(wait_s=0.2):
            pass
    finally:
        holder.communicate("\n")
    with ready.keyring.sending(wait_s=0.2):
        pass


def test_drain__two_senders_in_one_process__second_waits_for_the_first(ready: World):
    with ready.keyring.sending(), pytest.raises(SenderBusy), ready.keyring.sending(wait_s=0.1):
        pass


def test_drain__key_used_by_somebody_else__stops_and_says_so(world: World):
    put(world, [opening()])
    send(world)
    chain = world.chain
    calldata = encode_call("FundLedger", "openFund", (record_id(WUHAN, "fund", "x"), b"CNY", (bytes(16),) * 2, CONTENT))
    foreign = {
        "nonce": 1,
        "gasPrice": 0,
        "gas": 1_000_000,
        "value": 0,
        "data": calldata,
        "chainId": chain.chain_id(),
        "to": bytes.fromhex(chain.deployment.address("FundLedger")[2:]),
    }
    assert chain.send([world.keyring.sign("clerk", foreign).raw]) == [None]
    put(world, [opening(record_id(WUHAN, "fund", "y"))])
    with pytest.raises(CheckFailed, match="only 1 were signed here"):
        send(world)


def test_drain__chain_lost_what_was_mined__stops_with_the_hint_to_recover(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    snapshot = world.chain.rpc.call("evm_snapshot")
    put(world, [opening()])
    send(world)
    assert world.chain.rpc.call("evm_revert", snapshot)
    with pytest.raises(ChainBehindIndex) as raised:
        send(world)
    assert raised.value.hint == "Run `ledger recover`."
    assert raised.value.exit_code == 4


def test_drain__node_forgot_what_waited__same_bytes_sent_again(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(delivery, "RESEND_AFTER_S", 0.05)
    put(world, [opening()])
    send(world)
    put(world, [gift(n) for n in range(500)])
    chain = Forgetful(world.chain.rpc, world.chain.deployment)
    assert send(world, chain).recorded == 500
    assert chain.forgotten == 2
    assert len(importer_nonces(world)) == 2


class Forgetful(ChainClient):
    """A node that takes the first transactions that it is given and forgets them."""

    forgotten = 0

    def send(self, signed: Sequence[bytes]) -> list:
        if self.forgotten == 0:
            self.forgotten = len(signed)
            return [None] * len(signed)
        return super().send(signed)


def test_drain__batch_too_big_for_the_gas__halved_until_it_fits(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(outbox, "GAS_MAX", 2_000_000)
    put(world, [opening()])
    put(world, [gift(n) for n in range(200)])
    outcome = send(world)
    assert outcome.refused == ()
    assert count(world) == 200 * 100


def test_lines_max__fullest_batches__within_the_gas_of_a_transaction(world: World):
    put(world, [opening()])
    put(world, [gift(n) for n in range(400)])
    send(world)
    columns = table_of(OutboxTransaction).c
    with Session(world.engine) as session:
        hashes = list(session.scalars(select(columns.hash).where(columns.function == "recordDonations")))
    (receipt,) = world.chain.receipts([bytes.fromhex(one) for one in hashes])
    assert receipt.succeeded
    assert receipt.gas_used < outbox.GAS_MAX


def test_drain__bytes_are_handed_over__they_are_in_the_database_before(world: World):
    put(world, [opening(), *(gift(n, batch=n // 50) for n in range(200))])
    chain = Witness(world.chain.rpc, world.chain.deployment)
    chain.world = world
    assert send(world, chain).recorded == 201
    assert chain.handed_over == 5


class Witness(ChainClient):
    """Sees to it that nothing is sent that is not kept."""

    world: World
    handed_over = 0

    def send(self, signed: Sequence[bytes]) -> list:
        with Session(self.world.engine) as session:
            kept = set(session.scalars(select(table_of(OutboxTransaction).c.signed)))
        assert set(signed) <= kept
        self.handed_over += len(signed)
        return super().send(signed)


class Crash(BaseException):
    """The process ends here."""


class Mortal(ChainClient):
    """A chain client in a process that ends at one of its calls, before or after the call did its work."""

    dies_at: tuple[int, bool] = (0, False)
    calls = 0

    def _live(self, call, *args):
        self.calls += 1
        if (self.calls, False) == self.dies_at:
            raise Crash
        answer = call(*args)
        if (self.calls, True) == self.dies_at:
            raise Crash
        return answer

    def send(self, signed):
        return self._live(super().send, signed)

    def receipts(self, hashes):
        return self._live(super().receipts, hashes)

    def nonces(self, addresses):
        return self._live(super().nonces, addresses)

    def block_times_s(self, numbers):
        return self._live(super().block_times_s, numbers)


@pytest.fixture(scope="module")
def crashing_world(tmp_path_factory: pytest.TempPathFactory):
    made = deployed_world(tmp_path_factory.mktemp("crashing") / "ledger")
    yield made
    close_world(made)


def clear(world: World) -> None:
    """An outbox that has sent nothing but the deployment; the chain is put back with it."""
    with Session(writing(world.engine)) as session, session.begin():
        deployed = table_of(OutboxTransaction).c.account == "deployer"
        session.execute(table_of(OutboxEntry).delete().where(table_of(OutboxEntry).c.account != "deployer"))
        session.execute(table_of(OutboxTransaction).delete().where(~deployed))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deaths=st.lists(st.tuples(st.integers(1, 12), st.booleans()), max_size=6))
def test_drain__killed_between_any_two_steps__same_journal_and_counts_as_undisturbed(crashing_world: World, deaths):
    world = crashing_world
    entries = [opening(), *(gift(n, batch=n // 50) for n in range(400))]
    expected = undisturbed(world, entries)
    snapshot = world.chain.rpc.call("evm_snapshot")
    try:
        put(world, entries)
        for death in deaths:
            chain = Mortal(world.chain.rpc, world.chain.deployment)
            chain.dies_at = death
            try:
                send(world, chain)
            except Crash:
                put(world, entries)
        send(world)
        assert journal(world) == expected
        assert count(world) == 400 * 100
        with Session(world.engine) as session:
            assert outbox_store.queued_count(session) == 0
            assert outbox_store.unfinished(session) == []
    finally:
        world.chain.rpc.call("evm_revert", snapshot)
        clear(world)


def journal(world: World) -> tuple[bytes, int]:
    return world.chain.call_function("FundLedger", "journal")


_EXPECTED: dict[str, tuple[bytes, int]] = {}


def undisturbed(world: World, entries: Sequence[Entry]) -> tuple[bytes, int]:
    if "journal" not in _EXPECTED:
        snapshot = world.chain.rpc.call("evm_snapshot")
        put(world, entries)
        assert send(world).recorded == len(entries)
        _EXPECTED["journal"] = journal(world)
        world.chain.rpc.call("evm_revert", snapshot)
        clear(world)
    return _EXPECTED["journal"]
