"""Seals of the real validators, from the genesis file alone: also across ballots, and where index or genesis lie."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import rlp
from sqlalchemy import text

from ledger.council import ADD, REMOVE
from ledger.database import open_engine
from network import ballots
from tests.network.consortium import Consortium, rows, wait_for

pytestmark = [pytest.mark.validators, pytest.mark.timeout(900)]
CHECK_FAILED, BAD_INPUT = 1, 2
NEW_VALIDATOR = "0x" + "51" * 20


@pytest.fixture(scope="module")
def recorded(consortium: Consortium, tmp_path_factory: pytest.TempPathFactory) -> Consortium:
    """With blocks that carry records, the last of them after whatever other tests voted on."""
    consortium.up()
    consortium.run("import", "donations", rows(tmp_path_factory.mktemp("rows"), 1, 700))
    consortium.run("index")
    return consortium


@contextmanager
def changed(consortium: Consortium, change: str, back: str) -> Iterator[None]:
    """Inside, the index has been changed by hand."""
    engine = open_engine(consortium.settings.database_url)
    try:
        for statement in (change, back):
            with engine.begin() as connection:
                assert connection.execute(text(statement)).rowcount == 1
            if statement == change:
                yield
    finally:
        engine.dispose()


def test_seals__every_block_with_records__hold_from_the_genesis_alone(recorded: Consortium):
    found = recorded.run("verify", "--seals")

    assert found["findings"] == []
    assert found["first_validators"] == 4
    assert found["logs"] == recorded.count("select count(*) from chain_log")[0]
    assert found["blocks"] == recorded.count("select count(distinct block_number) from chain_log")[0]


@pytest.mark.parametrize(
    ("table", "column", "said"),
    [
        ("chain_log", "actor_id", "is not what the validators signed"),
        ("chain_block", "hash", "the validators signed 0x"),
        ("chain_block", "parent_hash", "'s parent is 0x"),
    ],
)
def test_seals__one_value_of_the_index_changed__its_block_is_named(
    recorded: Consortium, table: str, column: str, said: str
):
    block, kept = recorded.count(
        f"select l.block_number, {'l' if table == 'chain_log' else 'b'}.{column} from chain_log l"
        " join chain_block b on b.number = l.block_number order by l.block_number desc, l.log_index limit 1"
    )
    where = f"{'block_number' if table == 'chain_log' else 'number'} = {block}"
    if table == "chain_log":
        where += f" and log_index = (select min(log_index) from chain_log where block_number = {block})"
        other = kept + 1
    else:
        other = f"'0x{'11' * 32}'"
        kept = f"'{kept}'"
    set_to = f"update {table} set {column} = {{}} where {where}"

    with changed(recorded, set_to.format(other), set_to.format(kept)):
        exit_code, found = recorded.outcome("verify", "--seals")

    assert exit_code == CHECK_FAILED
    assert [one["record"] for one in found["findings"]] == [str(block)]
    assert said in found["findings"][0]["sentence"]


def test_seals__a_genesis_of_other_validators__explains_no_block(recorded: Consortium, tmp_path: Path):
    genesis = json.loads((recorded.folder / "state" / "validators" / "genesis.json").read_text())
    stated, seal, committed = rlp.decode(bytes.fromhex(genesis["extraData"][2:])[32:])
    genesis["extraData"] = "0x" + (bytes(32) + rlp.encode([[b"\1" * 20, *stated[1:]], seal, committed])).hex()
    path = tmp_path / "genesis.json"
    path.write_text(json.dumps(genesis))

    exit_code, found = recorded.outcome("verify", "--seals", "--genesis", path)

    assert exit_code == CHECK_FAILED
    assert len(found["findings"]) == recorded.count("select count(distinct block_number) from chain_log")[0]


def test_seals__one_voted_in_and_out_and_in_again_in_one_epoch__are_followed(recorded: Consortium, tmp_path: Path):
    def vote(key: str, voters: str) -> None:
        for name in voters:
            ballots.vote(recorded.place(name), key, NEW_VALIDATOR)
        wait_for(lambda: (NEW_VALIDATOR in ballots.council_of(recorded.places())) == (key == ADD))

    vote(ADD, "abc")
    vote(REMOVE, "abc")
    # The engine goes on counting what was decided, so the fourth vote decides it again.
    vote(ADD, "d")
    try:
        recorded.run("import", "donations", rows(tmp_path, 701, 710))
        recorded.run("index")
    finally:
        vote(REMOVE, "abc")

    found = recorded.run("verify", "--seals")

    assert found["findings"] == []


def test_seals__of_no_genesis__bad_input(recorded: Consortium, tmp_path: Path):
    exit_code, _ = recorded.outcome("verify", "--seals", "--genesis", tmp_path / "none.json")

    assert exit_code == BAD_INPUT
