"""Reads the events of ConsignmentLedger. Written by `python -m ledger.binding_writer`; do not edit."""

from ledger import words
from ledger.bindings import consignment_ledger as events

COMPLETENESS = ("verified", "inferred")


def _consignment_dispatched(text: str, actor: str) -> events.ConsignmentDispatched:
    types = ("bytes32", "uint24", "uint40", "bytes32", "bytes32", "(bytes32,uint64,bytes32)[]")
    body = words.dynamic(types, text[192:])
    return events.ConsignmentDispatched(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        body[0].hex(),
        body[1],
        body[2],
        body[3].hex(),
        body[4].hex(),
        tuple(events.DispatchLine(row[0].hex(), row[1], row[2].hex()) for row in body[5]),
    )


def _consignment_received(text: str, actor: str) -> events.ConsignmentReceived:
    types = ("bool", "uint8", "bytes32", "(uint16,uint64,uint64,uint64,uint64)[]")
    body = words.dynamic(types, text[192:])
    return events.ConsignmentReceived(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        body[0],
        words.member(hex(body[1]), COMPLETENESS),
        body[2].hex(),
        tuple(events.ReceiptLine(row[0], row[1], row[2], row[3], row[4]) for row in body[3]),
    )


def _custody_accepted(text: str, actor: str) -> events.CustodyAccepted:
    words.require_digits("CustodyAccepted", text, 256)
    return events.CustodyAccepted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
    )


def _dispatch_voided(text: str, actor: str) -> events.DispatchVoided:
    words.require_digits("DispatchVoided", text, 256)
    return events.DispatchVoided(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
    )


def _outstanding_written_off(text: str, actor: str) -> events.OutstandingWrittenOff:
    words.require_digits("OutstandingWrittenOff", text, 320)
    return events.OutstandingWrittenOff(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 16),
        words.uint(text[256:320], 64),
    )


def _overdue_noted(text: str, actor: str) -> events.OverdueNoted:
    words.require_digits("OverdueNoted", text, 192)
    return events.OverdueNoted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


def _record_adjusted(text: str, actor: str) -> events.RecordAdjusted:
    words.require_digits("RecordAdjusted", text, 448)
    return events.RecordAdjusted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 16),
        words.uint(text[256:320], 8),
        words.sint(text[320:384], 64),
        words.uint(text[384:448], 64),
    )


def _record_reversed(text: str, actor: str) -> events.RecordReversed:
    types = ("(uint16,uint64,uint64)[]",)
    body = words.dynamic(types, text[192:])
    return events.RecordReversed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        tuple(events.LineShortage(row[0], row[1], row[2]) for row in body[0]),
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
