"""Every table. DERIVED are rebuilt from the chain and the documents and are what the index digest is over.

CHAIN      what the chain said, block by block; compared with the node
DERIVED    what follows from it: the same for the same records, in whatever blocks they stand
PER_BLOCK  totals after each block; like CHAIN, they belong to one chain
KEPT       not on the chain: checked against it, never rebuilt from it
"""

from sqlmodel import SQLModel

from ledger.models.allocation import Allocation, AllocationReturn, Redesignation
from ledger.models.catalogue import Facility, Item
from ledger.models.chain import (
    ChainBlock,
    ChainIdentity,
    ChainLog,
    ChainTransaction,
    JournalHead,
    MissingDocument,
)
from ledger.models.consignment import Consignment, ConsignmentLine, Custody, Receipt, ReceiptLine, WriteOff
from ledger.models.correction import Adjustment, Correction, CorrectionChange, Reversal
from ledger.models.disbursement import Conversion, Disbursement
from ledger.models.discrepancy import Discrepancy, DiscrepancyAnswer, Resolution
from ledger.models.donation import Donation, DonationBatch, Income, Payment, Refund
from ledger.models.donor_opening import DonorOpening
from ledger.models.expenditure import Expenditure, ExpenditureDelivery, SupplierRefund
from ledger.models.fund import Fund, FundDelta, FundTotal, ListTotal, SummaryDelta, SummaryTotal
from ledger.models.lot import (
    DonationInKind,
    GoodsTotal,
    Lot,
    Stock,
    Transformation,
    TransformationPart,
    Valuation,
)
from ledger.models.need import Demand, GoodsAllocation, Need
from ledger.models.outbox import OutboxEntry, OutboxTransaction
from ledger.models.participant import Account, LedgerPart, Organisation, Person, RoleGrant, Safeguard
from ledger.models.pool_flow import PoolFlow
from ledger.models.promise import Commitment, Pledge
from ledger.models.publication import (
    Evidence,
    HeldBackChange,
    HeldBackRow,
    ImportList,
    RefusedRow,
    ReportedDistribution,
)
from ledger.models.published_list import PublishedList
from ledger.models.stock import Recall, RecalledLot, StockCount, StockMovement

Model = type[SQLModel]

CHAIN: tuple[Model, ...] = (ChainIdentity, ChainBlock, ChainTransaction, ChainLog, JournalHead)
PER_BLOCK: tuple[Model, ...] = (FundDelta, SummaryDelta)
DERIVED: tuple[Model, ...] = (
    Organisation,
    Person,
    Account,
    RoleGrant,
    LedgerPart,
    Safeguard,
    Item,
    Facility,
    Fund,
    FundTotal,
    SummaryTotal,
    ListTotal,
    PoolFlow,
    Donation,
    DonationBatch,
    Payment,
    Refund,
    Income,
    Pledge,
    Commitment,
    Redesignation,
    Allocation,
    AllocationReturn,
    Expenditure,
    ExpenditureDelivery,
    SupplierRefund,
    Disbursement,
    Conversion,
    DonationInKind,
    Valuation,
    Lot,
    Stock,
    GoodsTotal,
    Transformation,
    TransformationPart,
    StockMovement,
    StockCount,
    Recall,
    RecalledLot,
    Need,
    Demand,
    GoodsAllocation,
    Consignment,
    ConsignmentLine,
    Custody,
    Receipt,
    ReceiptLine,
    WriteOff,
    Discrepancy,
    DiscrepancyAnswer,
    Resolution,
    Correction,
    CorrectionChange,
    Adjustment,
    Reversal,
    ReportedDistribution,
    Evidence,
    ImportList,
    HeldBackRow,
    HeldBackChange,
    RefusedRow,
)
UNRESOLVED: tuple[Model, ...] = (MissingDocument,)
KEPT: tuple[Model, ...] = (DonorOpening, PublishedList, OutboxTransaction, OutboxEntry)
metadata = SQLModel.metadata
"""Every table of the database; what the migrations lead to."""
