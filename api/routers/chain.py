"""What the chain says, byte for byte: blocks, raw logs and journals. Blocks and logs never change."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Path, Query, Response

from api import caching
from api.index_state import moment
from api.parameters import AfterPosition, BlockNumber, Limit
from api.problems import CURRENT, CURRENT_ONE, FIXED
from api.reader import Current, Reader, Unmarked
from api.routing import Router
from api.schemas.answers import Fixed, JournalState, Page
from api.schemas.chain import BlockView, JournalView, LogPage, LogView
from api.schemas.fields import INTEGER_MAX
from ledger.errors import NotFound
from ledger.queries import chain

router = Router(tags=["chain"])
_NAME = "^[A-Za-z]{1,32}$"
Contract = Annotated[str, Path(pattern=_NAME, description="Name of a contract.", examples=["FundLedger"])]
ContractQuery = Annotated[str, Query(pattern=_NAME, description="Name of a contract.", examples=["FundLedger"])]
JournalNo = Annotated[int, Path(ge=1, le=INTEGER_MAX, description="Position in the contract's journal, from 1.")]
AfterLog = Annotated[
    int, Query(ge=-1, le=INTEGER_MAX, description="Log index of the page before; -1 begins.", examples=[-1])
]
_WORD_BYTES = 32


@router.get("/blocks/{number}", responses=FIXED)
def read_block(reader: Unmarked, response: Response, number: BlockNumber) -> Fixed[BlockView]:
    """An indexed block, with the journals after it."""
    row = _block(reader, number)
    caching.mark_immutable(response)
    view = BlockView.model_validate(
        {**row, "time": moment(row["timestamp_s"]), "logs_url": f"/v1/blocks/{number}/logs"}
    )
    return reader.fixed(view, row)


@router.get("/blocks/{number}/logs", responses=FIXED)
def list_block_logs(
    reader: Unmarked, response: Response, number: BlockNumber, after: AfterLog = -1, limit: Limit = 50
) -> Fixed[LogPage]:
    """The ledger's logs in a block, in their order."""
    row = _block(reader, number)
    caching.mark_immutable(response)
    logs = reader.snapshot.rows(chain.logs_of_block(number, after, limit))
    more = len(logs) > limit
    view = LogPage(
        logs=[_log(reader, log) for log in logs[:limit]], next_after=logs[limit - 1]["log_index"] if more else None
    )
    return reader.fixed(view, row)


@router.get("/logs", responses=CURRENT_ONE)
def list_logs(reader: Current, contract: ContractQuery, after: AfterPosition = 0, limit: Limit = 50) -> Page[LogView]:
    """A contract's raw logs in the order of its journal: fold them and you get its head (R24)."""
    _require(reader, contract)
    rows = reader.snapshot.rows(chain.logs_of_contract(contract, after, limit))
    return reader.page(LogView, lambda row: _log(reader, row), rows, limit, "journal_no")


@router.get("/logs/{contract}/{journal_no}", responses=FIXED)
def read_log(reader: Unmarked, response: Response, contract: Contract, journal_no: JournalNo) -> Fixed[LogView]:
    """One raw log by its position in a contract's journal, with the journals after its block."""
    _require(reader, contract)
    row = reader.snapshot.only(chain.log(contract, journal_no), f"log {journal_no} of {contract}")
    caching.mark_immutable(response)
    return reader.fixed(_log(reader, row), _block(reader, row["block_number"]))


@router.get("/journals", responses=CURRENT)
def list_journals(reader: Current) -> Page[JournalView]:
    """Each contract's journal: how many records, and the digest that folds them."""
    none = JournalState(count=0, head="0" * 64)
    rows = [
        {"contract": name, "address": address, "logs": f"/v1/logs?contract={name}"}
        | reader.state.journals.get(name, none).model_dump()
        for name, address in sorted(reader.state.addresses.items())
    ]
    return reader.page(JournalView, JournalView.model_validate, rows, len(rows), "contract")


def _block(reader: Reader, number: int) -> dict[str, Any]:
    row = reader.snapshot.row(chain.block(number))
    if row is None:
        raise NotFound(f"Block {number} was not indexed yet.", hint=f"The last one is {reader.state.number}.")
    return row


def _require(reader: Reader, contract: str) -> None:
    if contract not in reader.state.addresses:
        known = ", ".join(sorted(reader.state.addresses))
        raise NotFound(f"There is no contract {contract}.", hint=f"There are {known}.")


def _log(reader: Reader, row: Mapping[str, Any]) -> LogView:
    record: bytes = bytes(row["record"])
    words = [record[start : start + _WORD_BYTES] for start in range(0, 3 * _WORD_BYTES, _WORD_BYTES)]
    words.append(int(row["actor_id"]).to_bytes(_WORD_BYTES, "big"))
    said = {
        "address": reader.state.addresses[row["contract"]],
        "block_time": moment(row["timestamp_s"]),
        "topics": ["0x" + word.hex() for word in words],
        "data": "0x" + record[3 * _WORD_BYTES :].hex(),
    }
    return LogView.model_validate({**row, **said})
