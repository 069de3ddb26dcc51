"""The whole seal check on blocks signed by keys of this test, where the node that hands them over lies, or the index."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, SQLModel

from ledger.council import Genesis
from ledger.database import open_engine
from ledger.errors import IndexEmpty
from ledger.models.chain import ChainBlock, ChainLog
from ledger.rpc import RpcError
from ledger.seals import Sealed, check_seals
from tests.ledger.signed_blocks import SignedChain, addresses, log

FOUR = (1, 2, 3, 4)
FUND, GOODS, STRANGER = bytes([17]) * 20, bytes([34]) * 20, bytes([51]) * 20
CONTRACTS = {"FundLedger": "0x" + FUND.hex(), "GoodsLedger": "0x" + GOODS.hex()}
NAMES = {address: name for name, address in CONTRACTS.items()}
BLOCKS, LOGS = 3, 9


@pytest.fixture
def chain() -> SignedChain:
    """Three blocks of two transactions: in the first one a stranger's log and a record, in the second two records."""
    made = SignedChain()
    for number in range(BLOCKS):
        made.add(
            FOUR,
            transactions=[
                [log(STRANGER, number), log(FUND, number, b"given")],
                [log(GOODS, number, b"sent"), log(FUND, number, b"allocated")],
            ],
        )
    return made


@pytest.fixture
def index(chain: SignedChain, tmp_path: Path) -> Iterator[Engine]:
    """What an honest node's blocks make."""
    engine = open_engine(f"sqlite:///{tmp_path / 'index.sqlite'}")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        for header, receipts in zip(chain.found, chain.receipts, strict=True):
            number = int(header["number"], 16)
            session.add(
                ChainBlock(
                    number=number,
                    hash=header["hash"],
                    parent_hash=header["parentHash"],
                    timestamp_s=int(header["timestamp"], 16),
                )
            )
            for transaction_index, receipt in enumerate(receipts):
                for one in receipt["logs"]:
                    if one["address"] in NAMES:
                        session.add(_row(number, transaction_index, one))
        session.commit()
    yield engine
    engine.dispose()


def _row(number: int, transaction_index: int, one: dict[str, Any]) -> ChainLog:
    return ChainLog(
        block_number=number,
        log_index=int(one["logIndex"], 16),
        transaction_index=transaction_index,
        contract=NAMES[one["address"]],
        journal_no=None,
        actor_id=int(one["topics"][3], 16),
        record=bytes.fromhex("".join(part[2:] for part in (*one["topics"][:3], one["data"]))),
    )


def check(engine: Engine, node: SignedChain) -> Sealed:
    return check_seals(engine, node, Genesis(addresses(FOUR), 30), CONTRACTS)


def change(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount


def test_check__honest_node_and_index__finds_nothing(index: Engine, chain: SignedChain) -> None:
    assert check(index, chain) == Sealed(BLOCKS, LOGS, [])


@pytest.mark.parametrize(
    "lie",
    [
        lambda one: one.update(logIndex="0x1"),
        lambda one: one.pop("logIndex"),
        lambda one: one.update(address=one["address"][:6] + " " + one["address"][6:]),
        lambda one: one.update(address=one["address"].removeprefix("0x")),
    ],
    ids=["the number of another", "no number", "a blank in its address", "no 0x before its address"],
)
def test_check__a_record_left_out_of_the_index_and_its_log_dressed_up__is_found(
    index: Engine, chain: SignedChain, lie: Callable[[dict[str, Any]], None]
) -> None:
    lie(chain.receipts[1][1]["logs"][1])
    change(index, "delete from chain_log where block_number = 2 and log_index = 3")

    found = check(index, chain)

    assert [one.sentence for one in found.findings] == ["Log 3 of block 2 is not what the validators signed."]


def test_check__numbers_of_logs_that_are_not_theirs__are_not_looked_at(index: Engine, chain: SignedChain) -> None:
    for receipt in chain.receipts[1]:
        for one in receipt["logs"]:
            one["logIndex"] = "0x63"

    assert check(index, chain).findings == []


def _put(place: list[Any], answer: object) -> None:
    place[1] = answer


NOTHING = RpcError("kaia_getHeaderByNumber", -32_000, "the block does not exist", None)
HEADER = {
    "nothing": (lambda chain: _put(chain.found, None), "does not give block 2"),
    "an error": (lambda chain: _put(chain.found, NOTHING), "does not give block 2: the block does not exist"),
    "no header": (lambda chain: _put(chain.found, "0x"), "gave no header"),
    "another block": (lambda chain: _put(chain.found, chain.found[0]), "asked for block 2 and gave block 1"),
    "a field is null": (lambda chain: chain.found[1].update(stateRoot=None), "block 0x2 cannot be read"),
    "number is null": (lambda chain: chain.found[1].update(number=None), "cannot be read"),
    "altered": (lambda chain: chain.found[1].update(gasUsed="0x1"), "the validators signed 0x"),
}
RECEIPTS = {
    "nothing": (lambda chain: _put(chain.receipts, None), "does not give the receipts of block 2"),
    "an error": (lambda chain: _put(chain.receipts, NOTHING), "receipts of block 2: the block does not exist"),
    "one is null": (lambda chain: chain.receipts[1].append(None), "receipts of block 2 cannot be read"),
    "no list": (lambda chain: _put(chain.receipts, 7), "receipts of block 2 cannot be read"),
    "data is null": (lambda chain: chain.receipts[1][0]["logs"][1].update(data=None), "cannot be read"),
    "gas below zero": (lambda chain: chain.receipts[1][0].update(gasUsed="-0x1"), "cannot be read"),
    "data altered": (
        lambda chain: chain.receipts[1][0]["logs"][1].update(data="0x11"),
        "not those that the validators",
    ),
    "one left out": (lambda chain: chain.receipts[1].pop(), "not those that the validators"),
    "other order": (lambda chain: chain.receipts[1].reverse(), "not those that the validators"),
    "refused after all": (lambda chain: chain.receipts[1][0].update(status="0x0"), "not those that the validators"),
}


@pytest.mark.parametrize(("lie", "said"), [*HEADER.values(), *RECEIPTS.values()], ids=[*HEADER, *RECEIPTS])
def test_check__one_block_that_the_node_lies_about__is_the_only_finding(
    index: Engine, chain: SignedChain, lie: Callable[[SignedChain], None], said: str
) -> None:
    lie(chain)

    found = check(index, chain)

    assert [one.record for one in found.findings] == ["2"]
    assert said in found.findings[0].sentence
    assert found.blocks == BLOCKS


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("update chain_block set timestamp_s = timestamp_s + 1 where number = 2", "Block 2's time is 1580000002"),
        ("update chain_block set parent_hash = '0x00' where number = 2", "Block 2's parent is 0x00"),
        ("update chain_block set hash = '0x00' where number = 2", "Block 2 is 0x00"),
        ("update chain_log set contract = 'Nobody' where block_number = 2 and log_index = 1", "Log 1 of block 2"),
        ("update chain_log set contract = 'GoodsLedger' where block_number = 2 and log_index = 1", "Log 1 of block 2"),
        ("update chain_log set actor_id = 8 where block_number = 2 and log_index = 2", "Log 2 of block 2"),
        ("update chain_log set transaction_index = 1 where block_number = 2 and log_index = 1", "Log 1 of block 2"),
        ("update chain_log set log_index = 9 where block_number = 2 and log_index = 3", "Log 3 of block 2"),
        ("delete from chain_block where number = 2", "has logs of block 2, but not the block"),
        ("delete from chain_log where block_number = 2 and log_index = 3", "Log 3 of block 2"),
    ],
)
def test_check__one_value_of_the_index_changed__its_block_is_named(
    index: Engine, chain: SignedChain, statement: str, said: str
) -> None:
    change(index, statement)

    found = check(index, chain)

    assert [one.record for one in found.findings] == ["2"]
    assert said in found.findings[0].sentence


@pytest.mark.parametrize("has_blocks", [True, False])
def test_check__no_record_in_the_index__index_empty(index: Engine, chain: SignedChain, has_blocks: bool) -> None:
    change(index, "delete from chain_log")
    if not has_blocks:
        change(index, "delete from chain_block")

    with pytest.raises(IndexEmpty, match="no seal to check"):
        check(index, chain)
