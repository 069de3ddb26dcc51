"""Nothing on the chain is a donor's name, or a hash of one that anybody could look up (R25)."""

import hashlib

import pytest
from eth_utils.crypto import keccak

from ledger.imports.donations import import_donations
from ledger.imports.lists import ListOptions
from ledger.models.donor_opening import DonorOpening
from tests.ledger.import_world import HUBEI, World

NAMES = ("Wang Xiuying", "张伟", "No. 110105194912310021", "wang@example.org", "13800138000")


@pytest.fixture(scope="module")
def chain_bytes(tmp_path_factory):
    """Everything that a node tells of the chain after an import, and the openings that stay off it."""
    folder = tmp_path_factory.mktemp("names")
    world = World(folder)
    try:
        lines = ["source,row,date,donor,donor_kind,amount_cny"]
        lines += [
            f'"{HUBEI}, list 01",{row},2020-01-30,{name},individual,{row}.00' for row, name in enumerate(NAMES, 1)
        ]
        (folder / "list.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        import_donations(world.importer(), folder / "list.csv", ListOptions())
        world.index()
        yield b"".join(transactions(world) + logs(world)), world.rows(DonorOpening)
    finally:
        world.close()


def transactions(world):
    """The calldata of every transaction."""
    head = int(world.chain.rpc.call("eth_blockNumber"), 16)
    blocks = [world.chain.rpc.call("eth_getBlockByNumber", hex(number), True) for number in range(head + 1)]
    return [bytes.fromhex(one["input"][2:]) for block in blocks for one in block["transactions"]]


def logs(world):
    """Topics and data of every log."""
    found = world.chain.rpc.call("eth_getLogs", {"fromBlock": "0x0", "toBlock": "latest"})
    return [bytes.fromhex("".join([*(topic[2:] for topic in log["topics"]), log["data"][2:]])) for log in found]


def spellings(name):
    """The name as it may be written, in the encodings that lists come in."""
    for text in {name, name.casefold(), name.upper(), name.replace(" ", ""), name.split()[-1]}:
        for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
            yield text.encode(encoding)


def test_chain__donors_recorded__their_commitments_are_there(chain_bytes):
    on_chain, openings = chain_bytes
    assert {opening["name"] for opening in openings} == set(NAMES)
    for opening in openings:
        committed = hashlib.sha256(opening["salt"] + opening["name"].encode()).digest()
        assert on_chain.count(committed) == 2, "once in the call and once in the log"


@pytest.mark.parametrize("name", NAMES)
def test_chain__donors_recorded__no_name_and_no_plain_hash_of_one(name, chain_bytes):
    on_chain, openings = chain_bytes
    for said in spellings(name):
        assert said not in on_chain
        for digest in (hashlib.sha256, hashlib.sha1, hashlib.md5, hashlib.sha3_256, hashlib.sha512):
            assert digest(said).digest() not in on_chain
        assert keccak(said) not in on_chain
    assert all(opening["salt"] not in on_chain for opening in openings), "a salt would open its commitment"
