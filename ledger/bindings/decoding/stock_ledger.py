"""Reads the events of StockLedger. Written by `python -m ledger.binding_writer`; do not edit."""

from ledger import words
from ledger.bindings import stock_ledger as events

LOSS_REASON = ("unknown", "lost", "damaged", "expired", "stolen")
RELEASE_KIND = ("disposal", "return_to_donor", "sale", "distribution")


def _disposed(text: str, actor: str) -> events.Disposed:
    words.require_digits("Disposed", text, 384)
    return events.Disposed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        text[320:384],
    )


def _distributed(text: str, actor: str) -> events.Distributed:
    words.require_digits("Distributed", text, 448)
    return events.Distributed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        words.uint(text[320:384], 32),
        text[384:448],
    )


def _find_proposed(text: str, actor: str) -> events.FindProposed:
    words.require_digits("FindProposed", text, 448)
    return events.FindProposed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        text[256:320],
        words.uint(text[320:384], 64),
        text[384:448],
    )


def _found(text: str, actor: str) -> events.Found:
    words.require_digits("Found", text, 320)
    return events.Found(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
    )


def _issue_without_record_proposed(text: str, actor: str) -> events.IssueWithoutRecordProposed:
    words.require_digits("IssueWithoutRecordProposed", text, 384)
    return events.IssueWithoutRecordProposed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        text[320:384],
    )


def _issued_without_record(text: str, actor: str) -> events.IssuedWithoutRecord:
    words.require_digits("IssuedWithoutRecord", text, 320)
    return events.IssuedWithoutRecord(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
    )


def _loss_registered(text: str, actor: str) -> events.LossRegistered:
    words.require_digits("LossRegistered", text, 448)
    return events.LossRegistered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        words.member(text[320:384], LOSS_REASON),
        text[384:448],
    )


def _loss_reversed(text: str, actor: str) -> events.LossReversed:
    words.require_digits("LossReversed", text, 256)
    return events.LossReversed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
    )


def _lot_recalled(text: str, actor: str) -> events.LotRecalled:
    words.require_digits("LotRecalled", text, 192)
    return events.LotRecalled(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


def _quarantine_released(text: str, actor: str) -> events.QuarantineReleased:
    words.require_digits("QuarantineReleased", text, 384)
    return events.QuarantineReleased(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        text[320:384],
    )


def _quarantined(text: str, actor: str) -> events.Quarantined:
    words.require_digits("Quarantined", text, 384)
    return events.Quarantined(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        text[320:384],
    )


def _recall_closed(text: str, actor: str) -> events.RecallClosed:
    words.require_digits("RecallClosed", text, 192)
    return events.RecallClosed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
    )


def _recall_opened(text: str, actor: str) -> events.RecallOpened:
    words.require_digits("RecallOpened", text, 256)
    return events.RecallOpened(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
    )


def _recall_recovered(text: str, actor: str) -> events.RecallRecovered:
    words.require_digits("RecallRecovered", text, 384)
    return events.RecallRecovered(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        text[256:320],
        words.uint(text[320:384], 64),
    )


def _record_adjusted(text: str, actor: str) -> events.RecordAdjusted:
    words.require_digits("RecordAdjusted", text, 320)
    return events.RecordAdjusted(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.sint(text[192:256], 64),
        words.uint(text[256:320], 64),
    )


def _record_reversed(text: str, actor: str) -> events.RecordReversed:
    words.require_digits("RecordReversed", text, 320)
    return events.RecordReversed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.uint(text[192:256], 64),
        words.uint(text[256:320], 64),
    )


def _release_proposed(text: str, actor: str) -> events.ReleaseProposed:
    words.require_digits("ReleaseProposed", text, 512)
    return events.ReleaseProposed(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        words.member(text[192:256], RELEASE_KIND),
        text[256:320],
        words.uint(text[320:384], 64),
        words.uint(text[384:448], 32),
        text[448:512],
    )


def _returned_to_donor(text: str, actor: str) -> events.ReturnedToDonor:
    words.require_digits("ReturnedToDonor", text, 384)
    return events.ReturnedToDonor(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        text[320:384],
    )


def _sold(text: str, actor: str) -> events.Sold:
    words.require_digits("Sold", text, 384)
    return events.Sold(
        text[64:128],
        text[128:192],
        words.uint(actor, 24),
        text[192:256],
        words.uint(text[256:320], 64),
        text[320:384],
    )


def _stock_counted(text: str, actor: str) -> events.StockCounted:
    words.require_digits("StockCounted", text, 448)
    return events.StockCounted(
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
