"""Needs and goods allocations as the calls of NeedLedger have them."""

from typing import Any

from goods import NO_CODE, NO_CONTENT
from names import CHARITY, HOSPITAL, MASKS, STORE, ZERO, digest, record_id


def need(name: str) -> str:
    """The id of a need that the charity publishes."""
    return record_id(CHARITY, "need", name)


def need_line(name: str, quantity: int = 1, facility: str = HOSPITAL, item: str = MASKS) -> tuple[Any, ...]:
    """A line of publishNeeds."""
    return (need(name), facility, item, quantity, digest(name))


def allocation(name: str) -> str:
    """The id of a goods allocation of the charity."""
    return record_id(CHARITY, "goods allocation", name)


def allocation_line(name: str, lot: str, quantity: int = 1, **more: str) -> tuple[Any, ...]:
    """A line of proposeGoodsAllocations: from the store to the hospital; with a reason when there is no need."""
    need_id = more.get("need", ZERO)
    reason = more.get("reason", NO_CONTENT if need_id == ZERO else ZERO)
    ends = (more.get("sender", STORE), more.get("to", HOSPITAL), need_id)
    return (allocation(name), lot, *ends, more.get("purpose", NO_CODE), more.get("place", NO_CODE), quantity, reason)
