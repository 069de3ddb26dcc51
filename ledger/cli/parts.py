"""`ledger up`, `down`, `status`, `deploy`, `recover`: the local parts, and what stands on them."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ledger import deployer, recovery
from ledger.cli import output
from ledger.cli.help import CHECK
from ledger.cli.opened import Parts
from ledger.consortium import read_consortium
from ledger.database import table_of
from ledger.errors import LedgerError
from ledger.indexer import rebuild
from ledger.keys import make_secret
from ledger.models.outbox import OutboxEntry, OutboxTransaction
from ledger.settings import ROOT
from network import embedded

CONSORTIUM_FILE = ROOT / "network" / "consortium.toml"
FOR_TRYING_OUT = (
    "This chain is for trying out: one operator holds all keys, and whoever holds this machine can rewrite it."
)


class Profile(StrEnum):
    """Which parts run on this machine."""

    embedded = "embedded"


ProfileOption = Annotated[Profile, typer.Option("--profile", help="Which parts to run.")]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (up, down, status, deploy, recover):
        app.command(rich_help_panel=CHECK)(command)


def up(profile: ProfileOption = Profile.embedded, as_json: output.Json = False) -> None:
    """Starts the local parts; what runs already stays as it is."""
    parts = Parts()
    make_secret(parts.settings.donor_secret_file)
    if parts.settings.keys_password_file is None:
        make_secret(parts.settings.state_dir / "secrets" / "keys")
    started = embedded.start(parts.settings)
    if started.began_from != "its last state" and _has_sent(parts):
        output.say("The chain lost its last blocks; `ledger recover` gives them back.")
    output.say(FOR_TRYING_OUT)
    facts = {"profile": profile.value, "chain": started.url, "process": str(started.process_id), "head": started.head}
    output.show_facts("Running", facts | {"began_from": started.began_from}, as_json=as_json)


def down(as_json: output.Json = False) -> None:
    """Stops the local parts; their state is on disk afterwards."""
    stopped = embedded.stop(Parts().settings)
    output.show_facts("Stopped" if stopped else "It was not running", {"stopped": stopped}, as_json=as_json)


def status(as_json: output.Json = False) -> None:
    """Shows what runs, what is deployed, and what waits to be recorded."""
    parts = Parts()
    chain = embedded.status(parts.settings)
    facts: dict[str, Any] = {
        "state_folder": str(parts.settings.state_dir),
        "embedded_chain": f"{chain.url}, process {chain.process_id}" if chain.running else "not running",
        "configured_chain": parts.settings.rpc_url,
    }
    try:
        facts |= {
            "chain_id": str(parts.bare_chain.chain_id()),
            "head": parts.bare_chain.head(),
            "contracts": len(parts.deployment.addresses),
        }
    except LedgerError as error:
        facts["chain"] = error.message
    output.show_facts("Local parts", facts | _outbox_facts(parts), as_json=as_json)


def deploy(
    consortium: Annotated[
        Path, typer.Option(help="Who takes part from the beginning: a TOML or JSON file.")
    ] = CONSORTIUM_FILE,
    as_json: output.Json = False,
) -> None:
    """Deploys and seals the contracts with their first organisations and roles. Run again it changes nothing."""
    parts = Parts()
    described = read_consortium(consortium)
    output.say(f"Making the accounts' keys and deploying; each new key takes about a second ({consortium}).")
    deployed = deployer.deploy(
        parts.engine,
        parts.bare_chain,
        parts.keyring,
        parts.documents,
        described,
        parts.settings.deployments_dir,
        progress=lambda step: output.say(f"  {step} ..."),
    )
    facts = {"chain_id": str(deployed.chain_id), "genesis": deployed.genesis_hash, "sealed": deployed.sealed}
    output.show_facts("Deployed", facts | deployed.addresses, as_json=as_json)


def recover(as_json: output.Json = False) -> None:
    """Sends the chain everything again that it lost, then builds the index anew."""
    parts = Parts()
    chain = parts.bare_chain
    with output.progress("sending again") as told:
        recovered = recovery.resend(parts.engine, chain, parts.keyring, progress=told)
    deployment = deployer.refresh_deployment(parts.engine, parts.settings.deployments_dir, parts.deployment)
    with output.progress("indexing blocks", chain.head()) as told:
        rebuild(parts.engine, parts.chain, parts.documents, deployment, progress=lambda block, _: told(block))
    facts = {"present": recovered.present, "sent_again": recovered.sent_again, "head": chain.head()}
    output.show_facts("Recovered", facts, as_json=as_json)


def _has_sent(parts: Parts) -> bool:
    with Session(parts.engine) as session:
        return session.scalar(select(func.count()).select_from(table_of(OutboxTransaction))) != 0


def _outbox_facts(parts: Parts) -> dict[str, Any]:
    entry, transaction = table_of(OutboxEntry), table_of(OutboxTransaction)
    with Session(parts.engine) as session:
        states: dict[str, int] = dict(
            session.execute(select(transaction.c.state, func.count()).group_by(transaction.c.state)).tuples().all()
        )
        waiting = session.scalar(
            select(func.count())
            .select_from(entry)
            .where(entry.c.transaction_sequence.is_(None), entry.c.refused_name.is_(None))
        )
        refused = session.scalar(select(func.count()).select_from(entry).where(entry.c.refused_name.is_not(None)))
    return {
        "transactions_mined": states.get("mined", 0),
        "transactions_reverted": states.get("reverted", 0),
        "transactions_under_way": states.get("signed", 0),
        "writes_queued": waiting or 0,
        "writes_refused": refused or 0,
    }
