"""What the chain says, byte for byte: blocks, raw logs, journals."""

from datetime import datetime

from api.schemas.answers import WHEN
from api.schemas.fields import Address, Count, Digest, Hash, Person, Position, View, about


class BlockView(View):
    """An indexed block."""

    number: Count = about("Position in the chain.", 12)
    hash: Hash = about("Its hash.")
    parent_hash: Hash = about("Hash of the block before.")
    time: datetime = about("As its maker stated it.", WHEN)
    logs: Count = about("Logs of the ledger's contracts in it.")
    logs_url: Address = about("These logs.", "/v1/blocks/12/logs")


class LogView(View):
    """One log as the chain has it. The journal's head folds topics 0 to 2 and the data (R24)."""

    contract: str = about("Name of the contract.", "FundLedger")
    address: str = about("Its address.", "0x5fbdb2315678afecb367f032d93f642f64180aa3")
    journal_no: Position | None = about("Position in the contract's journal, from 1; null: not a record.")
    block_number: Count = about("The block.")
    block_hash: Hash = about("Hash of the block.")
    block_time: datetime = about("When the block was made.", WHEN)
    transaction_hash: Hash = about("The transaction that logged it.")
    log_index: Count = about("Position among the logs of the block.")
    topics: list[Hash] = about("The four topics: event, record, reference, person.", ["0x" + "9f" * 32])
    data: str = about("0x and the data's digits.", "0x" + "00" * 32)
    actor_id: Person = about("Topic 3 as a number: the person who acted.")


class LogPage(View):
    """Logs of a block, or some of them."""

    logs: list[LogView] = about("In their order.")
    next_after: Count | None = about("Pass it as `after` for the next ones; null: these were the last.", 49)


class JournalView(View):
    """A contract's journal as of this answer's block."""

    contract: str = about("Name of the contract.", "FundLedger")
    address: str = about("Its address.", "0x5fbdb2315678afecb367f032d93f642f64180aa3")
    count: Count = about("How many records the head folds; 0: nothing was recorded yet.")
    head: Digest = about("The digest; zeros: nothing was recorded yet.")
    logs: Address = about("What the head folds, in order.", "/v1/logs?contract=FundLedger")
