"""Events to rows: one table of handlers. A handler takes a run, consecutive events of one type in one block.

Handlers know no network, clock or commit: the indexer owns the transaction, and gives them the contents.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlmodel import Session

from ledger.events import Event
from ledger.projections import donations, funds, participants
from ledger.projections.contents import ContentColumns

Handler = Callable[[Session, Sequence[Event]], None]
_MODULES: tuple[Any, ...] = (participants, funds, donations)

HANDLERS: Mapping[type, Handler] = {event: handler for module in _MODULES for event, handler in module.HANDLERS.items()}
CONTENTS: Mapping[type, ContentColumns] = {
    event: rule for module in _MODULES for event, rule in getattr(module, "CONTENTS", {}).items()
}
