"""Published donations into the ledger: what was published is recorded as published, held back, or refused by name.

    make_plan ─▶ decide_repetitions ─▶ record_lines ─▶ outbox ─▶ chain
                                                   └─▶ one report for each list, anchored as evidence

Run again after a crash at any moment it goes on: ids come from (publisher, list, row), so nothing is recorded twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from sqlmodel import Session

from ledger.canonical import donor_commitment, record_id
from ledger.commands import Desk, Draft, keep
from ledger.commands.desk import Opening, commitment_to, content_of, put_contents
from ledger.commands.desk import lines as batch_of
from ledger.commands.funds import open_fund
from ledger.database import writing
from ledger.errors import BadInput, TransactionRefused
from ledger.imports.importer import LINES_PER_DOCUMENT, Importer
from ledger.imports.lists import ListName, ListOptions
from ledger.imports.plan import Change, HeldBack, Known, ListPlan, Plan, decide_repetitions, finish_lists, make_plan
from ledger.imports.readers import FILE_BYTES_MAX, open_table
from ledger.imports.release import Release
from ledger.imports.reports import Report, anchor_reports
from ledger.imports.validation import DonationLine, Refusal
from ledger.models.donor_opening import DonorOpening
from ledger.outbox import Outcome

FUND_LEDGER = "FundLedger"
_LINES_PER_TRANSACTION = 5_000


@dataclass
class ListOutcome:
    """What became of one list. Amounts are in minor units, by currency."""

    name: ListName
    lines: int = 0
    recorded: int = 0
    recorded_minor: dict[str, int] = field(default_factory=dict)
    held_back: list[HeldBack] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    # By row: the commitments to the donor that a held-back row repeats and to its own, where the two differ (R25).
    donor_commitments: dict[int, tuple[str | None, str]] = field(default_factory=dict)
    # What was held back and is recorded all the same, because two persons released it.
    release: Release | None = None
    released: list[HeldBack] = field(default_factory=list)


@dataclass
class DonationsOutcome:
    """What became of one file."""

    file_name: str
    file_sha256: bytes
    lists: list[ListOutcome]
    unused_columns: tuple[str, ...]
    # Why the contract refused lines that were good in themselves.
    refused_by_contract: list[TransactionRefused] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """How many lines were refused."""
        return sum(len({one.line for one in part.refused}) for part in self.lists)


def import_donations(
    importer: Importer,
    path: Path,
    options: ListOptions,
    *,
    releases: Sequence[Release] = (),
    sheet: str | None = None,
    bytes_max: int = FILE_BYTES_MAX,
) -> DonationsOutcome:
    """Afterwards every line of the file that can be recorded is on the chain, and each list's report is anchored.

    Lines that repeat an earlier list are held back, unless two persons released that list (R22); lines that cannot be
    recorded are in the outcome, with the reasons. Raises BadInput, before anything is recorded, when the file cannot be
    used or a publisher takes no part.
    """
    table = open_table(path, sheet=sheet, bytes_max=bytes_max)
    plan = make_plan(table, options, importer.donor_secret, importer.today)
    for name in plan.lists:
        importer.organisation_of(name.publisher)
    recorder = _Recorder(importer, plan)
    # First of all, because it shows whether the account may record anything there.
    recorder.open_funds()
    with Session(writing(importer.engine)) as session, session.begin():
        decide_repetitions(session, plan)
    recorder.release({one.name: one for one in releases})
    if open_table(path, sheet=sheet, bytes_max=bytes_max).sha256 != table.sha256:
        raise BadInput(f"{table.name} was changed while it was read.", hint="Import it again when it is complete.")
    recorder.record_lines()
    recorder.name_changed_donors()
    with Session(writing(importer.engine)) as session, session.begin():
        finish_lists(session, plan)
    sent = importer.send_all("recording", recorder.queued)
    recorder.take_refusals(sent)
    outcome = DonationsOutcome(table.name, table.sha256, list(recorder.outcomes.values()), plan.unused_columns)
    outcome.refused_by_contract = [one.reason for one in sent.refused]
    anchor_reports(importer, [_report(one, outcome) for one in outcome.lists])
    return outcome


def fund_draft(desk: Desk, publisher: str, currency: str) -> Draft:
    """Opens the fund that a publisher's published donations in one currency go to."""
    key = (publisher, "published donations", currency)
    return open_fund(desk, key=key, name=f"{publisher}: donations as published", currency=currency)


def donation_content(name: ListName, line: DonationLine) -> dict[str, Any]:
    """The canonical content of a published donation: the line as published, without the donor's name (R25)."""
    return content_of(
        "donation",
        publisher=name.publisher,
        list=name.list_name,
        row=line.row,
        date=line.date,
        donor_kind=line.donor_kind,
        document_no=line.document_no,
    )


class _Recorder:
    """The second pass: lines into documents, openings and the outbox, some thousand in each database transaction."""

    def __init__(self, importer: Importer, plan: Plan) -> None:
        self._importer = importer
        self._plan = plan
        self._funds: dict[tuple[str, str], bytes] = {}
        self.outcomes = {name: ListOutcome(name, len(one.print)) for name, one in plan.lists.items()}
        self.queued = 0

    def open_funds(self) -> None:
        """Afterwards every publisher has a fund for each currency. Raises TransactionRefused where it may not."""
        drafts = {}
        for one in self._plan.lists.values():
            desk = self._importer.desk(one.name.publisher)
            for currency in sorted(one.currencies):
                draft = fund_draft(desk, one.name.publisher, currency)
                drafts[draft.record_id] = draft
                self._funds[one.name.publisher, currency] = draft.record_id
        self._importer.record("funds", list(drafts.values())).raise_refusals()

    def release(self, releases: Mapping[ListName, Release]) -> None:
        """Afterwards what is held back of these lists is recorded. Raises BadInput for a list that the file lacks."""
        for name, release in releases.items():
            if name not in self.outcomes:
                raise BadInput(f"The release {release.release_id.hex()} is of {name}, which is not in this file.")
            self.outcomes[name].release = release

    def record_lines(self) -> None:
        """Afterwards every line that can be recorded is in the outbox, its content in the documents."""
        total = sum(outcome.lines for outcome in self.outcomes.values())
        done = 0
        lines = self._recordable()
        while chunk := list(islice(lines, _LINES_PER_TRANSACTION)):
            drafts: list[Draft] = []
            for (name, currency), part in groupby(chunk, key=lambda one: (one[0].name, one[1].currency)):
                drafts += self._drafts(name, currency, [line for _, line in part])
            self._importer.keep(*drafts)
            done += len(chunk)
            self.queued += len(chunk)
            self._importer.progress("preparing", done, total)
        for name, one in self._plan.lists.items():
            self.outcomes[name].refused = sorted(one.refused)

    def name_changed_donors(self) -> None:
        """Afterwards a held-back line with another donor says who it was, and the report can say so without names."""
        with Session(writing(self._importer.engine)) as session, session.begin():
            for outcome in self.outcomes.values():
                for rows in (outcome.held_back, outcome.released):
                    for index, held in enumerate(rows):
                        if any(change.field == "donor" for change in held.changes):
                            rows[index] = self._with_donors(session, outcome, held)

    def _with_donors(self, session: Session, outcome: ListOutcome, held: HeldBack) -> HeldBack:
        desk = self._importer.desk(outcome.name.publisher)
        own_id, of_id = self._donation_id(outcome.name, held.line.row), self._donation_id(held.of, held.of_row)
        now, openings = commitment_to(desk, own_id, held.line.donor)
        keep(session, Draft((own_id,), (), openings))
        earlier = session.get(DonorOpening, of_id.hex())
        was = donor_commitment(earlier.salt, earlier.name).hex() if earlier else None
        outcome.donor_commitments[held.line.row] = (was, now.hex())
        name = earlier.name if earlier else None
        changes = [one._replace(was=name) if one.field == "donor" else one for one in held.changes]
        return held._replace(changes=tuple(changes))

    def _donation_id(self, name: ListName, row: int) -> bytes:
        return record_id(self._importer.organisation_of(name.publisher), "donation", *name, row)

    def _recordable(self) -> Iterator[tuple[ListPlan, DonationLine]]:
        for plan, found in self._plan.lines():
            outcome = self.outcomes[plan.name]
            if isinstance(found, HeldBack):
                if outcome.release is None:
                    outcome.held_back.append(found)
                    continue
                outcome.released.append(found)
                found = found.line
            line = found.line if isinstance(found, Known) else found
            outcome.recorded += 1
            outcome.recorded_minor[line.currency] = outcome.recorded_minor.get(line.currency, 0) + line.amount_minor
            if not isinstance(found, Known):
                yield plan, found

    def _drafts(self, name: ListName, currency: str, lines: list[DonationLine]) -> Iterator[Draft]:
        """The lines of one list in batches, each with the document of its contents."""
        desk = self._importer.desk(name.publisher)
        fund_id = self._funds[name.publisher, currency]
        for start in range(0, len(lines), LINES_PER_DOCUMENT):
            batch = lines[start : start + LINES_PER_DOCUMENT]
            document, digests = put_contents(desk, [donation_content(name, line) for line in batch])
            openings: list[Opening] = []
            written = []
            for line, digest in zip(batch, digests, strict=True):
                donation_id = self._donation_id(name, line.row)
                commitment, opening = commitment_to(desk, donation_id, line.donor)
                openings += opening
                written.append((donation_id, line.amount_minor, commitment, digest))
            draft = batch_of(desk, FUND_LEDGER, "recordDonations", (fund_id, document), written)
            yield draft._replace(openings=tuple(openings))

    def take_refusals(self, sent: Outcome) -> None:
        """Moves the lines that the contract refused from the recorded to the refused ones of their lists."""
        reasons = {one.key: one.reason.message for one in sent.refused}
        if not reasons:
            return
        for plan, line in self._plan.lines():
            if isinstance(line, HeldBack) and self.outcomes[plan.name].release:
                line = line.line
            if isinstance(line, HeldBack | Known):
                continue
            donation_id = self._donation_id(plan.name, line.row)
            if reason := reasons.get(f"recordDonations/{donation_id.hex()}"):
                outcome = self.outcomes[plan.name]
                outcome.recorded -= 1
                outcome.recorded_minor[line.currency] -= line.amount_minor
                outcome.refused.append(Refusal(line.line, line.row, "", f"was refused by the contract: {reason}"))


def _report(one: ListOutcome, outcome: DonationsOutcome) -> Report:
    """What is published about the import of one list."""
    held_back, released = ([_held_back(one, held) for held in rows] for rows in (one.held_back, one.released))
    gaps = [f"The column {column!r} is not recorded." for column in outcome.unused_columns]
    return Report(
        name=one.name,
        file_name=outcome.file_name,
        file_sha256=outcome.file_sha256,
        rows=one.lines,
        recorded=one.recorded,
        recorded_minor=one.recorded_minor,
        held_back=held_back,
        released=released,
        release_id=one.release.release_id if one.release else None,
        refused=one.refused,
        gaps=gaps,
    )


def _held_back(one: ListOutcome, held: HeldBack) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "row": held.line.row,
        "amount_minor": held.line.amount_minor,
        "of_list": held.of.list_name,
        "of_row": held.of_row,
        "changes": [_published(change, one.donor_commitments.get(held.line.row)) for change in held.changes],
    }
    if held.of.publisher != one.name.publisher:
        entry["of_publisher"] = held.of.publisher
    return entry


def _published(change: Change, commitments: tuple[str | None, str] | None) -> dict[str, str | None]:
    """A change as the report has it: of a donor the commitments, which donor_opening opens, and not the names."""
    if change.field == "donor" and commitments:
        return {"field": "donor", "was": commitments[0], "now": commitments[1]}
    return change._asdict()
