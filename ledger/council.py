"""Which validators had to sign which block: those that the genesis names, and what their later ballots made of them.

    genesis ──▶ validators of block 1 ──ballots in the blocks of one epoch──▶ validators of the block after ──▶ ...

A header states its validators, and that statement is believed only where it follows. Whole epochs are passed over while
both ends state the same validators; an epoch that ends with others is read block by block, each with its seals. A
ballot counts for the validator that proposed the block it is in; more than half of the validators decide.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import rlp

from ledger.errors import BadInput, CheckFailed
from ledger.headers import SealedHeader, istanbul_extra

ADD, REMOVE = "governance.addvalidator", "governance.removevalidator"
"""The two ballots, by the engine's names."""
_EPOCH, _MODE = "istanbul.epoch", "governance.governancemode"
_NOT_FOLLOWED = {_EPOCH: "the length of an epoch", _MODE: "how ballots decide"}
_HEADERS_AT_ONCE = 200
_ADDRESS_BYTES = 20

Headers = Callable[[Sequence[int]], list[SealedHeader]]
"""Reads the headers of these blocks."""
Choice = bytes | tuple[bytes, ...]
"""What a ballot is for. The engine counts one address and a list of only that address as two choices."""


class Genesis(NamedTuple):
    """What the check starts from: the first validators, and after how many blocks ballots are forgotten."""

    validators: frozenset[bytes]
    epoch_blocks: int


def read_genesis(path: Path) -> Genesis:
    """The genesis file of the network. Raises BadInput when it is not one of this engine."""
    try:
        described = json.loads(path.read_text())
        extra = bytes.fromhex(described["extraData"].removeprefix("0x"))
        validators, _, _ = istanbul_extra(extra)
        epoch_blocks = int(described["config"]["istanbul"]["epoch"])
    except OSError as error:
        raise BadInput(f"The genesis file {path} cannot be read: {error.strerror}.") from error
    except (KeyError, ValueError, TypeError, AttributeError, rlp.exceptions.RLPException) as error:
        raise BadInput(
            f"{path} is not the genesis of a validators' network: {error}.", hint="It names the first validators."
        ) from error
    if not validators or epoch_blocks < 1:
        raise BadInput(f"{path} names no validators, or no epoch.")
    return Genesis(frozenset(validators), epoch_blocks)


def quorum(validators: int) -> int:
    """How many of so many validators have to sign a block: all of up to three, else two thirds rounded up.

    Two blocks of one number would need a validator in both quorums that is not among the f = (n - 1) / 3 faulty ones.
    """
    return validators if validators < 4 else -(-2 * validators // 3)


class Council:
    """The validators of each block, as far as they have been followed from the genesis."""

    def __init__(self, genesis: Genesis, headers: Headers) -> None:
        self._epoch_blocks = genesis.epoch_blocks
        self._headers = headers
        # Those of block `_next`; the ballots are those before it in its epoch.
        self._validators, self._next = genesis.validators, 1
        self._ballots = _Ballots()
        self._broken: str | None = None

    def check(self, header: SealedHeader) -> None:
        """Afterwards `header`, of a block after those checked before, is known to be sealed by the right validators.

        Raises CheckFailed when a signer is no validator, the quorum is not reached, or the validators that it states
        do not follow from the genesis and the ballots.
        """
        if header.validators != self._validators:
            self._follow(header)
        self._require_sealed(header)

    def _follow(self, header: SealedHeader) -> None:
        """Afterwards the validators are those of this block, or those known are what it states.

        Raises CheckFailed for a block on the way that cannot follow; from then on for every block with new validators.
        """
        if self._broken:
            raise CheckFailed(self._broken)
        try:
            while self._next < header.number and header.validators != self._validators:
                self._follow_epoch(header.number)
        except CheckFailed as problem:
            self._broken = problem.message
            raise

    def _follow_epoch(self, number: int) -> None:
        """Reads an epoch that begins with the known validators and ends with others, or else that of block `number`.

        Whatever changed in the epochs before it had changed back.
        """
        begun = same = self._next // self._epoch_blocks
        other = number // self._epoch_blocks + 1
        while other - same > 1:
            middle = (same + other) // 2
            if self._headers([middle * self._epoch_blocks])[0].validators == self._validators:
                same = middle
            else:
                other = middle
        if same > begun:
            self._next = same * self._epoch_blocks
        until = min(other * self._epoch_blocks, number)
        for first in range(self._next, until, _HEADERS_AT_ONCE):
            for header in self._headers(range(first, min(first + _HEADERS_AT_ONCE, until))):
                self._require_sealed(header)
                # The ballot of an epoch's first block is already one of the new epoch.
                if header.number % self._epoch_blocks == 0:
                    self._ballots = _Ballots()
                self._validators = self._ballots.after(header)
                self._next = header.number + 1

    def _require_sealed(self, header: SealedHeader) -> None:
        if header.validators != self._validators:
            raise CheckFailed(f"Block {header.number} names validators that no ballot explains.")
        strangers = (header.committed | {header.proposer}) - header.validators
        if strangers:
            raise CheckFailed(f"Block {header.number} is signed by 0x{min(strangers).hex()}, which is no validator.")
        needed = quorum(len(header.validators))
        if len(header.committed) < needed:
            raise CheckFailed(
                f"Block {header.number} is signed by {len(header.committed)} of {len(header.validators)} validators;"
                f" {needed} are needed."
            )


class _Ballots:
    """The ballots of one epoch, cast and counted as the engine does it (Kaia v1.0.3, `HandleGovernanceVote`).

    What is decided stays counted until the epoch ends, so one who votes again for it can decide it alone. Of one who is
    removed the ballots are forgotten, but not their count.
    """

    def __init__(self) -> None:
        self._cast: list[tuple[bytes, str, Choice]] = []
        self._count: Counter[tuple[str, Choice]] = Counter()

    def after(self, header: SealedHeader) -> frozenset[bytes]:
        """The validators after this block, whose ballot is taken up. Raises CheckFailed for one that is not its own."""
        validators = header.validators
        if (ballot := _ballot(header.vote)) is None:
            return validators
        voter, key, choice = ballot
        named = frozenset({choice} if isinstance(choice, bytes) else choice)
        # To add one that is there, or to remove one that is not, is not counted.
        if (key == ADD and named & validators) or (key == REMOVE and not named <= validators):
            return validators
        if voter != header.proposer:
            raise CheckFailed(f"Block {header.number} holds a ballot that is not its proposer's.")
        self._take_back(voter, key)
        self._cast.append(ballot)
        self._count[key, choice] += 1
        if 2 * self._count[key, choice] <= len(validators):
            return validators
        if key in _NOT_FOLLOWED:
            raise CheckFailed(f"Block {header.number} decides on {_NOT_FOLLOWED[key]}, which is not followed here.")
        if key == ADD:
            return validators | named
        for removed in choice if isinstance(choice, tuple) else (choice,):
            self._forget(removed)
        return validators - named

    def _take_back(self, voter: bytes, key: str) -> None:
        """A validator has one ballot for each key: the newest."""
        for index, (cast_by, cast_on, choice) in enumerate(self._cast):
            if (cast_by, cast_on) == (voter, key):
                self._count[key, choice] = max(0, self._count[key, choice] - 1)
                del self._cast[index]
                return

    def _forget(self, voter: bytes) -> None:
        kept = [one for one in self._cast if one[0] != voter]
        # The engine shifts its list while it walks it: for each ballot but one that goes, the last is there once more.
        self._cast = kept + kept[-1:] * (len(self._cast) - len(kept) - 1)


def _ballot(vote: bytes) -> tuple[bytes, str, Choice] | None:
    """Voter, key and choice; None for what the engine ignores or what no validator's place depends on."""
    try:
        voter, encoded, choice = rlp.decode(vote)
        key = encoded.decode()
    except (ValueError, TypeError, AttributeError, RecursionError, rlp.exceptions.RLPException):
        return None
    if not isinstance(voter, bytes) or len(voter) != _ADDRESS_BYTES:
        return None
    if key not in (ADD, REMOVE, *_NOT_FOLLOWED) or (key in _NOT_FOLLOWED and not isinstance(choice, bytes)):
        return None
    if key in _NOT_FOLLOWED:
        return voter, key, choice.lstrip(b"\0") if key == _EPOCH else choice.lower()
    if isinstance(choice, bytes):
        return voter, key, choice[-_ADDRESS_BYTES:].rjust(_ADDRESS_BYTES, b"\0")
    if not choice or any(not isinstance(one, bytes) or len(one) != _ADDRESS_BYTES for one in choice):
        return None
    return (voter, key, tuple(choice)) if len(set(choice)) == len(choice) else None
