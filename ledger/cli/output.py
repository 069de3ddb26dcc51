"""What commands print: tables for people on the standard output, JSON for machines, progress and errors beside it."""

import json
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ledger.errors import LedgerError, TransactionRefused

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]


def is_json() -> bool:
    """Whether JSON was asked for, whichever command it was."""
    return "--json" in sys.argv[1:]


def show_facts(title: str, facts: Mapping[str, Any], *, as_json: bool) -> None:
    """Prints names and values: two columns, or one JSON object."""
    if as_json:
        _print_json(facts)
        return
    # Without lines around it, an id of 64 digits has its place in 80 columns. As a table's title, the title would be
    # folded to the width of short values.
    table = Table(show_header=False, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in facts.items():
        table.add_row(escape(name.replace("_", " ")), escape(_text(value)))
    console = _console()
    console.print(escape(title), style="italic")
    console.print(table)


def show_rows(title: str, rows: Sequence[Mapping[str, Any]], *, as_json: bool, empty: str = "None.") -> None:
    """Prints rows with the same names: a table, or a JSON array."""
    if as_json:
        _print_json(list(rows))
        return
    if not rows:
        _console().print(escape(empty))
        return
    table = Table(title=title, title_justify="left")
    for name, value in rows[0].items():
        is_number = isinstance(value, int) and not isinstance(value, bool)
        table.add_column(escape(name.replace("_", " ")), justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(escape(_text(value)) for value in row.values()))
    _console().print(table)


def show_sentences(sentences: Sequence[str]) -> None:
    """Prints a result that is words, each sentence on a line of its own however wide the terminal is."""
    for sentence in sentences:
        _console().print(escape(sentence), soft_wrap=True)


def say(sentence: str) -> None:
    """Tells people something beside the result; JSON's readers do not see it.

    Where it cannot be written, as on a full disk, the work goes on without.
    """
    if not is_json():
        with suppress(OSError):
            Console(stderr=True, highlight=False).print(escape(sentence))


@contextmanager
def progress(description: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A bar on the standard error, where that is a terminal. Yields what is told how much is done so far."""
    with _bar() as bar:
        task = bar.add_task(description, total=total)
        yield lambda done: bar.update(task, completed=done)


@contextmanager
def stages() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for work in several stages. Yields what is told the stage, how much of it is done, and of how much."""
    with _bar() as bar:
        task = bar.add_task("", total=None)
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total)


def fail(error: LedgerError) -> int:
    """Prints an error as a sentence with its hint, or as JSON; returns the exit code, also where it cannot print."""
    with suppress(OSError):
        _tell(error)
    return error.exit_code


def reason_of(error: OSError) -> str:
    """What the system refused, and of which file."""
    return f"{error.filename or 'The system'}: {error.strerror or error}"


def keep_traceback(error: Exception) -> Path | None:
    """Writes what the program's author needs to a file of its own, and says where; None where there is no space."""
    try:
        with tempfile.NamedTemporaryFile("w", prefix="ledger-error-", suffix=".txt", delete=False) as file:
            file.write("".join(traceback.format_exception(error)))
    except OSError:
        return None
    return Path(file.name)


def _tell(error: LedgerError) -> None:
    if is_json():
        described: dict[str, Any] = {"error": type(error).__name__, "message": error.message, "hint": error.hint}
        if isinstance(error, TransactionRefused):
            described |= {"name": error.name, "args": error.args_by_name, "line_index": error.line_index}
        _print_json(described)
        return
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(f"[bold red]{_heading(error)}[/] {escape(error.message)}")
    if isinstance(error, TransactionRefused):
        listed = ", ".join(f"{name}={_text(value)}" for name, value in error.args_by_name.items())
        console.print(escape(f"{error.name}({listed})"))
    if error.hint:
        console.print(escape(error.hint))


def _bar() -> Progress:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal or is_json(), transient=True)


def _heading(error: LedgerError) -> str:
    return {1: "Failed:", 2: "Not understood:", 3: "Refused:", 4: "Not available:"}[error.exit_code]


def _console() -> Console:
    return Console(highlight=False)


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, default=_plain, ensure_ascii=False, indent=2) + "\n")


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else str(value)


def _text(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, (list, tuple)):
        return "\n".join(_text(one) for one in value)
    return str(value)
