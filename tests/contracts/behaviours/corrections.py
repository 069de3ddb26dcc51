"""The writes of Corrections, for the suite that every contract passes."""

from behaviours.writes import PartOnly, Write
from names import CHARITY, MASKS, PARTNER_CHARITY, ZERO, ascii_word, digest, record_id
from parts import Ledger

CORRECTION, FOREIGN = record_id(CHARITY, "correction"), record_id(PARTNER_CHARITY, "new")
WORDS = 0


def _declaration(correction_id: str = CORRECTION, note: str = "KN95, not N95") -> tuple[object, ...]:
    return (correction_id, ascii_word("Catalogue"), MASKS, WORDS, ascii_word("typo", 16), ZERO, 0, 0, 0, digest(note))


def _declared(ledger: Ledger) -> None:
    ledger["Corrections"].declareErrors([_declaration()], ledger.actors["corrector"].tx)


WRITES = [
    Write(
        "Corrections",
        "declareErrors",
        "corrector",
        "CORRECTOR",
        arguments=lambda _: ([_declaration()],),
        again="allrounder",
        other=lambda _: ([_declaration(note="another note")],),
        conflict_id=CORRECTION,
        foreign=lambda _: ([_declaration(FOREIGN)],),
        foreign_id=FOREIGN,
        is_batch=True,
    ),
    Write(
        "Corrections",
        "approveCorrections",
        "correction_approver",
        "CORRECTION_APPROVER",
        arguments=lambda _: ([CORRECTION],),
        given=_declared,
    ),
    Write(
        "Corrections",
        "rejectCorrection",
        "correction_approver",
        "CORRECTOR",
        arguments=lambda _: (CORRECTION,),
        given=_declared,
    ),
]
PART_ONLY: list[PartOnly] = []
