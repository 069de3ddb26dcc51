"""SupplyLedger, StockLedger and NeedLedger beside their model: each action goes to both, and everything is compared."""

from datetime import UTC, datetime
from typing import Any

from tests.properties.anvil import ContractRefused, Node, Part, deploy
from tests.properties.goods_model import ALLOCATION_STATES, GoodsModel
from tests.properties.supply_figures import Refused

ZERO = bytes(32)
CHARITY, HOSPITAL, EXERCISE = 2, 3, 9
# Person, account of anvil, organisation whose every role the person holds.
PERSONS = {
    1: (1, CHARITY),
    2: (2, CHARITY),
    3: (3, CHARITY),
    4: (4, HOSPITAL),
    5: (5, HOSPITAL),
    6: (6, EXERCISE),
    7: (7, None),
}
ROLES = "INTAKE_CLERK IMPORTER ALLOCATOR ALLOCATION_APPROVER DISPATCHER INSPECTOR".split()
PARTS = "Catalogue NeedLedger SupplyLedger StockLedger ConsignmentLedger Discrepancies Corrections".split()
CONTRACT = {"supply": "SupplyLedger", "stock": "StockLedger", "need": "NeedLedger"}
QUANTITIES = (
    "commissioned found transformedIn shortage usable reserved quarantined inTransit distributed sold lost"
    " issuedWithoutRecord disposed returnedToDonor transformedOut"
).split()
SHORTAGE = 9


def word(text: str, size: int = 32) -> bytes:
    return text.encode().ljust(size, b"\0")


def identity(organisation: int, number: int) -> bytes:
    return organisation.to_bytes(4, "big") + number.to_bytes(28, "big")


STORE, OTHER_STORE = identity(CHARITY, 1), identity(CHARITY, 2)
WARD, EXERCISE_STORE = identity(HOSPITAL, 3), identity(EXERCISE, 4)
FACILITIES = (STORE, OTHER_STORE, WARD, EXERCISE_STORE)
MASKS, GOWNS, EXERCISE_MASKS = identity(CHARITY, 10), identity(CHARITY, 11), identity(EXERCISE, 12)
ITEMS = (MASKS, GOWNS, EXERCISE_MASKS)
Call = tuple[int | str, str, tuple[Any, ...]]


class GoodsWorld:
    """The deployed parts; `model` is told the same. `fresh` goes back to an empty ledger."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.accounts = node.request("eth_accounts")
        owner = self.accounts[0]
        participants = deploy(node, owner, "Participants")
        self.parts = {name: deploy(node, owner, name, participants.address) for name in PARTS}
        for part in self.parts.values():
            participants.send(owner, "namePart", word(part.name), part.address)
            # Consignments and corrections are spoken for here: they call as their own contracts would.
            node.request("anvil_impersonateAccount", part.address)
        self.register(participants, owner)
        self.snapshot = node.request("evm_snapshot")
        self.model = self.new_model()

    def register(self, participants: Part, owner: str) -> None:
        organisations = (CHARITY, HOSPITAL, EXERCISE)
        participants.send(owner, "registerOrganisations", [(one, one == EXERCISE, ZERO) for one in organisations])
        people = [(person, home or CHARITY, ZERO) for person, (_, home) in PERSONS.items()]
        participants.send(owner, "registerPersons", people)
        links = [(identity(h or CHARITY, 1000 + p), p, self.accounts[number]) for p, (number, h) in PERSONS.items()]
        participants.send(owner, "linkAccounts", links)
        grants = [(p, home, role) for p, (_, home) in PERSONS.items() if home for role in ROLES]
        lines = [(identity(home, 2000 + i), p, home, word(role), ZERO) for i, (p, home, role) in enumerate(grants)]
        participants.send(owner, "grantRoles", lines)
        for ids, function in ((FACILITIES, "registerFacilities"), (ITEMS, "registerItems")):
            for one in ids:
                home = int.from_bytes(one[:4], "big")
                someone = next(number for number, organisation in PERSONS.values() if organisation == home)
                self.parts["Catalogue"].send(self.accounts[someone], function, home, [(one, ZERO)])

    def new_model(self) -> GoodsModel:
        roles = {person: {home} if home else set() for person, (_, home) in PERSONS.items()}
        model = GoodsModel(roles, {EXERCISE}, set(FACILITIES), set(ITEMS))
        now = int(self.node.request("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
        model.today = int(datetime.fromtimestamp(now, UTC).strftime("%Y%m%d"))
        return model

    def fresh(self) -> None:
        assert self.node.request("evm_revert", self.snapshot)
        self.snapshot = self.node.request("evm_snapshot")
        self.model = self.new_model()

    def step(self, calls: list[Call], action: tuple[Any, ...]) -> bool:
        """Sends `calls`, as one, to the contracts and `action` to the model; both accept, refuse or pass over it alike.
        Returns whether something was recorded."""
        wanted: tuple[Any, ...] | None = None
        is_new = False
        try:
            is_new = self.model.attempt(*action)
        except Refused as refused:
            wanted = refused.args
        answer, logs = self.send(calls)
        assert answer == self.plain(wanted), (calls, answer, wanted)
        if len(calls) == 1 and calls[0][0] != "ConsignmentLedger":
            assert bool(logs) == is_new, (calls, is_new, logs)
        self.compare_openings(logs)
        self.compare()
        return is_new

    def send(self, calls: list[Call]) -> tuple[Any, list[dict[str, Any]]]:
        before = self.node.request("evm_snapshot") if len(calls) > 1 else None
        logs: list[dict[str, Any]] = []
        for sender, part, call in calls:
            account = self.parts[sender].address if isinstance(sender, str) else self.accounts[PERSONS[sender][0]]
            try:
                logs += self.parts[part].send(account, *call)
            except ContractRefused as refused:
                if before:
                    assert self.node.request("evm_revert", before)
                return self.plain(refused.args), []
        return None, logs

    def compare_openings(self, logs: list[dict[str, Any]]) -> None:
        """A correction tells what was no longer there, and then opens a discrepancy of that size; so does whatever a store
        has to explain."""
        parts = {part.address.lower() for part in self.parts.values() if part.name in ("SupplyLedger", "StockLedger")}
        told = [int(log["data"][-64:], 16) for log in logs if log["address"] in parts and self.is_correction(log)]
        discrepancies = self.parts["Discrepancies"].address.lower()
        words = [
            (int(log["data"][2:66], 16), bytes.fromhex(log["topics"][2][2:]), int(log["data"][194:258], 16))
            for log in logs
            if log["address"] == discrepancies
        ]
        assert [one for one in told if one] == [quantity for kind, _, quantity in words if kind == SHORTAGE]
        assert [one for one in words if one[0] != SHORTAGE] == self.model.opening

    def is_correction(self, log: dict[str, Any]) -> bool:
        return log["topics"][0] in _CORRECTIONS

    def compare(self) -> None:
        """Every lot at every facility, every record and every demand, as the contracts and the model have them."""
        self.compare_lots()
        records = [one for one in self.model.records.values() if one.kind != "adjustment"]
        for part, name in CONTRACT.items():
            own = [one for one in self.model.records.values() if one.part == part]
            found = self.parts[name].call_many(*(("inEffect", one.id) for one in own))
            assert found == [not one.is_reversed for one in own]
        moved = [one for one in records if one.part == "stock" and one.kind not in ("recall", "count")]
        found = self.parts["StockLedger"].call_many(*(("movementOf", one.id) for one in moved))
        for one, (lot, facility, quantity, author, second, proposal) in zip(moved, found, strict=True):
            state = 0 if one.is_reversed else ["", "Proposed", "Confirmed"].index(one.state)
            wanted = (one.lot, one.facility, one.base, one.author, one.second, state)
            assert (lot, facility, quantity, author, second, proposal) == wanted, one
        self.compare_needs([one for one in records if one.part == "need"])

    def compare_lots(self) -> None:
        supply, lots = self.parts["SupplyLedger"], list(self.model.lots.values())
        places = [(lot, facility) for lot in lots for facility in FACILITIES]
        calls = [("quantitiesOf", lot.id) for lot in lots] + [("lotOf", lot.id) for lot in lots]
        calls += [("stockOf", lot.id, facility) for lot, facility in places]
        calls += [("shortageOf", lot.id, facility) for lot, facility in places]
        found = iter(supply.call_many(*calls))
        for lot in lots:
            quantities = dict(zip(QUANTITIES, next(found), strict=True))
            assert quantities == {name: lot.total(name) for name in QUANTITIES}, lot
            parts = [name for name in QUANTITIES if name not in ("reserved", "issuedWithoutRecord")]
            assert sum(quantities[name] for name in parts[:4]) == sum(quantities[name] for name in parts[4:]), lot
        for lot in lots:
            earmark = tuple(word(code.decode(), 16) for code in lot.earmark)
            assert next(found) == (lot.origin, lot.item, lot.source, lot.expiry, lot.recalls > 0, *earmark), lot
        for lot, facility in places:
            shelf = lot.shelves[facility]
            assert next(found) == (shelf.usable, shelf.reserved, shelf.quarantined), (lot, facility)
            assert not shelf.shortage or (shelf.usable == shelf.reserved and shelf.quarantined == 0)
        for lot, facility in places:
            assert next(found) == lot.shelves[facility].shortage, (lot, facility)

    def compare_needs(self, records: list[Any]) -> None:
        calls = [("needOf" if one.kind == "need" else "goodsAllocationOf", one.id) for one in records]
        demands = sorted({one.content[:2] for one in records if one.kind == "need"})
        calls += [("demandOf", *demand) for demand in demands]
        found = iter(self.parts["NeedLedger"].call_many(*calls))
        for one in records:
            if one.kind == "need":
                state = 0 if one.is_reversed else ["None", "Published", "Approved"].index(one.state)
                assert next(found) == (state, one.facility, one.more["item"], one.base, one.more["allocated"]), one
            else:
                state = 0 if one.is_reversed else ALLOCATION_STATES.index(one.state)
                left = self.model.remaining(one) if state == 2 else 0
                assert next(found) == (state, one.lot, one.base, left, one.more["flags"]), one
        for demand in demands:
            assert next(found) == self.model.demand(*demand)

    def plain(self, error: Any) -> Any:
        """Codes without the zeros that fill their words; of MissingRole the name."""
        if isinstance(error, tuple):
            return ("MissingRole",) if error[:1] == ("MissingRole",) else tuple(map(self.plain, error))
        return error.rstrip(b"\0") if isinstance(error, bytes) and len(error) == 16 else error


def _topics() -> set[str]:
    from eth_utils import keccak

    signatures = (
        "RecordAdjusted(bytes32,bytes32,uint24,int64,uint64)",
        "RecordReversed(bytes32,bytes32,uint24,uint64,uint64)",
    )
    return {"0x" + keccak(text=one).hex() for one in signatures}


_CORRECTIONS = _topics()
