"""Events of NeedLedger. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple

from ledger import words
from ledger.errors import UndecodableLog


class GoodsAllocationApproved(NamedTuple):
    """GoodsAllocationApproved(bytes32,bytes32,uint24,uint8)"""

    allocation_id: str
    lot_id: str
    actor_id: int
    flags: int


def _goods_allocation_approved(text: str, actor: str) -> GoodsAllocationApproved:
    if len(text) != 256:
        raise UndecodableLog(f"GoodsAllocationApproved has 256 digits, not {len(text)}.")
    return GoodsAllocationApproved(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 8),
    )


class GoodsAllocationCancelled(NamedTuple):
    """GoodsAllocationCancelled(bytes32,bytes32,uint24)"""

    allocation_id: str
    lot_id: str
    actor_id: int


def _goods_allocation_cancelled(text: str, actor: str) -> GoodsAllocationCancelled:
    if len(text) != 192:
        raise UndecodableLog(f"GoodsAllocationCancelled has 192 digits, not {len(text)}.")
    return GoodsAllocationCancelled(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


class GoodsAllocationProposed(NamedTuple):
    """GoodsAllocationProposed(bytes32,bytes32,uint24,bytes32,bytes32,bytes32,bytes16,bytes16,uint64,bytes32)"""

    allocation_id: str
    lot_id: str
    actor_id: int
    from_facility_id: str
    to_facility_id: str
    need_id: str
    purpose: str
    place: str
    quantity: int
    reason_digest: str


def _goods_allocation_proposed(text: str, actor: str) -> GoodsAllocationProposed:
    if len(text) != 640:
        raise UndecodableLog(f"GoodsAllocationProposed has 640 digits, not {len(text)}.")
    return GoodsAllocationProposed(
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


class GoodsAllocationReleased(NamedTuple):
    """GoodsAllocationReleased(bytes32,bytes32,uint24,uint64)"""

    allocation_id: str
    lot_id: str
    actor_id: int
    quantity: int


def _goods_allocation_released(text: str, actor: str) -> GoodsAllocationReleased:
    if len(text) != 256:
        raise UndecodableLog(f"GoodsAllocationReleased has 256 digits, not {len(text)}.")
    return GoodsAllocationReleased(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


class NeedApproved(NamedTuple):
    """NeedApproved(bytes32,bytes32,uint24,uint64)"""

    need_id: str
    facility_id: str
    actor_id: int
    quantity: int


def _need_approved(text: str, actor: str) -> NeedApproved:
    if len(text) != 256:
        raise UndecodableLog(f"NeedApproved has 256 digits, not {len(text)}.")
    return NeedApproved(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


class NeedPublished(NamedTuple):
    """NeedPublished(bytes32,bytes32,uint24,bytes32,uint64,bool,bytes32)"""

    need_id: str
    facility_id: str
    actor_id: int
    item_id: str
    quantity: int
    repeated: bool
    content_digest: str


def _need_published(text: str, actor: str) -> NeedPublished:
    if len(text) != 448:
        raise UndecodableLog(f"NeedPublished has 448 digits, not {len(text)}.")
    return NeedPublished(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        words.boolean(text[320:384]),
        text[384:448],
    )


class RecordAdjusted(NamedTuple):
    """RecordAdjusted(bytes32,bytes32,uint24,int64)"""

    adjustment_id: str
    record_id: str
    actor_id: int
    delta: int


def _record_adjusted(text: str, actor: str) -> RecordAdjusted:
    if len(text) != 256:
        raise UndecodableLog(f"RecordAdjusted has 256 digits, not {len(text)}.")
    return RecordAdjusted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.sint(text[192:256], 64),
    )


class RecordReversed(NamedTuple):
    """RecordReversed(bytes32,bytes32,uint24)"""

    record_id: str
    ref: str
    actor_id: int


def _record_reversed(text: str, actor: str) -> RecordReversed:
    if len(text) != 192:
        raise UndecodableLog(f"RecordReversed has 192 digits, not {len(text)}.")
    return RecordReversed(
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
