"""Whether the validators signed what the index holds, without a word of the node being believed.

    genesis file ──▶ validators ──▶ signed headers ──▶ receipts root ──▶ receipts ──▶ raw logs in the index

Every block that carries records is checked. The node only hands the pieces over: a block's hash, its signers and the
root of its receipts are computed here (Istanbul BFT as Kaia has it; receipts in the Merkle-Patricia trie of Ethereum's
yellow paper, keys rlp(index), values rlp([status, gas used, bloom, logs])).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, Protocol

import rlp
from sqlalchemy import Engine, select
from trie.hexary import HexaryTrie

from ledger.council import Council, Genesis
from ledger.database import table_of
from ledger.errors import BadInput, CheckFailed
from ledger.findings import Finding
from ledger.headers import SealedHeader, sealed_header
from ledger.models.chain import ChainBlock, ChainLog
from ledger.rpc import RpcClient, RpcError

# A full block has megabytes of receipts.
_BLOCKS_AT_ONCE = 10
_NO_SUCH_METHOD = -32_601

Log = tuple[str, bytes, int]
"""Address, what the journal folds, and the actor: as the index keeps a log."""


class SealSource(Protocol):
    """What a node of the engine is asked for. Nothing of it is believed."""

    def sealed_headers(self, numbers: Sequence[int]) -> list[Mapping[str, Any]]:
        """The headers of these blocks, consensus parts included, as the node's consensus API gives them."""

    def block_receipts(self, numbers: Sequence[int]) -> list[list[Mapping[str, Any]]]:
        """The receipts of these blocks, in order."""


class ConsensusApi:
    """The consensus API of one node of the engine."""

    def __init__(self, rpc: RpcClient) -> None:
        self._rpc = rpc

    def sealed_headers(self, numbers: Sequence[int]) -> list[Mapping[str, Any]]:
        """As SealSource has it. Raises BadInput where the engine has no such API, CheckFailed for a missing block."""
        return self._found("kaia_getHeaderByNumber", numbers)

    def block_receipts(self, numbers: Sequence[int]) -> list[list[Mapping[str, Any]]]:
        """As SealSource has it. Raises as `sealed_headers`."""
        return self._found("kaia_getBlockReceipts", numbers)

    def _found(self, method: str, numbers: Sequence[int]) -> list[Any]:
        answers = self._rpc.answers([(method, [hex(number)]) for number in numbers])
        for number, answer in zip(numbers, answers, strict=True):
            if isinstance(answer, RpcError) and answer.code == _NO_SUCH_METHOD:
                raise BadInput(
                    "This chain's blocks carry no validators' seals.",
                    hint="Seals are made by the consortium's validators: `ledger up --profile consortium`.",
                )
            if isinstance(answer, RpcError):
                raise answer
            if answer is None:
                raise CheckFailed(f"The node has no block {number}.")
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

    A block whose seals do not hold is a finding, and so is a log of the index that is not in the receipts which the
    validators signed, or the other way round. Raises CheckFailed when the node does not have a block.
    """
    council = Council(genesis, lambda numbers: _headers(source, numbers))
    findings: list[Finding] = []
    logs = blocks = 0
    carrying = _blocks_with_records(engine)
    while part := dict(islice(carrying, _BLOCKS_AT_ONCE)):
        indexed = _indexed_logs(engine, list(part), addresses)
        found = zip(_headers(source, list(part)), source.block_receipts(list(part)), strict=True)
        for header, receipts in found:
            try:
                _require_indexed(header, part[header.number])
                council.check(header)
                _require_same_logs(header, receipts, indexed[header.number], frozenset(addresses.values()))
                logs += len(indexed[header.number])
            except CheckFailed as problem:
                findings.append(Finding("seals", problem.message, "chain_block", str(header.number)))
            blocks += 1
            progress(header.number)
    return Sealed(blocks, logs, findings)


def receipts_root(receipts: Sequence[Mapping[str, Any]]) -> bytes:
    """The root that a header has for these receipts. Raises CheckFailed when a field is missing or malformed."""
    tree = HexaryTrie({})
    try:
        for index, receipt in enumerate(receipts):
            # A refused transaction's reason stands in its receipt, where other engines have a plain 0.
            status = int(receipt.get("txError") or receipt["status"], 16)
            logs = [
                [_bytes(log["address"]), [_bytes(topic) for topic in log["topics"]], _bytes(log["data"])]
                for log in receipt["logs"]
            ]
            fields = [status, int(receipt["gasUsed"], 16), _bytes(receipt["logsBloom"]), logs]
            tree[rlp.encode(index)] = rlp.encode(fields)
    except (KeyError, ValueError, TypeError) as error:
        raise CheckFailed(f"The node's receipts cannot be read: {error}.") from error
    return bytes(tree.root_hash)


def _headers(source: SealSource, numbers: Sequence[int]) -> list[SealedHeader]:
    found = [sealed_header(one) for one in source.sealed_headers(numbers)]
    for number, header in zip(numbers, found, strict=True):
        if header.number != number:
            raise CheckFailed(f"The node was asked for block {number} and gave block {header.number}.")
    return found


def _require_indexed(header: SealedHeader, indexed_hash: str) -> None:
    if "0x" + header.hash.hex() != indexed_hash:
        raise CheckFailed(
            f"Block {header.number} is {indexed_hash} in the index; the validators signed 0x{header.hash.hex()}."
        )


def _indexed_logs(engine: Engine, numbers: Sequence[int], addresses: Mapping[str, str]) -> dict[int, dict[int, Log]]:
    """What the index has of each block, by a log's position in it."""
    table = table_of(ChainLog)
    indexed: dict[int, dict[int, Log]] = {number: {} for number in numbers}
    with engine.connect() as connection:
        for row in connection.execute(select(table).where(table.c.block_number.in_(numbers))):
            indexed[row.block_number][row.log_index] = (addresses[row.contract], bytes(row.record), row.actor_id)
    return indexed


def _require_same_logs(
    header: SealedHeader,
    receipts: Sequence[Mapping[str, Any]],
    indexed: Mapping[int, Log],
    addresses: frozenset[str],
) -> None:
    """All logs that the index has of this block, and no others, are in the receipts that were signed."""
    if receipts_root(receipts) != header.receipts_root:
        raise CheckFailed(f"The node's receipts of block {header.number} are not those that the validators signed.")
    signed = {
        int(log["logIndex"], 16): _log(log)
        for receipt in receipts
        for log in receipt["logs"]
        if log["address"].lower() in addresses
    }
    for log_index in sorted(signed.keys() | indexed.keys()):
        if signed.get(log_index) != indexed.get(log_index):
            raise CheckFailed(f"Log {log_index} of block {header.number} is not what the validators signed.")


def _log(log: Mapping[str, Any]) -> Log:
    topics = [_bytes(topic) for topic in log["topics"]]
    return log["address"].lower(), b"".join(topics[:3]) + _bytes(log["data"]), int.from_bytes(topics[3], "big")


def _blocks_with_records(engine: Engine) -> Iterator[tuple[int, str]]:
    block, log = table_of(ChainBlock), table_of(ChainLog)
    asked = (
        select(block.c.number, block.c.hash)
        .where(select(log.c.block_number).where(log.c.block_number == block.c.number).exists())
        .order_by(block.c.number)
    )
    with engine.connect() as connection:
        for row in connection.execute(asked.execution_options(yield_per=1_000)):
            yield row.number, row.hash


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))
