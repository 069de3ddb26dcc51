"""Batches of goods, whose lines are of different sizes, as the contract takes them."""

import pytest

from ledger.commands import donations_in_kind, lots
from ledger.errors import BadInput
from tests.ledger.steps import place
from tests.ledger.world import World


def gift(item: bytes, name: str, count: int) -> donations_in_kind.GiftInKind:
    return donations_in_kind.GiftInKind((name,), [lots.Lot((name, n), item, 10) for n in range(count)])


def test_drain__donations_with_many_lots_each__halved_until_the_contract_takes_them(world: World):
    store, _, item = place(world)
    before = world.journals()["SupplyLedger"][1]
    gifts = [gift(item, str(n), 5) for n in range(30)]
    outcome = world.submit(donations_in_kind.record_donations_in_kind(world.desk("clerk"), store, gifts))
    assert (outcome.recorded, outcome.refused) == (30, ())
    assert world.journals()["SupplyLedger"][1] - before == 30 * 6


def test_record_donation_in_kind__as_many_lots_as_fit__recorded_and_one_more_is_bad_input(world: World):
    store, _, item = place(world)
    clerk = world.desk("clerk")
    full = gift(item, "full", donations_in_kind.LOTS_MAX)
    assert world.submit(donations_in_kind.record_donations_in_kind(clerk, store, [full])).recorded == 1
    too_many = gift(item, "more", donations_in_kind.LOTS_MAX + 1)
    with pytest.raises(BadInput, match="Donation more has 74 lots, and one donation can have 73"):
        donations_in_kind.record_donations_in_kind(clerk, store, [too_many])
