"""Runs every measurement and prints a table; beside each figure stands what is wanted."""

import gzip
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench import consortium, measures
from tests.ledger.world import close_world, deployed_world

RECORDED = 15_000
IN_ONE_FUND = 100_000
LONG_LIST = Path(__file__).resolve().parents[3] / "shared" / "data" / "vietnam-2024" / "bank_credits.csv.gz"
LONG_ROWS = 200_360
Measured = Iterator[tuple[str, dict[str, Any]]]
LONG_OPTIONS = [
    *("--publisher", "Wuhan store", "--list", "long list", "--currency", "VND", "--without-donors"),
    *("--column", "amount=amount_vnd"),
]


def main(groups: Sequence[str]) -> int:
    """Measures these groups of GROUPS, all when none is named. Returns the exit code."""
    console = Console(highlight=False)
    if unknown := set(groups) - set(GROUPS):
        console.print(f"There is no group {', '.join(sorted(unknown))}; there are: {', '.join(GROUPS)}.")
        return 2
    for group in groups or GROUPS:
        with tempfile.TemporaryDirectory(prefix="ledger-bench-") as name:
            for title, figures in GROUPS[group](Path(name)):
                table = Table(title=title, title_justify="left", show_header=False)
                for key, value in figures.items():
                    table.add_row(key, f"{value:,.1f}" if isinstance(value, float) else str(value))
                console.print(table)
    return 0


def _embedded(folder: Path) -> Measured:
    world = deployed_world(folder)
    try:
        # First, while there are only blocks that both indexers read: of the next measurement's single transactions each
        # makes a block, which the comparator's last blocks would not have.
        measures.fill(world, RECORDED, "indexing")
        yield "Indexing", measures.indexing(world, folder)
        yield "Recording, end to end", measures.recording(world, RECORDED)
        fund_id = measures.fill(world, IN_ONE_FUND)
        yield f"A fund's total at {IN_ONE_FUND:,} donations, query", measures.totals(world, fund_id)
        yield f"A fund's total at {IN_ONE_FUND:,} donations, HTTP", measures.totals_over_http(world, fund_id)
    finally:
        close_world(world)


def _long_list(folder: Path) -> Measured:
    world = deployed_world(folder)
    try:
        long_list = LONG_LIST if LONG_LIST.exists() else _generated(folder / "long.csv.gz")
        arguments = ["import", "donations", str(long_list), *LONG_OPTIONS]
        yield f"Importing {LONG_ROWS:,} rows", measures.memory(folder, arguments)
        yield "Indexing them", measures.memory(folder, ["index"])
        yield "Indexing them into PostgreSQL", measures.rebuilding(world, folder / "private")
    finally:
        close_world(world)


def _consortium(folder: Path) -> Measured:
    with consortium.started(folder) as site:
        figures = consortium.throughput(site)
        yield "Four validators: recording, end to end", figures
        half = figures["final and indexed, donations/s"] / 2
        yield "Four validators: from submission to the API", consortium.visibility(site, half)


def _generated(path: Path) -> Path:
    """Rows of the same shape, the same at each run."""
    chance = random.Random(2024)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("bank,date,document_no,amount_vnd\n")
        for number in range(LONG_ROWS):
            day, amount = 1 + number * 14 // LONG_ROWS, chance.randint(1, 500) * 1_000
            file.write(f"Bank,2024-09-{day:02},{chance.randint(5000, 5300)}.{number % 100_000},{amount}\n")
    return path


GROUPS: dict[str, Callable[[Path], Measured]] = {
    "embedded": _embedded,
    "long-list": _long_list,
    "consortium": _consortium,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
