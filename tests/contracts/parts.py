"""The ledger's parts, deployed, named and sealed, with its organisations, persons, roles, facilities and items."""

from dataclasses import dataclass, field
from typing import Any

from actors import CAST, DEPLOYER_ACCOUNT, STRANGER_ACCOUNT, Actor
from brownie import accounts, web3
from eth_utils import keccak
from names import (
    CHARITY,
    CONSORTIUM,
    EXERCISE,
    EXERCISE_MASKS,
    EXERCISE_STORE,
    GOWNS,
    HOSPITAL,
    HOSPITAL_GROUP,
    MASKS,
    OTHER_STORE,
    PARTNER_CHARITY,
    PARTNER_MASKS,
    PARTNER_STORE,
    STORE,
    ascii_word,
    digest,
    record_id,
)

PART_NAMES = (
    "Participants FundLedger Catalogue NeedLedger SupplyLedger StockLedger ConsignmentLedger Discrepancies Corrections Publications"
).split()


@dataclass
class Ledger:
    """Every part that the project has compiled, by its name in `parts`, and every actor by its name in `actors`."""

    parts: dict[str, Any] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    deployer: Any = None
    stranger: Any = None

    def __getitem__(self, part: str) -> Any:
        return self.parts[part]

    def account_of(self, name: str) -> Any:
        """The account of the actor of this name, or of the deployer or the stranger."""
        return getattr(self, name) if name in ("deployer", "stranger") else self.actors[name].account


def deployed(containers: dict[str, Any]) -> Ledger:
    """The parts among `containers`, deployed and named; not sealed, with nobody registered."""
    ledger = Ledger(deployer=accounts[DEPLOYER_ACCOUNT], stranger=accounts[STRANGER_ACCOUNT])
    participants = ledger.deployer.deploy(containers["Participants"])
    ledger.parts["Participants"] = participants
    for name in PART_NAMES[1:]:
        if name in containers:
            ledger.parts[name] = ledger.deployer.deploy(containers[name], participants)
    for name, part in ledger.parts.items():
        participants.namePart(ascii_word(name), part, {"from": ledger.deployer})
    return ledger


def populate(ledger: Ledger) -> None:
    """Afterwards the cast of actors.py is registered and holds its roles."""
    participants, tx = ledger["Participants"], {"from": ledger.deployer}
    organisations = (CONSORTIUM, CHARITY, HOSPITAL_GROUP, PARTNER_CHARITY, EXERCISE)
    participants.registerOrganisations([(n, n == EXERCISE, digest(f"organisation {n}")) for n in organisations], tx)
    participants.registerPersons([(person, home, digest(name)) for name, person, home, _ in CAST.persons], tx)
    links, homes = [], {}
    for name, person, home, numbers in CAST.persons:
        own = [accounts[number] for number in numbers]
        ledger.actors[name] = Actor(name, person, home, own[0], own[1] if len(own) > 1 else None)
        homes[name] = person
        links += [(record_id(home, "link", name, i), person, account) for i, account in enumerate(own)]
    participants.linkAccounts(links, tx)
    participants.grantRoles(
        [
            (grant_id(name, organisation, role), homes[name], organisation, ascii_word(role), scope)
            for name, organisation, role, scope in CAST.grants
        ],
        tx,
    )


def grant_id(name: str, organisation_id: int, role: str) -> str:
    """The id under which the actor was granted the role."""
    return record_id(organisation_id, "grant", name, role)


def stock_catalogue(ledger: Ledger) -> None:
    """Afterwards the facilities and items of names.py are registered, where there is a catalogue."""
    if "Catalogue" not in ledger.parts:
        return
    catalogue, actors = ledger["Catalogue"], ledger.actors
    catalogue.registerFacilities(CHARITY, entries(STORE, OTHER_STORE), actors["clerk"].tx)
    catalogue.registerFacilities(HOSPITAL_GROUP, entries(HOSPITAL), actors["consignee"].tx)
    catalogue.registerFacilities(PARTNER_CHARITY, entries(PARTNER_STORE), actors["partner"].tx)
    catalogue.registerFacilities(EXERCISE, entries(EXERCISE_STORE), actors["demonstrator"].tx)
    catalogue.registerItems(CHARITY, entries(MASKS, GOWNS), actors["clerk"].tx)
    catalogue.registerItems(PARTNER_CHARITY, entries(PARTNER_MASKS), actors["partner"].tx)
    catalogue.registerItems(EXERCISE, entries(EXERCISE_MASKS), actors["demonstrator"].tx)


def entries(*record_ids: str) -> list[tuple[str, str]]:
    """A catalogue's lines for these ids."""
    return [(one, digest(f"entry {one}")) for one in record_ids]


def acting(ledger: Ledger, part: str) -> dict[str, Any]:
    """What brownie takes as a transaction's last argument to send it from the part itself, as a call between parts."""
    address = str(ledger[part])
    web3.provider.make_request("anvil_impersonateAccount", [address])
    return {"from": accounts.at(address, force=True)}


def assert_journals_hold(ledger: Ledger) -> None:
    """Every part's head and count are what its logs fold to, computed here from the node's raw logs (R24)."""
    addresses = [str(part) for part in ledger.parts.values()]
    logs = web3.provider.make_request("eth_getLogs", [{"fromBlock": "0x0", "toBlock": "latest", "address": addresses}])
    folded = {address.lower(): (bytes(32), 0) for address in addresses}
    for log in logs["result"]:
        head, count = folded[log["address"].lower()]
        words = [bytes.fromhex(word[2:]) for word in (*log["topics"][:3], log["data"])]
        folded[log["address"].lower()] = (keccak(head + b"".join(words)), count + 1)
    for name, part in ledger.parts.items():
        head, count = part.journal()
        assert (bytes(head), count) == folded[str(part).lower()], f"{name}'s journal is not what its logs fold to"
