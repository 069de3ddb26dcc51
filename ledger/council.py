"""Which validators had to sign which block: those that the genesis names, and what their later ballots made of them.

    genesis ──▶ validators of block 1 ──ballots in the blocks of one epoch──▶ validators of the block after ──▶ ...

A header states its validators, and that statement is believed only where it follows. A ballot counts for the validator
that proposed the block it is in, one for each key, the newest of the epoch; more than half of the validators decide.
An epoch's ballots are forgotten when the next one begins (Kaia v1.0.3, `HandleGovernanceVote`).
"""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import rlp

from ledger.errors import BadInput, CheckFailed
from ledger.headers import SealedHeader, istanbul_extra

ADD, REMOVE = "governance.addvalidator", "governance.removevalidator"
"""The two ballots, by the engine's names."""
_EPOCH = "istanbul.epoch"
_HEADERS_AT_ONCE = 200

Headers = Callable[[Sequence[int]], list[SealedHeader]]
"""Reads the headers of these blocks."""


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
        # From which block on which validators: the last one reaches as far as was followed.
        self._changes = [(1, genesis.validators)]
        self._followed = 0

    def check(self, header: SealedHeader) -> None:
        """Afterwards `header`, of a block after those checked before, is known to be sealed by the right validators.

        Raises CheckFailed when a signer is no validator, the quorum is not reached, or the validators that it states
        do not follow from the genesis and the ballots.
        """
        while header.validators != self._changes[-1][1]:
            self._follow(header)
        self._require_sealed(header)
        self._followed = header.number

    def _validators_of(self, number: int) -> frozenset[bytes]:
        return next(validators for first, validators in reversed(self._changes) if first <= number)

    def _require_sealed(self, header: SealedHeader) -> None:
        validators = self._validators_of(header.number)
        if header.validators != validators:
            raise CheckFailed(f"Block {header.number} names validators that no ballot explains.")
        strangers = (header.committed | {header.proposer}) - validators
        if strangers:
            raise CheckFailed(f"Block {header.number} is signed by 0x{min(strangers).hex()}, which is no validator.")
        needed = quorum(len(validators))
        if len(header.committed) < needed:
            raise CheckFailed(
                f"Block {header.number} is signed by {len(header.committed)} of {len(validators)} validators;"
                f" {needed} are needed."
            )

    def _follow(self, header: SealedHeader) -> None:
        """Finds where the validators that are known so far ended, and accepts those that the ballots made of them."""
        known = self._changes[-1][1]
        before, after = self._followed, header.number
        # `before` has the known validators, `after` has not: between the two lies a change.
        while after - before > 1:
            middle = (before + after) // 2
            if self._headers([middle])[0].validators == known:
                before = middle
            else:
                after = middle
        made = self._count(known, before)
        changed = self._headers([after])[0]
        if made == known or changed.validators != made:
            raise CheckFailed(f"Block {after} names validators that no ballot explains.")
        self._changes.append((after, made))
        self._followed = before

    def _count(self, validators: frozenset[bytes], last: int) -> frozenset[bytes]:
        """What the ballot in block `last` makes of its validators, with those before it in the same epoch.

        A ballot that decides takes effect at once, so the deciding one is in the last block of the old validators.
        """
        made = validators
        ballots: dict[tuple[bytes, str], frozenset[bytes]] = {}
        for start in range(max(1, last - last % self._epoch_blocks), last + 1, _HEADERS_AT_ONCE):
            for header in self._headers(range(start, min(start + _HEADERS_AT_ONCE, last + 1))):
                made = validators
                if header.vote:
                    self._require_sealed(header)
                    made = _voted(self._validators_of(header.number), header, ballots)
        return made


def _voted(
    validators: frozenset[bytes], header: SealedHeader, ballots: dict[tuple[bytes, str], frozenset[bytes]]
) -> frozenset[bytes]:
    """The validators after this block's ballot; `ballots` are those of its epoch so far and take it up."""
    voter, encoded, choice = rlp.decode(header.vote)
    key = encoded.decode(errors="replace")
    if voter != header.proposer or voter not in validators:
        raise CheckFailed(f"Block {header.number} holds a ballot that is not its proposer's.")
    if key == _EPOCH:
        raise CheckFailed(f"Block {header.number} votes on the length of an epoch, which is not followed here.")
    if key not in (ADD, REMOVE):
        return validators
    named = frozenset(_addresses(choice))
    # To add one that is there, or remove one that is not, is not counted.
    if (key == ADD and named & validators) or (key == REMOVE and not named <= validators):
        return validators
    ballots[voter, key] = named
    votes = sum(1 for (_, on), whom in ballots.items() if on == key and whom == named)
    if 2 * votes <= len(validators):
        return validators
    return validators | named if key == ADD else validators - named


def _addresses(choice: bytes | Iterable[bytes]) -> list[bytes]:
    return [choice] if isinstance(choice, bytes) else list(choice)
