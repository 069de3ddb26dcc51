"""What the ledger asks a chain, whichever engine runs it: a `blocks.BlockSource`, and what the outbox needs.

Numbers are ints. Blocks and logs keep the node's own 0x text, because the index stores it so; everything else is bytes.
A node is not trusted more than needed: a log outside the range that was asked for is an error, not a row.
"""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from ledger.blocks import Block
from ledger.contracts import PARTICIPANTS, Deployment, decode_result, decode_revert, encode_call
from ledger.errors import BadInput, ChainBehindIndex, CheckFailed, PartAway
from ledger.rpc import Call, RpcClient, RpcError
from ledger.settings import Settings

LATEST, FINALIZED = "latest", "finalized"


class Receipt(NamedTuple):
    """What became of a mined transaction."""

    transaction_hash: bytes
    block_number: int
    succeeded: bool
    gas_used: int
    contract_address: str | None


class ChainClient:
    """Reads and sends over one node's JSON-RPC. Raises PartAway from every method when the node does not answer."""

    def __init__(self, rpc: RpcClient, deployment: Deployment | None = None, *, finality: str = LATEST) -> None:
        """`finality` is `latest` where what is mined is final, `finalized` where the node's tag says it, or a depth."""
        self.rpc = rpc
        self.deployment = deployment
        self._finality = finality

    def chain_id(self) -> int:
        """The number that transactions are signed for."""
        return int(self.rpc.call("eth_chainId"), 16)

    def genesis_hash(self) -> str:
        """The hash of block 0: two chains with one number differ in it."""
        found = self.block_hash(0)
        if found is None:
            raise CheckFailed("The node has no block 0.")
        return found

    def head(self) -> int:
        """The number of the last final block. Raises BadInput where the node does not know which is."""
        if self._finality == FINALIZED:
            return self._finalized()
        mined = int(self.rpc.call("eth_blockNumber"), 16)
        self.rpc.require_height(mined)
        return mined if self._finality == LATEST else max(0, mined - int(self._finality))

    def _finalized(self) -> int:
        answer = self.rpc.answers([("eth_getBlockByNumber", [FINALIZED, False])])[0]
        if isinstance(answer, RpcError) or not answer:
            raise BadInput(
                "This chain's node does not say which of its blocks are final.",
                hint="Set LEDGER_FINALITY to `latest` where a block is final when it is there (BFT validators), or to "
                "how many blocks have to follow one before it is final.",
            )
        return int(answer["number"], 16)

    def block_hash(self, number: int) -> str | None:
        """The hash of that block, or None when the chain has no such block."""
        found = self.rpc.call("eth_getBlockByNumber", hex(number), False)
        return str(found["hash"]) if found else None

    def blocks(self, first: int, last: int, addresses: Sequence[str]) -> list[Block]:
        """Blocks `first` .. `last` with what `addresses` logged in them, in the chain's order.

        Asked in halves where the node refuses so many logs at once. Raises CheckFailed when the node lacks one of the
        blocks, or gives a log that is not in any of them.
        """
        asked = {"fromBlock": hex(first), "toBlock": hex(last), "address": list(addresses)}
        calls: list[Call] = [("eth_getLogs", [asked])]
        calls += [("eth_getBlockByNumber", [hex(number), False]) for number in range(first, last + 1)]
        found_logs, *found_blocks = answers = self.rpc.answers(calls)
        if isinstance(found_logs, RpcError) and first < last:
            middle = (first + last) // 2
            return self.blocks(first, middle, addresses) + self.blocks(middle + 1, last, addresses)
        for answer in answers:
            if isinstance(answer, RpcError):
                raise answer
        logs: dict[int, list[dict[str, Any]]] = {number: [] for number in range(first, last + 1)}
        text, number = "", -1
        for log in found_logs:
            if log["blockNumber"] != text:
                text = log["blockNumber"]
                number = int(text, 16)
            if number not in logs:
                raise CheckFailed(f"The node was asked for blocks {first} to {last} and gave a log of block {number}.")
            logs[number].append(log)
        blocks = []
        for number, found in zip(logs, found_blocks, strict=True):
            if found is None:
                raise CheckFailed(f"The node has no block {number}.")
            in_order = sorted(logs[number], key=lambda log: int(log["logIndex"], 16))
            if any(log["blockHash"] != found["hash"] for log in in_order):
                raise CheckFailed(f"The node gave logs of another block {number} than it has.")
            blocks.append(Block(number, found["hash"], found["parentHash"], int(found["timestamp"], 16), in_order))
        return blocks

    def block_times_s(self, numbers: Collection[int]) -> dict[int, int]:
        """When these blocks were made, in Unix seconds."""
        found = self.rpc.batch([("eth_getBlockByNumber", [hex(number), False]) for number in numbers])
        return {number: int(block["timestamp"], 16) for number, block in zip(numbers, found, strict=True)}

    def set_next_block_time(self, timestamp_s: int) -> bool:
        """Makes the next block be of that time, where the chain can (the embedded one); says whether it could."""
        answer = self.rpc.answers([("evm_setNextBlockTimestamp", [timestamp_s])])[0]
        return not isinstance(answer, RpcError)

    def set_clock(self, timestamp_s: int) -> bool:
        """Lets the chain's clock go on from that time, where the chain can (the embedded one); says if it could.

        Never from before its last block: a role that was granted there would not be active yet.
        """
        newest = self.rpc.call("eth_getBlockByNumber", "latest", False)
        answer = self.rpc.answers([("evm_setTime", [max(timestamp_s, int(newest["timestamp"], 16))])])[0]
        return not isinstance(answer, RpcError)

    def call(self, address: str | None, calldata: bytes, *, sender: str | None = None, gas: int | None = None) -> bytes:
        """What a call would return in the next block; nothing is changed. Raises TransactionRefused as it would.

        Without an address it makes a contract, whose code is what it returns.

        Not in the last block: that may be hours old, and what waits for a time would seem to wait still.
        """
        asked = {"data": "0x" + calldata.hex()}
        asked |= {"to": address} if address else {}
        asked |= {"from": sender} if sender else {}
        asked |= {"gas": hex(gas)} if gas else {}
        contract = self._contract_at(address) if address else None
        return _returned(self.rpc.answers([("eth_call", [asked, "pending"])])[0], contract)

    def call_function(
        self, contract: str, function: str, args: Sequence[Any] = (), block_number: int | None = None
    ) -> tuple[Any, ...]:
        """What a view function of the deployed contract returns, decoded."""
        return self.call_functions([(contract, function, args)], block_number)[0]

    def call_functions(
        self, calls: Sequence[tuple[str, str, Sequence[Any]]], block_number: int | None = None
    ) -> list[tuple[Any, ...]]:
        """What each (contract, function, args) returns, decoded, asked in one go."""
        if self.deployment is None:
            raise CheckFailed("No deployment is known for this chain.", hint="Run `ledger deploy`.")
        block = "latest" if block_number is None else hex(block_number)
        asked: list[Call] = []
        for contract, function, args in calls:
            calldata = "0x" + encode_call(contract, function, args).hex()
            asked.append(("eth_call", [{"to": self.deployment.address(contract), "data": calldata}, block]))
        answers = self.rpc.answers(asked)
        return [
            decode_result(contract, function, _returned(answer, contract))
            for (contract, function, _), answer in zip(calls, answers, strict=True)
        ]

    def _contract_at(self, address: str) -> str | None:
        deployed = self.deployment.addresses if self.deployment else {}
        return next((name for name, one in deployed.items() if one == address.lower()), None)

    def code(self, address: str) -> bytes:
        """The code at an address; empty when there is no contract."""
        return _bytes(self.rpc.call("eth_getCode", address, "latest"))

    def nonces(self, addresses: Sequence[str]) -> list[int]:
        """How many transactions of each account are mined."""
        answers = self.rpc.batch([("eth_getTransactionCount", [address, "latest"]) for address in addresses])
        return [int(answer, 16) for answer in answers]

    def send(self, signed: Sequence[bytes]) -> list[RpcError | None]:
        """Hands signed transactions to the node, in order; for each the error it answered with, or None."""
        answers = self.rpc.answers([("eth_sendRawTransaction", ["0x" + raw.hex()]) for raw in signed])
        return [answer if isinstance(answer, RpcError) else None for answer in answers]

    def receipts(self, transaction_hashes: Sequence[bytes]) -> list[Receipt | None]:
        """What became of each transaction; None for one that is not mined."""
        answers = self.rpc.batch([("eth_getTransactionReceipt", ["0x" + one.hex()]) for one in transaction_hashes])
        found = [_receipt(answer) for answer in answers]
        self.rpc.require_height(max((one.block_number for one in found if one), default=0))
        return found

    def knows(self, transaction_hashes: Sequence[bytes]) -> list[bool]:
        """Whether the node holds each transaction, waiting or mined. A node forgets."""
        answers = self.rpc.batch([("eth_getTransactionByHash", ["0x" + one.hex()]) for one in transaction_hashes])
        return [answer is not None for answer in answers]


def connect(settings: Settings) -> ChainClient:
    """The client of the configured chain, or of the one that `ledger up` started.

    Raises PartAway when no chain is configured and none was started.
    """
    urls, finality = settings.rpc_url, settings.finality
    if urls is None:
        try:
            urls = ",".join(settings.endpoint_file.read_text(encoding="utf-8").split())
        except OSError as error:
            raise PartAway("No chain is running.", hint="Start it with `ledger up`.") from error
        finality = LATEST if finality == "auto" else finality
    return ChainClient(RpcClient(urls), finality=FINALIZED if finality == "auto" else finality)


def connect_deployed(settings: Settings) -> ChainClient:
    """As `connect`, knowing where the contracts are.

    Raises NotFound when none are deployed there, WrongChain when they are on another, and ChainBehindIndex when the
    chain lost them.
    """
    chain = connect(settings)
    deployment = Deployment.load(settings.deployments_dir, chain.chain_id(), chain.genesis_hash())
    if not chain.code(deployment.address(PARTICIPANTS)):
        raise ChainBehindIndex("The chain lost its blocks: the contracts that were deployed are not on it any more.")
    chain.deployment = deployment
    return chain


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text[2:])


def _returned(answer: Any, contract: str | None) -> bytes:
    if isinstance(answer, RpcError):
        if answer.revert is None:
            raise answer
        raise decode_revert(answer.revert, contract) from answer
    return _bytes(answer)


def _receipt(found: dict[str, Any] | None) -> Receipt | None:
    if found is None or found.get("blockNumber") is None:
        return None
    return Receipt(
        _bytes(found["transactionHash"]),
        int(found["blockNumber"], 16),
        int(found["status"], 16) == 1,
        int(found["gasUsed"], 16),
        found["contractAddress"].lower() if found.get("contractAddress") else None,
    )
