"""`ledger metrics`: figures for a monitoring system. It reads, opens no key, and listens on nothing."""

from pathlib import Path

import typer
from sqlalchemy.exc import SQLAlchemyError

from ledger.chain import connect
from ledger.cli import output
from ledger.cli.help import CHECK
from ledger.errors import LedgerError
from ledger.metrics import Gauge, check_gauges, database_gauges, exposition
from ledger.queries.snapshot import reading_engine
from ledger.settings import Settings
from network.validators import noted_network
from network.watching import validator_statuses


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(rich_help_panel=CHECK)(metrics)


def metrics(as_json: output.Json = False) -> None:
    """Prints the figures to watch, as Prometheus reads them.

    A part that is away is a figure too: the command ends with 0.
    """
    settings = Settings.from_environment()
    gauges = gauges_of(settings)
    if as_json:
        output.show_facts("", {gauge.key: gauge.value for gauge in gauges}, as_json=True)
    else:
        typer.echo(exposition(gauges), nl=False)


def gauges_of(settings: Settings) -> list[Gauge]:
    """Every figure that can be had now."""
    of_database, of_chain = _database(settings), _chain(settings)
    by_name = {gauge.name: gauge.value for gauge in (*of_database, *of_chain)}
    gauges = [*of_database, *of_chain]
    if {"ledger_index_block", "ledger_chain_head_block"} <= by_name.keys():
        lag = by_name["ledger_chain_head_block"] - by_name["ledger_index_block"]
        gauges.append(Gauge("ledger_index_lag_blocks", "Blocks that are final and not indexed; below 0: lost.", lag))
    return gauges + _validators(settings) + check_gauges(checks_dir(settings))


def checks_dir(settings: Settings) -> Path:
    """Where it is noted how checks ended."""
    return settings.state_dir / "checks"


def _database(settings: Settings) -> list[Gauge]:
    name, about = "ledger_database_up", "Whether the database of index and outbox answers."
    engine = reading_engine(settings.database_url)
    try:
        return [Gauge(name, about, 1), *database_gauges(engine)]
    except SQLAlchemyError:
        return [Gauge(name, about, 0)]
    finally:
        engine.dispose()


def _chain(settings: Settings) -> list[Gauge]:
    name, about = "ledger_chain_up", "Whether the chain answers."
    try:
        chain = connect(settings)
        head = chain.head()
        made_at_s = chain.block_times_s([head])[head]
    except LedgerError:
        return [Gauge(name, about, 0)]
    return [
        Gauge(name, about, 1),
        Gauge("ledger_chain_head_block", "The last final block.", head),
        Gauge("ledger_chain_head_timestamp_seconds", "When that block was made and sealed.", made_at_s),
    ]


def _validators(settings: Settings) -> list[Gauge]:
    network = noted_network(settings)
    gauges = []
    for one in validator_statuses(settings, network) if network else ():
        labels = (("validator", one.name), ("state", one.state))
        gauges.append(Gauge("ledger_validator_ok", "1: signs, and is up to date.", int(one.state == "ok"), labels))
    return gauges
