"""An event as the handlers get it: what the chain logged, and the content document behind it."""

from typing import Any, NamedTuple


class Event(NamedTuple):
    """One record of a contract's journal. `fields` is its binding, `content` the parsed document or None if missing."""

    contract: str
    journal_no: int
    block_number: int
    log_index: int
    fields: Any
    content: dict[str, Any] | None
