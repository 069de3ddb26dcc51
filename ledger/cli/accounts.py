"""`ledger account list | create`, and `ledger outbox send | refused`: keys, and what waits for them."""

import json

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from ledger.cli import output
from ledger.cli.help import CHECK, Commands
from ledger.cli.opened import Parts
from ledger.database import table_of
from ledger.models.outbox import OutboxEntry
from ledger.outbox import drain


def register(app: typer.Typer) -> None:
    """Adds the two groups."""
    account = typer.Typer(cls=Commands, help="The keys on this machine: list, create.", no_args_is_help=True)
    account.command("list")(list_accounts)
    account.command("create")(create_account)
    app.add_typer(account, name="account", rich_help_panel=CHECK)
    outbox = typer.Typer(cls=Commands, help="What waits to be recorded, and what was refused.", no_args_is_help=True)
    outbox.command("send")(send)
    outbox.command("refused")(refused)
    app.add_typer(outbox, name="outbox", rich_help_panel=CHECK)


def list_accounts(as_json: output.Json = False) -> None:
    """Lists the accounts that have a key on this machine."""
    keyring = Parts().keyring
    rows = [{"account": name, "address": keyring.address(name)} for name in keyring.names()]
    output.show_rows("Accounts", rows, as_json=as_json, empty="No account has a key here.")


def create_account(name: str, as_json: output.Json = False) -> None:
    """Makes a key for an account; one that has a key keeps it."""
    address = Parts().keyring.create(name)
    output.show_facts("Account", {"account": name, "address": address}, as_json=as_json)


def send(as_json: output.Json = False) -> None:
    """Sends what is queued or was under way when something stopped."""
    parts = Parts()
    with output.progress("recording") as told:
        outcome = drain(parts.engine, parts.chain, parts.keyring, progress=told)
    outcome.raise_refusals()
    if outcome.paused:
        raise outcome.paused
    output.show_facts("Sent", {"recorded": outcome.recorded, "refused": len(outcome.refused)}, as_json=as_json)


def refused(as_json: output.Json = False) -> None:
    """Lists the writes that a contract refused, with its reasons."""
    entry = table_of(OutboxEntry).c
    with Session(Parts().engine) as session:
        found = session.execute(
            select(entry.key, entry.account, entry.refused_name, entry.refused_args, entry.refused_sentence)
            .where(entry.refused_name.is_not(None))
            .order_by(entry.sequence)
        ).all()
    if as_json:
        rows = [
            {"write": key, "account": account, "error": name, "args": json.loads(args), "reason": said}
            for key, account, name, args, said in found
        ]
    else:
        rows = [
            {"account": account, "write": key.partition("/")[0], "error": name, "reason": said}
            for key, account, name, _, said in found
        ]
    output.show_rows("Refused", rows, as_json=as_json, empty="Nothing was refused.")
