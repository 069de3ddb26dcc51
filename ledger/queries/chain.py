"""What the chain said: blocks, transactions and raw logs, and where a record stands among them."""

from functools import cache
from typing import Any

from sqlalchemy import Select, func, select

from ledger.database import table_of
from ledger.models.chain import ChainBlock, ChainLog, ChainTransaction

_BLOCK, _LOG, _TRANSACTION = table_of(ChainBlock), table_of(ChainLog), table_of(ChainTransaction)


def block(block_number: int) -> Select[Any]:
    """A block's header and how many logs of the ledger it holds."""
    logs = select(func.count()).where(_LOG.c.block_number == _BLOCK.c.number).scalar_subquery()
    return select(*_BLOCK.c, logs.label("logs")).where(_BLOCK.c.number == block_number)


def log(contract: str, journal_no: int) -> Select[Any]:
    """The log at that position of a contract's journal, with its block and transaction."""
    return _logs().where(_LOG.c.contract == contract, _LOG.c.journal_no == journal_no)


def logs_of_contract(contract: str, after: int, limit: int) -> Select[Any]:
    """A contract's logs in the order of its journal, one more than `limit`."""
    query = _logs().where(_LOG.c.contract == contract, _LOG.c.journal_no > after)
    return query.order_by(_LOG.c.journal_no).limit(limit + 1)


def logs_of_block(block_number: int, after: int, limit: int) -> Select[Any]:
    """A block's logs after that log index, one more than `limit`; -1 begins at the first."""
    query = _logs().where(_LOG.c.block_number == block_number, _LOG.c.log_index > after)
    return query.order_by(_LOG.c.log_index).limit(limit + 1)


@cache
def _logs() -> Select[Any]:
    in_block = _BLOCK.c.number == _LOG.c.block_number
    in_transaction = (_TRANSACTION.c.block_number == _LOG.c.block_number) & (
        _TRANSACTION.c.transaction_index == _LOG.c.transaction_index
    )
    return select(
        *_LOG.c, _BLOCK.c.hash.label("block_hash"), _BLOCK.c.timestamp_s, _TRANSACTION.c.hash.label("transaction_hash")
    ).select_from(_LOG.join(_BLOCK, in_block).join(_TRANSACTION, in_transaction))
