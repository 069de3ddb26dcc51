"""`ledger up`, `down`, `status`, `deploy`, `recover`: the local parts, and what stands on them."""

from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from ledger import deployer, recovery
from ledger.cli import output
from ledger.cli.help import CHECK
from ledger.cli.opened import Parts
from ledger.consortium import read_consortium
from ledger.database import table_of
from ledger.errors import BadInput, LedgerError
from ledger.indexer import rebuild
from ledger.keys import make_secret
from ledger.metrics import outbox_counts
from ledger.models.outbox import OutboxTransaction
from ledger.settings import ROOT
from network import embedded, profiles
from network.profiles import Profile
from network.validators import noted_network, noted_places
from network.watching import validator_statuses

CONSORTIUM_FILE = ROOT / "network" / "consortium.toml"
FOR_TRYING_OUT = (
    "This chain is for trying out: one operator holds all keys, and whoever holds this machine can rewrite it."
)
FOR_TRYING_OUT_CONSORTIUM = (
    "Validators of one operator on one machine are for trying out: what several hosts protect from, they do not."
)


ProfileOption = Annotated[Profile, typer.Option("--profile", help="Which parts to run.")]
ConsortiumOption = Annotated[Path, typer.Option(help="Who takes part from the beginning: a TOML or JSON file.")]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (up, down, status, deploy, recover):
        app.command(rich_help_panel=CHECK)(command)


def up(
    profile: ProfileOption = Profile.embedded,
    consortium: ConsortiumOption = CONSORTIUM_FILE,
    as_json: output.Json = False,
) -> None:
    """Starts the local parts; what runs already stays as it is."""
    parts = Parts()
    make_secret(parts.settings.donor_secret_file)
    if parts.settings.keys_password_file is None:
        make_secret(parts.settings.state_dir / "secrets" / "keys")
    if profile == Profile.consortium:
        with output.stages() as told:
            number = profiles.start_consortium(parts.settings, consortium, told, output.say)
        placed = noted_places(parts.settings)
        output.say(FOR_TRYING_OUT_CONSORTIUM)
        facts = {"profile": profile.value, "chain": [place.url for place in placed if place.here], "head": number}
        output.show_facts("Running", facts, as_json=as_json)
        return
    if profiles.is_consortium_running(parts.settings):
        raise BadInput("The consortium's parts run in this state folder.", hint="Stop them with `ledger down`.")
    started = embedded.start(parts.settings)
    if started.began_from != "its last state" and _has_sent(parts):
        output.say("The chain lost its last blocks; `ledger recover` gives them back.")
    output.say(FOR_TRYING_OUT)
    facts = {"profile": profile.value, "chain": started.url, "process": str(started.process_id), "head": started.head}
    output.show_facts("Running", facts | {"began_from": started.began_from}, as_json=as_json)


def down(as_json: output.Json = False) -> None:
    """Stops the local parts; their state is on disk afterwards."""
    stopped = profiles.stop(Parts().settings)
    title = "Stopped" if stopped else "It was not running"
    output.show_facts(title, {"stopped": bool(stopped), "parts": stopped}, as_json=as_json)


def status(as_json: output.Json = False) -> None:
    """Shows what runs, what is deployed, and what waits to be recorded."""
    parts = Parts()
    chain = embedded.status(parts.settings)
    facts: dict[str, Any] = {
        "state_folder": str(parts.settings.state_dir),
        "embedded_chain": f"{chain.url}, process {chain.process_id}" if chain.running else "not running",
        "configured_chain": parts.settings.rpc_url,
    }
    if supervised := profiles.part_sentences(parts.settings):
        # Without a supervisor nothing is started again, even where everything runs at the moment.
        facts["supervised"] = "yes" if profiles.is_consortium_running(parts.settings) else "no"
        facts |= {f"part_{name}": said for name, said in supervised.items()}
    try:
        facts |= {
            "chain_id": str(parts.bare_chain.chain_id()),
            "head": parts.bare_chain.head(),
            "contracts": len(parts.deployment.addresses),
        }
    except LedgerError as error:
        facts["chain"] = error.message
    try:
        facts |= outbox_counts(parts.engine)
    except OperationalError:
        facts["database"] = "does not answer"
    network = noted_network(parts.settings)
    rows = [one._asdict() for one in validator_statuses(parts.settings, network)] if network else []
    if as_json:
        output.show_facts("Local parts", facts | ({"validators": rows} if network else {}), as_json=True)
        return
    output.show_facts("Local parts", facts, as_json=False)
    if network:
        output.show_rows("Validators", [_short(row) for row in rows], as_json=False)


def _short(row: dict[str, Any]) -> dict[str, Any]:
    """A validator's row as it fits into 80 columns."""
    names = ("name", "state", "height", "peers", "proposed", "signed", "restarts")
    size = row["disk_bytes"]
    return {name: row[name] for name in names} | {"MB": None if size is None else size // 1_000_000}


def deploy(
    consortium: ConsortiumOption = CONSORTIUM_FILE,
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
