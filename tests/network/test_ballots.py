"""Ballots of validators on two hosts (two state folders): the first has one of four, the second has the others.

├── votes of other hosts are missing          → said, exit code 4; the vote stays and counts
├── the last vote that is needed              → decided, however few voted here
├── decided in this epoch, then the opposite  → one vote alone does not decide it again
└── enough voted here, no block in time       → said that nobody else has to
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ledger.council import ADD, REMOVE
from ledger.errors import BadInput
from network import ballots, validators
from network.ports import free_port
from network.watching import await_blocks
from tests.network.consortium import DESCRIBED, Consortium, wait_for

AWAY = 4
CHAIN_ID = 20_200_132
VALIDATOR = '[[validator]]\nname = "{}"\norganisation = 1\np2p_port = {}\npublic_key = "{}"\n'
pytestmark = [pytest.mark.validators, pytest.mark.timeout(300)]


@pytest.fixture
def hosts(tmp_path: Path) -> Iterator[tuple[Consortium, Consortium]]:
    first, second = (Consortium(tmp_path / name, chain_id=CHAIN_ID) for name in ("first", "second"))
    at_home = {"a": first, "b": second, "c": second, "d": second}
    taken: list[int] = []
    tables = ""
    for name, host in at_home.items():
        taken.append(free_port(taken=taken))
        public_key = validators.own_key(host.settings, name).public_key.hex()
        tables += VALIDATOR.format(name, taken[-1], public_key)
    for host in (first, second):
        host.described.write_text(DESCRIBED.format(chain_id=CHAIN_ID, chain="genesis_time_s = 1\n", validators=tables))
    with ExitStack() as running:
        for name, host in at_home.items():
            running.enter_context(host.running("network", "run", name, "--consortium", host.described))
        for host in (first, second):
            wait_for(lambda host=host: validators.noted_network(host.settings) is not None)
            await_blocks(host.places())
        yield first, second


def test_ballot__validators_on_two_hosts__each_is_told_what_came_of_it(hosts: tuple[Consortium, Consortium]):
    first, second = hosts
    d = second.place("d").address
    exit_code, said = first.outcome("network", "remove", "d")
    assert (exit_code, said["decided"], said["voted"], said["needed"]) == (AWAY, False, ["a"], 3)
    assert "on their hosts" in said["ballot"]
    said = second.run("network", "remove", "d")
    assert (said["decided"], said["ballot"], said["validators"]) == (True, "decided", 3)
    # Now the one of the first host is the last of two that are needed.
    assert not ballots.hold([second.place("b")], ADD, d).decided
    said = first.run("network", "admit", "d")
    assert (said["decided"], said["voted"], said["needed"], said["validators"]) == (True, ["a"], 2, 4)
    # The engine still counts the three votes of before.
    with pytest.raises(BadInput, match="one more would decide alone"):
        ballots.hold(first.places(), REMOVE, d)
    assert d in ballots.council_of(second.places())
    # With the others as well it is for nobody else to decide.
    everywhere = [*(place for host in hosts for place in host.places() if place.here)]
    outcome = ballots.hold(everywhere, REMOVE, d, timeout_s=0)
    assert (outcome.decided, outcome.voted) == (False, ("a", "b", "c"))
    assert "enough have voted here" in outcome.state
