"""The writes of ConsignmentLedger, for the suite that every contract passes."""

from typing import Any

from behaviours.writes import PartOnly, Write
from consignments import VERIFIED, WAYBILL
from goods import donation, line, lot_id
from names import CHARITY, HOSPITAL, HOSPITAL_GROUP, PARTNER_CHARITY, STORE, ZERO, ascii_word, digest, record_id
from parts import Ledger

CONSIGNMENT, ALLOCATION, CUSTODY = (record_id(CHARITY, name) for name in ("consignment", "allocation", "custody"))
RECEIPT = record_id(HOSPITAL_GROUP, "receipt")
FOREIGN = record_id(PARTNER_CHARITY, "new")
NO_CODE = ascii_word("", 16)
CARRIER = 16


def _allocated(ledger: Ledger) -> None:
    supply, needs, actors = ledger["SupplyLedger"], ledger["NeedLedger"], ledger.actors
    supply.recordDonationsInKind(STORE, [donation("a", line("a", 100))], actors["clerk"].tx)
    row = (ALLOCATION, lot_id("a"), STORE, HOSPITAL, ZERO, NO_CODE, NO_CODE, 100, digest("reason"))
    needs.proposeGoodsAllocations([row], actors["allocator"].tx)
    needs.approveGoodsAllocation(ALLOCATION, actors["approver"].tx)


def _dispatched(ledger: Ledger) -> None:
    _allocated(ledger)
    ledger["ConsignmentLedger"].dispatch(*_dispatch(CONSIGNMENT, 100), ledger.actors["dispatcher"].tx)


def _dispatch(consignment: str, quantity: int) -> tuple[Any, ...]:
    return (consignment, STORE, HOSPITAL, CARRIER, 1, ZERO, WAYBILL, [(lot_id("a"), quantity, ALLOCATION)])


def _receipt(receipt: str, good: int) -> tuple[Any, ...]:
    return (receipt, CONSIGNMENT, False, VERIFIED, digest("receipt"), [(0, good, 0, 0, 0)])


WRITES = [
    Write(
        "ConsignmentLedger",
        "dispatch",
        "dispatcher",
        "DISPATCHER",
        arguments=lambda _: _dispatch(CONSIGNMENT, 100),
        given=_allocated,
        again="allrounder",
        other=lambda _: _dispatch(CONSIGNMENT, 99),
        conflict_id=CONSIGNMENT,
        foreign=lambda _: _dispatch(FOREIGN, 100),
        foreign_id=FOREIGN,
    ),
    Write(
        "ConsignmentLedger",
        "acceptCustody",
        "carrier",
        "CARRIER",
        arguments=lambda _: (CUSTODY, CONSIGNMENT, digest("handed")),
        given=_dispatched,
        again="allrounder",
        other=lambda _: (CUSTODY, CONSIGNMENT, digest("handed otherwise")),
        conflict_id=CUSTODY,
        foreign=lambda _: (FOREIGN, CONSIGNMENT, digest("handed")),
        foreign_id=FOREIGN,
    ),
    Write(
        "ConsignmentLedger",
        "receiveConsignment",
        "consignee",
        "CONSIGNEE",
        arguments=lambda _: _receipt(RECEIPT, 60),
        given=_dispatched,
        organisation_id=HOSPITAL_GROUP,
        scope=HOSPITAL,
        other=lambda _: _receipt(RECEIPT, 59),
        conflict_id=RECEIPT,
        foreign=lambda _: _receipt(FOREIGN, 60),
        foreign_id=FOREIGN,
    ),
    Write(
        "ConsignmentLedger",
        "voidDispatch",
        "dispatcher",
        "DISPATCHER",
        arguments=lambda _: (CONSIGNMENT, digest("why")),
        given=_dispatched,
        again="allrounder",
        other=lambda _: (CONSIGNMENT, digest("another reason")),
        conflict_id=CONSIGNMENT,
    ),
    Write(
        "ConsignmentLedger",
        "noteOverdue",
        "outsider",
        None,
        arguments=lambda _: (CONSIGNMENT,),
        given=_dispatched,
        again="dispatcher",
    ),
]
PART_ONLY = [
    PartOnly("ConsignmentLedger", "writeOff", "Discrepancies", (ZERO, CONSIGNMENT, 0, 1, 1)),
    PartOnly("ConsignmentLedger", "reverseRecord", "Corrections", (CONSIGNMENT, 1)),
    PartOnly("ConsignmentLedger", "adjustRecord", "Corrections", (CONSIGNMENT, CUSTODY, 0, 0, -1, 1)),
]
