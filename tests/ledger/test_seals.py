"""Headers, ballots and receipts as the validators' engine has them, on blocks signed by keys of this test."""

import json
from pathlib import Path

import pytest

from ledger.council import Council, Genesis, quorum, read_genesis
from ledger.errors import BadInput, CheckFailed
from ledger.headers import sealed_header
from ledger.seals import receipts_root
from tests.ledger.signed_blocks import VANITY, SignedChain, address, addresses, ballot

FOUR, FIVE, THREE = (1, 2, 3, 4), (1, 2, 3, 4, 5), (1, 2, 3)


def council(chain: SignedChain, epoch_blocks: int = 30) -> Council:
    return Council(
        Genesis(addresses(FOUR), epoch_blocks),
        lambda numbers: [sealed_header(one) for one in chain.sealed_headers(numbers)],
    )


def check(chain: SignedChain, number: int, following: Council | None = None) -> None:
    (following or council(chain)).check(sealed_header(chain.found[number - 1]))


def test_header__signed_in_a_later_round__hash_and_signers_are_computed_without_the_round() -> None:
    found = SignedChain().add(FOUR, THREE, proposer=2, round_no=3)

    header = sealed_header(found)

    assert "0x" + header.hash.hex() == found["hash"]
    assert header.proposer == address(2)
    assert header.committed == addresses(THREE)
    assert header.validators == addresses(FOUR)


@pytest.mark.parametrize(
    ("field", "altered_to"),
    [("number", "0x2"), ("receiptsRoot", "0x" + "11" * 32), ("timestamp", "0x5e300001"), ("governanceData", "0x12")],
)
def test_header__one_field_altered__its_hash_is_another_and_its_signers_are_strangers(
    field: str, altered_to: str
) -> None:
    chain = SignedChain()
    found = chain.add(FOUR)
    altered = sealed_header({**found, field: altered_to})

    assert "0x" + altered.hash.hex() != found["hash"]
    with pytest.raises(CheckFailed, match="is signed by 0x"):
        council(chain).check(altered)


def test_header__a_field_missing__names_the_block_and_the_field() -> None:
    found = dict(SignedChain().add(FOUR))
    del found["stateRoot"]

    with pytest.raises(CheckFailed, match="block 0x1 cannot be read: 'stateRoot'"):
        sealed_header(found)


@pytest.mark.parametrize(("validators", "needed"), [(1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (6, 4), (7, 5), (22, 15)])
def test_quorum__of_so_many__leaves_no_room_for_two_blocks(validators: int, needed: int) -> None:
    assert quorum(validators) == needed
    faulty = (validators - 1) // 3
    assert 2 * needed - validators > faulty


def test_council__three_of_four__is_enough_and_two_are_not() -> None:
    chain = SignedChain()
    chain.add(FOUR, THREE)
    chain.add(FOUR, (1, 2))

    following = council(chain)
    check(chain, 1, following)
    with pytest.raises(CheckFailed, match="Block 2 is signed by 2 of 4 validators; 3 are needed"):
        check(chain, 2, following)


def test_council__a_stranger_among_the_signers__is_named() -> None:
    chain = SignedChain()
    chain.add(FOUR, (1, 2, 3, 9))

    with pytest.raises(CheckFailed, match=f"0x{address(9).hex()}, which is no validator"):
        check(chain, 1)


def test_council__validators_swapped_without_a_ballot__is_refused() -> None:
    chain = SignedChain()
    chain.add(FOUR)
    chain.add((1, 2, 7, 8))

    with pytest.raises(CheckFailed, match="Block 2 names validators that no ballot explains"):
        check(chain, 2)


def test_council__three_of_four_vote_one_in__later_blocks_need_four_of_five() -> None:
    chain = SignedChain()
    for voter in (1, 2):
        chain.add(FOUR, proposer=voter, vote=ballot(voter, "addvalidator", 5))
    chain.add(FOUR)
    chain.add(FOUR, proposer=3, vote=ballot(3, "addvalidator", 5))
    for _ in range(10):
        chain.add(FIVE, (1, 2, 3, 5))
    chain.add(FIVE, THREE)

    following = council(chain)
    for number in (2, 4, 9, 14):
        check(chain, number, following)
    with pytest.raises(CheckFailed, match="3 of 5 validators; 4 are needed"):
        check(chain, 15, following)


def test_council__one_voted_in_and_another_out__both_are_followed_from_the_genesis_alone() -> None:
    chain = SignedChain()
    for voter in THREE:
        chain.add(FOUR, proposer=voter, vote=ballot(voter, "addvalidator", 5))
    for _ in range(40):
        chain.add(FIVE)
    for voter in THREE:
        chain.add(FIVE, proposer=voter, vote=ballot(voter, "removevalidator", 4))
    chain.add((1, 2, 3, 5))

    check(chain, len(chain.found))


def test_council__ballots_of_two_epochs__are_not_added_up() -> None:
    chain = SignedChain()
    for voter in (1, 2):
        chain.add(FOUR, proposer=voter, vote=ballot(voter, "addvalidator", 5))
    while len(chain.found) < 4:
        chain.add(FOUR)
    chain.add(FOUR, proposer=3, vote=ballot(3, "addvalidator", 5))
    chain.add(FIVE)

    with pytest.raises(CheckFailed, match="no ballot explains"):
        check(chain, 6, council(chain, epoch_blocks=4))


def test_council__one_validator_votes_three_times__decides_nothing() -> None:
    chain = SignedChain()
    for _ in range(3):
        chain.add(FOUR, proposer=1, vote=ballot(1, "addvalidator", 5))
    chain.add(FIVE)

    with pytest.raises(CheckFailed, match="no ballot explains"):
        check(chain, 4)


def test_council__a_ballot_in_another_ones_name__is_refused() -> None:
    chain = SignedChain()
    for voter in THREE:
        chain.add(FOUR, proposer=1, vote=ballot(voter, "addvalidator", 5))
    chain.add(FIVE)

    with pytest.raises(CheckFailed, match="not its proposer's"):
        check(chain, 4)


def test_genesis__as_the_network_has_it__names_validators_and_epoch(tmp_path: Path) -> None:
    import rlp

    extra = VANITY + rlp.encode([sorted(map(address, FOUR)), b"", []])
    path = tmp_path / "genesis.json"
    path.write_text(json.dumps({"extraData": "0x" + extra.hex(), "config": {"istanbul": {"epoch": 30}}}))

    assert read_genesis(path) == Genesis(addresses(FOUR), 30)


@pytest.mark.parametrize("written", ["", "[]", "{}", '{"extraData": "0x00", "config": {"istanbul": {"epoch": 30}}}'])
def test_genesis__of_something_else__says_what_it_should_be(tmp_path: Path, written: str) -> None:
    path = tmp_path / "genesis.json"
    path.write_text(written)

    with pytest.raises(BadInput, match="is not the genesis of a validators' network"):
        read_genesis(path)


def test_receipts_root__of_none__is_the_empty_trie() -> None:
    assert receipts_root([]).hex() == "56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"
