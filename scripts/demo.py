"""`make demo`: the demonstration, its summary in two languages, the public API. SERVE=0 ends when all is shown."""

import os
import sys
from pathlib import Path

from sqlmodel import Session

from ledger.cli import output
from ledger.cli.opened import Parts
from ledger.demonstration.run import demonstrate
from ledger.demonstration.screen import show
from ledger.errors import LedgerError
from network import embedded

HISTORY = Path(__file__).resolve().parent / "history"


def main() -> int:
    """Returns the exit code."""
    parts = Parts()
    try:
        done = demonstrate(parts, HISTORY, lambda stage: output.say(f"- {stage} ..."))
        with Session(parts.engine) as session:
            show(session, done, parts.settings)
        if os.environ.get("SERVE", "1") != "0":
            from ledger.cli.serve import serve

            serve()
    except LedgerError as error:
        return output.fail(error)
    finally:
        embedded.stop(parts.settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
