"""Putting the contracts on a chain."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from ledger import outbox
from ledger.chain import ChainClient, connect
from ledger.contracts import Deployment, contract_names
from ledger.deployer import deploy
from ledger.errors import TransactionRefused
from tests.ledger.world import CONSORTIUM, World, close_world, open_world


class Counted(ChainClient):
    """How many transactions were handed over at a time."""

    handed_over: list[int]

    def send(self, signed: Sequence[bytes]) -> list:
        self.handed_over.append(len(signed))
        return super().send(signed)


@pytest.fixture
def empty_world(tmp_path: Path) -> Iterator[World]:
    """A chain without contracts."""
    world = open_world(tmp_path)
    yield world
    close_world(world)


def deploy_in(world: World, chain: ChainClient) -> Deployment:
    return deploy(world.engine, chain, world.keyring, world.documents, CONSORTIUM, world.settings.deployments_dir)


def test_deploy__fresh_chain__waits_for_it_four_times(empty_world: World):
    chain = Counted(connect(empty_world.settings).rpc)
    chain.handed_over = []
    assert deploy_in(empty_world, chain).sealed
    parts = len(contract_names())
    first, others, named, sealed = chain.handed_over
    assert (first, others, sealed) == (1, parts - 1, 1)
    assert named > parts


def test_deploy__too_little_gas_for_a_contract__refused_and_goes_on_with_enough(empty_world: World):
    chain = connect(empty_world.settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outbox, "GAS_MAX", 4_000_000)
        with pytest.raises(TransactionRefused, match="OutOfGas"):
            deploy_in(empty_world, chain)
    assert deploy_in(empty_world, chain).sealed
