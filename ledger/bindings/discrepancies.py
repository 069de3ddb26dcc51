"""Events of Discrepancies. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple

from ledger import words
from ledger.errors import UndecodableLog

KIND = (
    "damaged",
    "lost",
    "over",
    "outstanding",
    "overdue",
    "stock_variance",
    "issued_without_record",
    "found",
    "deficit",
    "shortage",
    "finding",
)
RESOLUTION = (
    "none",
    "explained",
    "found_later",
    "written_off",
    "supplier_liable",
    "carrier_liable",
    "corrected",
    "unfounded",
)


class DiscrepancyAnswered(NamedTuple):
    """DiscrepancyAnswered(bytes32,bytes32,uint24,bytes32)"""

    answer_id: str
    discrepancy_id: str
    actor_id: int
    content_digest: str


def _discrepancy_answered(text: str, actor: str) -> DiscrepancyAnswered:
    if len(text) != 256:
        raise UndecodableLog(f"DiscrepancyAnswered has 256 digits, not {len(text)}.")
    return DiscrepancyAnswered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
    )


class DiscrepancyOpened(NamedTuple):
    """DiscrepancyOpened(bytes32,bytes32,uint24,uint8,uint32,uint16,uint64,bytes32)"""

    discrepancy_id: str
    subject_id: str
    actor_id: int
    kind: str
    organisation_id: int
    line_no: int
    quantity: int
    content_digest: str


def _discrepancy_opened(text: str, actor: str) -> DiscrepancyOpened:
    if len(text) != 512:
        raise UndecodableLog(f"DiscrepancyOpened has 512 digits, not {len(text)}.")
    return DiscrepancyOpened(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.member(text[192:256], KIND),
        words.uint(text[256:320], 32),
        words.uint(text[320:384], 16),
        words.uint(text[384:448], 64),
        text[448:512],
    )


class DiscrepancyResolved(NamedTuple):
    """DiscrepancyResolved(bytes32,bytes32,uint24,uint8)"""

    discrepancy_id: str
    subject_id: str
    actor_id: int
    code: str


def _discrepancy_resolved(text: str, actor: str) -> DiscrepancyResolved:
    if len(text) != 256:
        raise UndecodableLog(f"DiscrepancyResolved has 256 digits, not {len(text)}.")
    return DiscrepancyResolved(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.member(text[192:256], RESOLUTION),
    )


class ResolutionProposed(NamedTuple):
    """ResolutionProposed(bytes32,bytes32,uint24,uint8,bytes32)"""

    discrepancy_id: str
    subject_id: str
    actor_id: int
    code: str
    content_digest: str


def _resolution_proposed(text: str, actor: str) -> ResolutionProposed:
    if len(text) != 320:
        raise UndecodableLog(f"ResolutionProposed has 320 digits, not {len(text)}.")
    return ResolutionProposed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.member(text[192:256], RESOLUTION),
        text[256:320],
    )


class ResolutionRejected(NamedTuple):
    """ResolutionRejected(bytes32,bytes32,uint24,bytes32)"""

    discrepancy_id: str
    subject_id: str
    actor_id: int
    content_digest: str


def _resolution_rejected(text: str, actor: str) -> ResolutionRejected:
    if len(text) != 256:
        raise UndecodableLog(f"ResolutionRejected has 256 digits, not {len(text)}.")
    return ResolutionRejected(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
    )


EVENTS = {
    "4ec58fbfaec6c11f6cc684c698d7ab994d4a81ab5ce895728038a15703668184": _discrepancy_answered,
    "1d2e2a151fd0e88253d2bb244216b7331446bbd3402f9972096cb5aaac881be7": _discrepancy_opened,
    "3314fc8d267de5d08b6a09fda65f1622290aa1b354181e462ed175b3c9cecf41": _discrepancy_resolved,
    "7692216534b7e4a25b7033fc1bc2a0ac756b7fb3a45595449cea7bc24f5e9a03": _resolution_proposed,
    "5eb3fa503139390f9b930747cc0d61da4b9bfb17cde9081a80acb957bf089786": _resolution_rejected,
}
