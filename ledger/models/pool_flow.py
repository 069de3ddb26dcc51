"""What moved a fund's free money, other than donations: what shares of pooled money are computed from (R5)."""

from sqlmodel import SQLModel

from ledger.models.columns import integer, record_key, record_ref


class PoolFlow(SQLModel, table=True):
    """One movement of what a fund has free. Donations as they were recorded are in `donation`, in the same order."""

    __tablename__ = "pool_flow"

    fund_id: str = record_key("The fund.")
    journal_no: int = integer("Position in the journal of FundLedger.", primary_key=True)
    source_id: str = record_ref("Whose money it is: a donation, allocation, disbursement, conversion or income.")
    flow_minor: int = integer("What became free; below zero: what was taken from what was free.")
    position_minor: int = integer("What was free just before; below zero: the deficit.")
