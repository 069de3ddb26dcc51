"""`make demo`: the demonstration, its summary in two languages, the public API. SERVE=0 ends when all is shown.

PROFILE=consortium runs it on validators, IPFS and PostgreSQL.
"""

import os
import sys
from pathlib import Path

from sqlmodel import Session

from ledger.cli import output
from ledger.demonstration.run import demonstrate
from ledger.demonstration.screen import show
from ledger.errors import LedgerError
from ledger.settings import Settings
from network import profiles

HISTORY = Path(__file__).resolve().parent / "history"


def main() -> int:
    """Returns the exit code."""
    try:
        done = demonstrate(os.environ.get("PROFILE", ""), HISTORY, lambda stage: output.say(f"- {stage} ..."))
        with Session(done.parts.engine) as session:
            show(session, done, done.parts.settings)
        if os.environ.get("SERVE", "1") != "0":
            from ledger.cli.serve import serve

            serve()
    except LedgerError as error:
        return output.fail(error)
    finally:
        profiles.stop(Settings.from_environment())
    return 0


if __name__ == "__main__":
    sys.exit(main())
