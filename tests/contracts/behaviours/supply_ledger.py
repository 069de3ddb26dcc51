"""The writes of SupplyLedger, for the suite that every contract passes."""

from behaviours.writes import PartOnly, Write
from goods import COMMISSIONED, NO_CODE, NO_CONTENT, USABLE, donation, line, lot_id
from names import CHARITY, MASKS, PARTNER_CHARITY, STORE, ZERO, ascii_word, digest, record_id
from parts import Ledger

GIFT, VALUATION, REPACKING = donation("a")[0], record_id(CHARITY, "valuation"), record_id(CHARITY, "repacking")
FUND, ALLOCATION, EXPENDITURE = (record_id(CHARITY, name) for name in ("fund", "allocation", "expenditure"))
FOREIGN = record_id(PARTNER_CHARITY, "new")
CNY, MARKET = "0x" + b"CNY".hex(), ascii_word("market", 16)


def given_lot(ledger: Ledger) -> None:
    """A lot of 100 in the store."""
    ledger["SupplyLedger"].recordDonationsInKind(STORE, [donation("a", line("a"))], ledger.actors["clerk"].tx)


def _given_prepaid(ledger: Ledger) -> None:
    money, clerk, allocator = ledger["FundLedger"], ledger.actors["clerk"].tx, ledger.actors["allocator"].tx
    money.openFund(FUND, CNY, (NO_CODE, NO_CODE), NO_CONTENT, clerk)
    money.recordDonations(
        FUND, digest("list"), [(record_id(CHARITY, "money"), 100, digest("donor"), NO_CONTENT)], clerk
    )
    money.proposeAllocation(ALLOCATION, FUND, 100, (NO_CODE, NO_CODE), ZERO, NO_CONTENT, allocator)
    money.approveAllocation(ALLOCATION, ledger.actors["approver"].tx)
    money.recordExpenditure(EXPENDITURE, ALLOCATION, 0, 100, NO_CONTENT, NO_CONTENT, NO_CONTENT, allocator)


def _value(valuation: str, value: int = 1) -> tuple[object, ...]:
    return (valuation, GIFT, CNY, value, MARKET, 0, NO_CONTENT)


def _repacking(transformation: str, quantity: int = 40) -> tuple[object, ...]:
    return (transformation, STORE, [(lot_id("a"), 1)], [line("b", quantity)], NO_CONTENT)


WRITES = [
    Write(
        "SupplyLedger",
        "recordDonationsInKind",
        "clerk",
        "INTAKE_CLERK",
        arguments=lambda _: (STORE, [donation("a", line("a"))]),
        again="importer",
        other=lambda _: (STORE, [donation("a", line("b"))]),
        conflict_id=GIFT,
        foreign=lambda _: (STORE, [(FOREIGN, ZERO, 0, NO_CODE, NO_CODE, ZERO, [])]),
        foreign_id=FOREIGN,
        is_batch=True,
    ),
    Write(
        "SupplyLedger",
        "declareValue",
        "inspector",
        "INSPECTOR",
        given=given_lot,
        arguments=lambda _: _value(VALUATION),
        again="importer",
        other=lambda _: _value(VALUATION, 2),
        conflict_id=VALUATION,
        foreign=lambda _: _value(FOREIGN),
        foreign_id=FOREIGN,
    ),
    Write(
        "SupplyLedger",
        "commissionBought",
        "clerk",
        "INTAKE_CLERK",
        given=_given_prepaid,
        arguments=lambda _: (STORE, EXPENDITURE, [line("a", cost=60)]),
        again="allrounder",
        other=lambda _: (STORE, EXPENDITURE, [line("a", cost=61)]),
        conflict_id=lot_id("a"),
        foreign=lambda _: (STORE, EXPENDITURE, [(FOREIGN, MASKS, 1, 1, 0, ZERO)]),
        foreign_id=FOREIGN,
        is_batch=True,
    ),
    Write(
        "SupplyLedger",
        "transform",
        "dispatcher",
        "DISPATCHER",
        given=given_lot,
        arguments=lambda _: _repacking(REPACKING),
        again="allrounder",
        other=lambda _: _repacking(REPACKING, 41),
        conflict_id=REPACKING,
        foreign=lambda _: _repacking(FOREIGN),
        foreign_id=FOREIGN,
    ),
]
LOT = lot_id("a")
PART_ONLY = [
    PartOnly("SupplyLedger", function, caller, arguments)
    for caller, functions in {
        "NeedLedger": {"reserve": (LOT, STORE, 1), "unreserve": (LOT, STORE, 1)},
        "ConsignmentLedger": {
            "ship": (LOT, STORE, 1, False),
            "correctShipment": (LOT, STORE, 1, 0),
            "unship": (LOT, STORE, 1, False),
            "arrive": (LOT, STORE, 1, 0, 0),
            "unarrive": (LOT, STORE, 1, 0, 0),
            "loseInTransit": (LOT, 1),
            "commissionOver": (LOT, ZERO, LOT, STORE, 1, 1),
            "adjustOver": (LOT, ZERO, 1, 1),
            "reverseOver": (LOT, 1),
        },
        "StockLedger": {
            "move": (LOT, STORE, USABLE, COMMISSIONED, 1),
            "moveBack": (LOT, STORE, USABLE, COMMISSIONED, 1, False),
            "find": (LOT, ZERO, MASKS, STORE, 1, 1),
            "unfind": (LOT, ZERO, STORE, 1, 1),
            "cite": (LOT, True),
            "markRecalled": (LOT, False),
        },
        "Corrections": {"reverseRecord": (LOT, 1), "adjustRecord": (LOT, ZERO, 0, 0, 1, 1)},
    }.items()
    for function, arguments in functions.items()
]
