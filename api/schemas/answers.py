"""What every answer says besides what was asked for: of which block it is, how old, and how to check it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Generic, Self, TypeVar

from api.schemas.fields import Address, Count, Digest, Hash, Position, View, about

T = TypeVar("T")
WHEN = "2026-11-21T10:00:00Z"


class JournalState(View):
    """A contract's running digest: every record up to `count`, folded in order (R24)."""

    count: Count = about("How many records the head folds.")
    head: Digest = about("keccak256(head before, topic 0, topic 1, topic 2, data), record by record.")


_JOURNALS = {"FundLedger": {"count": 32_300, "head": "5e" * 32}}


class Current(View):
    """The head of every answer about the index as it is now."""

    as_of_block: Count = about("The last indexed block: replay the chain to it and you get this answer.")
    as_of_block_hash: Hash = about("Hash of that block.")
    as_of_time: datetime = about("When the block was made, as its maker stated it.", WHEN)
    index_lag_blocks: int | None = about(
        "How many blocks the chain is ahead of this answer; null when the chain cannot be asked, or has lost blocks.", 0
    )
    journals: dict[str, JournalState] = about("Head and count of each contract's journal at that block.", _JOURNALS)


class _Items(View, Generic[T]):
    items: list[T] = about("The records of this page, in the list's order.")
    next_after: int | str | None = about("Pass it as `after` for the next page; null: this was the last.", 1_204)


class _Item(View, Generic[T]):
    item: T = about("What was asked for.")


class Page(Current, _Items[T], Generic[T]):
    """A part of a list. Nothing more follows when `next_after` is null."""


class Single(Current, _Item[T], Generic[T]):
    """One thing."""


class _AsOf(View):
    as_of_block: Count = about("The block that this is true of.")
    as_of_block_hash: Hash = about("Hash of that block.")
    as_of_time: datetime = about("When the block was made, as its maker stated it.", WHEN)
    journals: dict[str, JournalState] = about("Head and count of each contract's journal at that block.", _JOURNALS)


class Fixed(_AsOf, _Item[T], Generic[T]):
    """What never changes: the state after one block."""


class Proof(View):
    """Where the raw log of a record is, byte for byte as the chain has it."""

    contract: str = about("The contract that recorded it.", "FundLedger")
    journal_no: Position = about("Position in that contract's journal, from 1.")
    log: Address = about("Where the raw log is.")


def proof_of(contract: str, journal_no: int) -> Proof:
    """The pointer to a record's raw log."""
    return Proof(contract=contract, journal_no=journal_no, log=f"/v1/logs/{contract}/{journal_no}")


def proven(contract: str, row: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A row with its proof, and `more`, for a view that is a part of another."""
    return {**row, "proof": proof_of(contract, row["journal_no"]), **more}


class Place(View):
    """Where on the chain a record was made."""

    block_number: Count = about("The block.")
    block_hash: Hash = about("Hash of the block.")
    block_time: datetime = about("When the block was made.", WHEN)
    transaction_hash: Hash = about("The transaction that recorded it.")
    log_index: Count = about("Position among the logs of the block.")


class Record(View):
    """What every record says of itself."""

    CONTRACT: ClassVar[str]
    PATH: ClassVar[str]
    KEY: ClassVar[str]

    organisation_id: Count = about("The organisation that recorded it: the first 8 digits of its id.", 2)
    exercise: bool = about("Part of a marked exercise, outside every total of real records (R21).", False)
    url: Address = about("Where this record is, with its history.", "/v1/donations/" + "00000002" + "ab" * 28)
    proof: Proof = about("Its raw log on the chain.")

    @classmethod
    def of(cls, row: Mapping[str, Any], **more: Any) -> Self:
        """The view of a row; `more` are fields that the row does not have."""
        record_id = row[cls.KEY]
        said = {
            "organisation_id": int(record_id[:8], 16),
            "url": f"/v1/{cls.PATH}/{record_id}",
            "proof": proof_of(cls.CONTRACT, row["journal_no"]),
        }
        return cls.model_validate({**row, **said, **more})
