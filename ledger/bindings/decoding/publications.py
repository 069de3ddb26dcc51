"""Reads the events of Publications. Written by `python -m ledger.binding_writer`; do not edit."""

from ledger import words
from ledger.bindings import publications as events


def _distribution_reported(text: str, actor: str) -> events.DistributionReported:
    words.require_digits("DistributionReported", text, 384)
    return events.DistributionReported(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        text[320:384],
    )


def _evidence_anchored(text: str, actor: str) -> events.EvidenceAnchored:
    words.require_digits("EvidenceAnchored", text, 320)
    return events.EvidenceAnchored(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.code(text[256:320]),
    )


def _record_adjusted(text: str, actor: str) -> events.RecordAdjusted:
    words.require_digits("RecordAdjusted", text, 256)
    return events.RecordAdjusted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.sint(text[192:256], 64),
    )


def _record_reversed(text: str, actor: str) -> events.RecordReversed:
    words.require_digits("RecordReversed", text, 192)
    return events.RecordReversed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


EVENTS = {
    "a4fc387bcb7a2c1425bf461e38122043f9b820d1c1c95c7bf86f61798932c598": _distribution_reported,
    "6a4cb0e29fad04ae20a0a837e366a58104b9bd9735901f4098d4b1908a657039": _evidence_anchored,
    "81117d595a97ff42a5fcebf66364f05c268fd0d23ce8cbeec32f4a920a3a550f": _record_adjusted,
    "63576f0e63f2b37cf8019a828353e912bbf64e0004549e32b54f487d821d6ca6": _record_reversed,
}
