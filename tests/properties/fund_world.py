"""FundLedger on an anvil of its own, beside the model: the same action goes to both, and everything is compared."""

import copy
from typing import Any

from tests.properties.anvil import ContractRefused, Node, Part, deploy
from tests.properties.fund_figures import Record
from tests.properties.fund_model import FundModel
from tests.properties.fund_rules import Refused

ZERO = bytes(32)
CHARITY, PARTNER, EXERCISE = 2, 3, 9
# Person, account of anvil, organisation whose every role the person holds.
PERSONS = {
    1: (1, CHARITY),
    2: (2, CHARITY),
    3: (3, CHARITY),
    4: (4, PARTNER),
    5: (5, PARTNER),
    6: (6, EXERCISE),
    7: (7, None),
}
ROLES = ("INTAKE_CLERK", "ALLOCATOR", "ALLOCATION_APPROVER", "IMPORTER")
KINDS = (
    "fund donation pledge commitment income refund conversion redesignation allocation return expenditure supplier_refund"
    " disbursement adjustment"
).split()
STATES = {
    "allocation": ["None", "Proposed", "Approved", "Closed", "Cancelled"],
    "redesignation": ["None", "Proposed", "Approved"],
    "disbursement": ["None", "Sent", "Acknowledged", "Rejected"],
}
TOTALS = (
    "received transfersIn interest saleProceeds deficit unallocated allocatedUnspent spentOnLots spentOnServices prepaid"
    " transferredOut refunded"
).split()


def word(text: str, size: int = 32) -> bytes:
    return text.encode().ljust(size, b"\0")


def identity(organisation: int, number: int) -> bytes:
    return organisation.to_bytes(4, "big") + number.to_bytes(28, "big")


class FundWorld:
    """The deployed parts; `model` is told the same."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.accounts = node.request("eth_accounts")
        owner = self.accounts[0]
        self.participants = participants = deploy(node, owner, "Participants")
        self.ledger = deploy(node, owner, "FundLedger", participants.address)
        self.discrepancies = deploy(node, owner, "Discrepancies", participants.address)
        self.supply = deploy(node, owner, "SupplyLedger", participants.address)
        self.corrections = deploy(node, owner, "Corrections", participants.address)
        for part in (self.ledger, self.discrepancies, self.supply, self.corrections):
            participants.send(owner, "namePart", word(part.name), part.address)
            # The other parts are spoken for here: they call as their own contracts would.
            node.request("anvil_impersonateAccount", part.address)
        organisations = [(number, number == EXERCISE, ZERO) for number in (CHARITY, PARTNER, EXERCISE)]
        participants.send(owner, "registerOrganisations", organisations)
        people = [(person, home or CHARITY, ZERO) for person, (_, home) in PERSONS.items()]
        participants.send(owner, "registerPersons", people)
        links = [(identity(h or CHARITY, 1000 + p), p, self.accounts[number]) for p, (number, h) in PERSONS.items()]
        participants.send(owner, "linkAccounts", links)
        grants = [(p, home, role) for p, (_, home) in PERSONS.items() if home for role in ROLES]
        lines = [(identity(home, 2000 + i), p, home, word(role), ZERO) for i, (p, home, role) in enumerate(grants)]
        participants.send(owner, "grantRoles", lines)
        roles = {person: {home} if home else set() for person, (_, home) in PERSONS.items()}
        self.model = FundModel(roles, {EXERCISE})
        self.kept: tuple[str, FundModel] | None = None

    def keep(self) -> None:
        """From here on, `go_back` comes back to this state."""
        self.kept = (self.node.request("evm_snapshot"), copy.deepcopy(self.model))

    def go_back(self) -> None:
        assert self.kept
        snapshot, model = self.kept
        assert self.node.request("evm_revert", snapshot)
        self.model = copy.deepcopy(model)
        self.keep()

    def step(self, sender: int | Part, call: tuple[Any, ...], action: tuple[Any, ...]) -> bool:
        """Sends `call` to the contract and `action` to the model; both accept, refuse or pass over it alike. Returns whether
        something was recorded."""
        deficits = self.deficits()
        account = sender.address if isinstance(sender, Part) else self.accounts[PERSONS[sender][0]]
        refusal: tuple[Any, ...] | None = None
        is_new = False
        try:
            is_new = self.model.attempt(*action)
        except Refused as refused:
            refusal = refused.args
        logs: list[dict[str, Any]] = []
        try:
            logs = self.ledger.send(account, *call)
            answer = None
        except ContractRefused as refused:
            answer = refused.args
        assert self.plain_refusal(answer) == self.wanted_refusal(refusal), (call, answer, refusal)
        assert bool(logs) == is_new, (call, is_new, logs)
        self.compare_deficit(logs, self.grown(deficits))
        self.compare()
        return is_new

    def deficits(self) -> dict[bytes, int]:
        return {one.id: self.model.totals(one.id)["deficit"] for one in self.model.live("fund")}

    def grown(self, before: dict[bytes, int]) -> int:
        return sum(max(0, deficit - before[fund]) for fund, deficit in self.deficits().items() if fund in before)

    def compare_deficit(self, logs: list[dict[str, Any]], grown: int) -> None:
        """A correction tells by how much it grew a deficit, and then opens a discrepancy of that size."""
        opened = [log for log in logs if log["address"] == self.discrepancies.address.lower()]
        assert len(opened) == (grown > 0)
        if grown:
            assert int(opened[0]["data"][2:][64 * 3 : 64 * 4], 16) == grown
            told = next(log for log in logs if log["address"] == self.ledger.address.lower())
            assert int(told["data"][-64:], 16) == grown

    def compare(self) -> None:
        """Every total of every fund and every record, as the contract has them and as the model has them."""
        records = list(self.model.records.values())
        funds = [one for one in records if one.kind == "fund"]
        allocations = [one for one in records if one.kind == "allocation" and not one.is_reversed]
        calls = [("totalsOf", one.id) for one in funds]
        calls += [("allocationOf", one.id) for one in allocations]
        calls += [("recordOf", one.id) for one in records]
        found = iter(self.ledger.call_many(*calls))
        for fund in funds:
            totals = dict(zip(TOTALS, next(found), strict=True))
            assert totals == self.model.totals(fund.id), fund.id
            left = ("received", "transfersIn", "interest", "saleProceeds", "deficit")
            assert sum(totals[one] for one in left) == sum(totals[one] for one in TOTALS if one not in left)
        for one in allocations:
            state = STATES["allocation"].index(one.state)
            assert next(found) == (state, one.fund, self.model.amount(one), self.model.unspent(one)), one.id
        for one in records:
            kind, state, amount, reduced, author, parent = next(found)
            assert (KINDS[kind - 1], state, amount) == (one.kind, self.state_of(one), abs(self.model.amount(one))), one
            if one.kind in ("donation", "pledge", "commitment", "expenditure", "redesignation"):
                assert reduced == self.model.reduced(one), one
            assert (author, parent) == (one.author, one.parent or (ZERO if one.kind == "fund" else one.fund)), one

    @staticmethod
    def state_of(record: Record) -> int:
        state = 1
        if record.kind in STATES:
            state = STATES[record.kind].index(record.state)
        elif record.kind in ("income", "expenditure"):
            state = record.content[1] + 1
        elif record.kind == "adjustment":
            state = 1 if record.base > 0 else 2
        return state + 128 * record.is_reversed

    def plain_refusal(self, error: Any) -> Any:
        """Codes without the zeros that fill their words; of MissingRole the name."""
        if isinstance(error, tuple):
            return ("MissingRole",) if error[:1] == ("MissingRole",) else tuple(map(self.plain_refusal, error))
        return error.rstrip(b"\0") if isinstance(error, bytes) and len(error) == 16 else error

    def wanted_refusal(self, error: Any) -> Any:
        if isinstance(error, tuple):
            if error[:1] == ("MissingRole",):
                return ("MissingRole",)
            kind = str(error[0]).removesuffix("UnexpectedState").lower()
            if kind in STATES and len(error) == 4:
                return (*error[:2], STATES[kind].index(error[2]), STATES[kind].index(error[3]))
            return tuple(map(self.wanted_refusal, error))
        return error
