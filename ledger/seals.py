"""Whether the validators signed what the index holds, without a word of the node being believed.

    genesis file ──▶ validators ──▶ signed headers ──▶ receipts root ──▶ receipts ──▶ raw logs in the index

Every block that carries records in the index is checked. The node only hands the pieces over: a block's hash, its
signers, the root of its receipts and the place of a log are computed here (Istanbul BFT as Kaia has it; receipts in the
Merkle-Patricia trie of Ethereum's yellow paper, keys rlp(index), values rlp([status, gas used, bloom, logs])).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, Protocol

import rlp
from sqlalchemy import Engine, Row, select
from trie.hexary import HexaryTrie

from ledger.council import Council, Genesis
from ledger.database import table_of
from ledger.errors import BadInput, CheckFailed, IndexEmpty
from ledger.findings import Finding
from ledger.headers import SealedHeader, sealed_header
from ledger.models.chain import ChainBlock, ChainLog
from ledger.rpc import RpcClient, RpcError

# A full block has megabytes of receipts.
_BLOCKS_AT_ONCE = 10
_NO_SUCH_METHOD = -32_601
_BLOCK, _LOG = table_of(ChainBlock), table_of(ChainLog)


class Log(NamedTuple):
    """What of a log is signed, as the index keeps it: `record` is what the journal folds."""

    address: str
    record: bytes
    actor_id: int
    transaction_index: int


class Receipt(NamedTuple):
    """What of a receipt is signed, in the order of the encoding. A log is its address, its topics and its data."""

    status: int
    gas_used: int
    bloom: bytes
    logs: list[tuple[bytes, list[bytes], bytes]]


class SealSource(Protocol):
    """What a node of the engine is asked for. Nothing of it is believed, not even that it has its form."""

    def sealed_headers(self, numbers: Sequence[int]) -> list[Any]:
        """The headers of these blocks, consensus parts included, as the node's consensus API gives them."""

    def block_receipts(self, numbers: Sequence[int]) -> list[Any]:
        """The receipts of these blocks, in order."""


class ConsensusApi:
    """The consensus API of one node of the engine."""

    def __init__(self, rpc: RpcClient) -> None:
        self._rpc = rpc

    def sealed_headers(self, numbers: Sequence[int]) -> list[Any]:
        """As SealSource has it, with the node's error in the place of a block that it does not give.

        Raises BadInput where the engine has no such API.
        """
        return self._found("kaia_getHeaderByNumber", numbers)

    def block_receipts(self, numbers: Sequence[int]) -> list[Any]:
        """As `sealed_headers`."""
        return self._found("kaia_getBlockReceipts", numbers)

    def _found(self, method: str, numbers: Sequence[int]) -> list[Any]:
        answers = self._rpc.answers([(method, [hex(number)]) for number in numbers])
        if any(isinstance(answer, RpcError) and answer.code == _NO_SUCH_METHOD for answer in answers):
            raise BadInput(
                "This chain's blocks carry no validators' seals.",
                hint="Seals are made by the consortium's validators: `ledger up --profile consortium`.",
            )
        return answers


class Sealed(NamedTuple):
    """How many blocks with records and how many logs were checked, and what was found wrong."""

    blocks: int
    logs: int
    findings: list[Finding]


def check_seals(
    engine: Engine,
    source: SealSource,
    genesis: Genesis,
    addresses: Mapping[str, str],
    progress: Callable[[int], None] = lambda _: None,
) -> Sealed:
    """Checks every indexed block that carries records, from the genesis on. `progress` is told each block's number.

    `addresses` are those of the contracts by name, 0x and lower-case digits.

    A block that the node does not give, or whose seals do not hold, is a finding, and so is a log of the index that is
    not in the receipts which the validators signed, or the other way round. Raises IndexEmpty when there is no record.
    """
    council = Council(genesis, lambda numbers: _headers(source, numbers))
    findings = _logs_without_block(engine)
    logs = blocks = 0
    carrying = _blocks_with_records(engine)
    while part := list(islice(carrying, _BLOCKS_AT_ONCE)):
        numbers = [block.number for block in part]
        indexed = _indexed_logs(engine, numbers, addresses)
        given = zip(part, source.sealed_headers(numbers), source.block_receipts(numbers), strict=True)
        for block, found, receipts in given:
            try:
                header = _header(block.number, found)
                _require_indexed(header, block)
                council.check(header)
                _require_same_logs(header, receipts, indexed[block.number], frozenset(addresses.values()))
                logs += len(indexed[block.number])
            except CheckFailed as problem:
                findings.append(Finding("seals", problem.message, "chain_block", str(block.number)))
            blocks += 1
            progress(block.number)
    if not blocks and not findings:
        raise IndexEmpty("The index holds no record: there is no seal to check.")
    return Sealed(blocks, logs, findings)


def receipts_root(receipts: Sequence[Receipt]) -> bytes:
    """The root that a header has for these receipts."""
    tree = HexaryTrie({})
    for index, receipt in enumerate(receipts):
        tree[rlp.encode(index)] = rlp.encode(receipt)
    return bytes(tree.root_hash)


def _headers(source: SealSource, numbers: Sequence[int]) -> list[SealedHeader]:
    return [_header(number, found) for number, found in zip(numbers, source.sealed_headers(numbers), strict=True)]


def _header(number: int, found: Any) -> SealedHeader:
    if found is None or isinstance(found, RpcError):
        raise CheckFailed(f"The node does not give block {number}{_reason(found)}.")
    header = sealed_header(found)
    if header.number != number:
        raise CheckFailed(f"The node was asked for block {number} and gave block {header.number}.")
    return header


def _reason(answer: RpcError | None) -> str:
    return f": {answer.node_message}" if answer else ""


def _require_indexed(header: SealedHeader, block: Row[Any]) -> None:
    for name, signed, indexed in (
        ("", "0x" + header.hash.hex(), block.hash),
        ("'s parent", "0x" + header.parent_hash.hex(), block.parent_hash),
        ("'s time", header.timestamp_s, block.timestamp_s),
    ):
        if signed != indexed:
            raise CheckFailed(f"Block {header.number}{name} is {indexed} in the index; the validators signed {signed}.")


def _indexed_logs(engine: Engine, numbers: Sequence[int], addresses: Mapping[str, str]) -> dict[int, dict[int, Log]]:
    """What the index has of each block, by a log's position in it."""
    indexed: dict[int, dict[int, Log]] = {number: {} for number in numbers}
    with engine.connect() as connection:
        for row in connection.execute(select(_LOG).where(_LOG.c.block_number.in_(numbers))):
            # A contract that there is not is no address, so such a log is none that was signed.
            log = Log(addresses.get(row.contract, ""), bytes(row.record), row.actor_id, row.transaction_index)
            indexed[row.block_number][row.log_index] = log
    return indexed


def _require_same_logs(header: SealedHeader, given: Any, indexed: Mapping[int, Log], addresses: frozenset[str]) -> None:
    """All logs that the index has of this block, and no others, are in the receipts that were signed."""
    if given is None or isinstance(given, RpcError):
        raise CheckFailed(f"The node does not give the receipts of block {header.number}{_reason(given)}.")
    receipts = _receipts(header.number, given)
    if receipts_root(receipts) != header.receipts_root:
        raise CheckFailed(f"The node's receipts of block {header.number} are not those that the validators signed.")
    # Only what the root binds is used: of a log that is its place, not the number which the node writes into it.
    placed = ((index, log) for index, receipt in enumerate(receipts) for log in receipt.logs)
    signed = {
        log_index: _log(transaction_index, *log)
        for log_index, (transaction_index, log) in enumerate(placed)
        if "0x" + log[0].hex() in addresses
    }
    for log_index in sorted(signed.keys() | indexed.keys()):
        if signed.get(log_index) != indexed.get(log_index):
            raise CheckFailed(f"Log {log_index} of block {header.number} is not what the validators signed.")


def _receipts(number: int, given: Any) -> list[Receipt]:
    try:
        return [
            Receipt(
                # A refused transaction's reason stands in its receipt, where other engines have a plain 0.
                _number(one.get("txError") or one["status"]),
                _number(one["gasUsed"]),
                _bytes(one["logsBloom"]),
                [
                    (_bytes(log["address"]), [_bytes(topic) for topic in log["topics"]], _bytes(log["data"]))
                    for log in one["logs"]
                ],
            )
            for one in given
        ]
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise CheckFailed(f"The node's receipts of block {number} cannot be read: {error}.") from error


def _log(transaction_index: int, address: bytes, topics: Sequence[bytes], data: bytes) -> Log:
    actor_id = int.from_bytes(b"".join(topics[3:]), "big")
    return Log("0x" + address.hex(), b"".join(topics[:3]) + data, actor_id, transaction_index)


def _blocks_with_records(engine: Engine) -> Iterator[Row[Any]]:
    asked = (
        select(_BLOCK)
        .where(select(_LOG.c.block_number).where(_LOG.c.block_number == _BLOCK.c.number).exists())
        .order_by(_BLOCK.c.number)
    )
    with engine.connect() as connection:
        yield from connection.execute(asked.execution_options(yield_per=1_000))


def _logs_without_block(engine: Engine) -> list[Finding]:
    asked = (
        select(_LOG.c.block_number)
        .where(~select(_BLOCK.c.number).where(_BLOCK.c.number == _LOG.c.block_number).exists())
        .distinct()
        .order_by(_LOG.c.block_number)
    )
    with engine.connect() as connection:
        numbers = connection.execute(asked).scalars().all()
    sentence = "The index has logs of block {}, but not the block."
    return [Finding("seals", sentence.format(number), "chain_log", str(number)) for number in numbers]


def _number(text: str) -> int:
    number = int(text, 16)
    if number < 0:
        raise ValueError(f"{text} is below zero")
    return number


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))
