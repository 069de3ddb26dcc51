"""What every command has in common: who records, where the text goes, and what comes out.

A command builds a record's content document and its outbox entries. Nothing is recorded before the draft is kept.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from ledger.canonical import NO_RECORD, canonical_bytes, donor_commitment, donor_salt, record_id
from ledger.codes import ascii_code
from ledger.currency import AMOUNT_MAX, minor_digits
from ledger.documents import JSON, DocumentStore
from ledger.errors import BadInput
from ledger.outbox_store import Entry

NO_EARMARK = (bytes(16), bytes(16))
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
Key = Sequence[str | int]


class Desk(NamedTuple):
    """Where a write is made: the account that signs, the organisation it is for, and what text and names go through."""

    account: str
    organisation_id: int
    documents: DocumentStore
    donor_secret: bytes


class Opening(NamedTuple):
    """What opens a donor commitment: a row of `donor_opening`."""

    record_id: bytes
    name: str
    salt: bytes


class Draft(NamedTuple):
    """What a command asks the outbox for. `record_ids` are the records that it makes, or acts on."""

    record_ids: tuple[bytes, ...]
    entries: tuple[Entry, ...]
    openings: tuple[Opening, ...] = ()

    @property
    def record_id(self) -> bytes:
        """The first record's id: the only one of most commands."""
        return self.record_ids[0]


def write(desk: Desk, contract: str, function: str, record: bytes, args: Sequence[Any]) -> Draft:
    """A single write that makes `record`: asking for it again is recognised by the record's id."""
    entry = Entry(f"{function}/{record.hex()}", desk.account, contract, function, tuple(args))
    return Draft((record,), (entry,))


def act(
    desk: Desk, contract: str, function: str, record: bytes, args: Sequence[Any] | None = None, occasion: str = ""
) -> Draft:
    """A step of a record that is there: approving, closing. Asking again is recognised by account and record.

    A step that one record can take more than once (a resolution is proposed, rejected, proposed again) needs an
    `occasion` that differs each time.
    """
    key = "/".join(part for part in (function, record.hex(), desk.account, occasion) if part)
    return Draft((record,), (Entry(key, desk.account, contract, function, (record,) if args is None else tuple(args)),))


def lines(
    desk: Desk, contract: str, function: str, head_args: Sequence[Any], given: Sequence[tuple[Any, ...]], at: int = 0
) -> Draft:
    """One write for each line; the outbox sends them in batches. A line's id is its field number `at`."""
    entries = tuple(
        Entry(f"{function}/{line[at].hex()}", desk.account, contract, function, tuple(head_args), line)
        for line in given
    )
    return Draft(tuple(line[at] for line in given), entries)


def new_id(desk: Desk, kind: str, key: Key) -> bytes:
    """The id of the record of this kind that the desk's organisation knows by `key`."""
    if not key:
        raise BadInput(f"A {kind} needs a key: what tells it from every other {kind} of the organisation.")
    return record_id(desk.organisation_id, kind, *key)


def reference_of(key: Key) -> str:
    """A record's key as text, for its content: whoever has it computes the record's id."""
    return "/".join(str(part) for part in key)


def content_of(kind: str, **fields: Any) -> dict[str, Any]:
    """The public content of a record. What was not published is left out, not filled in (R23)."""
    return {"kind": kind} | {name: value for name, value in fields.items() if value is not None}


def put_content(desk: Desk, kind: str, **fields: Any) -> bytes:
    """Keeps the content as a document and returns its digest."""
    return desk.documents.put(canonical_bytes(content_of(kind, **fields)), JSON).digest


def put_contents(desk: Desk, contents: Sequence[dict[str, Any]]) -> tuple[bytes, list[bytes]]:
    """Keeps many contents as the lines of one document: its digest, and each line's."""
    return desk.documents.put_lines([canonical_bytes(content) for content in contents])


def commitment_to(desk: Desk, record: bytes, name: str | None) -> tuple[bytes, tuple[Opening, ...]]:
    """The salted commitment to the donor's name, and the row that opens it; zero for a donor who was not published."""
    if not name:
        return NO_RECORD, ()
    salt = donor_salt(desk.donor_secret, record)
    return donor_commitment(salt, name), (Opening(record, name, salt),)


def amount(amount_minor: int, what: str = "amount") -> int:
    """The amount or quantity, if it can be recorded."""
    if isinstance(amount_minor, bool) or not isinstance(amount_minor, int) or not 1 <= amount_minor <= AMOUNT_MAX:
        raise BadInput(f"The {what} is {amount_minor!r}; it has to be a whole number from 1 to 2^53-1.")
    return amount_minor


def count(number: int, what: str) -> int:
    """As `amount`, where none is possible too."""
    return 0 if number == 0 and not isinstance(number, bool) else amount(number, what)


def currency_code(currency: str) -> bytes:
    """A currency as the contracts hold it. Raises BadInput when ISO 4217 has no such currency."""
    minor_digits(currency)
    return currency.encode("ascii")


def code(text: str | None, size: int, what: str) -> bytes:
    """A code of at most `size` ASCII characters as the contracts hold it; zero for none."""
    try:
        return ascii_code(text or "", size)
    except (UnicodeEncodeError, ValueError) as error:
        raise BadInput(f"The {what} is {text!r}; it has to be at most {size} ASCII characters.") from error


def earmark(purpose: str | None, place: str | None) -> tuple[bytes, bytes]:
    """A coded purpose and place, either of them none (R1)."""
    return code(purpose, 16, "purpose"), code(place, 16, "place")


def day(text: str | None, what: str = "date", *, future: bool = False) -> int:
    """An ISO date as the number yyyymmdd, zero for none. Raises BadInput for no date, or one in the future."""
    if not text:
        return 0
    try:
        parsed = date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        parsed = None
    if parsed is None:
        raise BadInput(f"The {what} is {text!r}; it has to be a date like 2020-01-28.")
    if not future and parsed > datetime.now(UTC).date():
        raise BadInput(f"The {what} {text} is in the future.")
    return parsed.year * 10_000 + parsed.month * 100 + parsed.day


def member(enum: type[Any], name: str, what: str) -> int:
    """The number of an enum's member, by its name in any case. Raises BadInput listing the names there are."""
    names = {one.name.rstrip("_").lower(): one for one in enum if one.name != "None_"}
    found = names.get(name.replace("_", "").replace("-", "").lower())
    if found is None:
        raise BadInput(f"The {what} is {name!r}; it has to be one of {', '.join(names)}.")
    return int(found)
