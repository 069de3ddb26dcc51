"""What a newcomer gets from an invitation: the genesis, and a description that the next command takes as it is."""

import json
import shlex
from pathlib import Path

import pytest

from ledger.consortium import read_consortium
from ledger.errors import BadInput
from network import validators
from network.description import Network, read_network
from network.genesis import genesis, read_genesis
from network.invitation import accept, invitation
from tests.network.consortium import Consortium
from tests.network.test_consortium import with_newcomer

BAD_INPUT = 2


@pytest.fixture
def member(tmp_path: Path) -> Consortium:
    """Two validators that have their keys, ports and genesis, as after their first start."""
    made = Consortium(tmp_path / "member", names=("a", "b"))
    network = read_network(made.described)
    placed = validators.places(made.settings, network)
    described = genesis(network.chain, [place.identity.address for place in placed], 1_577_836_800)
    validators.genesis_file(made.settings).write_text(json.dumps(described))
    return made


@pytest.fixture
def newcomer(tmp_path: Path) -> Consortium:
    return Consortium(tmp_path / "newcomer")


def invited(member: Consortium, newcomer: Consortium) -> tuple[Path, dict]:
    """The file of an invitation to the newcomer's validator e, and what stands in it."""
    public_key = validators.own_key(newcomer.settings, "e").public_key.hex()
    described = member.folder / "with-e.toml"
    # What a text may hold, and TOML writes in its own way.
    title = 'A \\"registrar\\" \\\\ of 武汉 🚚'
    text = with_newcomer(member.described.read_text(), public_key, 31_000)
    described.write_text(text.replace("Registrar and guardian", title))
    made = invitation(member.settings, described, "e")
    file = member.folder / "invitation.json"
    file.write_text(json.dumps(made))
    return file, made


def test_join__invited__next_command_names_the_description_of_the_network(member: Consortium, newcomer: Consortium):
    file, made = invited(member, newcomer)
    said = newcomer.run("network", "join", file)
    command = shlex.split(said["next"])
    assert command[:-1] == ["ledger", "up", "--profile", "consortium", "--consortium"]
    network = read_network(Path(command[-1]))
    assert network == Network.model_validate(made["network"])
    assert [one.name for one in network.validator] == ["a", "b", "e"]
    assert read_consortium(Path(command[-1])) == read_consortium(member.folder / "with-e.toml")
    # With it this machine has one validator, its own, and the network's genesis.
    assert [place.name for place in validators.places(newcomer.settings, network) if place.here] == ["e"]
    assert read_genesis(validators.genesis_file(newcomer.settings), network.chain) == made["genesis"]


def test_accept__again__changes_nothing(member: Consortium, newcomer: Consortium):
    file, _ = invited(member, newcomer)
    _, description = accept(newcomer.settings, file)
    before = description.read_bytes()
    assert accept(newcomer.settings, file) == ("e", description)
    assert description.read_bytes() == before


def test_accept__without_its_participants__no_invitation(member: Consortium, newcomer: Consortium):
    file, made = invited(member, newcomer)
    del made["participants"]
    file.write_text(json.dumps(made))
    with pytest.raises(BadInput, match="is no invitation"):
        accept(newcomer.settings, file)
    assert not validators.genesis_file(newcomer.settings).exists()


def test_accept__participants_that_do_not_fit__told_where(member: Consortium, newcomer: Consortium):
    file, made = invited(member, newcomer)
    made["participants"]["person"][0]["organisation"] = 9
    file.write_text(json.dumps(made))
    with pytest.raises(BadInput, match="consortium, as a whole: person 1 names organisation 9"):
        accept(newcomer.settings, file)
