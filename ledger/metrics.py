"""What a monitoring system is told of the ledger, in Prometheus' text exposition format 0.0.4.

Moments are given as such, not as ages: whoever asks knows what time it is, and a file that is not written any more
would go on claiming that all is young.
"""

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from prometheus_client import generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from sqlalchemy import Engine, func, select

from ledger.database import table_of
from ledger.files import write_whole
from ledger.models.chain import ChainBlock, MissingDocument
from ledger.models.outbox import MINED, REVERTED, SIGNED, OutboxEntry, OutboxTransaction

_OUTBOX = "Writes that were asked for, and transactions that were signed for them."


class Gauge(NamedTuple):
    """One figure. Gauges of one name have one `about`."""

    name: str
    about: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """Name and labels, for a table of figures."""
        labels = ",".join(f'{name}="{value}"' for name, value in self.labels)
        return f"{self.name}{{{labels}}}" if labels else self.name


class _Collected(NamedTuple):
    """Gauges as Prometheus' client library asks for them: each name described once, its samples together."""

    gauges: Sequence[Gauge]

    def collect(self) -> Iterator[Metric]:
        """A family for each name."""
        families: dict[str, GaugeMetricFamily] = {}
        for gauge in self.gauges:
            labels = dict(gauge.labels)
            family = families.setdefault(gauge.name, GaugeMetricFamily(gauge.name, gauge.about, labels=list(labels)))
            family.add_metric(list(labels.values()), gauge.value)
        yield from families.values()


def exposition(gauges: Sequence[Gauge]) -> str:
    """The gauges as text."""
    return generate_latest(_Collected(gauges)).decode()


def outbox_counts(engine: Engine) -> dict[str, int]:
    """How many transactions and writes of the outbox are in which state."""
    entry, transaction = table_of(OutboxEntry), table_of(OutboxTransaction)
    by_state = select(transaction.c.state, func.count()).group_by(transaction.c.state)
    refused = select(func.count()).select_from(entry).where(entry.c.refused_name.is_not(None))
    queued = select(func.count()).select_from(entry)
    queued = queued.where(entry.c.transaction_sequence.is_(None), entry.c.refused_name.is_(None))
    with engine.connect() as connection:
        states: dict[str, int] = {row.state: row[1] for row in connection.execute(by_state)}
        return {
            "transactions_mined": states.get(MINED, 0),
            "transactions_reverted": states.get(REVERTED, 0),
            "transactions_under_way": states.get(SIGNED, 0),
            "writes_queued": connection.scalar(queued) or 0,
            "writes_refused": connection.scalar(refused) or 0,
        }


def database_gauges(engine: Engine) -> list[Gauge]:
    """What outbox and index hold. Raises what SQLAlchemy raises when the database does not answer."""
    counts = outbox_counts(engine)
    gauges = [Gauge("ledger_outbox", _OUTBOX, count, (("state", state),)) for state, count in counts.items()]
    block = table_of(ChainBlock)
    with engine.connect() as connection:
        last = connection.execute(select(block).order_by(block.c.number.desc()).limit(1)).one_or_none()
        missing = connection.scalar(select(func.count()).select_from(table_of(MissingDocument))) or 0
    if last is not None:
        gauges += [
            Gauge("ledger_index_block", "The last indexed block.", last.number),
            Gauge("ledger_index_block_timestamp_seconds", "When that block was made.", last.timestamp_s),
        ]
    return [*gauges, Gauge("ledger_documents_missing", "Places on chain that cite a document not here.", missing)]


def note_check(folder: Path, check: str, findings: int) -> None:
    """Afterwards the folder says when that check last ended, and how many findings it had."""
    folder.mkdir(parents=True, exist_ok=True)
    noted = {"ended_at_s": int(time.time()), "findings": findings}
    # For the eyes of whatever user watches the ledger.
    write_whole(folder / f"{check}.json", json.dumps(noted), mode=0o644)


def check_gauges(folder: Path) -> list[Gauge]:
    """When each check last ended and what it found; nothing of checks that never ended."""
    gauges = []
    for noted in sorted(folder.glob("*.json")):
        said: dict[str, Any] = json.loads(noted.read_text())
        labels = (("check", noted.stem),)
        gauges += [
            Gauge("ledger_check_timestamp_seconds", "When `ledger verify` last ended.", said["ended_at_s"], labels),
            Gauge("ledger_check_findings", "What it found; 0: everything agreed.", said["findings"], labels),
        ]
    return gauges
