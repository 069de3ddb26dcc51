"""Reads the events of Discrepancies. Written by `python -m ledger.binding_writer`; do not edit."""

from ledger import words
from ledger.bindings import discrepancies as events

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


def _discrepancy_answered(text: str, actor: str) -> events.DiscrepancyAnswered:
    words.require_digits("DiscrepancyAnswered", text, 256)
    return events.DiscrepancyAnswered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
    )


def _discrepancy_opened(text: str, actor: str) -> events.DiscrepancyOpened:
    words.require_digits("DiscrepancyOpened", text, 512)
    return events.DiscrepancyOpened(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.member(text[192:256], KIND),
        words.uint(text[256:320], 32),
        words.uint(text[320:384], 16),
        words.uint(text[384:448], 64),
        text[448:512],
    )


def _discrepancy_resolved(text: str, actor: str) -> events.DiscrepancyResolved:
    words.require_digits("DiscrepancyResolved", text, 256)
    return events.DiscrepancyResolved(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.member(text[192:256], RESOLUTION),
    )


def _resolution_proposed(text: str, actor: str) -> events.ResolutionProposed:
    words.require_digits("ResolutionProposed", text, 448)
    return events.ResolutionProposed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 16),
        words.member(text[256:320], RESOLUTION),
        words.uint(text[320:384], 64),
        text[384:448],
    )


def _resolution_rejected(text: str, actor: str) -> events.ResolutionRejected:
    words.require_digits("ResolutionRejected", text, 256)
    return events.ResolutionRejected(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
    )


EVENTS = {
    "4ec58fbfaec6c11f6cc684c698d7ab994d4a81ab5ce895728038a15703668184": _discrepancy_answered,
    "1d2e2a151fd0e88253d2bb244216b7331446bbd3402f9972096cb5aaac881be7": _discrepancy_opened,
    "3314fc8d267de5d08b6a09fda65f1622290aa1b354181e462ed175b3c9cecf41": _discrepancy_resolved,
    "58ab83bbf6fa1da395c441d92e7721d9169cb9b7c994d398e2918e476c30a43a": _resolution_proposed,
    "5eb3fa503139390f9b930747cc0d61da4b9bfb17cde9081a80acb957bf089786": _resolution_rejected,
}
