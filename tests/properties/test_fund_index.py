"""The index says of every fund and record what the contract and the model say, whatever was recorded and corrected.

The actions are those of test_fund_machine.py. At the end of each run its chain is indexed into an empty database; then the
totals are compared with the contract's counters, the journals with the contract's, the rows with the model's records.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlmodel import SQLModel, create_engine

from ledger.chain import ChainClient
from ledger.contracts import Deployment
from ledger.counters import check_counters, check_journals
from ledger.indexer import converge
from ledger.models.allocation import Allocation, AllocationReturn, Redesignation
from ledger.models.disbursement import Conversion, Disbursement
from ledger.models.donation import Donation, Income, Refund
from ledger.models.expenditure import Expenditure, SupplierRefund
from ledger.models.promise import Commitment, Pledge
from ledger.rpc import RpcClient
from tests.ledger.indexes import read
from tests.properties.anvil import Node, running_node
from tests.properties.fund_figures import Record
from tests.properties.fund_world import FundWorld
from tests.properties.test_fund_machine import FundMachine

MODELS: dict[str, tuple[type[SQLModel], str]] = {
    "donation": (Donation, "donation_id"),
    "pledge": (Pledge, "pledge_id"),
    "commitment": (Commitment, "commitment_id"),
    "income": (Income, "income_id"),
    "refund": (Refund, "refund_id"),
    "conversion": (Conversion, "conversion_id"),
    "redesignation": (Redesignation, "redesignation_id"),
    "allocation": (Allocation, "allocation_id"),
    "return": (AllocationReturn, "return_id"),
    "expenditure": (Expenditure, "expenditure_id"),
    "supplier_refund": (SupplierRefund, "refund_id"),
    "disbursement": (Disbursement, "disbursement_id"),
}


class NoDocuments:
    """A store that has nothing: the records' contents are not what is tested here."""

    def get_many(self, digests: Iterable[bytes], *, missing_ok: bool = False) -> dict[bytes, bytes]:
        assert missing_ok, list(digests)
        return {}

    def lines(self, document_digest: bytes) -> dict[bytes, bytes]:
        assert len(document_digest) == 32
        return {}


class IndexedMachine(FundMachine):
    folder: ClassVar[Path]
    runs: ClassVar[int] = 0

    def teardown(self) -> None:
        type(self).runs += 1
        engine = create_engine(f"sqlite:///{self.folder / f'{self.runs}.sqlite'}")
        SQLModel.metadata.create_all(engine)
        chain = client_of(self.world)
        assert chain.deployment
        converge(engine, chain, NoDocuments(), chain.deployment)
        assert [one.sentence for one in check_counters(engine, chain, None)] == []
        assert [one.sentence for one in check_journals(engine, chain, list(chain.deployment.addresses), None)] == []
        for kind, (model, key) in MODELS.items():
            rows = {bytes.fromhex(getattr(row, key)): row for row in read(engine, model)}
            records = [one for one in self.world.model.records.values() if one.kind == kind]
            assert len(rows) == len(records), kind
            for record in records:
                self.compare_row(rows[record.id], record)
        engine.dispose()

    def compare_row(self, row: object, record: Record) -> None:
        figures = self.world.model
        assert row.in_effect is not record.is_reversed, record
        if record.kind in ("allocation", "redesignation", "disbursement"):
            assert row.state == record.state.lower(), record
        if record.is_reversed:
            return
        amount = row.from_amount_minor if record.kind == "conversion" else row.amount_minor
        assert amount == figures.amount(record), record
        if record.kind in ("donation", "pledge", "commitment", "expenditure", "redesignation"):
            assert row.reduced_minor == figures.reduced(record), record
        if record.kind == "allocation" and record.state == "Approved":
            assert max(0, row.amount_minor - row.reduced_minor) == figures.unspent(record), record


def client_of(world: FundWorld) -> ChainClient:
    """The ledger's own client on the world's chain."""
    rpc = RpcClient(world.node.url)
    parts = (world.participants, world.ledger, world.discrepancies, world.supply, world.corrections)
    addresses = {part.name: part.address.lower() for part in parts}
    genesis = ChainClient(rpc).genesis_hash()
    deployment = Deployment(ChainClient(rpc).chain_id(), genesis, addresses, dict.fromkeys(addresses, 0), False)
    return ChainClient(rpc, deployment)


@pytest.mark.timeout(3600)
def test_index__any_actions_in_any_order__as_the_contract_and_the_model(tmp_path: Path) -> None:
    is_long = "TEST_LONG" in os.environ
    chosen = settings(
        max_examples=200 if is_long else 15,
        stateful_step_count=60 if is_long else 40,
        phases=list(Phase) if is_long else [Phase.generate],
        derandomize=not is_long,  # the short form is the same at every run; the long one looks further each time
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    with running_node() as node:
        assert isinstance(node, Node)
        IndexedMachine.world = FundWorld(node)
        IndexedMachine.folder = tmp_path
        run_state_machine_as_test(IndexedMachine, settings=chosen)
