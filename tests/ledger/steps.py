"""Steps that tests of commands share: a fund, a place, goods in a store."""

from ledger.commands import Draft, donations_in_kind, facilities, funds, items, lots
from tests.ledger.world import STORE_KEY, WARD_KEY, World

CNY = "CNY"


def fund(world: World, account: str, key: str, **given: str) -> bytes:
    """Opens a fund."""
    draft = funds.open_fund(world.desk(account), key=(key,), name=key, currency=given.pop("currency", CNY), **given)
    world.submit(draft)
    return draft.record_id


def record(world: World, draft: Draft) -> bytes:
    """Records a draft and returns the record's id."""
    world.submit(draft)
    return draft.record_id


def place(world: World) -> tuple[bytes, bytes, bytes]:
    """A store, a ward, and an item."""
    clerk, hospital = world.desk("clerk"), world.desk("hospital-clerk")
    store = record(
        world, facilities.register_facility(clerk, facilities.Facility(STORE_KEY, "Store", province="Hubei"))
    )
    ward = record(world, facilities.register_facility(hospital, facilities.Facility(WARD_KEY, "Ward")))
    item = record(world, items.register_item(clerk, items.Item("N95 mask", "1860", "piece")))
    return store, ward, item


def goods_in(world: World, key: str, item: bytes, store: bytes, quantity: int) -> bytes:
    """A lot in kind at the store."""
    gift = donations_in_kind.record_donation_in_kind(
        world.desk("clerk"),
        key=(key,),
        facility_id=store,
        lots=[lots.Lot((key, 1), item, quantity)],
        donor="A company",
        date="2020-01-28",
    )
    world.submit(gift)
    return lots.new_id(world.desk("clerk"), "lot", (key, 1))
