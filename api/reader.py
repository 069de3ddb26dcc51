"""What a route reads with: one snapshot of the index for the whole request, and the head of its answer.

A request takes one of READERS_MAX places before it opens its snapshot and leaves it before its answer is sent, so slow
callers hold nothing, and no thread waits for a connection that another request has.
"""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar, cast

from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool

from api import caching
from api.index_state import Index, IndexState, moment
from api.schemas.answers import Current as CurrentAnswer
from api.schemas.answers import Fixed, Page, Single
from api.schemas.fields import View
from ledger.documents import DocumentStore
from ledger.queries.snapshot import Snapshot, snapshot

V = TypeVar("V", bound=View)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """A snapshot, the state that it is of, and how far the chain is ahead of it."""

    snapshot: Snapshot
    state: IndexState
    lag: int | None
    documents: DocumentStore
    index: Index

    def head(self) -> dict[str, Any]:
        """The fields that every current answer begins with."""
        return self.state.as_of() | {"index_lag_blocks": self.lag}

    def tag(self, request: Request) -> str:
        """The ETag of this address in this state."""
        return caching.state_etag(request, self.state.block_hash, self.state.missing, self.lag)

    def page(
        self, kind: type[V], build: Callable[[Row], V], rows: Iterable[Row], limit: int, *key: str, joined: str = "-"
    ) -> Page[V]:
        """A page of at most `limit` of the rows, of which there is one more when the list goes on after it.

        `key` names the columns that the next page begins after.
        """
        found = list(rows)
        more = len(found) > limit
        after: int | str | None = None
        if more:
            last = found[limit - 1]
            after = last[key[0]] if len(key) == 1 else joined.join(str(last[name]) for name in key)
        made = Page[kind](items=[build(row) for row in found[:limit]], next_after=after, **self.head())  # type: ignore[valid-type]
        return cast(Page[V], made)

    def single(self, item: V) -> Single[V]:
        """One thing, as it is now."""
        kind: Any = Single[type(item)]  # type: ignore[misc]
        return cast(Single[V], kind(item=item, **self.head()))

    def fixed(self, item: V, block: Row) -> Fixed[V]:
        """What was true after that block, and will always have been."""
        kind: Any = Fixed[type(item)]  # type: ignore[misc]
        made = kind(
            as_of_block=block["number"],
            as_of_block_hash=block["hash"],
            as_of_time=moment(block["timestamp_s"]),
            journals=self.index.journals(self.snapshot, block["number"], block["hash"]),
            item=item,
        )
        return cast(Fixed[V], made)

    def answer(self, kind: type[CurrentAnswer], **fields: Any) -> Any:
        """An answer of another shape, with the head that all have."""
        return kind(**self.head(), **fields)


async def current(request: Request, response: Response) -> AsyncIterator[Reader]:
    """A snapshot for a view of the index as it is now. Ends with 304 when the caller has this state already."""
    async with _opened(request) as reader:
        caching.mark_current(request, response, reader.tag(request))
        yield reader


async def unmarked(request: Request) -> AsyncIterator[Reader]:
    """A snapshot for what never changes, or must not be kept: the route says which."""
    async with _opened(request) as reader:
        yield reader


@asynccontextmanager
async def _opened(request: Request) -> AsyncIterator[Reader]:
    app = request.app.state
    async with app.places:
        with ExitStack() as stack:
            yield await run_in_threadpool(_enter, app, stack)


def _enter(app: Any, stack: ExitStack) -> Reader:
    read = stack.enter_context(snapshot(app.engine))
    state = app.index.state(read)
    return Reader(read, state, app.chain_head.lag_of(state.number), app.documents, app.index)


Current = Annotated[Reader, Depends(current, scope="function")]
Unmarked = Annotated[Reader, Depends(unmarked, scope="function")]
