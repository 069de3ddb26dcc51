"""Who is a validator: the validators vote, and a majority of them decides at once.

    invited ──more than half vote to add──▶ validator ──more than half vote to remove──▶ no validator

Each validator's operator votes through the socket in its folder; the vote is in the next block that it proposes. Votes
that find no majority end with their epoch; those that found one are counted until then as well, so that one vote more
would decide the same again. Only these two ballots are ever held: others change the engine's own settings, and one of
them, on the time of a round, halts the chain for good two epochs later.
"""

import json
import math
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
_NEVER_FEWER = {
    1: "it is the only one, and without it there is no chain",
    2: "more than half of two is both, and none can vote on itself",
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

    @property
    def state(self) -> str:
        """Whether it is decided; if not, who has to do what."""
        if self.decided:
            return "decided"
        if len(self.voted) < self.needed:
            return f"open: {self.needed} have to vote, the others on their hosts and before the epoch ends"
        return "open: enough have voted here, but no block decided it in time; `ledger status` shows how they are"


def hold(placed: Sequence[Place], key: str, subject: str, *, timeout_s: float = 60) -> Outcome:
    """Votes with every validator of this machine that has a vote; waits until the ballot is decided, where it can be.

    Returns an undecided outcome when the votes of this machine are in their blocks and validators on other hosts have
    to vote too, and when they are in none within `timeout_s`. Raises PartAway when no validator here answers, BadInput
    when the ballot is none that is held, or nobody could decide it, or one vote would.
    """
    require_harmless(key)
    council = council_of(placed)
    if (subject in council) == (key == ADD):
        return Outcome(True, (), 0, len(council), _height(placed))
    if key == REMOVE and len(council) in _NEVER_FEWER:
        raise BadInput(f"No validator can be removed: {_NEVER_FEWER[len(council)]}.")
    voters = [place for place in placed if place.here and place.address in council and place.address != subject]
    needed = len(council) // 2 + 1
    if len(voters) < needed and any(_is_majority_counted(place, key, subject) for place in voters):
        raise BadInput(
            "This was decided in this epoch already, and those votes are still counted: one more would decide alone.",
            hint="Wait until the epoch ends (a multiple of chain.epoch_blocks).",
        )
    voted = []
    for place in voters:
        # One that is away cannot vote; the others may be enough.
        with suppress(PartAway):
            vote(place, key, subject)
            voted.append(place)
    if not voted:
        raise PartAway("No validator of this machine can vote.", hint="`ledger status` shows which run.")

    def is_decided() -> bool:
        return (subject in council_of(placed)) == (key == ADD)

    def is_up_to_others() -> bool:
        # They may have voted before, so the votes from here may decide: that is known one block after theirs.
        return len(voted) < needed and all(_voted_at(place, key) < _height(placed) for place in voted)

    wait_until(lambda: is_decided() or is_up_to_others(), timeout_s, every_s=0.2)
    names = tuple(place.name for place in voted)
    return Outcome(is_decided(), names, needed, len(council_of(placed)), _height(placed))


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


def _voted_at(place: Place, key: str) -> float:
    """The block that the validator's vote is in; beyond all blocks while it is in none."""
    with suppress(PartAway):
        told = ask_operator(place.folder, "governance_myVotes").get("result") or []
        return next((int(one["BlockNum"]) for one in told if one["Key"] == key and one["Casted"]), math.inf)
    return math.inf


def _is_majority_counted(place: Place, key: str, subject: str) -> bool:
    """Whether more than half of the validators voted so in this epoch, as one of them counts."""
    with suppress(PartAway):
        told = ask_operator(place.folder, "governance_showTally").get("result") or []
        return any(
            (one["Key"], str(one["Value"]).lower()) == (key, subject) and one["ApprovalPercentage"] > 50 for one in told
        )
    return False


def _rpc(placed: Sequence[Place]) -> RpcClient:
    return RpcClient(",".join(place.url for place in placed if place.here), timeout_s=SOCKET_TIMEOUT_S)


def _height(placed: Sequence[Place]) -> int:
    return int(_rpc(placed).call("eth_blockNumber"), 16)
