"""`ledger network build | key | invite | join | admit | remove | run`: the consortium's validators and IPFS."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from ledger.cli import output
from ledger.cli.help import CHECK, Commands
from ledger.cli.parts import CONSORTIUM_FILE
from ledger.council import ADD, REMOVE
from ledger.errors import BadInput, PartAway
from ledger.settings import Settings
from network import ballots, ipfs, validators
from network.building import build as build_program
from network.description import read_network
from network.invitation import accept, invitation

ConsortiumOption = Annotated[Path, typer.Option(help="The file that describes the validators.")]
RunningOption = Annotated[
    Path | None, typer.Option(help="The file that describes the validators; else what was started here last.")
]


def register(app: typer.Typer) -> None:
    """Adds the group."""
    group = typer.Typer(cls=Commands, help="The consortium's validators: build, join, leave.", no_args_is_help=True)
    for command in (build, key, invite, join, admit, remove, run):
        group.command()(command)
    app.add_typer(group, name="network", rich_help_panel=CHECK)


def build(as_json: output.Json = False) -> None:
    """Builds the validator and the IPFS daemon, once for all folders of this user."""
    built: dict[str, Any] = {}
    with output.stages() as told:
        for program in (validators.NODE, ipfs.KUBO):
            built[program.name] = str(build_program(program, told))
    output.show_facts("Built", built, as_json=as_json)


def key(name: str, as_json: output.Json = False) -> None:
    """Makes a validator's key on this machine, if it has none, and prints the public part for the description."""
    identity = validators.own_key(Settings.from_environment(), name)
    facts = {"name": name, "public_key": identity.public_key.hex(), "address": "0x" + identity.address.hex()}
    output.show_facts("Validator", facts, as_json=as_json)


def invite(
    name: str,
    file: Annotated[Path, typer.Argument(help="Where to write the invitation.")],
    consortium: ConsortiumOption = CONSORTIUM_FILE,
    as_json: output.Json = False,
) -> None:
    """Writes what a new validator needs to join: the genesis and the network. It holds no secret."""
    written = invitation(Settings.from_environment(), consortium, name)
    file.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    facts = {"validator": name, "file": str(file), "next": f"ledger network join {file}, on its host"}
    output.show_facts("Invited", facts, as_json=as_json)


def join(
    file: Annotated[Path, typer.Argument(help="The invitation.")],
    as_json: output.Json = False,
) -> None:
    """Takes an invitation: this machine's validators begin with the network's genesis, as its description says."""
    name, description = accept(Settings.from_environment(), file)
    facts = {
        "validator": name,
        "description": str(description),
        "next": f"ledger up --profile consortium --consortium {description}",
        "with_systemd": f"copy it to /etc/relief-ledger/consortium.toml, and start relief-ledger-validator@{name}",
        "the_others": f"ledger network admit {name}",
    }
    output.show_facts("Joined", facts, as_json=as_json)


def admit(name: str, consortium: RunningOption = None, as_json: output.Json = False) -> None:
    """Votes, with the validators of this machine, that one becomes a validator; says what came of it."""
    _ballot(ADD, name, consortium, as_json=as_json)


def remove(name: str, consortium: RunningOption = None, as_json: output.Json = False) -> None:
    """Votes, with the validators of this machine, that one is no validator any more; says what came of it."""
    _ballot(REMOVE, name, consortium, as_json=as_json)


def run(
    name: Annotated[str, typer.Argument(help="The validator, or `ipfs`.")],
    consortium: ConsortiumOption = CONSORTIUM_FILE,
    as_json: output.Json = False,
) -> None:
    """Becomes the validator, or the IPFS daemon: for systemd, which then sees the program itself."""
    del as_json  # It has no result; its errors are JSON where that is asked for.
    if name == ipfs.NAME:
        ipfs.become(Settings.from_environment())
    validators.become(Settings.from_environment(), read_network(consortium), name)


def _ballot(ballot: str, name: str, consortium: Path | None, *, as_json: bool) -> None:
    settings = Settings.from_environment()
    network = read_network(consortium) if consortium else validators.noted_network(settings)
    if network is None:
        raise PartAway("No validator was ever started here.", hint="Run `ledger up --profile consortium`.")
    try:
        network.named(name)
    except BadInput as error:
        if consortium is None:
            error.hint = "Name the description that has it with `--consortium FILE`."
        raise
    placed = validators.places(settings, network, as_noted=True)
    subject = next(place for place in placed if place.name == name)
    outcome = ballots.hold(placed, ballot, subject.address)
    title = ("" if outcome.decided else "Not yet ") + ("admitted" if ballot == ADD else "removed")
    facts = {"validator": name, "address": subject.address, "ballot": outcome.state} | outcome._asdict()
    output.show_facts(title.capitalize(), facts, as_json=as_json)
    if not outcome.decided:
        raise typer.Exit(PartAway.exit_code)
