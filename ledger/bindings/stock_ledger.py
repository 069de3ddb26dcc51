"""Events of StockLedger. Written by `python -m ledger.binding_writer`; do not edit."""

from typing import NamedTuple

from ledger import words
from ledger.errors import UndecodableLog

LOSS_REASON = ("unknown", "lost", "damaged", "expired", "stolen")
RELEASE_KIND = ("disposal", "return_to_donor", "sale", "distribution")


class Disposed(NamedTuple):
    """Disposed(bytes32,bytes32,uint24,bytes32,uint64,bytes32)"""

    record_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int
    content_digest: str


def _disposed(text: str, actor: str) -> Disposed:
    if len(text) != 384:
        raise UndecodableLog(f"Disposed has 384 digits, not {len(text)}.")
    return Disposed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        text[320:384],
    )


class Distributed(NamedTuple):
    """Distributed(bytes32,bytes32,uint24,bytes32,uint64,uint32,bytes32)"""

    distribution_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int
    recipients: int
    content_digest: str


def _distributed(text: str, actor: str) -> Distributed:
    if len(text) != 448:
        raise UndecodableLog(f"Distributed has 448 digits, not {len(text)}.")
    return Distributed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        words.uint(text[320:384], 32),
        text[384:448],
    )


class FindProposed(NamedTuple):
    """FindProposed(bytes32,bytes32,uint24,bytes32,bytes32,uint64,bytes32)"""

    record_id: str
    facility_id: str
    actor_id: int
    lot_id: str
    item_id: str
    quantity: int
    content_digest: str


def _find_proposed(text: str, actor: str) -> FindProposed:
    if len(text) != 448:
        raise UndecodableLog(f"FindProposed has 448 digits, not {len(text)}.")
    return FindProposed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        text[256:320],
        words.uint(text[320:384], 64),
        text[384:448],
    )


class Found(NamedTuple):
    """Found(bytes32,bytes32,uint24,bytes32,uint64)"""

    record_id: str
    facility_id: str
    actor_id: int
    lot_id: str
    quantity: int


def _found(text: str, actor: str) -> Found:
    if len(text) != 320:
        raise UndecodableLog(f"Found has 320 digits, not {len(text)}.")
    return Found(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
    )


class IssueWithoutRecordProposed(NamedTuple):
    """IssueWithoutRecordProposed(bytes32,bytes32,uint24,bytes32,uint64,bytes32)"""

    record_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int
    content_digest: str


def _issue_without_record_proposed(text: str, actor: str) -> IssueWithoutRecordProposed:
    if len(text) != 384:
        raise UndecodableLog(f"IssueWithoutRecordProposed has 384 digits, not {len(text)}.")
    return IssueWithoutRecordProposed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        text[320:384],
    )


class IssuedWithoutRecord(NamedTuple):
    """IssuedWithoutRecord(bytes32,bytes32,uint24,bytes32,uint64)"""

    record_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int


def _issued_without_record(text: str, actor: str) -> IssuedWithoutRecord:
    if len(text) != 320:
        raise UndecodableLog(f"IssuedWithoutRecord has 320 digits, not {len(text)}.")
    return IssuedWithoutRecord(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
    )


class LossRegistered(NamedTuple):
    """LossRegistered(bytes32,bytes32,uint24,bytes32,uint64,uint8,bytes32)"""

    loss_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int
    reason: str
    content_digest: str


def _loss_registered(text: str, actor: str) -> LossRegistered:
    if len(text) != 448:
        raise UndecodableLog(f"LossRegistered has 448 digits, not {len(text)}.")
    return LossRegistered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        words.member(text[320:384], LOSS_REASON),
        text[384:448],
    )


class LossReversed(NamedTuple):
    """LossReversed(bytes32,bytes32,uint24,uint64)"""

    reversal_id: str
    loss_id: str
    actor_id: int
    quantity: int


def _loss_reversed(text: str, actor: str) -> LossReversed:
    if len(text) != 256:
        raise UndecodableLog(f"LossReversed has 256 digits, not {len(text)}.")
    return LossReversed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


class LotRecalled(NamedTuple):
    """LotRecalled(bytes32,bytes32,uint24)"""

    lot_id: str
    recall_id: str
    actor_id: int


def _lot_recalled(text: str, actor: str) -> LotRecalled:
    if len(text) != 192:
        raise UndecodableLog(f"LotRecalled has 192 digits, not {len(text)}.")
    return LotRecalled(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


class QuarantineReleased(NamedTuple):
    """QuarantineReleased(bytes32,bytes32,uint24,bytes32,uint64,bytes32)"""

    record_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int
    content_digest: str


def _quarantine_released(text: str, actor: str) -> QuarantineReleased:
    if len(text) != 384:
        raise UndecodableLog(f"QuarantineReleased has 384 digits, not {len(text)}.")
    return QuarantineReleased(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        text[320:384],
    )


class Quarantined(NamedTuple):
    """Quarantined(bytes32,bytes32,uint24,bytes32,uint64,bytes32)"""

    record_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int
    content_digest: str


def _quarantined(text: str, actor: str) -> Quarantined:
    if len(text) != 384:
        raise UndecodableLog(f"Quarantined has 384 digits, not {len(text)}.")
    return Quarantined(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        text[320:384],
    )


class RecallClosed(NamedTuple):
    """RecallClosed(bytes32,bytes32,uint24)"""

    recall_id: str
    ref: str
    actor_id: int


def _recall_closed(text: str, actor: str) -> RecallClosed:
    if len(text) != 192:
        raise UndecodableLog(f"RecallClosed has 192 digits, not {len(text)}.")
    return RecallClosed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


class RecallOpened(NamedTuple):
    """RecallOpened(bytes32,bytes32,uint24,bytes32)"""

    recall_id: str
    lot_id: str
    actor_id: int
    content_digest: str


def _recall_opened(text: str, actor: str) -> RecallOpened:
    if len(text) != 256:
        raise UndecodableLog(f"RecallOpened has 256 digits, not {len(text)}.")
    return RecallOpened(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
    )


class RecallRecovered(NamedTuple):
    """RecallRecovered(bytes32,bytes32,uint24,bytes32,bytes32,uint64)"""

    record_id: str
    recall_id: str
    actor_id: int
    lot_id: str
    facility_id: str
    quantity: int


def _recall_recovered(text: str, actor: str) -> RecallRecovered:
    if len(text) != 384:
        raise UndecodableLog(f"RecallRecovered has 384 digits, not {len(text)}.")
    return RecallRecovered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        text[256:320],
        words.uint(text[320:384], 64),
    )


class RecordAdjusted(NamedTuple):
    """RecordAdjusted(bytes32,bytes32,uint24,int64,uint64)"""

    adjustment_id: str
    record_id: str
    actor_id: int
    delta: int
    shortage: int


def _record_adjusted(text: str, actor: str) -> RecordAdjusted:
    if len(text) != 320:
        raise UndecodableLog(f"RecordAdjusted has 320 digits, not {len(text)}.")
    return RecordAdjusted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.sint(text[192:256], 64),
        words.uint(text[256:320], 64),
    )


class RecordReversed(NamedTuple):
    """RecordReversed(bytes32,bytes32,uint24,uint64,uint64)"""

    record_id: str
    ref: str
    actor_id: int
    quantity: int
    shortage: int


def _record_reversed(text: str, actor: str) -> RecordReversed:
    if len(text) != 320:
        raise UndecodableLog(f"RecordReversed has 320 digits, not {len(text)}.")
    return RecordReversed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        words.uint(text[256:320], 64),
    )


class ReleaseProposed(NamedTuple):
    """ReleaseProposed(bytes32,bytes32,uint24,uint8,bytes32,uint64,uint32,bytes32)"""

    record_id: str
    lot_id: str
    actor_id: int
    kind: str
    facility_id: str
    quantity: int
    recipients: int
    content_digest: str


def _release_proposed(text: str, actor: str) -> ReleaseProposed:
    if len(text) != 512:
        raise UndecodableLog(f"ReleaseProposed has 512 digits, not {len(text)}.")
    return ReleaseProposed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.member(text[192:256], RELEASE_KIND),
        text[256:320],
        words.uint(text[320:384], 64),
        words.uint(text[384:448], 32),
        text[448:512],
    )


class ReturnedToDonor(NamedTuple):
    """ReturnedToDonor(bytes32,bytes32,uint24,bytes32,uint64,bytes32)"""

    record_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int
    content_digest: str


def _returned_to_donor(text: str, actor: str) -> ReturnedToDonor:
    if len(text) != 384:
        raise UndecodableLog(f"ReturnedToDonor has 384 digits, not {len(text)}.")
    return ReturnedToDonor(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        text[320:384],
    )


class Sold(NamedTuple):
    """Sold(bytes32,bytes32,uint24,bytes32,uint64,bytes32)"""

    sale_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    quantity: int
    content_digest: str


def _sold(text: str, actor: str) -> Sold:
    if len(text) != 384:
        raise UndecodableLog(f"Sold has 384 digits, not {len(text)}.")
    return Sold(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        text[320:384],
    )


class StockCounted(NamedTuple):
    """StockCounted(bytes32,bytes32,uint24,bytes32,uint64,uint64,bytes32)"""

    count_id: str
    lot_id: str
    actor_id: int
    facility_id: str
    counted: int
    expected: int
    content_digest: str


def _stock_counted(text: str, actor: str) -> StockCounted:
    if len(text) != 448:
        raise UndecodableLog(f"StockCounted has 448 digits, not {len(text)}.")
    return StockCounted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        words.uint(text[320:384], 64),
        text[384:448],
    )


EVENTS = {
    "3a266e1d831ae11bb637303129abe78e37e3c53580b3759d7e563314120f0535": _disposed,
    "07df346738ccd8b6ee0157537771d3ad02cea0c3854a650fd31e43300f3b9b02": _distributed,
    "bd06a859c6547e4e2a6c46a29bb04b335071dd0e581e3bd24bcd1d7c46590e83": _find_proposed,
    "720a1ccb15ff3de0ade70088f0c839121a76bac373f04291eac2b1c45d50548b": _found,
    "410ccead184be7a8b2f9c157e1b1c9716e217eefe3044f91a293d29ae9907709": _issue_without_record_proposed,
    "8285e2c7814ee928b35f2a04d5d11ad0bd4e1d73d63e149bdbe51b1728fa8e51": _issued_without_record,
    "42ab630a19ba838791ba29a3181b66d0f9b1955af73ab5936b561b1a52bfc22f": _loss_registered,
    "7691e3ae72e62594642dd92298b67b8546407ac67d4dbd84f84394a49af5592f": _loss_reversed,
    "6ddb752b6a384aa923ae8d010df8764c2adc5f8d467339c121c01c2da5fd4fbd": _lot_recalled,
    "20605e5a3d123a56548e42730faa31b53c5470d59e04f2c0dff640f701de32c3": _quarantine_released,
    "00584dcc79ce4b38aa2bfd451009fe946ce55a89b6e2fd2cdef8c5a3089f7e52": _quarantined,
    "d84456ca7997c255aedc26351aeb3ff8556710a337a2f963b11fad731c9004dc": _recall_closed,
    "af3e3c040acfa4b041b1de2fbb3bd834b26edcd71aed78d8ff39f1e4ae3f05b2": _recall_opened,
    "ea3864eefead3972b0156a1713761188eb75fe778ec5d43c446a355ba2e36794": _recall_recovered,
    "584a9c688878cf0791ccc8ab359ea2e1b32f305027c73db1ca8d6a3aa75a15e4": _record_adjusted,
    "f9bd6e3ab31df46dc34428df969ef46062ccfad5a7a9dc8af7b00da909a1d7b4": _record_reversed,
    "0ba63b3831838ea07e18e63df3927e033233a42c73bcf44fee24199d78d925f7": _release_proposed,
    "3de7533dd67b5113c8aa427d2f12bf815ced2ac7c5d7959def9a7e12d3ad76f4": _returned_to_donor,
    "2020725ea6bd1a0bbbcbf4a6f06a43dd327fde13a77c7a6f48c1eac53c833188": _sold,
    "bcffe5b5f234f4c4376ee51f7260255a2d890f6b8dcd85d8458fb56cf884ab60": _stock_counted,
}
