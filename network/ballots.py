"""Who is a validator: the validators vote, and a majority of them decides at once.

    invited ──more than half vote to add──▶ validator ──more than half vote to remove──▶ no validator

Each validator's operator votes through the socket in its folder; the vote is in the next block that it proposes. Votes
that find no majority end with their epoch. Only these two ballots are ever held: others change the engine's own
settings, and one of them, on the time of a round, halts the chain for good two epochs later.
"""

import json
import os
import socket
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from ledger.council import ADD, REMOVE
from ledger.errors import BadInput, PartAway
from ledger.rpc import RpcClient
from network.processes import wait_until
from network.validators import SOCKET, Place

HALTS_THE_CHAIN = {
    "istanbul.timeout": "in this version of the validators' program it halts the chain for good, two epochs after the "
    "vote. How long a round waits is set in [chain] round_timeout_s and holds from a validator's next start"
}
SOCKET_TIMEOUT_S = 10.0
_ANSWER_BYTES_MAX = 10_000_000


class Outcome(NamedTuple):
    """What a ballot came to. `decided` is False while votes are missing: `needed` of `validators`, as they are now."""

    decided: bool
    voted: tuple[str, ...]
    needed: int
    validators: int
    block: int


def hold(placed: Sequence[Place], key: str, subject: str, *, timeout_s: float = 60) -> Outcome:
    """Votes with every validator of this machine that has a vote; waits until the ballot is decided, where it can be.

    Returns an undecided outcome when validators on other hosts have to vote too. Raises PartAway when no validator here
    answers, BadInput when the ballot is none that is held.
    """
    require_harmless(key)
    council = council_of(placed)
    if (subject in council) == (key == ADD):
        return Outcome(True, (), 0, len(council), _height(placed))
    voters = [place for place in placed if place.here and place.address in council and place.address != subject]
    voted = []
    for place in voters:
        # One that is away cannot vote; the others may be enough.
        with suppress(PartAway):
            vote(place, key, subject)
            voted.append(place.name)
    if not voted:
        raise PartAway("No validator of this machine can vote.", hint="`ledger status` shows which run.")
    needed = len(council) // 2 + 1
    decided = len(voted) >= needed and wait_until(
        lambda: (subject in council_of(placed)) == (key == ADD), timeout_s, every_s=0.2
    )
    return Outcome(decided, tuple(voted), needed, len(council_of(placed)), _height(placed))


def vote(place: Place, key: str, value: Any) -> None:
    """Afterwards the validator puts this vote into the next block that it proposes.

    Raises BadInput for a ballot that is not held or that the validator refuses, PartAway when it does not answer.
    """
    require_harmless(key)
    answer = ask_operator(place.folder, "governance_vote", key, value)
    if "error" in answer:
        raise BadInput(f"Validator {place.name} does not take the vote: {answer['error'].get('message')}.")


def require_harmless(key: str) -> None:
    """Raises BadInput for every ballot but those on who is a validator, with the reason."""
    if key in (ADD, REMOVE):
        return
    why = HALTS_THE_CHAIN.get(key, "only who is a validator is voted on here")
    raise BadInput(f"There is no vote on {key}: {why}.")


def council_of(placed: Sequence[Place]) -> set[str]:
    """The addresses of all validators, by the first node of this machine that answers. Raises PartAway."""
    return {address.lower() for address in _rpc(placed).call("kaia_getCouncil", "latest")}


def ask_operator(folder: Path, method: str, *params: Any) -> dict[str, Any]:
    """What a validator answers through its operator's socket. Raises PartAway when it does not."""
    question = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise PartAway(f"{folder} cannot be opened ({error.strerror}).") from error
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asked:
            asked.settimeout(SOCKET_TIMEOUT_S)
            # By its folder's number: the name of a socket may have 107 bytes at most.
            asked.connect(f"/proc/self/fd/{opened}/{SOCKET}")
            asked.sendall(question)
            answer = b""
            while len(answer) < _ANSWER_BYTES_MAX:
                part = asked.recv(65_536)
                answer += part
                with suppress(ValueError):
                    return dict(json.loads(answer))
                if not part:
                    break
    except OSError as error:
        raise PartAway(f"The validator in {folder} does not answer its operator ({error}).") from error
    finally:
        os.close(opened)
    raise PartAway(f"The validator in {folder} answered its operator with something that is not JSON.")


def _rpc(placed: Sequence[Place]) -> RpcClient:
    return RpcClient(",".join(place.url for place in placed if place.here), timeout_s=SOCKET_TIMEOUT_S)


def _height(placed: Sequence[Place]) -> int:
    return int(_rpc(placed).call("eth_blockNumber"), 16)
