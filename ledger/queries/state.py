"""Which state of which chain the index is in."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, func, select, union_all

from ledger.database import table_of
from ledger.models.chain import ChainBlock, ChainIdentity, JournalHead, MissingDocument

_BLOCK, _HEAD = table_of(ChainBlock), table_of(JournalHead)


@cache
def tip() -> Select[Any]:
    """The last indexed block; `missing` falls when a document is found later, which changes rows without a block."""
    missing = select(func.count()).select_from(table_of(MissingDocument)).scalar_subquery()
    query = select(_BLOCK.c.number, _BLOCK.c.hash, _BLOCK.c.timestamp_s, missing.label("missing"))
    return query.order_by(_BLOCK.c.number.desc()).limit(1)


def identity() -> Select[Any]:
    """The chain and the contracts that the index is about."""
    return select(*table_of(ChainIdentity).c)


def journals(contracts: Sequence[str], block_number: int) -> Select[Any]:
    """Each contract's journal after that block; a contract that recorded nothing until then has no row."""
    newest = [
        select(
            select(_HEAD.c.contract, _HEAD.c.count, _HEAD.c.head)
            .where(_HEAD.c.contract == contract, _HEAD.c.block_number <= block_number)
            .order_by(_HEAD.c.block_number.desc())
            .limit(1)
            .subquery()
        )
        for contract in contracts
    ]
    return select(union_all(*newest).subquery())
