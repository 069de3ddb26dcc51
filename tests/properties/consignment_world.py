"""ConsignmentLedger beside its model, with the real ledgers of lots, needs and discrepancies under it."""

from typing import Any

from eth_utils import keccak

from tests.properties.anvil import ContractRefused, Node, Part, deploy
from tests.properties.consignment_figures import Allocation, Refused
from tests.properties.consignment_model import ConsignmentModel
from tests.properties.discrepancy_model import discrepancy_id

ZERO = bytes(32)
CHARITY, HOSPITAL, EXERCISE = 2, 3, 9
# Person, account of anvil, organisation whose every role the person holds.
PERSONS = {1: (1, CHARITY), 2: (2, CHARITY), 3: (3, CHARITY), 4: (4, HOSPITAL), 5: (5, HOSPITAL), 6: (6, EXERCISE)}
ROLES = "INTAKE_CLERK ALLOCATOR ALLOCATION_APPROVER DISPATCHER CARRIER CORRECTOR CORRECTION_APPROVER".split()
OPENED = "0x" + keccak(text="DiscrepancyOpened(bytes32,bytes32,uint24,uint8,uint32,uint16,uint64,bytes32)").hex()
PARTS = "Catalogue NeedLedger SupplyLedger StockLedger ConsignmentLedger Discrepancies Corrections".split()


def word(text: str, size: int = 32) -> bytes:
    return text.encode().ljust(size, b"\0")


def identity(organisation: int, number: int) -> bytes:
    return organisation.to_bytes(4, "big") + number.to_bytes(28, "big")


STORE, OTHER_STORE = identity(CHARITY, 1), identity(CHARITY, 2)
WARD, EXERCISE_STORE = identity(HOSPITAL, 3), identity(EXERCISE, 4)
FACILITIES = (STORE, OTHER_STORE, WARD, EXERCISE_STORE)
ITEM = identity(CHARITY, 10)
LOTS = (identity(CHARITY, 21), identity(CHARITY, 22))
LOT_QUANTITY = 4_040
# Allocation, lot, from, to, quantity.
ALLOCATIONS = (
    (identity(CHARITY, 31), LOTS[0], STORE, WARD, 2_000),
    (identity(CHARITY, 32), LOTS[1], STORE, WARD, 2_000),
    (identity(CHARITY, 33), LOTS[0], STORE, WARD, 60),
    (identity(CHARITY, 34), LOTS[1], STORE, OTHER_STORE, 2_000),
)


class ConsignmentWorld:
    """The deployed parts; `model` is told the same. `fresh` goes back to two lots, allocated and not dispatched."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.accounts = node.request("eth_accounts")
        owner = self.accounts[0]
        participants = deploy(node, owner, "Participants")
        self.parts = {name: deploy(node, owner, name, participants.address) for name in PARTS}
        for part in self.parts.values():
            participants.send(owner, "namePart", word(part.name), part.address)
            node.request("anvil_impersonateAccount", part.address)
        self.ledger, self.discrepancies = self.parts["ConsignmentLedger"], self.parts["Discrepancies"]
        self.register(participants, owner)
        self.stock_up()
        self.snapshot = node.request("evm_snapshot")
        self.model = self.new_model()

    def register(self, participants: Part, owner: str) -> None:
        organisations = (CHARITY, HOSPITAL, EXERCISE)
        participants.send(owner, "registerOrganisations", [(one, one == EXERCISE, ZERO) for one in organisations])
        participants.send(owner, "registerPersons", [(person, home, ZERO) for person, (_, home) in PERSONS.items()])
        links = [(identity(home, 1000 + p), p, self.accounts[number]) for p, (number, home) in PERSONS.items()]
        participants.send(owner, "linkAccounts", links)
        grants = [(person, home, role, ZERO) for person, (_, home) in PERSONS.items() for role in ROLES]
        own = [
            (person, home, place)
            for person, (_, home) in PERSONS.items()
            for place in FACILITIES
            if place[:4] == identity(home, 0)[:4]
        ]
        grants += [(person, home, "CONSIGNEE", place) for person, home, place in own]
        lines = [
            (identity(home, 2000 + i), p, home, word(role), scope) for i, (p, home, role, scope) in enumerate(grants)
        ]
        participants.send(owner, "grantRoles", lines)

    def stock_up(self) -> None:
        catalogue, needs = self.parts["Catalogue"], self.parts["NeedLedger"]
        for place in FACILITIES:
            home = int.from_bytes(place[:4], "big")
            someone = next(number for number, organisation in PERSONS.values() if organisation == home)
            catalogue.send(self.accounts[someone], "registerFacilities", home, [(place, ZERO)])
        catalogue.send(self.accounts[1], "registerItems", CHARITY, [(ITEM, ZERO)])
        lots = [(lot, ITEM, LOT_QUANTITY, 0, 0, ZERO) for lot in LOTS]
        gift = (identity(CHARITY, 20), ZERO, 0, bytes(16), bytes(16), ZERO, lots)
        self.parts["SupplyLedger"].send(self.accounts[1], "recordDonationsInKind", STORE, [gift])
        rows = [
            (key, lot, origin, to, ZERO, bytes(16), bytes(16), n, word("why"))
            for key, lot, origin, to, n in ALLOCATIONS
        ]
        needs.send(self.accounts[1], "proposeGoodsAllocations", rows)
        for allocation in ALLOCATIONS:
            needs.send(self.accounts[2], "approveGoodsAllocation", allocation[0])

    def new_model(self) -> ConsignmentModel:
        now = int(self.node.request("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
        homes = {person: home for person, (_, home) in PERSONS.items()}
        model = ConsignmentModel(homes, set(FACILITIES), {EXERCISE}, now)
        for lot in LOTS:
            model.commissioned[lot] = LOT_QUANTITY
            model.stock(lot, STORE).usable = LOT_QUANTITY
        for key, lot, origin, to, quantity in ALLOCATIONS:
            model.allocations[key] = Allocation(lot, origin, to, quantity)
            model.stock(lot, STORE).reserved += quantity
        return model

    def fresh(self) -> None:
        assert self.node.request("evm_revert", self.snapshot)
        self.snapshot = self.node.request("evm_snapshot")
        self.model = self.new_model()

    def step(self, sender: int | str, part: str, call: tuple[Any, ...], action: tuple[Any, ...]) -> bool:
        """Sends `call` to a contract and `action` to the model; both accept, refuse or pass over it alike, and open the same
        discrepancies. Returns whether something was recorded."""
        account = self.parts[sender].address if isinstance(sender, str) else self.account_of(sender)
        wanted: tuple[Any, ...] | None = None
        is_new = False
        try:
            is_new = self.model.attempt(*action)
        except Refused as refused:
            wanted = refused.args
        logs: list[dict[str, Any]] = []
        answer: tuple[Any, ...] | None = None
        try:
            logs = self.parts[part].send(account, *call)
        except ContractRefused as refused:
            answer = refused.args
        if answer and answer[0] in ("MissingRole", "AccountUnknown"):
            answer = answer[:1]
        assert answer == wanted, (call, answer, wanted)
        assert bool(logs) == is_new, (call, is_new, logs)
        assert sorted(self.opened(logs)) == sorted(self.model.opening), call
        self.compare()
        return is_new

    def account_of(self, person: int) -> str:
        return str(self.accounts[PERSONS[person][0] if person in PERSONS else 9])

    def opened(self, logs: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        """Kind, organisation, subject, line and quantity of each discrepancy that the logs open."""
        found = []
        for log in logs:
            if log["topics"][0] == OPENED:
                kind, organisation, line_no, quantity = (
                    int(log["data"][2 + 64 * i : 66 + 64 * i], 16) for i in range(4)
                )
                found.append((kind, organisation, bytes.fromhex(log["topics"][2][2:]), line_no, quantity))
        return found

    def compare(self) -> None:
        """Everything that the contracts tell of every consignment, lot and allocation, as the model has it."""
        self.compare_consignments()
        self.compare_lots()
        self.compare_discrepancies()
        self.model.assert_nothing_forgotten()
        for key in self.model.allocations:
            _, _, _, remaining, _ = self.parts["NeedLedger"].call("goodsAllocationOf", key)
            assert remaining == self.model.remaining(key), key

    def compare_consignments(self) -> None:
        model, calls, wanted = self.model, [], []
        for one in model.consignments.values():
            head = (model.state(one.id), one.origin, one.to, one.dispatcher, one.carrier, one.due, len(one.lines))
            calls += [("consignmentOf", one.id), ("possessorOf", one.id)]
            wanted += [head, model.possessor(one.id)]
            for number, (lot, _, _) in enumerate(one.lines):
                counts = (
                    model.dispatched(one.id, number),
                    *model.sums(one.id, number),
                    model.written_off(one.id, number),
                )
                calls += [("lineOf", one.id, number), ("outstandingOf", one.id, number)]
                wanted += [(lot, *counts), model.outstanding(one.id, number)]
        for record in model.records.values():
            calls.append(("inEffect", record.id))
            wanted.append(not record.ended)
            if record.kind == "receipt" and not record.ended:
                lines = range(len(model.consignments[record.consignment].lines))
                calls += [("receiptLineOf", record.id, number) for number in lines]
                wanted += [tuple(model.stated(record.id, number)) for number in lines]
        for call, found, expected in zip(calls, self.ledger.call_many(*calls) if calls else [], wanted, strict=True):
            assert found == expected, call

    def compare_discrepancies(self) -> None:
        known = self.model.discrepancies
        found = self.discrepancies.call_many(*(("discrepancyOf", discrepancy_id(key)) for key in known))
        for ((kind, _, subject, line_no), one), answer in zip(known.items(), found, strict=True):
            assert answer == (one.state, kind, subject, line_no, one.quantity, one.code), (subject, line_no)

    def compare_lots(self) -> None:
        supply, model = self.parts["SupplyLedger"], self.model
        lots = [*model.commissioned, *model.over_lots]
        totals = supply.call_many(*(("quantitiesOf", lot) for lot in lots))
        places = [(lot, place) for lot in lots for place in FACILITIES]
        stocks = supply.call_many(*((view, *one) for one in places for view in ("stockOf", "shortageOf")))
        for (lot, place), stock, short in zip(places, stocks[::2], stocks[1::2], strict=True):
            own = model.stock(lot, place)
            assert (*stock, short) == (own.usable, own.reserved, own.quarantined, own.shortage), (lot, place)
        for lot, (
            commissioned,
            found,
            _,
            shortage,
            usable,
            reserved,
            quarantined,
            transit,
            distributed,
            _,
            lost,
            *_,
        ) in zip(lots, totals, strict=True):
            here = [model.stock(lot, place) for place in FACILITIES]
            assert (commissioned, found) == (model.commissioned.get(lot, 0), model.over_lots.get(lot, 0)), lot
            assert (transit, lost) == model.on_the_way(lot), lot
            assert distributed == model.distributed.get(lot, 0), lot
            assert usable == sum(one.usable for one in here) and reserved == sum(one.reserved for one in here), lot
            assert quarantined == sum(one.quarantined for one in here) and shortage == sum(
                one.shortage for one in here
            ), lot
            assert commissioned + found + shortage == usable + quarantined + transit + distributed + lost, lot
