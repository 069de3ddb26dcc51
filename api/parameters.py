"""Parameters that many routes take, and the rule for all: what a route does not know is refused, not ignored.

Dependencies are coroutines though they wait for nothing: for plain functions each request would change threads.
"""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from fastapi.exceptions import RequestValidationError

from api.schemas.fields import ID_EXAMPLE, ID_PATTERN, INTEGER_MAX
from ledger.queries.slices import LIMIT_MAX, Slice

_TEXT_MAX = 200
_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"

IdPath = Annotated[
    str, Path(pattern=ID_PATTERN, description="64 lower-case hexadecimal digits.", examples=[ID_EXAMPLE])
]
IdQuery = Annotated[
    str | None, Query(pattern=ID_PATTERN, description="Only what is about this record.", examples=[ID_EXAMPLE])
]
TextQuery = Annotated[
    str | None, Query(max_length=_TEXT_MAX, pattern=_PRINTABLE, description="Only this, exactly as published.")
]
CodeQuery = Annotated[str | None, Query(pattern="^[a-z_]{1,40}$", description="Only this one.", examples=["approved"])]
CurrencyQuery = Annotated[
    str | None, Query(pattern="^[A-Z]{3}$", description="Only this currency (ISO 4217).", examples=["CNY"])
]
FlagQuery = Annotated[bool | None, Query(description="Only where it is so (true), or where it is not (false).")]
InEffect = Annotated[
    bool | None, Query(description="Only what is in effect, or what was declared never to have occurred.")
]
Exercise = Annotated[bool, Query(description="The exercise's records; without it the real ones, never both (R21).")]
Limit = Annotated[int, Query(ge=1, le=LIMIT_MAX, description="How many at most.", examples=[50])]
BlockNumber = Annotated[int, Path(ge=0, le=INTEGER_MAX, description="Number of a block.", examples=[12])]
AfterPosition = Annotated[
    int, Query(ge=0, le=INTEGER_MAX, description="`next_after` of the page before.", examples=[0, 1_204])
]
OrganisationNumber = Annotated[
    int | None, Query(ge=1, le=2**32 - 1, description="Only this organisation's records.", examples=[2])
]


AfterTwo = Annotated[
    str | None, Query(pattern="^[0-9a-f]{64}-[0-9a-f]{64}$", description="`next_after` of the page before.")
]


def two_ids(after: str | None) -> tuple[str, str] | None:
    """The two ids that a page begins after."""
    if after is None:
        return None
    first, _, second = after.partition("-")
    return first, second


async def slice_of(
    after: AfterPosition = 0, limit: Limit = 50, exercise: Exercise = False, organisation: OrganisationNumber = None
) -> Slice:
    """The part of a list that was asked for."""
    return Slice(after, limit, exercise, organisation)


Part = Annotated[Slice, Depends(slice_of)]


async def refuse_unknown(request: Request) -> None:
    """Raises a validation error naming every parameter that the route does not take, or that is given twice."""
    known = {field.alias for field in _parameters(request.scope["route"].dependant)}
    given = [name for name, _ in request.query_params.multi_items()]
    faults: list[dict[str, Any]] = [
        {"type": "unknown", "loc": ("query", name), "msg": f"There is no such parameter; there are: {_listed(known)}."}
        for name in dict.fromkeys(given)
        if name not in known
    ]
    faults += [
        {"type": "repeated", "loc": ("query", name), "msg": "It is given more than once; once would be right."}
        for name in dict.fromkeys(given)
        if name in known and given.count(name) > 1
    ]
    if faults:
        raise RequestValidationError(faults)


def _parameters(dependant: Any) -> Iterator[Any]:
    yield from dependant.query_params
    for dependency in dependant.dependencies:
        yield from _parameters(dependency)


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "none"
