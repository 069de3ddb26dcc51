"""The command `ledger`. Each module in NOUNS adds its commands by `register(app)`.

exit 0  what was asked is done          exit 3  a contract refused: its error as a sentence
exit 1  a check failed                  exit 4  a part that is needed does not answer
exit 2  bad input: what, where, what would be right
"""

import gc
import importlib
import os
import sys

import typer
from typer.exceptions import TyperException

from ledger.cli import output
from ledger.cli.help import Commands
from ledger.errors import BadInput, LedgerError, PartAway

NOUNS = {
    "parts": ("up", "down", "status", "deploy", "recover"),
    "network": ("network",),
    "accounts": ("account", "outbox"),
    "imports": ("import",),
    "index": ("index",),
    "verify": ("verify",),
    "metrics": ("metrics",),
    "documents": ("documents",),
    "trace": ("trace",),
    "serve": ("serve",),
    "writes": (),
}
"""Which commands each module adds; the last one all others. A test compares them with what the modules register."""


_EXIT_CODES = (
    "Exit codes: 0 done, 1 a check failed, 2 bad input, 3 refused by a contract, 4 a part is away. "
    "Every command but serve takes --json."
)


def build(command: str | None = None) -> typer.Typer:
    """The command, ready to be called: whole, or only the module that has this one, because importing takes time."""
    app = typer.Typer(
        name="ledger",
        cls=Commands,
        help="Records donations and relief supplies on a chain that anyone can audit.",
        epilog=_EXIT_CODES,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    # Without a callback of its own, typer takes an only command for the whole.
    app.callback()(lambda: None)
    for noun in _modules(command):
        importlib.import_module(f"ledger.cli.{noun}").register(app)
    return app


def main() -> None:
    """Runs the command and ends the process with the exit code that its outcome has."""
    try:
        # What is imported stays: looking through it for garbage is a tenth of the time until a command begins.
        gc.disable()
        try:
            command = build(sys.argv[1] if len(sys.argv) > 1 else None)
        finally:
            gc.freeze()
            gc.enable()
        # What typer itself does not understand it prints as text; machines are told as of any other bad input.
        sys.exit(command(standalone_mode=not output.is_json()) or 0)
    except LedgerError as error:
        sys.exit(output.fail(error))
    except BrokenPipeError:
        # Who read our output has seen enough; nothing is to be written to it any more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        sys.exit(output.fail(_described(error)))


def _modules(command: str | None) -> tuple[str, ...]:
    known = [noun for noun, names in NOUNS.items() if command in names]
    if command is None or command.startswith("-"):
        return tuple(NOUNS)
    return tuple(known) or ("writes",)


def _described(error: Exception) -> LedgerError:
    """An error that the ledger does not know by name, as a sentence; the whole of it is kept in a file.

    On a full disk it cannot be kept, and the sentence is all.
    """
    from sqlalchemy.exc import OperationalError

    if isinstance(error, TyperException):
        return BadInput(error.format_message())
    kept = output.keep_traceback(error)
    hint = f"See {kept}." if kept else None
    if isinstance(error, OperationalError):
        return PartAway(f"The database does not do what it is asked: {error.orig}.", hint=hint)
    if isinstance(error, OSError):
        return PartAway(f"{output.reason_of(error)}.", hint=hint)
    return LedgerError(f"This is a fault of the program: {type(error).__name__}: {error}", hint=hint)
