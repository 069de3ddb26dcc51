"""What a list of donations looks like to R22: a few bytes a row, without a name in them.

Fingerprints are keyed with the deployment's donor secret: a plain hash of a name would give the name away.
"""

import gzip
import hashlib
import io
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import orjson

from ledger.imports.lists import ListName
from ledger.imports.repetition import Run, repeated_runs
from ledger.imports.validation import DonationLine
from ledger.models.published_list import PublishedList

# Fields that a silent change can be in, besides the donor and the amount.
FIELDS = ("date", "donor_kind", "document_no")
_BYTES = 8


class ListPrint:
    """One list, row after row. Rows that are refused have their place in it too, so that runs stay contiguous."""

    def __init__(self, name: ListName, key: bytes) -> None:
        self.name = name
        self._key = hashlib.sha256(b"list fingerprints" + key).digest()
        self.prints = array("Q")
        self.donor_prints = array("Q")
        self.amounts = array("Q")
        self.row_numbers = array("I")
        self._packed = io.BytesIO()
        self._gzip: gzip.GzipFile | None = gzip.GzipFile(fileobj=self._packed, mode="wb", compresslevel=6, mtime=0)

    def __len__(self) -> int:
        return len(self.prints)

    def add(self, line: DonationLine) -> None:
        """Takes the next row. A list without donors is told apart by its dates and document numbers instead."""
        donor = line.donor if line.donor is not None else f"\0{line.date}\0{line.document_no}"
        self._add(
            donor,
            f"{line.currency} {line.amount_minor}",
            line.amount_minor,
            line.row,
            {name: getattr(line, name) for name in FIELDS},
        )

    def add_refused(self, row: int | None, cells: Sequence[str]) -> None:
        """Takes the next row, one that cannot be recorded: equal only to the same cells."""
        self._add("\0refused", "\0".join(cells), 0, row or 0, {})

    def _add(self, donor: str, amount: str, amount_minor: int, row: int, fields: dict[str, str | None]) -> None:
        self.donor_prints.append(self._print(donor))
        self.prints.append(self._print(f"{donor}\0\0{amount}"))
        self.amounts.append(amount_minor)
        self.row_numbers.append(row)
        if self._gzip is None:
            raise ValueError("This list is closed.")
        self._gzip.write(orjson.dumps([fields.get(name) for name in FIELDS], option=orjson.OPT_APPEND_NEWLINE))

    def _print(self, text: str) -> int:
        return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=_BYTES, key=self._key).digest(), "big")

    def pack(self) -> dict[str, Any]:
        """The columns of its row in the database. Nothing can be added afterwards."""
        if self._gzip is not None:
            self._gzip.close()
            self._gzip = None
        return {
            "row_count": len(self),
            "prints": _packed(self.prints),
            "donor_prints": _packed(self.donor_prints),
            "amounts": _packed(self.amounts),
            "row_numbers": _packed(self.row_numbers),
            "fields": self._packed.getvalue(),
        }

    def appended_to(self, before: "Remembered", positions: Sequence[int]) -> dict[str, Any]:
        """The columns of a list that was remembered before, with these rows of this one after its own."""
        own = self.pack()
        with gzip.GzipFile(fileobj=io.BytesIO(own["fields"])) as lines:
            wanted = set(positions)
            added = b"".join(line for at, line in enumerate(lines) if at in wanted)
        return {
            "row_count": len(before.prints) + len(positions),
            "prints": _packed(before.prints + array("Q", (self.prints[at] for at in positions))),
            "donor_prints": _packed(before.donor_prints + array("Q", (self.donor_prints[at] for at in positions))),
            "amounts": _packed(before.amounts + array("Q", (self.amounts[at] for at in positions))),
            "row_numbers": _packed(before.row_numbers + array("I", (self.row_numbers[at] for at in positions))),
            # Members of a gzip file follow each other.
            "fields": before.packed_fields + gzip.compress(added, mtime=0),
        }


@dataclass(frozen=True)
class Remembered:
    """An imported list as the database has it."""

    name: ListName
    sequence: int
    prints: "array[int]"
    donor_prints: "array[int]"
    amounts: "array[int]"
    row_numbers: "array[int]"
    packed_fields: bytes = field(repr=False)

    @classmethod
    def of(cls, row: PublishedList) -> "Remembered":
        """What that row of the database says."""
        return cls(
            ListName(row.publisher, row.list_name),
            row.sequence,
            _unpacked("Q", row.prints),
            _unpacked("Q", row.donor_prints),
            _unpacked("Q", row.amounts),
            _unpacked("I", row.row_numbers),
            row.fields,
        )

    def fields(self, start: int, stop: int) -> list[dict[str, str | None]]:
        """What rows `start` .. `stop` - 1 state besides donor and amount."""
        with gzip.GzipFile(fileobj=io.BytesIO(self.packed_fields)) as lines:
            return [dict(zip(FIELDS, orjson.loads(line), strict=True)) for line in islice(lines, start, stop)]


def runs_of(earlier: Remembered, later: Remembered) -> list[Run]:
    """The runs of `later` that repeat `earlier` (R22)."""

    def kept(i: int, j: int) -> bool:
        return earlier.donor_prints[i] == later.donor_prints[j] or earlier.amounts[i] == later.amounts[j] > 0

    return repeated_runs(earlier.prints, later.prints, kept)


def _packed(numbers: "array[int]") -> bytes:
    """The numbers big-endian, whatever the machine's own order."""
    if sys.byteorder == "little":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _unpacked(code: str, packed: bytes) -> "array[int]":
    numbers = array(code)
    numbers.frombytes(packed)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
