"""Putting the contracts on a chain."""

from collections.abc import Sequence
from pathlib import Path

from ledger.chain import ChainClient, connect
from ledger.contracts import contract_names
from ledger.deployer import deploy
from tests.ledger.world import CONSORTIUM, close_world, open_world


class Counted(ChainClient):
    """How many transactions were handed over at a time."""

    handed_over: list[int]

    def send(self, signed: Sequence[bytes]) -> list:
        self.handed_over.append(len(signed))
        return super().send(signed)


def test_deploy__fresh_chain__waits_for_it_four_times(tmp_path: Path):
    world = open_world(tmp_path)
    try:
        chain = Counted(connect(world.settings).rpc)
        chain.handed_over = []
        deployment = deploy(
            world.engine, chain, world.keyring, world.documents, CONSORTIUM, world.settings.deployments_dir
        )
        assert deployment.sealed
        parts = len(contract_names())
        first, others, named, sealed = chain.handed_over
        assert (first, others, sealed) == (1, parts - 1, 1)
        assert named > parts
    finally:
        close_world(world)
