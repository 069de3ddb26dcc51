"""Events of ConsignmentLedger. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple

from ledger import words
from ledger.errors import UndecodableLog

COMPLETENESS = ("verified", "inferred")


class DispatchLine(NamedTuple):
    """A line of an event."""

    lot_id: str
    quantity: int
    allocation_id: str


class LineShortage(NamedTuple):
    """A line of an event."""

    line_no: int
    good: int
    damaged: int


class ReceiptLine(NamedTuple):
    """A line of an event."""

    line_no: int
    good: int
    damaged: int
    lost: int
    over: int


class ConsignmentDispatched(NamedTuple):
    """ConsignmentDispatched(bytes32,bytes32,uint24,bytes32,uint24,uint40,bytes32,bytes32,(bytes32,uint64,bytes32)[])"""

    consignment_id: str
    from_facility_id: str
    actor_id: int
    to_facility_id: str
    carrier_id: int
    due_at: int
    return_of_id: str
    waybill_digest: str
    lines: tuple[DispatchLine, ...]


def _consignment_dispatched(text: str, actor: str) -> ConsignmentDispatched:
    types = ("bytes32", "uint24", "uint40", "bytes32", "bytes32", "(bytes32,uint64,bytes32)[]")
    body = words.dynamic(types, text[192:])
    return ConsignmentDispatched(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        body[0].hex(),
        body[1],
        body[2],
        body[3].hex(),
        body[4].hex(),
        tuple(DispatchLine(row[0].hex(), row[1], row[2].hex()) for row in body[5]),
    )


class ConsignmentReceived(NamedTuple):
    """ConsignmentReceived(bytes32,bytes32,uint24,bool,uint8,bytes32,(uint16,uint64,uint64,uint64,uint64)[])"""

    receipt_id: str
    consignment_id: str
    actor_id: int
    is_final: bool
    completeness: str
    content_digest: str
    lines: tuple[ReceiptLine, ...]


def _consignment_received(text: str, actor: str) -> ConsignmentReceived:
    types = ("bool", "uint8", "bytes32", "(uint16,uint64,uint64,uint64,uint64)[]")
    body = words.dynamic(types, text[192:])
    return ConsignmentReceived(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        body[0],
        words.member(hex(body[1]), COMPLETENESS),
        body[2].hex(),
        tuple(ReceiptLine(row[0], row[1], row[2], row[3], row[4]) for row in body[3]),
    )


class CustodyAccepted(NamedTuple):
    """CustodyAccepted(bytes32,bytes32,uint24,bytes32)"""

    custody_id: str
    consignment_id: str
    actor_id: int
    content_digest: str


def _custody_accepted(text: str, actor: str) -> CustodyAccepted:
    if len(text) != 256:
        raise UndecodableLog(f"CustodyAccepted has 256 digits, not {len(text)}.")
    return CustodyAccepted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
    )


class DispatchVoided(NamedTuple):
    """DispatchVoided(bytes32,bytes32,uint24,bytes32)"""

    consignment_id: str
    from_facility_id: str
    actor_id: int
    content_digest: str


def _dispatch_voided(text: str, actor: str) -> DispatchVoided:
    if len(text) != 256:
        raise UndecodableLog(f"DispatchVoided has 256 digits, not {len(text)}.")
    return DispatchVoided(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
    )


class OutstandingWrittenOff(NamedTuple):
    """OutstandingWrittenOff(bytes32,bytes32,uint24,uint16,uint64)"""

    discrepancy_id: str
    consignment_id: str
    actor_id: int
    line_no: int
    quantity: int


def _outstanding_written_off(text: str, actor: str) -> OutstandingWrittenOff:
    if len(text) != 320:
        raise UndecodableLog(f"OutstandingWrittenOff has 320 digits, not {len(text)}.")
    return OutstandingWrittenOff(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 16),
        words.uint(text[256:320], 64),
    )


class OverdueNoted(NamedTuple):
    """OverdueNoted(bytes32,bytes32,uint24)"""

    consignment_id: str
    to_facility_id: str
    actor_id: int


def _overdue_noted(text: str, actor: str) -> OverdueNoted:
    if len(text) != 192:
        raise UndecodableLog(f"OverdueNoted has 192 digits, not {len(text)}.")
    return OverdueNoted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


class RecordAdjusted(NamedTuple):
    """RecordAdjusted(bytes32,bytes32,uint24,uint16,uint8,int64,uint64)"""

    adjustment_id: str
    record_id: str
    actor_id: int
    line_no: int
    field: int
    delta: int
    shortage: int


def _record_adjusted(text: str, actor: str) -> RecordAdjusted:
    if len(text) != 448:
        raise UndecodableLog(f"RecordAdjusted has 448 digits, not {len(text)}.")
    return RecordAdjusted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 16),
        words.uint(text[256:320], 8),
        words.sint(text[320:384], 64),
        words.uint(text[384:448], 64),
    )


class RecordReversed(NamedTuple):
    """RecordReversed(bytes32,bytes32,uint24,(uint16,uint64,uint64)[])"""

    record_id: str
    ref: str
    actor_id: int
    shortages: tuple[LineShortage, ...]


def _record_reversed(text: str, actor: str) -> RecordReversed:
    types = ("(uint16,uint64,uint64)[]",)
    body = words.dynamic(types, text[192:])
    return RecordReversed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        tuple(LineShortage(row[0], row[1], row[2]) for row in body[0]),
    )


EVENTS = {
    "d1990dc5724c000bcc619c8e31dbe0044df8a6fc9dcae87c7a3a261487a5c0c3": _consignment_dispatched,
    "145a03dd7a475aff4589006a1714786d9f266f60e0bbdb2246c913263a0d22b7": _consignment_received,
    "699263b3c24a2d3381566ad3ff6a06785f4a24a9f7bf1e87b8345badf610e354": _custody_accepted,
    "ced8b17f5ef9fac56a1d0af5bc1ddd591c938d5ad57284a265c0a91af78e163f": _dispatch_voided,
    "4530e714d60fb96f493d1be28dc11a1f61d91a8abbf563062494193814811bf8": _outstanding_written_off,
    "322dfa0135b84a16a8fabe31319a29055ef0051b085559f7985d73a1519ee2b1": _overdue_noted,
    "736cbb8467cc0633a700dae1bc86df5c47717a899a44e6dc048105ede14e1419": _record_adjusted,
    "abc0baf7dc088a100f9917f1b953aef3f8f16b920708cf811119ddb8845656e1": _record_reversed,
}
