"""A publisher's correction of its own table, declared as such: nothing is edited, both versions stay (R15, R16).

    published,corrects_file,corrects_row,field,was,now,note

A change of `items` that keeps the quantity is a correction of words, of the donation and of its lot. A change of
`recipient` posts, for each recipient, the difference between the two stated quantities.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ledger.canonical import record_id
from ledger.codes import CorrectionReason
from ledger.commands import Desk
from ledger.commands.corrections import Change, Correction, adjustment_id, approve_corrections, declare_errors
from ledger.errors import BadInput
from ledger.imports.goods_flow import gift_key, lot_key, report_key
from ledger.imports.goods_lines import needed_words
from ledger.imports.importer import Importer
from ledger.imports.lists import Field, ListName, ListOptions, shape_of
from ledger.imports.readers import FILE_BYTES_MAX, open_table
from ledger.imports.stated import shares_in, stated_in
from ledger.imports.validation import Cells, SeenRows, date_from_text, row_number, words

REASON_CODE = "PUBLISHED"
ROWS_MAX = 1_000
_FIELDS = (
    Field("published", needed=True),
    Field("corrects_file"),
    Field("corrects_row", needed=True),
    Field("field", needed=True),
    Field("was", needed=True),
    Field("now", needed=True),
    Field("note"),
)


class PublishedCorrection(NamedTuple):
    """One published change of one field of one row."""

    published: str | None
    row: int
    field: str
    was: str
    now: str
    note: str | None


@dataclass(frozen=True)
class CorrectionsOutcome:
    """What was declared and approved: the ids of the corrections, and the changes as published."""

    correction_ids: tuple[bytes, ...]
    changes: tuple[PublishedCorrection, ...]


def import_corrections(
    importer: Importer, path: Path, name: ListName, *, approver: str, bytes_max: int = FILE_BYTES_MAX
) -> CorrectionsOutcome:
    """Afterwards the published changes to the list `name` are declared by the importer's account, and approved.

    Raises BadInput, before anything is declared, for a change that cannot be read without guessing, and
    TransactionRefused when a contract refuses (the approver is the author, the list was not imported).
    """
    changes = _read(importer, path, bytes_max)
    desk = importer.desk(name.publisher)
    corrections = [one for change in changes for one in _corrections(desk, name, change)]
    declared = declare_errors(desk, corrections)
    importer.record("declaring", [declared]).raise_refusals()
    approved = approve_corrections(desk._replace(account=approver), declared.record_ids)
    importer.record("approving", [approved]).raise_refusals()
    return CorrectionsOutcome(declared.record_ids, tuple(changes))


def _read(importer: Importer, path: Path, bytes_max: int) -> list[PublishedCorrection]:
    table = open_table(path, bytes_max=bytes_max)
    shape = shape_of(table, _FIELDS, ListOptions())
    changes = []
    for count, row in enumerate(table.rows(), start=1):
        if count > ROWS_MAX:
            raise BadInput(f"{path.name} has more than {ROWS_MAX:,} lines.")
        cells = Cells(shape, row)
        day = cells.read("published", lambda text: date_from_text(text, importer.today))
        row_no = cells.read("corrects_row", lambda text: row_number(text, SeenRows(), ListName("", "")))
        field, was, now = (cells.read(one, needed_words) for one in ("field", "was", "now"))
        note = cells.read("note", words)
        if cells.problems or row_no is None or field is None or was is None or now is None:
            reasons = "; ".join(f"{column} {reason}" for column, reason in cells.problems)
            raise BadInput(f"{path.name}, line {row.line}: {reasons}.")
        changes.append(PublishedCorrection(day, row_no, field, was, now, note))
    if not changes:
        raise BadInput(f"{path.name} has a header and no lines.")
    return changes


def _corrections(desk: Desk, name: ListName, change: PublishedCorrection) -> Iterable[Correction]:
    if change.field == "items":
        return _of_words(desk, name, change)
    if change.field == "recipient":
        return _of_quantities(desk, name, change)
    raise BadInput(f"Row {change.row}: a change of {change.field!r} cannot be applied; items and recipient can.")


def _of_words(desk: Desk, name: ListName, change: PublishedCorrection) -> Iterable[Correction]:
    was, now = stated_in(change.was), stated_in(change.now)
    if len(was) != 1 or len(now) != 1 or was[0].quantity is None or was[0].quantity != now[0].quantity:
        raise BadInput(f"Row {change.row}: {change.was!r} to {change.now!r} is not a change of words alone.")
    gift_id = record_id(desk.organisation_id, "donation_in_kind", *gift_key(name, change.row))
    lot_id = record_id(desk.organisation_id, "lot", *lot_key(name, change.row, 0))
    return [
        Correction(
            key=(*name, change.row, change.field, target),
            part="SupplyLedger",
            target_id=target_id,
            reason=CorrectionReason.Words,
            reason_code=REASON_CODE,
            note=_note(name, change),
            changes=[Change(*words_of)],
        )
        for target, target_id, words_of in (
            ("donation", gift_id, (change.field, change.was, change.now)),
            ("lot", lot_id, ("item", was[0].name, now[0].name)),
        )
    ]


def _of_quantities(desk: Desk, name: ListName, change: PublishedCorrection) -> Iterable[Correction]:
    was, now = shares_in(change.was), shares_in(change.now)
    before = {share.name: share.quantity for share in was}
    after = {share.name: share.quantity for share in now}
    if before.keys() != after.keys() or len(before) != len(was) or not all((*before.values(), *after.values())):
        raise BadInput(f"Row {change.row}: {change.was!r} to {change.now!r} does not state each recipient's quantity.")
    corrections = []
    for recipient, quantity in before.items():
        if quantity == after[recipient]:
            continue
        key = (*name, change.row, change.field, recipient)
        corrections.append(
            Correction(
                key=key,
                part="Publications",
                target_id=record_id(
                    desk.organisation_id, "reported_distribution", *report_key(name, change.row, recipient, 0)
                ),
                reason=CorrectionReason.IncorrectData,
                reason_code=REASON_CODE,
                note=_note(name, change),
                changes=[Change("quantity", quantity, after[recipient])],
                corrective_id=adjustment_id(desk, key),
                delta=after[recipient] - quantity,
            )
        )
    return corrections


def _note(name: ListName, change: PublishedCorrection) -> str:
    """The note that is published with the correction: the publisher's own words, and both versions of the cell."""
    published = f"published {change.published}" if change.published else "date not published"
    said = f"{change.note}, {published}" if change.note else published
    return f"{name}, row {change.row}, {change.field}: {change.was} → {change.now} ({said})"
