"""The writes of Discrepancies, for the suite that every contract passes."""

from behaviours.writes import PartOnly, Write
from names import CHARITY, MASKS, PARTNER_CHARITY, digest, finding_id, record_id
from parts import Ledger

FINDING, ANSWER = finding_id(CHARITY), record_id(CHARITY, "answer")
FOREIGN = record_id(PARTNER_CHARITY, "new")
EXPLAINED = 1


def _opened(ledger: Ledger) -> None:
    ledger["Discrepancies"].openFinding(FINDING, MASKS, digest("finding"), ledger.actors["allrounder"].tx)


def _proposed(ledger: Ledger) -> None:
    _opened(ledger)
    ledger["Discrepancies"].proposeResolution(FINDING, 1, EXPLAINED, 0, digest("why"), ledger.actors["corrector"].tx)


WRITES = [
    Write(
        "Discrepancies",
        "openFinding",
        "auditor",
        "AUDITOR",
        arguments=lambda _: (FINDING, MASKS, digest("finding")),
        again="allrounder",
        other=lambda _: (FINDING, MASKS, digest("another finding")),
        conflict_id=FINDING,
        foreign=lambda _: (FOREIGN, MASKS, digest("finding")),
        foreign_id=FOREIGN,
    ),
    Write(
        "Discrepancies",
        "answer",
        "dispatcher",
        "INTAKE_CLERK",
        arguments=lambda _: (ANSWER, FINDING, digest("answer")),
        given=_opened,
        again="clerk",
        other=lambda _: (ANSWER, FINDING, digest("another answer")),
        conflict_id=ANSWER,
        foreign=lambda _: (FOREIGN, FINDING, digest("answer")),
        foreign_id=FOREIGN,
    ),
    Write(
        "Discrepancies",
        "proposeResolution",
        "corrector",
        "CORRECTOR",
        arguments=lambda _: (FINDING, 1, EXPLAINED, 0, digest("why")),
        given=_opened,
        again="allrounder",
        other=lambda _: (FINDING, 1, EXPLAINED, 0, digest("why else")),
        conflict_id=FINDING,
    ),
    Write(
        "Discrepancies",
        "confirmResolution",
        "correction_approver",
        "CORRECTION_APPROVER",
        arguments=lambda _: (FINDING, 1),
        given=_proposed,
    ),
    Write(
        "Discrepancies",
        "rejectResolution",
        "correction_approver",
        "CORRECTION_APPROVER",
        arguments=lambda _: (FINDING, 1, digest("why not")),
        given=_proposed,
    ),
]
PART_ONLY = [PartOnly("Discrepancies", "open", "", (0, CHARITY, MASKS, 0, 1, 1))]
