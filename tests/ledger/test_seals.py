"""Headers, ballots and receipts as the validators' engine has them, on blocks signed by keys of this test."""

import json
from pathlib import Path

import pytest
import rlp

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


@pytest.mark.parametrize(
    "altered",
    [
        {"stateRoot": None},
        {"number": None},
        {"extraData": "0x" + (VANITY + rlp.encode([b"abc", b"", []])).hex()},
        {"extraData": "0x" + (VANITY + rlp.encode([[[b"a"] * 20], b"", []])).hex()},
        {"extraData": "0x" + (VANITY + rlp.encode([[], [b""], []])).hex()},
        {"extraData": "0x" + (VANITY + b"\xc1" * 3_000 + b"\xc0").hex()},
        {"blockScore": "-0x1"},
    ],
)
def test_header__a_field_of_another_form__check_failed(altered: dict) -> None:
    with pytest.raises(CheckFailed, match="cannot be read"):
        sealed_header(dict(SignedChain().add(FOUR)) | altered)


@pytest.mark.parametrize("given", [[], "0x", 1])
def test_header__something_else_than_a_header__check_failed(given: object) -> None:
    with pytest.raises(CheckFailed, match="gave no header"):
        sealed_header(given)


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


def decide(chain: SignedChain, validators: tuple[int, ...], name: str, *whom: int, voters: tuple[int, ...]) -> None:
    for voter in voters:
        chain.add(validators, proposer=voter, vote=ballot(voter, name, *whom))


def fifth_out_and_sixth_in(chain: SignedChain) -> None:
    decide(chain, FIVE, "removevalidator", 5, voters=THREE)
    chain.add(FOUR)
    decide(chain, FOUR, "addvalidator", 6, voters=THREE)
    chain.add((1, 2, 3, 4, 6))


def test_council__one_in_and_out_again_and_another_in_within_one_epoch__is_followed() -> None:
    chain = SignedChain()
    decide(chain, FOUR, "addvalidator", 5, voters=THREE)
    fifth_out_and_sixth_in(chain)

    following = council(chain)
    check(chain, 7, following)
    check(chain, 11, following)


def test_council__in_and_out_again_in_two_epochs_without_a_record_between__later_changes_are_followed() -> None:
    chain = SignedChain()
    while len(chain.found) < 6:
        chain.add(FOUR)
    decide(chain, FOUR, "addvalidator", 5, voters=THREE)
    while len(chain.found) < 12:
        chain.add(FIVE)
    fifth_out_and_sixth_in(chain)

    following = council(chain, epoch_blocks=10)
    for number in (2, 16, 20):
        check(chain, number, following)


def test_council__one_change_in_many_epochs__only_its_epoch_is_read() -> None:
    chain = SignedChain()
    while len(chain.found) < 64:
        chain.add(FOUR)
    decide(chain, FOUR, "addvalidator", 5, voters=THREE)
    while len(chain.found) < 120:
        chain.add(FIVE)

    following = council(chain, epoch_blocks=10)
    check(chain, 120, following)
    assert chain.asked < 20

    check(chain, 119, council(chain, epoch_blocks=10))
    asked = chain.asked
    check(chain, 120, following)
    assert chain.asked == asked


def test_council__one_votes_again_for_what_was_decided__decides_it_alone_until_the_epoch_ends() -> None:
    chain = SignedChain()
    decide(chain, FOUR, "addvalidator", 5, voters=THREE)
    decide(chain, FIVE, "removevalidator", 5, voters=THREE)
    decide(chain, FOUR, "addvalidator", 5, voters=(4,))
    chain.add(FIVE)

    check(chain, 8)
    with pytest.raises(CheckFailed, match="Block 8 names validators that no ballot explains"):
        check(chain, 8, council(chain, epoch_blocks=7))


def test_council__a_removed_ones_ballot__stays_counted_and_counts_twice_when_it_is_back() -> None:
    chain = SignedChain()
    decide(chain, FIVE, "addvalidator", 6, voters=(5,))
    decide(chain, FIVE, "removevalidator", 5, voters=THREE)
    decide(chain, FOUR, "addvalidator", 5, voters=THREE)
    decide(chain, FIVE, "addvalidator", 6, voters=(5, 4))
    chain.add((*FIVE, 6))

    Council(Genesis(addresses(FIVE), 30), council(chain)._headers).check(sealed_header(chain.found[-1]))


def test_council__one_address_and_a_list_of_it__are_counted_apart() -> None:
    chain = SignedChain()
    chain.add(FOUR, proposer=1, vote=ballot(1, "addvalidator", 5, 6))
    chain.add(FOUR, proposer=2, vote=ballot(2, "addvalidator", 6, 5))
    chain.add(FOUR, proposer=3, vote=ballot(3, "addvalidator", 5, 6))
    chain.add(FOUR, proposer=4, vote=ballot(4, "addvalidator", 5, 6))
    chain.add((*FIVE, 6))

    check(chain, 5)
    del chain.found[3:]
    chain.add((*FIVE, 6))
    with pytest.raises(CheckFailed, match="Block 4 names validators that no ballot explains"):
        check(chain, 4)


@pytest.mark.parametrize(
    "malformed",
    [
        b"\xff",
        b"\x80",
        rlp.encode([address(1), b"governance.addvalidator"]),
        rlp.encode([b"short", b"governance.addvalidator", address(6)]),
        rlp.encode([address(1), b"\xff\xfe", address(6)]),
        rlp.encode([address(1), b"governance.addvalidator", []]),
        rlp.encode([address(1), b"governance.addvalidator", [address(6), b"short"]]),
        rlp.encode([address(1), b"governance.addvalidator", [[address(6)]]]),
        rlp.encode([address(1), b"governance.addvalidator", [address(6), address(6)]]),
        rlp.encode([address(1), b"istanbul.epoch", [b"\x10"]]),
        b"\xc1" * 3_000 + b"\xc0",
    ],
)
def test_council__a_malformed_ballot__is_ignored_as_the_engine_does(malformed: bytes) -> None:
    chain = SignedChain()
    for _ in range(5):
        chain.add(FOUR, vote=malformed)
    decide(chain, FOUR, "addvalidator", 5, voters=THREE)
    chain.add(FIVE)

    check(chain, 9)


@pytest.mark.parametrize(
    ("key", "choice"), [(b"istanbul.epoch", b"\x0e\x10"), (b"governance.governancemode", b"single")]
)
def test_council__a_vote_on_the_rules__is_followed_until_it_is_decided(key: bytes, choice: bytes) -> None:
    chain = SignedChain()
    for voter in (1, 2):
        chain.add(FOUR, proposer=voter, vote=rlp.encode([address(voter), key, choice]))
    decide(chain, FOUR, "addvalidator", 5, voters=THREE)
    chain.add(FIVE, proposer=3, vote=rlp.encode([address(3), key, choice]))
    decide(chain, FIVE, "addvalidator", 6, voters=THREE)
    chain.add((*FIVE, 6))

    following = council(chain)
    check(chain, 6, following)
    with pytest.raises(CheckFailed, match=r"Block 6 decides on .*, which is not followed here"):
        check(chain, 10, following)


def test_council__a_header_without_its_ballot_from_the_node__is_no_header_that_was_signed() -> None:
    chain = SignedChain()
    decide(chain, FOUR, "addvalidator", 5, voters=THREE)
    decide(chain, FIVE, "removevalidator", 5, voters=THREE)
    decide(chain, FOUR, "addvalidator", 6, voters=THREE)
    chain.add((1, 2, 3, 4, 6))
    chain.found[0] = {**chain.found[0], "voteData": "0x"}

    with pytest.raises(CheckFailed, match="Block 1 is signed by 0x"):
        check(chain, 10)


def test_genesis__as_the_network_has_it__names_validators_and_epoch(tmp_path: Path) -> None:
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
