"""The contracts' enums and roles, by the names they have there. The numbers are what the chain stores.

A test compares them with the interfaces' sources.
"""

from enum import IntEnum


class AllocationState(IntEnum):
    """Where an allocation of money stands."""

    None_, Proposed, Approved, Closed, Cancelled = range(5)


class ExpenditureKind(IntEnum):
    """What an expenditure paid for."""

    Goods, Services, Fees, Overhead = range(4)


class IncomeKind(IntEnum):
    """Where money that is no gift came from."""

    Interest, SaleProceeds = range(2)


class DisbursementState(IntEnum):
    """Where an onward disbursement stands."""

    None_, Sent, Acknowledged, Rejected = range(4)


class RedesignationState(IntEnum):
    """Where a change of purpose stands."""

    None_, Proposed, Approved = range(3)


class GrantState(IntEnum):
    """Where the grant of a role stands."""

    None_, Waiting, Active, Cancelled, Revoked = range(5)


class NeedState(IntEnum):
    """Where a need stands."""

    None_, Published, Approved = range(3)


class GoodsAllocationState(IntEnum):
    """Where an allocation of goods stands."""

    None_, Proposed, Approved, Cancelled, Released = range(5)


class ConsignmentState(IntEnum):
    """Where a consignment stands."""

    None_, Dispatched, PartlyReceived, Received, Voided, Reversed = range(6)


class Completeness(IntEnum):
    """How sure a receipt is: counted, or taken from the parent's label (EPCIS completeness_verified, _inferred)."""

    Verified, Inferred = range(2)


class LossReason(IntEnum):
    """Why stock was lost."""

    Unknown, Lost, Damaged, Expired, Stolen = range(5)


class ProposalState(IntEnum):
    """Where a release, an issue without record, or a find, stands."""

    None_, Proposed, Confirmed = range(3)


class CorrectionState(IntEnum):
    """Where a correction stands."""

    None_, Proposed, Approved, Rejected = range(4)


class CorrectionReason(IntEnum):
    """What a correction does: words only, the record never happened, or its figure was wrong (EPCIS error reasons)."""

    Words, DidNotOccur, IncorrectData = range(3)


class DiscrepancyState(IntEnum):
    """Where a discrepancy stands."""

    None_, Open, Answered, ResolutionProposed, Resolved = range(5)


class DiscrepancyKind(IntEnum):
    """What does not add up."""

    (
        Damaged,
        Lost,
        Over,
        Outstanding,
        Overdue,
        StockVariance,
        IssuedWithoutRecord,
        Found,
        Deficit,
        Shortage,
        Finding,
    ) = range(11)


class Resolution(IntEnum):
    """How a discrepancy was settled."""

    None_, Explained, FoundLater, WrittenOff, SupplierLiable, CarrierLiable, Corrected, Unfounded = range(8)


ENUMS: dict[str, type[IntEnum]] = {
    "IFundLedger.AllocationState": AllocationState,
    "IFundLedger.ExpenditureKind": ExpenditureKind,
    "IFundLedger.IncomeKind": IncomeKind,
    "IFundLedger.DisbursementState": DisbursementState,
    "IFundLedger.RedesignationState": RedesignationState,
    "IParticipants.GrantState": GrantState,
    "INeedLedger.NeedState": NeedState,
    "INeedLedger.GoodsAllocationState": GoodsAllocationState,
    "IConsignmentLedger.ConsignmentState": ConsignmentState,
    "IConsignmentLedger.Completeness": Completeness,
    "IStockLedger.LossReason": LossReason,
    "IStockLedger.ProposalState": ProposalState,
    "ICorrections.CorrectionState": CorrectionState,
    "ICorrections.Reason": CorrectionReason,
    "IDiscrepancies.DiscrepancyState": DiscrepancyState,
    "IDiscrepancies.Kind": DiscrepancyKind,
    "IDiscrepancies.Resolution": Resolution,
}

CONSORTIUM = 1
ROLES = (
    "INTAKE_CLERK",
    "ALLOCATOR",
    "ALLOCATION_APPROVER",
    "DISPATCHER",
    "CARRIER",
    "CONSIGNEE",
    "INSPECTOR",
    "CORRECTOR",
    "CORRECTION_APPROVER",
    "AUDITOR",
    "WITNESS",
    "GUARDIAN",
    "RELAYER",
    "IMPORTER",
    "REGISTRAR",
)


def ascii_code(text: str, size: int) -> bytes:
    """A code as the contracts hold it: ASCII, filled up with zero bytes. Raises ValueError beyond `size` characters."""
    code = text.encode("ascii")
    if len(code) > size:
        raise ValueError(f"{text!r} is longer than {size} characters")
    return code.ljust(size, b"\0")


def code_text(code: bytes) -> str:
    """The code without the zero bytes that fill it up; hex where it is not ASCII."""
    bare = code.rstrip(b"\0")
    return bare.decode("ascii") if bare.isascii() else code.hex()
