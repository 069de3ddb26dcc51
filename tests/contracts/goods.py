"""Lots, needs and stock for the contracts' tests, and the laws that hold for every lot after every test (R7)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from brownie import web3
from chain_state import answers
from gas import GAS_MAX
from names import CHARITY, HOSPITAL, MASKS, STORE, ascii_word, digest, record_id
from parts import Ledger, acting

NO_CODE = ascii_word("", 16)
NO_CONTENT = digest("content")
USABLE, RESERVED, QUARANTINED, COMMISSIONED, FOUND, TRANSFORMED_IN, SHORTAGE, IN_TRANSIT = range(8)
DISTRIBUTED, SOLD, LOST, ISSUED_WITHOUT_RECORD, DISPOSED, RETURNED_TO_DONOR, TRANSFORMED_OUT = range(8, 15)
IN_KIND, BOUGHT, FOUND_LOT, TRANSFORMED = range(1, 5)
DID_NOT_OCCUR, INCORRECT_DATA = 1, 2
LOST_GOODS, VARIANCE, ISSUED, FOUND_GOODS, SHORT = 1, 5, 6, 7, 9
SIDES = (
    ("commissioned", "found", "transformedIn", "shortage"),
    (
        "usable",
        "quarantined",
        "inTransit",
        "distributed",
        "sold",
        "lost",
        "disposed",
        "returnedToDonor",
        "transformedOut",
    ),
)


def lot_id(name: str, organisation_id: int = CHARITY) -> str:
    """The id of a lot of this name."""
    return record_id(organisation_id, "lot", name)


def line(name: str, quantity: int = 100, item: str = MASKS, cost: int = 0, expiry: int = 0) -> tuple[Any, ...]:
    """A lot as its source's call has it."""
    return (lot_id(name), item, quantity, cost, expiry, digest(name))


def donation(
    name: str, *lots: tuple[Any, ...], purpose: str = NO_CODE, place: str = NO_CODE, donor: int = 0
) -> tuple[Any, ...]:
    """A donation in kind, with the lots of `lots`."""
    return (
        record_id(CHARITY, "donation", name),
        digest(f"donor of {name}"),
        donor,
        purpose,
        place,
        digest(name),
        list(lots),
    )


def released(
    ledger: Ledger, kind: str, record: str, lot: str, quantity: int, facility: str = STORE, recipients: int = 0
) -> Any:
    """A release of this kind ("Sale"), proposed by one person of the store or the hospital and confirmed by another.
    Returns the receipt of the confirmation."""
    people = ("consignee", "partner") if facility == HOSPITAL else ("allrounder", "inspector")
    proposer, second = (ledger.actors[name] for name in people)
    counts = (recipients,) if kind == "Distribution" else ()
    stock = ledger["StockLedger"]
    getattr(stock, f"propose{kind}")(record, lot, facility, quantity, *counts, NO_CONTENT, proposer.tx)
    return stock.confirmRelease(record, second.tx)


class Goods:
    """The goods side of the ledger, for what a test needs before it begins and what it looks at afterwards."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.actors = ledger, ledger.actors
        self.supply, self.stock, self.needs = (ledger[name] for name in ("SupplyLedger", "StockLedger", "NeedLedger"))

    def given(self, name: str = "a", quantity: int = 100, facility: str = STORE, **earmark: str) -> str:
        """A donation in kind of one lot; returns the lot's id."""
        kind = {key: earmark.pop(key) for key in ("item", "expiry") if key in earmark}
        gift = donation(name, line(name, quantity, **kind), **earmark)
        self.supply.recordDonationsInKind(facility, [gift], self.actors["clerk"].tx)
        return lot_id(name)

    def at_hospital(self, name: str = "a", quantity: int = 100) -> str:
        """A lot of the charity that has arrived at the hospital; returns its id."""
        lot = self.given(name, quantity)
        self.supply.ship(lot, STORE, quantity, False, self.part("ConsignmentLedger"))
        self.supply.arrive(lot, HOSPITAL, quantity, 0, 0, self.part("ConsignmentLedger"))
        return lot

    def made(self, name: str, output: tuple[Any, ...], *inputs: tuple[str, int]) -> str:
        """A transformation at the store, by the dispatcher; returns the output's id."""
        self.supply.transform(
            record_id(CHARITY, name), STORE, inputs, [output], NO_CONTENT, self.actors["dispatcher"].tx
        )
        return str(output[0])

    def reserved(self, lot: str, quantity: int, facility: str = STORE) -> None:
        """Sets stock aside, as NeedLedger does."""
        self.supply.reserve(lot, facility, quantity, self.part("NeedLedger"))

    def released(self, kind: str, record: str, lot: str, quantity: int, *more: Any) -> Any:
        """See `released`."""
        return released(self.ledger, kind, record, lot, quantity, *more)

    def part(self, name: str) -> dict[str, Any]:
        """What brownie takes to call as that part of the ledger."""
        return acting(self.ledger, name)

    def reverse(self, part: str, target: str, by: Any = None) -> Any:
        """As Corrections does when a declaration that it did not occur is approved. Returns the receipt."""
        return self.ledger[part].reverseRecord(
            target, (by or self.actors["corrector"]).person_id, self.part("Corrections")
        )

    def adjust(self, part: str, target: str, delta: int, name: str = "difference") -> Any:
        """As Corrections does when a declaration of incorrect data is approved. Returns the receipt."""
        actor = self.actors["corrector"].person_id
        return self.ledger[part].adjustRecord(
            target, record_id(CHARITY, name), 0, 0, delta, actor, self.part("Corrections")
        )

    def quantities(self, lot: str) -> dict[str, int]:
        """The lot's quantities that are not zero, by name."""
        return {name: value for name, value in self.all_quantities(lot).items() if value}

    def all_quantities(self, lot: str) -> dict[str, int]:
        """The lot's quantities, by name."""
        return self.named_quantities([self.supply.quantitiesOf(lot)])[0]

    def named_quantities(self, found: Iterable[Any]) -> list[dict[str, int]]:
        """What quantitiesOf returned, by name."""
        entry = next(one for one in self.supply.abi if one.get("name") == "quantitiesOf")
        names = [component["name"] for component in entry["outputs"][0]["components"]]
        return [dict(zip(names, quantities, strict=True)) for quantities in found]

    def at(self, lot: str, facility: str = STORE) -> tuple[int, int, int]:
        """Usable, reserved and quarantined there."""
        return tuple(self.supply.stockOf(lot, facility))

    def lots_and_facilities(self) -> dict[str, set[str]]:
        """Every lot there was, and all facilities."""
        topic = web3.keccak(
            text="LotCommissioned(bytes32,bytes32,uint24,uint8,bytes32,bytes32,uint64,uint64,bytes16,bytes16,uint32,bool,bytes32)"
        ).hex()
        request = {
            "fromBlock": "0x0",
            "toBlock": "latest",
            "address": str(self.supply),
            "topics": ["0x" + topic.removeprefix("0x")],
        }
        logs = web3.provider.make_request("eth_getLogs", [request])["result"]
        facility = web3.keccak(text="FacilityRegistered(bytes32,bytes32,uint24,bytes32)").hex()
        request |= {"address": str(self.ledger["Catalogue"]), "topics": ["0x" + facility.removeprefix("0x")]}
        facilities = {log["topics"][1] for log in web3.provider.make_request("eth_getLogs", [request])["result"]}
        return {log["topics"][1]: facilities for log in logs}


def assert_lots_balance(goods: Goods) -> None:
    """R7 for every lot, and that its stock at all facilities together is what the lot says."""
    supply, lots = goods.supply, goods.lots_and_facilities()
    stocked = [(lot, facility) for lot, facilities in lots.items() for facility in facilities]
    quantities_of = dict(
        zip(lots, goods.named_quantities(answers((supply.quantitiesOf, (lot,)) for lot in lots)), strict=True)
    )
    stock_of = dict(zip(stocked, answers((supply.stockOf, place) for place in stocked), strict=True))
    shortage_of = dict(zip(stocked, answers((supply.shortageOf, place) for place in stocked), strict=True))
    for lot, facilities in lots.items():
        quantities = quantities_of[lot]
        left, right = (sum(quantities[name] for name in side) for side in SIDES)
        assert left == right, f"{lot}: {left} came and {right} is accounted for: {quantities}"
        assert quantities["issuedWithoutRecord"] <= quantities["lost"]
        stocks = {facility: tuple(stock_of[lot, facility]) for facility in facilities}
        shortages = {facility: shortage_of[lot, facility] for facility in facilities}
        totals = [sum(stock[index] for stock in stocks.values()) for index in range(3)] + [sum(shortages.values())]
        assert totals == [quantities[name] for name in ("usable", "reserved", "quarantined", "shortage")]
        for facility, (usable, reserved, quarantined) in stocks.items():
            assert reserved <= usable
            assert not shortages[facility] or (usable == reserved and quarantined == 0)


@pytest.fixture
def goods(ledger: Ledger) -> Goods:
    """The goods side of the ledger."""
    return Goods(ledger)


@pytest.fixture(autouse=True)
def _balanced(_fresh: None, goods: Goods) -> Iterator[None]:
    yield
    assert_lots_balance(goods)


@contextmanager
def tried(function: Any, arguments: tuple[Any, ...], actor: Any) -> Iterator[None]:
    """Inside, `function` was called; afterwards it was not. (Past brownie, which waits for ever for a nonce that comes again.)"""
    before = web3.provider.make_request("evm_snapshot", [])["result"]
    request = {
        "from": str(actor.account),
        "to": function._address,
        "data": function.encode_input(*arguments),
        "gas": hex(GAS_MAX),
    }
    assert "result" in web3.provider.make_request("eth_sendTransaction", [request])
    yield
    assert web3.provider.make_request("evm_revert", [before])["result"]


def no_record(result: Any) -> bool:
    """Whether a transaction recorded nothing."""
    return not result.logs


def discrepancy(goods: Goods, kind: int, subject: str, organisation_id: int = CHARITY) -> tuple[Any, ...]:
    """State, kind, subject, line, quantity and code of the discrepancy of this kind about the record."""
    discrepancies = goods.ledger["Discrepancies"]
    return tuple(discrepancies.discrepancyOf(discrepancies.discrepancyIdOf(kind, organisation_id, subject, 0)))
