"""What stands on a record, in one query: where it was made, and of what kinds anything happened to it since."""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, exists, select

from ledger.database import table_of
from ledger.models.chain import ChainBlock, ChainLog, ChainTransaction
from ledger.models.correction import Adjustment, Correction, Reversal
from ledger.models.discrepancy import Discrepancy
from ledger.models.publication import Evidence

_BLOCK, _LOG, _TRANSACTION = table_of(ChainBlock), table_of(ChainLog), table_of(ChainTransaction)
_KINDS = {
    "has_corrections": table_of(Correction).c.target_id,
    "has_adjustments": table_of(Adjustment).c.record_id,
    "has_reversals": table_of(Reversal).c.record_id,
    "has_evidence": table_of(Evidence).c.subject_id,
    "has_discrepancies": table_of(Discrepancy).c.subject_id,
}


def overview(contract: str, journal_no: int, record_id: str) -> Select[Any]:
    """Block and transaction of the record, and for each kind of history whether there is any."""
    return _overview().params(contract=contract, journal_no=journal_no, record_id=record_id)


@cache
def _overview() -> Select[Any]:
    is_there = [exists().where(column == bindparam("record_id")).label(name) for name, column in _KINDS.items()]
    in_transaction = (_TRANSACTION.c.block_number == _LOG.c.block_number) & (
        _TRANSACTION.c.transaction_index == _LOG.c.transaction_index
    )
    place = _LOG.join(_BLOCK, _BLOCK.c.number == _LOG.c.block_number).join(_TRANSACTION, in_transaction)
    columns = (
        _LOG.c.block_number,
        _LOG.c.log_index,
        _BLOCK.c.hash.label("block_hash"),
        _BLOCK.c.timestamp_s,
        _TRANSACTION.c.hash.label("transaction_hash"),
    )
    query = select(*columns, *is_there).select_from(place)
    return query.where(_LOG.c.contract == bindparam("contract"), _LOG.c.journal_no == bindparam("journal_no"))
