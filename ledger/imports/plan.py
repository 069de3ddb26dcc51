"""The first pass over a file of donations: which lines can be recorded, and which repeat an earlier list (R22).

Nothing is recorded here. A list keeps its place in the order of publication from its first import on, so that an import
that was interrupted decides the same when it is run again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlmodel import Session

from ledger.database import table_of
from ledger.errors import BadInput
from ledger.imports.fingerprints import FIELDS, ListPrint, Remembered, runs_of
from ledger.imports.lists import ListName, ListOptions, donation_shape
from ledger.imports.readers import Table
from ledger.imports.validation import DonationCheck, DonationLine, Refusal
from ledger.models.fund import ListTotal
from ledger.models.publication import ImportList
from ledger.models.published_list import PublishedList

ROWS_MAX = 1_000_000
_LIST, _REPORT, _TOTAL = table_of(PublishedList), table_of(ImportList), table_of(ListTotal)


class Change(NamedTuple):
    """What a row states otherwise than the row it repeats. Who a donor was is looked up later, by `donor_opening`."""

    field: str
    was: str | None
    now: str | None


class HeldBack(NamedTuple):
    """A line that repeats a row of an earlier list, and what it changed without a word."""

    line: DonationLine
    of: ListName
    of_row: int
    changes: tuple[Change, ...]


class Known(NamedTuple):
    """A line that was imported before from another file, and says the same."""

    line: DonationLine


@dataclass(frozen=True)
class HeldRun:
    """Positions `start` .. `stop` - 1 of a list repeat an earlier one, `offset` rows before."""

    start: int
    stop: int
    offset: int
    equal: int
    earlier: Remembered
    fields: tuple[dict[str, str | None], ...] = field(repr=False)

    def held_back(self, position: int, line: DonationLine, donor_print: int) -> HeldBack:
        """What the line at `position` is held back as."""
        early = position - self.offset
        was, now = self.fields[position - self.start], {name: getattr(line, name) for name in FIELDS}
        changes = [Change(name, was[name], now[name]) for name in FIELDS if was[name] != now[name]]
        if self.earlier.donor_prints[early] != donor_print:
            changes.append(Change("donor", None, line.donor))
        if self.earlier.amounts[early] != line.amount_minor:
            changes.append(Change("amount_minor", str(self.earlier.amounts[early] or ""), str(line.amount_minor)))
        return HeldBack(line, self.earlier.name, self.earlier.row_numbers[early], tuple(changes))


@dataclass
class ListPlan:
    """One list of the file: what it looks like, what of it is refused and what is held back."""

    name: ListName
    print: ListPrint
    refused: list[Refusal] = field(default_factory=list)
    held: list[HeldRun] = field(default_factory=list)
    currencies: set[str] = field(default_factory=set)
    remembered: Remembered | None = None
    # Where the list was imported before from another file: each row number's position, and what the first ones, which
    # were imported then, stated.
    known_rows: dict[int, int] = field(default_factory=dict)
    known_fields: list[dict[str, str | None]] = field(default_factory=list)

    def run_at(self, position: int) -> HeldRun | None:
        """The run that holds the line at `position` back, or None."""
        return next((run for run in self.held if run.start <= position < run.stop), None)


@dataclass(frozen=True)
class Plan:
    """What is to be done with a file."""

    table: Table
    options: ListOptions
    today: date
    lists: dict[ListName, ListPlan]
    unused_columns: tuple[str, ...]

    def lines(self) -> Iterator[tuple[ListPlan, DonationLine | HeldBack | Known]]:
        """The second pass: every line that can be recorded, is known or is held back, in the file's order.

        A line that was recorded before from another file and now says otherwise is added to its list's refusals.
        """
        shape, currency = donation_shape(self.table, self.options)
        check = DonationCheck(shape, currency, self.options, self.today)
        positions = dict.fromkeys(self.lists, -1)
        last: ListName | None = None
        for row in self.table.rows():
            name, line, _ = check.line(row)
            last = name = name or last or next(iter(self.lists))
            positions[name] += 1
            plan, position = self.lists[name], positions[name]
            if line is None or _says_otherwise(plan, position, line):
                continue
            remembered_at = plan.known_rows.get(line.row, position)
            run = plan.run_at(remembered_at)
            if run is not None:
                yield plan, run.held_back(remembered_at, line, plan.print.donor_prints[position])
            elif line.row in plan.known_rows and remembered_at < len(plan.known_fields):
                yield plan, Known(line)
            else:
                yield plan, line


def make_plan(table: Table, options: ListOptions, donor_secret: bytes, today: date) -> Plan:
    """Reads the whole file once. Raises BadInput if its header cannot be used or it has no line or too many."""
    shape, currency = donation_shape(table, options)
    check = DonationCheck(shape, currency, options, today)
    lists: dict[ListName, ListPlan] = {}
    orphans: list[tuple[list[Refusal], tuple[str, ...]]] = []
    last: ListName | None = None
    for count, row in enumerate(table.rows(), start=1):
        if count > ROWS_MAX:
            raise BadInput(f"{table.path.name} has more than {ROWS_MAX:,} lines; split the list.")
        name, line, refused = check.line(row)
        # A line whose source cannot be read stands in the list before it, or in the first.
        name = name or last
        if name is None:
            orphans.append((refused, row.cells))
            continue
        last = name
        plan = lists.setdefault(name, ListPlan(name, ListPrint(name, donor_secret)))
        while orphans:
            problems, cells = orphans.pop(0)
            plan.refused += problems
            plan.print.add_refused(None, cells)
        if line is None:
            plan.refused += refused
            plan.print.add_refused(refused[0].row, row.cells)
        else:
            plan.print.add(line)
            plan.currencies.add(line.currency)
    if not lists:
        reasons = [f"line {one.line}, {one.column} {one.reason}" for group, _ in orphans for one in group]
        raise BadInput(f"{table.path.name} has no line that can be recorded. " + "; ".join(reasons[:5]))
    return Plan(table, options, today, lists, shape.unused)


def decide_repetitions(session: Session, plan: Plan) -> None:
    """Afterwards every list of the plan is remembered, and its `held` says which runs repeat an earlier list.

    Works in the caller's transaction, which has to be one that writes. Raises BadInput when the import of another list
    was begun and did not end, or lists were imported on this chain that this database does not remember.
    """
    _require_memory(session)
    for one in plan.lists.values():
        _remember(session, plan, one)
        later = one.remembered
        if later is None:
            raise ValueError("A list is remembered before it is compared.")
        covered = bytearray(len(later.prints))
        candidates = []
        earlier_names = select(_LIST.c.publisher, _LIST.c.list_name).where(_LIST.c.sequence < later.sequence)
        for key in session.execute(earlier_names.order_by(_LIST.c.sequence)).all():
            stored = session.get_one(PublishedList, tuple(key))
            earlier = Remembered.of(stored)
            if not stored.finished and earlier.name not in plan.lists:
                raise BadInput(
                    f"The import of {earlier.name} did not end, so nobody knows yet what repeats it.",
                    hint="Import its file again first: it goes on where it stopped.",
                )
            session.expunge(stored)
            candidates += [(run, earlier) for run in runs_of(earlier, later)]
        candidates.sort(key=lambda found: (-found[0].equal, found[1].sequence, found[0].start))
        for run, earlier in candidates:
            # A row is held back once, as a repetition of the list that it repeats best.
            if covered.find(0, run.start, run.stop) >= 0:
                covered[run.start : run.stop] = b"\1" * (run.stop - run.start)
                fields = earlier.fields(run.start - run.offset, run.stop - run.offset)
                one.held.append(HeldRun(run.start, run.stop, run.offset, run.equal, earlier, tuple(fields)))


def _require_memory(session: Session) -> None:
    """Without the fingerprints of what was imported before, a repetition would pass unseen."""
    columns = _REPORT.c.publisher, _REPORT.c.list_name
    imported = (
        select(*columns)
        .join(_TOTAL, and_(_TOTAL.c.publisher == _REPORT.c.publisher, _TOTAL.c.list_name == _REPORT.c.list_name))
        .distinct()
    )
    remembered = {tuple(row) for row in session.execute(select(_LIST.c.publisher, _LIST.c.list_name)).all()}
    forgotten = sorted(ListName(*row) for row in session.execute(imported).all() if tuple(row) not in remembered)
    if forgotten:
        raise BadInput(
            f"{forgotten[0]} was imported on this chain, and this database has no memory of its rows"
            f" ({len(forgotten)} such list{'s' if len(forgotten) > 1 else ''}): a repetition could not be recognised.",
            hint="Import into the database that the earlier lists were imported into.",
        )


def finish_lists(session: Session, plan: Plan) -> None:
    """Afterwards later lists are compared with those of this plan. Works in the caller's transaction."""
    for name in plan.lists:
        session.get_one(PublishedList, tuple(name)).finished = True


def _remember(session: Session, plan: Plan, one: ListPlan) -> None:
    """Puts the list into the database, or adds the rows to it that it did not have yet."""
    stored = session.get(PublishedList, tuple(one.name))
    sha256 = plan.table.sha256.hex()
    if stored is None:
        last = session.execute(select(func.max(_LIST.c.sequence))).scalar_one() or 0
        stored = PublishedList(
            publisher=one.name.publisher,
            list_name=one.name.list_name,
            sequence=last + 1,
            file_sha256=sha256,
            finished=False,
            before_count=0,
            **one.print.pack(),
        )
        session.add(stored)
    elif stored.file_sha256 != sha256:
        _add_rows(stored, one)
        stored.file_sha256 = sha256
    session.flush()
    one.remembered = Remembered.of(stored)
    if stored.before_count:
        one.known_rows = _positions(one.remembered)
        one.known_fields = one.remembered.fields(0, stored.before_count)


def _add_rows(stored: PublishedList, one: ListPlan) -> None:
    """Adds the rows of this file that the list did not have from another one, or that were refused then."""
    if not stored.finished:
        raise BadInput(
            f"The import of {one.name} from another file did not end.",
            hint="Import that file again first: it goes on where it stopped.",
        )
    before = Remembered.of(stored)
    known = _positions(before)
    added = [at for at, row in enumerate(one.print.row_numbers) if row and row not in known]
    for column, packed in one.print.appended_to(before, added).items():
        setattr(stored, column, packed)
    stored.before_count = len(before.prints)
    stored.finished = False


def _positions(remembered: Remembered) -> dict[int, int]:
    """Where each row number is; a row that was refused, and put right in a later file, is where it was put right."""
    return {row: at for at, row in enumerate(remembered.row_numbers) if row and remembered.amounts[at]}


def _says_otherwise(plan: ListPlan, position: int, line: DonationLine) -> bool:
    """Whether the list was imported before, and this row of it was something else then."""
    known = plan.known_rows.get(line.row)
    if known is None or plan.remembered is None or known >= len(plan.known_fields):
        return False
    same = plan.remembered.prints[known] == plan.print.prints[position]
    if same and plan.known_fields[known] == {name: getattr(line, name) for name in FIELDS}:
        return False
    plan.refused.append(
        Refusal(
            line.line, line.row, "row", f"is a row of {plan.name} that was imported before from another file, otherwise"
        )
    )
    return True
