"""The file that describes the network: what it may say, and what is told about what it may not."""

from pathlib import Path

import pytest

from ledger.consortium import read_consortium
from ledger.errors import BadInput
from ledger.headers import istanbul_extra
from ledger.settings import ROOT
from network.description import Chain, read_network
from network.genesis import genesis

CHAIN = "[chain]\nchain_id = 7\n"
VALIDATOR = '\n[[validator]]\nname = "{}"\norganisation = 1\n'
PARTICIPANTS = """
[[organisation]]
number = 1
name = "Consortium"
[[person]]
number = 1
organisation = 1
title = "Registrar and guardian"
roles = [{ role = "REGISTRAR" }, { role = "GUARDIAN" }]
"""
KEY = "ab" * 64


def described(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "consortium.toml"
    path.write_text(text + PARTICIPANTS)
    return path


@pytest.mark.parametrize("name", ["consortium.toml", "demonstration.toml"])
def test_read__our_own_files__four_validators(name: str):
    assert len(read_network(ROOT / "network" / name).validator) == 4


@pytest.mark.parametrize("count", [1, 4, 22])
def test_read__number_of_validators__taken(tmp_path: Path, count: int):
    path = described(tmp_path, CHAIN + "".join(VALIDATOR.format(f"v{n}") for n in range(count)))
    assert len(read_network(path).validator) == count


ONE = VALIDATOR.format("a")
WRONG = {
    "no chain": (ONE, "has no [chain] table"),
    "no validator": (CHAIN, "has no [validator] table"),
    "23 validators": (CHAIN + "".join(VALIDATOR.format(f"v{n}") for n in range(23)), "at most 22"),
    "one name twice": (CHAIN + ONE + ONE, "validator a is there 2 times"),
    "one port twice": (CHAIN + ONE + "p2p_port = 9\nrpc_port = 9\n", "port 9 of 127.0.0.1 is there 2 times"),
    "a name with a slash": (CHAIN + VALIDATOR.format("../a"), "validator.0.name"),
    "a misspelt setting": (CHAIN + "round_timeout = 2\n" + ONE, "chain.round_timeout"),
    "no round at all": (CHAIN + "round_timeout_s = 0\n" + ONE, "chain.round_timeout_s"),
    "a round as long as a block": (
        CHAIN + "block_interval_s = 2\n" + ONE,
        "round_timeout_s is 2 and has to be longer than block_interval_s, 2",
    ),
    "an unknown organisation": (CHAIN + ONE.replace("= 1", "= 8"), "organisation 8, which is not there"),
    "a host outside": (CHAIN + ONE + 'host = "10.0.0.1"\n', "outside of chain.allowed_networks"),
    "a host without a key": (
        CHAIN + 'allowed_networks = ["10.0.0.0/8"]\n' + ONE + 'host = "10.0.0.1"\n',
        "name its p2p_port and its public_key",
    ),
    "a key and no time": (CHAIN + ONE + f'public_key = "{KEY}"\n', "name chain.genesis_time_s"),
    "half a key": (CHAIN + ONE + 'public_key = "abc"\n', "validator.0.public_key"),
}


@pytest.mark.parametrize("case", WRONG)
def test_read__what_cannot_be_used__said_where(tmp_path: Path, case: str):
    text, told = WRONG[case]
    with pytest.raises(BadInput) as raised:
        read_network(described(tmp_path, text))
    assert told in raised.value.message


def test_extends__same_number__replaces_in_its_place(tmp_path: Path):
    described(tmp_path, CHAIN + ONE)
    above = tmp_path / "above.toml"
    above.write_text(
        'extends = "consortium.toml"\n[[organisation]]\nnumber = 2\nname = "Two"\n[[organisation]]\nnumber = 1\nname = "One"\n'
    )
    assert [(one.number, one.name) for one in read_consortium(above).organisation] == [(1, "One"), (2, "Two")]
    assert read_network(above).chain.chain_id == 7


def test_extends__itself__refused(tmp_path: Path):
    path = described(tmp_path, 'extends = "consortium.toml"\n')
    with pytest.raises(BadInput, match="extends itself"):
        read_consortium(path)


def test_extends__same_number_twice_in_one_file__refused(tmp_path: Path):
    described(tmp_path, CHAIN + ONE)
    above = tmp_path / "above.toml"
    above.write_text('extends = "consortium.toml"\n' + '[[organisation]]\nnumber = 2\nname = "Two"\n' * 2)
    with pytest.raises(BadInput, match="organisation 2 is there 2 times"):
        read_consortium(above)


def test_genesis__same_validators_in_another_order__same_block():
    chain, addresses = Chain(chain_id=7), [bytes([n]) * 20 for n in (3, 1, 2)]
    made = genesis(chain, addresses, 1_600_000_000)
    assert made == genesis(chain, sorted(addresses), 1_600_000_000)
    assert istanbul_extra(bytes.fromhex(made["extraData"][2:])) == (sorted(addresses), b"", [])


def test_genesis__fees__none():
    made = genesis(Chain(chain_id=7), [bytes(20)], 1)["config"]
    assert made["unitPrice"] == 0
    assert made["governance"]["kip71"]["upperboundbasefee"] == 0
    assert made["governance"]["reward"]["mintingAmount"] == 0
    assert made["governance"]["governanceMode"] == "ballot"
