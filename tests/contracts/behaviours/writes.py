"""How a contract names its write functions, so that one suite (test_writes.py) holds each to the rules that all share.

Each contract has a module here, named as the contract in snake case, with two lists: WRITES, the functions that people
call, and PART_ONLY, the functions that only another part may call. A function in neither fails the suite.
"""

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from brownie import project
from names import CHARITY, ZERO, ascii_word
from parts import Ledger

MODULES = {
    "Participants": "participants",
    "FundLedger": "fund_ledger",
    "Catalogue": "catalogue",
    "NeedLedger": "need_ledger",
    "SupplyLedger": "supply_ledger",
    "StockLedger": "stock_ledger",
    "ConsignmentLedger": "consignment_ledger",
    "Discrepancies": "discrepancies",
    "Corrections": "corrections",
    "Publications": "publications",
}
Arguments = Callable[[Ledger], tuple[Any, ...]]


def nothing(ledger: Ledger) -> None:
    """No state is needed first."""


@dataclass(frozen=True)
class Write:
    """A write function, a call of it that is accepted, and the calls that must not be.

    part, function: which.  actor: name of somebody who may.  arguments: an accepted call's, once `given` was done.
    role, organisation_id, scope: what MissingRole names for who may not (the first role, where there are several).
    role None: everybody with an account may, the refusal is AccountUnknown.
    again: name of another person who may, and who repeats the call without effect; None for what each does for himself.
    other: the same id with other content, refused as RecordConflict of `conflict_id`; None where the id is all there is.
    foreign: the call with a new id of another organisation, refused as ForeignRecordId of (that id, organisation_id).
    is_batch: errors of a line come inside LineRefused of line 0.  works_paused: it takes rights away, or resumes.
    """

    part: str
    function: str
    actor: str
    role: str | None
    arguments: Arguments
    given: Callable[[Ledger], None] = nothing
    organisation_id: int = CHARITY
    scope: str = ZERO
    again: str | None = None
    other: Arguments | None = None
    conflict_id: str = ZERO
    foreign: Arguments | None = None
    foreign_id: str = ZERO
    is_batch: bool = False
    works_paused: bool = False

    @property
    def name(self) -> str:
        """As a test's id has it."""
        return f"{self.part}.{self.function}"

    def missing(self, account: Any) -> tuple[Any, ...]:
        """How an account that may not is refused."""
        if self.role is None:
            return ("AccountUnknown", account)
        return ("MissingRole", account, self.organisation_id, ascii_word(self.role), self.scope)

    def in_line(self, *error: Any) -> tuple[Any, ...]:
        """The error as the function reverts with it."""
        return ("LineRefused", 0, error) if self.is_batch else error


@dataclass(frozen=True)
class PartOnly:
    """A function that only the part named `caller` may call ("": any part); `arguments` need not make sense."""

    part: str
    function: str
    caller: str
    arguments: tuple[Any, ...]

    @property
    def name(self) -> str:
        """As a test's id has it."""
        return f"{self.part}.{self.function}"


def compiled() -> Iterator[str]:
    """The parts that the project has compiled."""
    names = {container._name for container in project.get_loaded_projects()[0]}
    return (name for name in MODULES if name in names)


def writes() -> list[Write]:
    """Every write of every compiled part."""
    return [write for module in _modules() for write in module.WRITES]


def part_only() -> list[PartOnly]:
    """Every function of every compiled part that only parts may call."""
    return [entry for module in _modules() for entry in module.PART_ONLY]


def _modules() -> Iterator[Any]:
    # A part without a module fails the test that looks for each function, with the functions' names.
    for name in (f"behaviours.{MODULES[part]}" for part in compiled()):
        if importlib.util.find_spec(name):
            yield importlib.import_module(name)
