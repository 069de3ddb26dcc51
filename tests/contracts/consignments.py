"""Goods on the way for the contracts' tests, and the laws that hold for every consignment after every test (R11)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from brownie import web3
from clock import now_s
from goods import DID_NOT_OCCUR, Goods
from names import CHARITY, DAY_S, HOSPITAL, HOSPITAL_GROUP, STORE, ZERO, ascii_word, digest, record_id
from parts import Ledger

DISPATCHED, PARTLY_RECEIVED, RECEIVED, VOIDED, REVERSED = range(1, 6)
VERIFIED, INFERRED = 0, 1
GOOD, DAMAGED, LOST, OVER = range(4)
KIND_DAMAGED, KIND_LOST, KIND_OVER, KIND_OUTSTANDING, KIND_OVERDUE, KIND_SHORTAGE = 0, 1, 2, 3, 4, 9
OPEN, PROPOSED, RESOLVED = 1, 3, 4
EXPLAINED, WRITTEN_OFF = 1, 3
WAYBILL = digest("waybill")
NO_CODE = ascii_word("", 16)


class Consignments:
    """The way from a lot to a counted receipt, for what a test needs before it begins and what it looks at afterwards."""

    def __init__(self, ledger: Ledger, goods: Goods) -> None:
        self.ledger, self.goods, self.actors = ledger, goods, ledger.actors
        self.part, self.discrepancies, self.corrections = (
            ledger[name] for name in ("ConsignmentLedger", "Discrepancies", "Corrections")
        )

    def allocated(self, lot: str, quantity: int, to: str = HOSPITAL, origin: str = STORE, name: str = "") -> str:
        """An approved allocation of a lot at the store; returns its id."""
        allocation = record_id(CHARITY, "allocation", name or f"{lot} {quantity} {to}")
        row = (allocation, lot, origin, to, ZERO, NO_CODE, NO_CODE, quantity, digest("reason"))
        self.goods.needs.proposeGoodsAllocations([row], self.actors["allocator"].tx)
        self.goods.needs.approveGoodsAllocation(allocation, self.actors["approver"].tx)
        return allocation

    def loaded(
        self, name: str, *quantities: int, to: str = HOSPITAL, origin: str = STORE
    ) -> list[tuple[str, int, str]]:
        """A lot of its own for each quantity, allocated: the lines of a dispatch."""
        lines = []
        for number, quantity in enumerate(quantities):
            lot = self.goods.given(f"{name} {number}", quantity, origin)
            lines.append((lot, quantity, self.allocated(lot, quantity, to, origin)))
        return lines

    def sent(
        self,
        name: str,
        *quantities: int,
        to: str = HOSPITAL,
        origin: str = STORE,
        carrier: int = 0,
        due: int = 0,
        by: str = "dispatcher",
    ) -> str:
        """A consignment of a lot of its own for each quantity; returns its id."""
        consignment = consignment_id(name)
        lines = self.loaded(name, *quantities, to=to, origin=origin)
        self.part.dispatch(consignment, origin, to, carrier, due, ZERO, WAYBILL, lines, self.actors[by].tx)
        return consignment

    def received(self, name: str, consignment: str, *lines: tuple[int, ...], final: bool = False) -> str:
        """A count by the hospital's consignee; returns its id."""
        receipt = receipt_id(name)
        arguments = (receipt, consignment, final, VERIFIED, digest(name), list(lines))
        self.part.receiveConsignment(*arguments, self.actors["consignee"].tx)
        return receipt

    def lot(self, consignment: str, line_no: int = 0) -> str:
        """The lot of a line."""
        return str(self.part.lineOf(consignment, line_no)[0])

    def counts(self, consignment: str, line_no: int = 0) -> tuple[int, ...]:
        """Dispatched, good, damaged, lost, over, written off."""
        return tuple(self.part.lineOf(consignment, line_no)[1:])

    def state(self, consignment: str) -> int:
        """As the contract numbers it."""
        return int(self.part.consignmentOf(consignment)[0])

    def outstanding(self, consignment: str, line_no: int = 0) -> int:
        """What is neither counted nor written off."""
        return int(self.part.outstandingOf(consignment, line_no))

    def discrepancy(
        self, kind: int, subject: str, line_no: int = 0, organisation_id: int = CHARITY
    ) -> tuple[int, int] | None:
        """State and quantity; None where there is none."""
        key = self.discrepancies.discrepancyIdOf(kind, organisation_id, subject, line_no)
        state, _, _, _, quantity, _ = self.discrepancies.discrepancyOf(key)
        return (state, quantity) if state else None

    def resolved(self, kind: int, consignment: str, code: int, line_no: int = 0) -> str:
        """A discrepancy that two persons resolved, for the first time or again; returns its id."""
        key = str(self.discrepancies.discrepancyIdOf(kind, CHARITY, consignment, line_no))
        number = self.discrepancies.proposalsOf(key) + 1
        quantity = self.discrepancies.discrepancyOf(key)[4]
        why = digest(f"why {number}")
        self.discrepancies.proposeResolution(key, number, code, quantity, why, self.actors["corrector"].tx)
        self.discrepancies.confirmResolution(key, number, self.actors["correction_approver"].tx)
        return key

    def reversed(self, record: str) -> Any:
        """As Corrections does when a declaration that it did not occur is approved. Returns the transaction."""
        return self.part.reverseRecord(record, self.actors["corrector"].person_id, self.goods.part("Corrections"))

    def adjusted(self, record: str, name: str, line_no: int, field: int, delta: int) -> Any:
        """As Corrections does when a declaration of incorrect data is approved. Returns the transaction."""
        arguments = (record, adjustment_id(record, name), line_no, field, delta, self.actors["corrector"].person_id)
        return self.part.adjustRecord(*arguments, self.goods.part("Corrections"))

    def corrected(self, receipt: str) -> str:
        """A declaration that the hospital's receipt did not occur, by its consignee and its approver from outside; returns its id."""
        correction = record_id(HOSPITAL_GROUP, "correction", receipt)
        part, code = ascii_word("ConsignmentLedger"), ascii_word("mistaken", 16)
        declaration = (correction, part, receipt, DID_NOT_OCCUR, code, ZERO, 0, 0, 0, digest("note"))
        self.corrections.declareErrors([declaration], self.actors["consignee"].tx)
        self.corrections.approveCorrections([correction], self.actors["partner"].tx)
        return correction

    def all(self) -> set[str]:
        """Every consignment there was."""
        entry = next(one for one in self.part.abi if one.get("name") == "ConsignmentDispatched")
        types = [_type(one) for one in entry["inputs"]]
        topic = web3.keccak(text=f"ConsignmentDispatched({','.join(types)})").hex().removeprefix("0x")
        request = {"fromBlock": "0x0", "toBlock": "latest", "address": str(self.part), "topics": ["0x" + topic]}
        return {log["topics"][1] for log in web3.provider.make_request("eth_getLogs", [request])["result"]}


def consignment_id(name: str) -> str:
    """The id of the charity's consignment of this name."""
    return record_id(CHARITY, "consignment", name)


def receipt_id(name: str) -> str:
    """The id of the hospital's receipt of this name."""
    return record_id(HOSPITAL_GROUP, "receipt", name)


def adjustment_id(record: str, name: str) -> str:
    """The id of a difference posted on the record, in the record's organisation."""
    return record_id(int(record[2:10], 16), "adjustment", name)


def day_from_now(days: int) -> int:
    """The day so many days after the chain's, yyyymmdd, in UTC."""
    return int(datetime.fromtimestamp(now_s() + days * DAY_S, UTC).strftime("%Y%m%d"))


def assert_consignments_balance(journeys: Consignments) -> None:
    """R11 for every line of every consignment, and that what is outstanding of a lot is what it has in transit."""
    in_transit: dict[str, int] = {}
    for consignment in journeys.all():
        state, *_, lines = journeys.part.consignmentOf(consignment)
        for line_no in range(lines):
            dispatched, good, damaged, lost, _, written_off = journeys.counts(consignment, line_no)
            outstanding = journeys.outstanding(consignment, line_no)
            assert dispatched == good + damaged + lost + written_off + outstanding, f"{consignment}, line {line_no}"
            assert not outstanding or state < VOIDED
            lot = journeys.lot(consignment, line_no)
            in_transit[lot] = in_transit.get(lot, 0) + outstanding
    for lot, outstanding in in_transit.items():
        assert journeys.goods.all_quantities(lot)["inTransit"] == outstanding, f"lot {lot}"


@pytest.fixture
def journeys(ledger: Ledger, goods: Goods) -> Consignments:
    """The way from a lot to a counted receipt."""
    return Consignments(ledger, goods)


@pytest.fixture(autouse=True)
def _travelling(_fresh: None, journeys: Consignments) -> Iterator[None]:
    yield
    assert_consignments_balance(journeys)


def _type(entry: dict[str, Any]) -> str:
    if not entry["type"].startswith("tuple"):
        return str(entry["type"])
    return f"({','.join(map(_type, entry['components']))}){entry['type'].removeprefix('tuple')}"
