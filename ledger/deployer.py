"""Puts the contracts on a chain: deploys them, names the parts, registers who takes part, and seals.

Every step goes through the outbox under a key of its own, so a deployment that was interrupted goes on where it
stopped, and a chain that lost its state gets the very same contracts back at the same addresses.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlmodel import Session

from ledger.canonical import canonical_bytes, record_id
from ledger.chain import ChainClient
from ledger.codes import ascii_code
from ledger.consortium import Consortium
from ledger.contracts import PARTICIPANTS, Deployment, contract_names, deployment_path
from ledger.database import table_of, writing
from ledger.documents import DocumentStore
from ledger.errors import CheckFailed, Conflict, NotFound
from ledger.files import write_whole
from ledger.keys import Keyring
from ledger.models.outbox import MINED, OutboxTransaction
from ledger.outbox import Entry, drain, enqueue
from ledger.outbox_store import CONSTRUCTOR

DEPLOYER = "deployer"


def deploy(
    engine: Engine,
    chain: ChainClient,
    keyring: Keyring,
    documents: DocumentStore,
    consortium: Consortium,
    folder: Path,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> Deployment:
    """Afterwards every contract is on the chain, knows the others and the consortium, and is sealed.

    Writes `<folder>/<chain id>.json`. Run again it changes nothing. Raises WrongChain when the file is of another chain
    of that number, Conflict when the contracts or the consortium were deployed here in another version.
    """
    chain_id, genesis_hash = chain.chain_id(), chain.genesis_hash()
    try:
        known = Deployment.load(folder, chain_id, genesis_hash)
    except NotFound:
        known = Deployment(chain_id, genesis_hash, {}, {}, sealed=False)
    chain.deployment = known
    keyring.create(DEPLOYER)

    progress("contracts")
    _send(engine, chain, keyring, [_construction(PARTICIPANTS, ())])
    participants = _made(engine)[PARTICIPANTS][0]
    parts = [name for name in contract_names() if name != PARTICIPANTS]
    _send(engine, chain, keyring, [_construction(name, (participants,)) for name in parts])
    made = _made(engine)
    addresses = {name: address for name, (address, _) in made.items()}
    chain.deployment = known._replace(addresses=addresses, blocks={name: block for name, (_, block) in made.items()})
    for name, address in addresses.items():
        if not chain.code(address):
            raise CheckFailed(f"There is no code at {address}, where {name} was deployed.")

    progress("participants")
    _send(engine, chain, keyring, list(_bootstrap(consortium, keyring, documents, addresses)))
    deployment = chain.deployment._replace(sealed=True)
    write_deployment(folder, deployment)
    chain.deployment = deployment
    return deployment


def refresh_deployment(engine: Engine, folder: Path, deployment: Deployment) -> Deployment:
    """After a recovery: the same contracts at the same addresses, in the blocks where they are now."""
    refreshed = deployment._replace(blocks={name: block for name, (_, block) in _made(engine).items()})
    write_deployment(folder, refreshed)
    return refreshed


def write_deployment(folder: Path, deployment: Deployment) -> None:
    """Afterwards the deployment's file is there, whole."""
    described = {
        "chain_id": deployment.chain_id,
        "genesis_hash": deployment.genesis_hash,
        "sealed": deployment.sealed,
        "contracts": {
            name: {"address": address, "block": deployment.blocks[name]}
            for name, address in sorted(deployment.addresses.items())
        },
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = deployment_path(folder, deployment.chain_id)
    # Everybody may know where the contracts are.
    write_whole(path, json.dumps(described, indent=2) + "\n", mode=0o644)


def _send(engine: Engine, chain: ChainClient, keyring: Keyring, entries: Sequence[Entry]) -> None:
    try:
        with Session(writing(engine)) as session, session.begin():
            enqueue(session, entries)
    except Conflict as error:
        raise Conflict(
            f"This chain was set up with another version: {error.message}",
            hint="What is deployed stays as it is. Use the sources it was deployed from, or a state folder of its own.",
        ) from error
    drain(engine, chain, keyring).raise_refusals()


def _construction(contract: str, args: tuple[Any, ...]) -> Entry:
    return Entry(f"deploy/{contract}", DEPLOYER, contract, CONSTRUCTOR, args)


def _made(engine: Engine) -> dict[str, tuple[str, int]]:
    """The contracts that this outbox made, by name: address and block."""
    columns = table_of(OutboxTransaction).c
    with Session(engine) as session:
        rows = session.execute(
            select(columns.contract, columns.contract_address, columns.block_number)
            .where(columns.function == CONSTRUCTOR, columns.state == MINED)
            .order_by(columns.sequence)
        ).all()
    return {contract: (address, block) for contract, address, block in rows}


def _bootstrap(
    consortium: Consortium, keyring: Keyring, documents: DocumentStore, addresses: dict[str, str]
) -> Iterator[Entry]:
    for name, address in sorted(addresses.items()):
        yield _write(f"name/{name}", "namePart", (ascii_code(name, 32), address))
    for organisation in consortium.organisation:
        content = {"kind": "organisation"} | organisation.model_dump(exclude={"number", "exercise"}, exclude_none=True)
        registered = (organisation.number, organisation.exercise, _put(documents, content))
        yield _write(f"organisation/{organisation.number}", "registerOrganisations", (), registered)
    for person in consortium.person:
        content = {"kind": "person", "title": person.title}
        known = (person.number, person.organisation, _put(documents, content))
        yield _write(f"person/{person.number}", "registerPersons", (), known)
    for person in consortium.person:
        for account in person.accounts:
            link_id = record_id(person.organisation, "account", person.number, account)
            linked = (link_id, person.number, keyring.create(account))
            yield _write(f"account/{account}", "linkAccounts", (), linked)
    for person in consortium.person:
        for role in person.roles:
            organisation_id = role.organisation or person.organisation
            scope = record_id(organisation_id, "facility", *role.facility) if role.facility else bytes(32)
            key: tuple[str | int, ...] = (person.number, role.role, *(role.facility or ()))
            grant_id = record_id(organisation_id, "grant", *key)
            granted = (grant_id, person.number, organisation_id, ascii_code(role.role, 32), scope)
            yield _write(f"grant/{organisation_id}/{'/'.join(map(str, key))}", "grantRoles", (), granted)
    yield _write("seal", "seal", ())


def _write(key: str, function: str, args: tuple[Any, ...], line: tuple[Any, ...] | None = None) -> Entry:
    return Entry(f"deploy/{key}", DEPLOYER, PARTICIPANTS, function, args, line)


def _put(documents: DocumentStore, content: dict[str, Any]) -> bytes:
    return documents.put(canonical_bytes(content)).digest
