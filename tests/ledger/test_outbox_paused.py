"""The outbox while a guardian has paused writing: what waits, what goes on, and that nothing is taken for sent."""

import pytest

from ledger.commands import participants
from ledger.outbox import Entry
from tests.ledger.test_outbox import count, gift, opening, put, send, transactions
from tests.ledger.world import WUHAN, World


def grants(world: World, *roles: str) -> list[Entry]:
    """A role for the second clerk, for each name."""
    drafts = [
        participants.grant_role(
            world.desk("registrar"), key=("paused", role), organisation_id=WUHAN, person=9, role=role
        )
        for role in roles
    ]
    return [entry for draft in drafts for entry in draft.entries]


@pytest.fixture
def paused(world: World) -> World:
    put(world, [opening()])
    send(world)
    world.submit(participants.pause(world.desk("guardian"), occasion="1"))
    return world


def resume(world: World) -> None:
    put(world, participants.resume(world.desk("guardian"), occasion="1").entries)


def test_drain__gifts_and_grants_in_turn_while_paused__all_wait_and_are_recorded_after(paused: World):
    granted = grants(paused, "ALLOCATOR", "INSPECTOR")
    put(paused, [gift(1), granted[0], gift(2), granted[1], gift(3)])
    outcome = send(paused)
    assert (outcome.paused.name, outcome.recorded, outcome.refused) == ("WritesArePaused", 0, ())
    assert count(paused) == 0
    resume(paused)
    assert send(paused).recorded == 6
    assert count(paused) == 3 * 100
    assert send(paused).recorded == 0


def test_drain__right_taken_while_paused__taken_and_the_rest_waits(paused: World):
    inspector = participants.record_id(WUHAN, "grant", 16, "INSPECTOR")
    taken = participants.revoke_role(paused.desk("registrar"), inspector).entries
    put(paused, [gift(1), *taken, gift(2)])
    assert send(paused).recorded == 1
    resume(paused)
    assert send(paused).recorded == 3
    assert count(paused) == 2 * 100


def test_drain__single_write_that_waits_for_the_pause_to_end__tried_once_and_not_sent(paused: World):
    named = participants.name_successor(
        paused.desk("registrar"), part="FundLedger", address=paused.chain.deployment.address("FundLedger")
    )
    put(paused, named.entries)
    before = transactions(paused)
    assert send(paused).paused.name == "WritesArePaused"
    assert transactions(paused) == before
    resume(paused)
    assert send(paused).recorded == 2


def test_drain__large_batch_while_paused__not_halved(paused: World):
    before = len(transactions(paused))
    put(paused, [gift(n) for n in range(300)])
    assert send(paused).paused is not None
    assert len(transactions(paused)) == before + 1
