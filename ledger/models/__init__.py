"""Every table. DERIVED are rebuilt from the chain and the documents and are what the index digest is over.

CHAIN      what the chain said, block by block; compared with the node
DERIVED    what follows from it: the same for the same records, in whatever blocks they stand
PER_BLOCK  totals after each block; like CHAIN, they belong to one chain
KEPT       not on the chain: checked against it, never rebuilt from it
"""

from sqlmodel import SQLModel

from ledger.models.chain import (
    ChainBlock,
    ChainIdentity,
    ChainLog,
    ChainTransaction,
    JournalHead,
    MissingDocument,
)
from ledger.models.donation import Donation, DonationBatch, Income, Payment, Refund
from ledger.models.fund import Fund, FundDelta, FundTotal, ListTotal, SummaryDelta, SummaryTotal
from ledger.models.participant import Account, LedgerPart, Organisation, Person, RoleGrant, Safeguard
from ledger.models.promise import Commitment, Pledge

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
    Fund,
    FundTotal,
    SummaryTotal,
    ListTotal,
    Donation,
    DonationBatch,
    Payment,
    Refund,
    Income,
    Pledge,
    Commitment,
)
UNRESOLVED: tuple[Model, ...] = (MissingDocument,)
