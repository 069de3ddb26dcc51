"""Raw logs to events: by contract address, then by topic 0, then by slicing the words of the log.

Nothing is skipped. A log of the ledger's contracts that is not one of their events, or that is malformed, raises
UndecodableLog with its place, because an index that leaves out an event is worse than one that stops.
"""

from collections.abc import Mapping
from typing import Any

from ledger.bindings.decoding import EVENTS, Decoder
from ledger.blocks import RawLog
from ledger.errors import UndecodableLog

Decoded = tuple[str, bytes, Any]
"""A log's contract, the bytes that its journal folds, and its fields. A plain tuple: there are millions."""


class LogDecoder:
    """Decodes the logs of one deployment."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        """`addresses` are 0x text by contract name. Contracts without events of their own are left out."""
        self.addresses = {name: address.lower() for name, address in addresses.items() if name in EVENTS}
        self._contracts: dict[str, tuple[str, Mapping[str, Decoder]]] = {
            address: (name, EVENTS[name]) for name, address in self.addresses.items()
        }

    def decode(self, log: RawLog) -> Decoded:
        """The event that the log is. Raises UndecodableLog naming the log's place."""
        try:
            contract, decoders = self._contracts[log["address"]]
            topic0, topic1, topic2, actor = log["topics"]
            record = bytes.fromhex(topic0[2:] + topic1[2:] + topic2[2:] + log["data"][2:])
            # The canonical text of the bytes: whatever way the node writes hexadecimal digits, ids are lower-case.
            text = record.hex()
            return contract, record, decoders[text[:64]](text, actor)
        except (KeyError, IndexError, ValueError, TypeError, UndecodableLog) as error:
            raise UndecodableLog(
                f"Log {log.get('logIndex')} of block {log.get('blockNumber')} (address {log.get('address')}, topic 0 "
                f"{next(iter(log.get('topics') or []), None)}) is none of the contracts' events: {error!r}."
            ) from error


def decode_record(contract: str, record: bytes, actor_id: int) -> Any:
    """The fields of a log as the index stored it. Raises UndecodableLog when its bytes are not such an event."""
    text = record.hex()
    decoder = EVENTS.get(contract, {}).get(text[:64])
    if decoder is None:
        raise UndecodableLog(f"{contract} has no event {text[:64]}.")
    return decoder(text, hex(actor_id))
