"""The writes of FundLedger, for the suite that every contract passes."""

from behaviours.writes import PartOnly, Write
from money import DONOR, FUND, GOODS, INTEREST, PARTNER_FUND, Money, charity_id, ends
from names import CHARITY, PARTNER_CHARITY, ZERO, digest, record_id
from parts import Ledger

NEW, FOREIGN = charity_id("new"), record_id(PARTNER_CHARITY, "new")
TEXT, OTHER_TEXT = digest("text"), digest("another text")
SET_UP = 100
# What `_set_up` records, in its order.
GIFT, ALLOCATION, EXPENDITURE, PROPOSED, REDESIGNATION, SENT = (charity_id("money", 1 + SET_UP + i) for i in range(6))


def _set_up(ledger: Ledger) -> None:
    money = Money(ledger)
    money.open(FUND)
    money.open(charity_id("dollars"), currency="USD")
    money.open(PARTNER_FUND, actor="partner")
    money.count = SET_UP
    money.give(1000)
    money.spend(money.allocate(500), 100)
    money.propose(50)
    redesignation = money.new_id()
    money.part.proposeRedesignation(redesignation, FUND, 10, ends("111"), TEXT, money.tx("allocator"))
    money.send(ALLOCATION, 100)


def _write(function: str, actor: str, role: str, again: str | None, call: tuple[object, ...], changed: int) -> Write:
    """A write whose first argument is the new id; `changed` says which argument is another in the other content."""
    other = list(call)
    other[changed] = OTHER_TEXT if isinstance(call[changed], str) else 77
    return Write(
        "FundLedger",
        function,
        actor,
        role,
        arguments=lambda _: (NEW, *call),
        given=_set_up,
        again=again,
        other=lambda _: (NEW, *other),
        conflict_id=NEW,
        foreign=lambda _: (FOREIGN, *call),
        foreign_id=FOREIGN,
    )


def _decision(function: str, actor: str, role: str, record: str, *more: str, organisation_id: int = CHARITY) -> Write:
    """A write on a record that is here, by a person for himself."""
    arguments = (record, *more)
    return Write(
        "FundLedger", function, actor, role, lambda _: arguments, given=_set_up, organisation_id=organisation_id
    )


def _line(record: str, text: str = TEXT) -> tuple[object, ...]:
    return (record, 40, DONOR, text)


def _promised(ledger: Ledger) -> None:
    _set_up(ledger)
    pledge = (charity_id("pledge"), FUND, 100, DONOR, TEXT)
    ledger["FundLedger"].recordPledge(*pledge, ledger.actors["clerk"].tx)


WRITES = [
    Write(
        "FundLedger",
        "openFund",
        "clerk",
        "INTAKE_CLERK",
        arguments=lambda _: (NEW, b"CNY", ends(), TEXT),
        again="importer",
        other=lambda _: (NEW, b"VND", ends(), TEXT),
        conflict_id=NEW,
    ),
    Write(
        "FundLedger",
        "recordDonations",
        "clerk",
        "INTAKE_CLERK",
        arguments=lambda _: (FUND, TEXT, [_line(NEW)]),
        given=_set_up,
        again="importer",
        other=lambda _: (FUND, TEXT, [_line(NEW, OTHER_TEXT)]),
        conflict_id=NEW,
        foreign=lambda _: (FUND, TEXT, [_line(FOREIGN)]),
        foreign_id=FOREIGN,
        is_batch=True,
    ),
    Write(
        "FundLedger",
        "recordPayment",
        "clerk",
        "INTAKE_CLERK",
        arguments=lambda _: (FUND, _line(NEW), charity_id("pledge")),
        given=_promised,
        again="importer",
        other=lambda _: (FUND, _line(NEW, OTHER_TEXT), charity_id("pledge")),
        conflict_id=NEW,
        foreign=lambda _: (FUND, _line(FOREIGN), charity_id("pledge")),
        foreign_id=FOREIGN,
    ),
    _write("recordPledge", "clerk", "INTAKE_CLERK", "importer", (FUND, 40, DONOR, TEXT), 3),
    _write("recordCommitment", "clerk", "INTAKE_CLERK", "importer", (FUND, 40, ZERO, DONOR, TEXT), 1),
    _write("recordIncome", "clerk", "INTAKE_CLERK", "importer", (FUND, INTEREST, 40, ZERO, TEXT), 4),
    _write("recordRefund", "allrounder", "INTAKE_CLERK", "clerk", (GIFT, 40, TEXT), 1),
    _write(
        "recordConversion",
        "allocator",
        "ALLOCATOR",
        "allrounder",
        (FUND, charity_id("dollars"), 70, 10, 20200129, TEXT, TEXT),
        3,
    ),
    _write("proposeRedesignation", "allocator", "ALLOCATOR", "allrounder", (FUND, 40, ends("111"), TEXT), 3),
    _write("proposeAllocation", "allocator", "ALLOCATOR", "allrounder", (FUND, 40, ends("72"), ZERO, TEXT), 1),
    _write("returnUnspent", "allocator", "ALLOCATOR", "allrounder", (ALLOCATION, 40), 1),
    _write("recordExpenditure", "allocator", "ALLOCATOR", "allrounder", (ALLOCATION, GOODS, 40, TEXT, TEXT, TEXT), 3),
    _write("recordSupplierRefund", "allocator", "ALLOCATOR", "allrounder", (EXPENDITURE, 40, TEXT), 2),
    _write("recordDisbursement", "allocator", "ALLOCATOR", "allrounder", (ALLOCATION, PARTNER_FUND, 40, ZERO, TEXT), 4),
    _decision("approveRedesignation", "approver", "ALLOCATION_APPROVER", REDESIGNATION),
    _decision("approveAllocation", "approver", "ALLOCATION_APPROVER", PROPOSED),
    _decision("cancelAllocation", "allocator", "ALLOCATOR", PROPOSED),
    _decision("closeAllocation", "allocator", "ALLOCATOR", ALLOCATION),
    _decision("acknowledgeDisbursement", "partner", "INTAKE_CLERK", SENT, organisation_id=PARTNER_CHARITY),
    _decision("rejectDisbursement", "partner", "INTAKE_CLERK", SENT, TEXT, organisation_id=PARTNER_CHARITY),
]
PART_ONLY = [
    PartOnly("FundLedger", "reverseRecord", "Corrections", (FUND, 18)),
    PartOnly("FundLedger", "adjustRecord", "Corrections", (FUND, NEW, 0, 0, 1, 18)),
    PartOnly("FundLedger", "deliverExpenditure", "SupplyLedger", (EXPENDITURE, NEW, 1, 15)),
    PartOnly("FundLedger", "undeliverExpenditure", "SupplyLedger", (EXPENDITURE, NEW, 1, 15)),
]
