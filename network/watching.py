"""How the validators are: who answers, who lags, who has not signed lately, and what each has on its disk."""

from collections import Counter
from collections.abc import Sequence
from ipaddress import IPv4Address
from typing import Any, NamedTuple

from ledger.council import quorum
from ledger.errors import PartAway
from ledger.rpc import RpcClient, RpcError
from ledger.settings import Settings
from network.description import Network
from network.folders import disk_bytes
from network.processes import PartStatus, statuses, wait_until
from network.validators import Place, places, supervised_dir

ANSWER_WITHIN_S = 3.0
BLOCKS_LOOKED_AT = 20
LAG_BLOCKS_MAX = 3
BLOCKS_WITHIN_S = 60.0


class ValidatorStatus(NamedTuple):
    """One validator. `state` says what is wrong with it: ok, lags, silent, away, or not a validator (yet, any more).

    `signed` and `proposed` count the last BLOCKS_LOOKED_AT blocks; `height` and `peers` are None where it is away. One
    that answers on its own host only is judged by those blocks alone: it has no `url` here, and its state is unknown
    while nobody else shows them. What is on another host's disk, and how often it was started there, is None.
    """

    name: str
    state: str
    height: int | None
    peers: int | None
    proposed: int
    signed: int
    url: str | None
    disk_bytes: int | None = None
    restarts: int | None = None
    last_end: str | None = None


def validator_statuses(settings: Settings, network: Network) -> list[ValidatorStatus]:
    """Every validator of the description, as this machine sees it. Nothing is changed."""
    placed = places(settings, network, as_noted=True)
    answers = {place.name: _ask(place.url) for place in placed if _is_within_reach(place)}
    heights = {name: answer[0] for name, answer in answers.items() if answer}
    highest = max(heights.values(), default=0)
    furthest = next((place.url for place in placed if heights.get(place.name) == highest), None)
    signed, proposed, members = _lately(furthest, highest) if furthest else (Counter(), Counter(), set())
    ran = {one.name: one for one in statuses(supervised_dir(settings))}
    found = []
    for place in placed:
        height, peers = answers.get(place.name) or (None, None)
        state = _state(place, height, highest, signed, members)
        url = place.url if _is_within_reach(place) else None
        counts = (proposed[place.address], signed[place.address])
        status = ValidatorStatus(place.name, state, height, peers, *counts, url)
        if place.here:
            noted = ran.get(place.name) or PartStatus(place.name, False, None, None, 0, None)
            size_bytes = disk_bytes(place.folder)
            status = status._replace(disk_bytes=size_bytes, restarts=noted.restarts, last_end=noted.last_end)
        found.append(status)
    return found


def await_blocks(placed: Sequence[Place]) -> int:
    """Waits until every validator of this machine answers, and another block is there; returns its number.

    Where validators on other hosts are needed for a block, it is enough that those here answer. Raises PartAway naming
    those that do not in time.
    """
    here = [place for place in placed if place.here]
    if not wait_until(lambda: all(_ask(place.url) for place in here), BLOCKS_WITHIN_S, 0.1):
        silent = [place for place in here if not _ask(place.url)]
        logs = ", ".join(str(place.folder / "output.log") for place in silent)
        raise PartAway(f"Not up: {', '.join(place.name for place in silent)}.", hint=f"See {logs}.")
    began = _highest(here)
    if len(here) >= quorum(len(placed)) and not wait_until(lambda: _highest(here) > began, BLOCKS_WITHIN_S, 0.1):
        raise PartAway(
            f"The validators answer, but made no block in {BLOCKS_WITHIN_S:.0f} s.",
            hint="Two thirds of them, and all of up to three, have to be connected: `ledger status` shows their peers. "
            "After a halt it takes about as long as the halt.",
        )
    return _highest(here)


def _is_within_reach(place: Place) -> bool:
    """Whether it can be asked from here: what another host has on loopback can not."""
    address = IPv4Address(place.rpc_host)
    return place.here or not (address.is_loopback or address.is_unspecified)


def _highest(placed: Sequence[Place]) -> int:
    return max((answer[0] for answer in map(_ask, [place.url for place in placed]) if answer), default=0)


def _ask(url: str) -> tuple[int, int] | None:
    rpc = RpcClient(url, timeout_s=ANSWER_WITHIN_S)
    try:
        height, peers = rpc.batch([("eth_blockNumber", []), ("net_peerCount", [])])
    except (PartAway, RpcError):
        return None
    finally:
        rpc.close()
    return int(height, 16), int(peers, 16)


def _lately(url: str, highest: int) -> tuple[Counter[str], Counter[str], set[str]]:
    """Who signed and who proposed of the last blocks, how often each; and who is a validator at the last one."""
    numbers = range(max(1, highest - BLOCKS_LOOKED_AT + 1), highest + 1)
    rpc = RpcClient(url, timeout_s=ANSWER_WITHIN_S)
    try:
        council = rpc.call("kaia_getCouncil", hex(highest))
        blocks: list[dict[str, Any]] = rpc.batch(
            [("kaia_getBlockWithConsensusInfoByNumber", [hex(number)]) for number in numbers]
        )
    except (PartAway, RpcError):
        return Counter(), Counter(), set()
    finally:
        rpc.close()
    signed = Counter(address.lower() for block in blocks for address in block["committers"])
    proposed = Counter(block["proposer"].lower() for block in blocks)
    return signed, proposed, {address.lower() for address in council}


def _state(place: Place, height: int | None, highest: int, signed: Counter[str], members: set[str]) -> str:
    if height is None and _is_within_reach(place):
        return "away"
    if members and place.address not in members:
        return "not a validator"
    if height is not None and highest - height > LAG_BLOCKS_MAX:
        return "lags"
    if signed and not signed[place.address]:
        return "silent"
    return "ok" if signed or height is not None else "unknown"
