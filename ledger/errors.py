"""Every reason why the ledger does not do what it was asked, as one tree. A leaf is one cause.

LedgerError
├── CheckFailed            exit 1   what was checked is not as it should be
│   ├── ChainForked                 the chain no longer holds a block that the index was built from
│   ├── DocumentCorrupt             the bytes under a digest do not have that digest
│   ├── DocumentMissing             no document with that digest is here
│   ├── DocumentUnpinned            a document is here, and nothing keeps it from being collected as garbage
│   └── UndecodableLog              a log is not one of the contracts' events, or not where it should be
├── BadInput               exit 2   what was given cannot be used: what, where, what would be right
│   ├── Conflict                    an idempotency key was used before, for something else
│   ├── NotFound                    there is no such record
│   └── WrongChain                  these settings, this database or this deployment belong to another chain
├── TransactionRefused     exit 3   a contract refused; the error's name and arguments, and a sentence
└── PartAway               exit 4   a part that is needed does not answer
    ├── ChainBehindIndex            the chain lost blocks that were indexed or sent: `ledger recover`
    ├── IndexEmpty                  nothing was indexed yet: `ledger index`
    └── SenderBusy                  another process sends for the same accounts
"""

from collections.abc import Mapping
from typing import Any


class LedgerError(Exception):
    """Something was not done. `message` is a sentence for people, `hint` what they can do about it."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class CheckFailed(LedgerError):
    """What was checked is not as it should be."""


class ChainForked(CheckFailed):
    """The chain no longer holds a block that the index was built from."""


class DocumentCorrupt(CheckFailed):
    """The bytes that are stored under a digest do not have that digest."""


class DocumentMissing(CheckFailed):
    """No document with that digest is here."""


class DocumentUnpinned(CheckFailed):
    """A document is here, and nothing keeps it from being collected as garbage."""


class UndecodableLog(CheckFailed):
    """A log of the ledger's contracts is none of their events, or out of its place. Nothing of its block was kept."""


class BadInput(LedgerError):
    """What was given cannot be used: the message says what, where, and what would be right."""

    exit_code = 2


class Conflict(BadInput):
    """An idempotency key was used before, for something else. Nothing was changed."""


class NotFound(BadInput):
    """There is no such record."""


class WrongChain(BadInput):
    """The settings, the database or the deployment belong to another chain than the one that answers."""


class TransactionRefused(LedgerError):
    """A contract refused. `name` and `args_by_name` are the custom error's, the message says it as a sentence."""

    exit_code = 3

    def __init__(
        self, name: str, args_by_name: Mapping[str, Any], sentence: str, *, line_index: int | None = None
    ) -> None:
        super().__init__(sentence, hint=None)
        self.name = name
        self.args_by_name = dict(args_by_name)
        self.line_index = line_index


class PartAway(LedgerError):
    """A part that is needed does not answer."""

    exit_code = 4


class ChainBehindIndex(PartAway):
    """The chain lost blocks that were indexed, or transactions that were mined."""

    def __init__(self, message: str, *, hint: str | None = "Run `ledger recover`.") -> None:
        super().__init__(message, hint=hint)


class IndexEmpty(PartAway):
    """Nothing was indexed yet: that is not the same as 'there is nothing'."""

    def __init__(
        self,
        message: str = "The index is empty: no block was indexed yet.",
        *,
        hint: str | None = "Run `ledger index`.",
    ) -> None:
        super().__init__(message, hint=hint)


class SenderBusy(PartAway):
    """Another process sends for the same accounts; two would spend each other's nonces."""
