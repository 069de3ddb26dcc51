"""Corrections by declaration: nothing is edited (R15, R16)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ledger.canonical import NO_RECORD, organisation_of, record_id
from ledger.codes import CorrectionReason
from ledger.commands.desk import Desk, Draft, Key, act, code, new_id, put_content
from ledger.errors import BadInput
from ledger.outbox_store import Entry

CONTRACT = "Corrections"
_DELTA_MAX = 2**53 - 1


class Change(NamedTuple):
    """What a record said, and what is right."""

    field: str
    was: str | int | None
    now: str | int | None


class Correction(NamedTuple):
    """What is declared of one record. `part` is the contract that holds it.

    IncorrectData posts `delta` under the new id `corrective_id` (by default one made of the correction's own key), on
    line `line_no` and quantity `field` where the record has lines. DidNotOccur may name the record that replaces it.
    Words changes no balance.
    """

    key: Key
    part: str
    target_id: bytes
    reason: CorrectionReason
    reason_code: str
    note: str
    changes: Sequence[Change] = ()
    corrective_id: bytes = NO_RECORD
    line_no: int = 0
    field: int = 0
    delta: int = 0


def adjustment_id(desk: Desk, key: Key) -> bytes:
    """The id under which a difference is posted; it can be corrected in turn."""
    return new_id(desk, "adjustment", key)


def correction_id(correction: Correction) -> bytes:
    """The id of a correction: one of its target's organisation, whoever declares it."""
    return record_id(organisation_of(correction.target_id), "correction", *correction.key)


def declare_errors(desk: Desk, corrections: Sequence[Correction]) -> Draft:
    """Declares corrections, in order: dependants first, newest first. In effect when another person approves."""
    declared = [_declaration(desk, correction) for correction in corrections]
    ids = tuple(correction_id(correction) for correction in corrections)
    if not ids:
        raise BadInput("There is no correction to declare.")
    entry = Entry(f"declareErrors/{_joined(ids)}", desk.account, CONTRACT, "declareErrors", (declared,))
    return Draft(ids, (entry,))


def declare_error(desk: Desk, correction: Correction) -> Draft:
    """Declares one correction; it is in effect when another person approves it."""
    return declare_errors(desk, [correction])


def approve_corrections(desk: Desk, correction_ids: Sequence[bytes]) -> Draft:
    """Approves them in the order given, all or none, as another person than the author.

    That a disbursement which was acknowledged did not occur is for its receiver's organisation to approve (R4).
    """
    ids = tuple(correction_ids)
    if not ids:
        raise BadInput("There is no correction to approve.")
    key = f"approveCorrections/{_joined(ids)}/{desk.account}"
    return Draft(ids, (Entry(key, desk.account, CONTRACT, "approveCorrections", (list(ids),)),))


def reject_correction(desk: Desk, correction_id: bytes) -> Draft:
    """Rejects a proposed correction."""
    return act(desk, CONTRACT, "rejectCorrection", correction_id)


def _declaration(desk: Desk, correction: Correction) -> tuple[object, ...]:
    if not correction.note.strip() or not correction.reason_code:
        raise BadInput(f"The correction {correction.key} needs a reason code and a note, which are published (R16).")
    if not -_DELTA_MAX <= correction.delta <= _DELTA_MAX:
        raise BadInput(f"The difference {correction.delta} is beyond 2^53-1.")
    if (correction.reason == CorrectionReason.IncorrectData) != (correction.delta != 0):
        raise BadInput("A difference other than zero is given for incorrect data, and for nothing else.")
    changes: list[Mapping[str, object]] = [
        {"field": change.field, "was": change.was, "now": change.now} for change in correction.changes
    ]
    corrective_id = correction.corrective_id
    if correction.reason == CorrectionReason.IncorrectData and corrective_id == NO_RECORD:
        corrective_id = record_id(organisation_of(correction.target_id), "adjustment", *correction.key)
    note = put_content(
        desk, "correction", note=correction.note, reason_code=correction.reason_code, changes=changes or None
    )
    return (
        correction_id(correction),
        code(correction.part, 32, "part"),
        correction.target_id,
        correction.reason,
        code(correction.reason_code, 16, "reason code"),
        corrective_id,
        correction.line_no,
        correction.field,
        correction.delta,
        note,
    )


def _joined(ids: Sequence[bytes]) -> str:
    return "+".join(one.hex() for one in ids)
