"""Reads the events of NeedLedger. Written by `python -m ledger.binding_writer`; do not edit."""

from ledger import words
from ledger.bindings import need_ledger as events


def _goods_allocation_approved(text: str, actor: str) -> events.GoodsAllocationApproved:
    words.require_digits("GoodsAllocationApproved", text, 256)
    return events.GoodsAllocationApproved(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 8),
    )


def _goods_allocation_cancelled(text: str, actor: str) -> events.GoodsAllocationCancelled:
    words.require_digits("GoodsAllocationCancelled", text, 192)
    return events.GoodsAllocationCancelled(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


def _goods_allocation_proposed(text: str, actor: str) -> events.GoodsAllocationProposed:
    words.require_digits("GoodsAllocationProposed", text, 640)
    return events.GoodsAllocationProposed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        text[256:320],
        text[320:384],
        words.code(text[384:448]),
        words.code(text[448:512]),
        words.uint(text[512:576], 64),
        text[576:640],
    )


def _goods_allocation_released(text: str, actor: str) -> events.GoodsAllocationReleased:
    words.require_digits("GoodsAllocationReleased", text, 256)
    return events.GoodsAllocationReleased(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


def _need_approved(text: str, actor: str) -> events.NeedApproved:
    words.require_digits("NeedApproved", text, 256)
    return events.NeedApproved(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


def _need_published(text: str, actor: str) -> events.NeedPublished:
    words.require_digits("NeedPublished", text, 448)
    return events.NeedPublished(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        words.boolean(text[320:384]),
        text[384:448],
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
    "f7d32981dfde9fd92f8caecf90c7e902005fd57fa1576131f295540cc79b83da": _goods_allocation_approved,
    "af9e89214374d6cdf83ab3aa7bd3b3bbc34a1c187055a074108e0748386f8328": _goods_allocation_cancelled,
    "392acede855aadd66c5b515b5086ccd5a04326cf30eb3ea5171d00b090908e6e": _goods_allocation_proposed,
    "2d5d840fe574a80a24f27c4491e41f9f713cdcc9e3172494475351b8bb44761f": _goods_allocation_released,
    "4c01581aa056182075a35a6f6088d0a9dd3a6a3692b0a8ff4c93f5109fedb0e5": _need_approved,
    "11ff10cd4811b23759f3fe27678ca172a0ef0b834b9e045e86d59bfda0ab11df": _need_published,
    "81117d595a97ff42a5fcebf66364f05c268fd0d23ce8cbeec32f4a920a3a550f": _record_adjusted,
    "63576f0e63f2b37cf8019a828353e912bbf64e0004549e32b54f487d821d6ca6": _record_reversed,
}
