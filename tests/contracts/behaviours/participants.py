"""The writes of Participants after the bootstrap, for the suite that every contract passes."""

from behaviours.writes import PartOnly, Write
from clock import pass_s
from names import CHARITY, CONSORTIUM, DAY_S, HOSPITAL_GROUP, PARTNER_CHARITY, ZERO, ascii_word, digest, record_id
from parts import Ledger, grant_id

LINK = record_id(CHARITY, "link", "new")
GRANT = record_id(CHARITY, "grant", "new")
FOREIGN = record_id(PARTNER_CHARITY, "new")
AUDITOR, GUARDIAN = ascii_word("AUDITOR"), ascii_word("GUARDIAN")
NEW_ACCOUNT = "0x" + "5e" * 20


def _grant(grant_id: str, scope: str = ZERO) -> tuple[str, int, int, str, str]:
    return (grant_id, 15, CHARITY, AUDITOR, scope)


def _granted(ledger: Ledger) -> None:
    ledger["Participants"].grantRoles([_grant(GRANT)], ledger.actors["registrar"].tx)


def _active(ledger: Ledger) -> None:
    _granted(ledger)
    pass_s(DAY_S)


def _paused(ledger: Ledger) -> None:
    ledger["Participants"].pause(ledger.actors["guardian"].tx)


def _registrar(function: str, **others) -> Write:
    return Write("Participants", function, "registrar", "REGISTRAR", organisation_id=CONSORTIUM, **others)


def _guardian(function: str, **others) -> Write:
    return Write("Participants", function, "guardian", "GUARDIAN", organisation_id=CONSORTIUM, **others)


WRITES = [
    _registrar(
        "registerOrganisations",
        arguments=lambda _: ([(77, False, digest("a"))],),
        other=lambda _: ([(77, True, digest("a"))],),
        conflict_id=f"0x{77:08x}{0:056x}",
        is_batch=True,
    ),
    _registrar(
        "registerPersons",
        arguments=lambda _: ([(7_777, CHARITY, digest("a"))],),
        other=lambda _: ([(7_777, HOSPITAL_GROUP, digest("a"))],),
        conflict_id=f"0x{HOSPITAL_GROUP:08x}{7_777:056x}",
        is_batch=True,
    ),
    _registrar(
        "linkAccounts",
        arguments=lambda _: ([(LINK, 11, NEW_ACCOUNT)],),
        other=lambda _: ([(LINK, 12, NEW_ACCOUNT)],),
        conflict_id=LINK,
        is_batch=True,
    ),
    _registrar(
        "grantRoles",
        arguments=lambda _: ([_grant(GRANT)],),
        other=lambda _: ([_grant(GRANT, record_id(CHARITY, "facility", "new"))],),
        conflict_id=GRANT,
        is_batch=True,
    ),
    _registrar("nameSuccessor", arguments=lambda ledger: (ascii_word("Catalogue"), ledger["Participants"])),
    _guardian(
        "unlinkAccount",
        arguments=lambda _: (record_id(CHARITY, "link", "clerk", 0),),
        again="registrar",
        works_paused=True,
    ),
    _guardian("cancelGrant", arguments=lambda _: (GRANT,), given=_granted, works_paused=True),
    _guardian(
        "revokeRole",
        arguments=lambda _: (grant_id("clerk", CHARITY, "INTAKE_CLERK"),),
        again="registrar",
        works_paused=True,
    ),
    _guardian("pause", arguments=lambda _: (), works_paused=True),
    _guardian("resume", arguments=lambda _: (), given=_paused, works_paused=True),
    Write(
        "Participants",
        "rotateAccount",
        "clerk",
        None,
        arguments=lambda _: (LINK, NEW_ACCOUNT),
        again="stranger",
        foreign=lambda _: (FOREIGN, NEW_ACCOUNT),
        foreign_id=FOREIGN,
    ),
]
PART_ONLY: list[PartOnly] = []
