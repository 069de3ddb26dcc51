"""Funds and what is in them, for the tests that need money: steps with the usual actors, and totals by short names."""

from collections.abc import Iterator
from typing import Any

import pytest
from brownie import web3
from names import CHARITY, EXERCISE, PARTNER_CHARITY, ZERO, ascii_word, digest, record_id
from parts import Ledger, acting
from reverts import plain

FUND = record_id(CHARITY, "fund")
EARMARKED = record_id(CHARITY, "fund", "earmarked")
DOLLARS = record_id(CHARITY, "fund", "dollars")
PARTNER_FUND = record_id(PARTNER_CHARITY, "fund")
EXERCISE_FUND = record_id(EXERCISE, "fund")
GOODS, SERVICES, FEES, OVERHEAD = range(4)
INTEREST, SALE_PROCEEDS = range(2)
DONOR = digest("salt and donor")
LEFT = ("received", "transfersIn", "interest", "saleProceeds", "deficit")
RIGHT = (
    "unallocated",
    "allocatedUnspent",
    "spentOnLots",
    "spentOnServices",
    "prepaid",
    "transferredOut",
    "refunded",
)
_NAMES = (*LEFT, *RIGHT)


def ends(purpose: str = "", place: str = "") -> tuple[str, str]:
    """Purpose and place as an Earmark has them."""
    return (ascii_word(purpose, 16), ascii_word(place, 16))


def charity_id(*key: str | int) -> str:
    """An id of the charity's, under which most of these tests record."""
    return record_id(CHARITY, *key)


def told(receipt: Any, event: str) -> tuple[Any, ...]:
    """The arguments of the only event of this name, in order."""
    (found,) = receipt.events[event] if isinstance(receipt.events[event], list) else [receipt.events[event]]
    return plain(tuple(found.values()))


class Money:
    """Steps on FundLedger that are accepted, each by whoever usually takes it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.part = ledger["FundLedger"]
        self.count = 0

    def tx(self, actor: str) -> dict[str, Any]:
        return self.ledger.actors[actor].tx

    def new_id(self, organisation_id: int = CHARITY) -> str:
        self.count += 1
        return record_id(organisation_id, "money", self.count)

    def open(
        self, fund: str = FUND, currency: str = "CNY", earmark: tuple[str, str] = ends(), actor: str = "clerk"
    ) -> str:
        self.part.openFund(fund, currency.encode(), earmark, digest("fund"), self.tx(actor))
        return fund

    def give(self, *sums: int, fund: str = FUND, actor: str = "clerk") -> list[str]:
        """Donations of these amounts, in one batch."""
        lines = [(self.new_id(int(fund[:10], 16)), amount, DONOR, digest("gift")) for amount in sums]
        self.part.recordDonations(fund, digest("list"), lines, self.tx(actor))
        return [line[0] for line in lines]

    def propose(self, amount: int, fund: str = FUND, earmark: tuple[str, str] = ends(), cited: str = ZERO) -> str:
        allocation = self.new_id()
        arguments = (allocation, fund, amount, earmark, cited, digest("purpose"))
        self.part.proposeAllocation(*arguments, self.tx("allocator"))
        return allocation

    def allocate(self, amount: int, fund: str = FUND, earmark: tuple[str, str] = ends(), cited: str = ZERO) -> str:
        """An approved allocation."""
        allocation = self.propose(amount, fund, earmark, cited)
        self.part.approveAllocation(allocation, self.tx("approver"))
        return allocation

    def redesignate(self, amount: int, earmark: tuple[str, str], fund: str = EARMARKED) -> str:
        """An approved redesignation."""
        redesignation = self.new_id()
        self.part.proposeRedesignation(redesignation, fund, amount, earmark, digest("why"), self.tx("allocator"))
        self.part.approveRedesignation(redesignation, self.tx("approver"))
        return redesignation

    def spend(self, allocation: str, amount: int, kind: int = GOODS) -> str:
        expenditure = self.new_id()
        arguments = (expenditure, allocation, kind, amount, digest("order"), digest("invoice"), digest("paid"))
        self.part.recordExpenditure(*arguments, self.tx("allocator"))
        return expenditure

    def deliver(self, expenditure: str, cost: int) -> str:
        lot = self.new_id()
        self.part.deliverExpenditure(expenditure, lot, cost, 15, acting(self.ledger, "SupplyLedger"))
        return lot

    def take_back(self, expenditure: str, amount: int) -> str:
        """A supplier's refund."""
        refund = self.new_id()
        self.part.recordSupplierRefund(refund, expenditure, amount, digest("credit note"), self.tx("allocator"))
        return refund

    def refund(self, donation: str, amount: int) -> str:
        refund = self.new_id()
        self.part.recordRefund(refund, donation, amount, digest("refund"), self.tx("allrounder"))
        return refund

    def send(self, allocation: str, amount: int, child: str = PARTNER_FUND, cited: str = ZERO) -> str:
        disbursement = self.new_id()
        arguments = (disbursement, allocation, child, amount, cited, digest("onward"))
        self.part.recordDisbursement(*arguments, self.tx("allocator"))
        return disbursement

    def reverse(self, record: str) -> Any:
        """A correction that two persons signed takes the record out of effect."""
        return self.part.reverseRecord(record, 18, acting(self.ledger, "Corrections"))

    def adjust(self, record: str, delta: int) -> Any:
        return self.part.adjustRecord(record, self.new_id(), 0, 0, delta, 18, acting(self.ledger, "Corrections"))

    def totals(self, fund: str = FUND) -> dict[str, int]:
        """Every total that is not zero."""
        return {name: value for name, value in zip(_NAMES, self.part.totalsOf(fund), strict=True) if value}

    def funds(self) -> list[str]:
        """Every fund that was opened, from the ledger's own logs."""
        topic = "0x" + web3.keccak(
            text="FundOpened(bytes32,bytes32,uint24,bytes3,bytes16,bytes16,bytes32)"
        ).hex().removeprefix("0x")
        wanted = {"fromBlock": "0x0", "address": self.part.address, "topics": [topic]}
        logs = web3.provider.make_request("eth_getLogs", [wanted])["result"]
        return [log["topics"][1] for log in logs]


@pytest.fixture(scope="session")
def money(ledger: Ledger) -> Money:
    """Steps that take place in FundLedger; see `Money`."""
    return Money(ledger)


@pytest.fixture(scope="module", autouse=True)
def _funds(money: Money, _module_fresh: None) -> None:
    """A fund of each kind: without an earmark, with one, in dollars; the partner's; the exercise's."""
    money.open(FUND)
    money.open(EARMARKED, earmark=ends("720", "CN42"))
    money.open(DOLLARS, currency="USD")
    money.open(PARTNER_FUND, actor="partner")
    money.open(EXERCISE_FUND, actor="demonstrator")


@pytest.fixture(autouse=True)
def _totals_balance(money: Money, _fresh: None) -> Iterator[None]:
    """After every test, in every fund: what came in and the deficit are what is free, set aside, spent and gone (R1)."""
    yield
    funds = money.funds()
    assert funds
    for fund in funds:
        totals = money.totals(fund)
        assert sum(totals.get(name, 0) for name in LEFT) == sum(totals.get(name, 0) for name in RIGHT), fund
        assert not (totals.get("deficit") and totals.get("unallocated")), fund
