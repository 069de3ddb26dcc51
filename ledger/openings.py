"""Donors' names against the commitments on chain: how many open, how many were erased, which do not match (R25)."""

import hashlib
from typing import NamedTuple

from sqlalchemy import Connection, func, select
from sqlmodel import SQLModel

from ledger.database import table_of
from ledger.findings import Finding
from ledger.models.donation import Donation
from ledger.models.donor_opening import DonorOpening
from ledger.models.lot import DonationInKind
from ledger.models.promise import Commitment, Pledge
from ledger.rows import NO_RECORD, key_name

COMMITTED: tuple[type[SQLModel], ...] = (Donation, DonationInKind, Pledge, Commitment)
_FETCH = 1_000
MISMATCHES_NAMED_MAX = 20


class Openings(NamedTuple):
    """Of the commitments on chain: how many were opened, erased, or did not match; and openings of nothing known."""

    commitments: int
    opened: int
    erased: int
    mismatched: int
    unknown: int


def check_openings(connection: Connection) -> tuple[Openings, list[Finding]]:
    """Opens every commitment that has a name. A name that is not there was erased; that is no fault."""
    findings: list[Finding] = []
    commitments = opened = mismatched = 0
    for model in COMMITTED:
        commitments += _commitments(connection, model)
        right, wrong = _open(connection, model)
        opened += right
        mismatched += len(wrong)
        findings += [
            Finding("openings", f"The name kept for {record} does not open its commitment.", "donor_opening", record)
            for record in wrong[:MISMATCHES_NAMED_MAX]
        ]
    kept = connection.execute(select(func.count()).select_from(table_of(DonorOpening))).scalar_one()
    unknown = kept - opened - mismatched
    return Openings(commitments, opened, commitments - opened - mismatched, mismatched, unknown), findings


def _open(connection: Connection, model: type[SQLModel]) -> tuple[int, list[str]]:
    opening, record = table_of(DonorOpening), table_of(model)
    key = record.c[key_name(model)]
    query = select(opening, record.c.donor_commitment).join(record, key == opening.c.record_id).order_by(key)
    right, wrong = 0, []
    for row in connection.execution_options(yield_per=_FETCH).execute(query):
        commitment = hashlib.sha256(bytes(row.salt) + row.name.encode()).hexdigest()
        if commitment == row.donor_commitment:
            right += 1
        else:
            wrong.append(row.record_id)
    return right, wrong


def _commitments(connection: Connection, model: type[SQLModel]) -> int:
    table = table_of(model)
    query = select(func.count()).select_from(table).where(table.c.donor_commitment != NO_RECORD)
    return int(connection.execute(query).scalar_one())
