"""The writes of NeedLedger, for the suite that every contract passes."""

from behaviours.supply_ledger import given_lot
from behaviours.writes import PartOnly, Write
from goods import lot_id
from names import CHARITY, HOSPITAL, MASKS, PARTNER_CHARITY, STORE, ZERO, record_id
from needs import allocation, allocation_line, need, need_line
from parts import Ledger

FOREIGN = record_id(PARTNER_CHARITY, "new")
LOT = lot_id("a")
LINE = allocation_line("x", LOT, 10)


def _published(ledger: Ledger) -> None:
    ledger["NeedLedger"].publishNeeds(CHARITY, [need_line("a", 5)], ledger.actors["importer"].tx)


def _proposed(ledger: Ledger) -> None:
    given_lot(ledger)
    ledger["NeedLedger"].proposeGoodsAllocations([LINE], ledger.actors["allocator"].tx)


def _approved(ledger: Ledger) -> None:
    _proposed(ledger)
    ledger["NeedLedger"].approveGoodsAllocation(allocation("x"), ledger.actors["approver"].tx)


WRITES = [
    Write(
        "NeedLedger",
        "publishNeeds",
        "importer",
        "INTAKE_CLERK",
        arguments=lambda _: (CHARITY, [need_line("a", 5)]),
        again="clerk",
        other=lambda _: (CHARITY, [need_line("a", 6)]),
        conflict_id=need("a"),
        foreign=lambda _: (CHARITY, [(FOREIGN, HOSPITAL, MASKS, 5, ZERO)]),
        foreign_id=FOREIGN,
        is_batch=True,
    ),
    Write(
        "NeedLedger",
        "approveNeed",
        "approver",
        "ALLOCATION_APPROVER",
        given=_published,
        arguments=lambda _: (need("a"), 5),
    ),
    Write(
        "NeedLedger",
        "proposeGoodsAllocations",
        "allocator",
        "ALLOCATOR",
        given=given_lot,
        arguments=lambda _: ([LINE],),
        again="allrounder",
        other=lambda _: ([allocation_line("x", LOT, 11)],),
        conflict_id=allocation("x"),
        foreign=lambda _: ([(FOREIGN, *LINE[1:])],),
        foreign_id=FOREIGN,
        is_batch=True,
    ),
    Write(
        "NeedLedger",
        "approveGoodsAllocation",
        "approver",
        "ALLOCATION_APPROVER",
        given=_proposed,
        arguments=lambda _: (allocation("x"),),
    ),
    Write(
        "NeedLedger",
        "cancelGoodsAllocation",
        "approver",
        "ALLOCATOR",
        given=_proposed,
        arguments=lambda _: (allocation("x"),),
    ),
    Write(
        "NeedLedger",
        "releaseGoodsAllocation",
        "allocator",
        "ALLOCATOR",
        given=_approved,
        arguments=lambda _: (allocation("x"),),
        again="allrounder",
    ),
]
PART_ONLY = [
    PartOnly("NeedLedger", "consumeAllocation", "ConsignmentLedger", (allocation("x"), LOT, STORE, HOSPITAL, 1)),
    PartOnly("NeedLedger", "correctConsumption", "ConsignmentLedger", (allocation("x"), 1)),
    PartOnly("NeedLedger", "restoreAllocation", "ConsignmentLedger", (allocation("x"), 1)),
    PartOnly("NeedLedger", "reverseRecord", "Corrections", (need("a"), 1)),
    PartOnly("NeedLedger", "adjustRecord", "Corrections", (need("a"), ZERO, 0, 0, 1, 1)),
]
