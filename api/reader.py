"""What a route reads with: one snapshot of the index for the whole request, and the head of its answer.

A request takes one of READERS_MAX places before it opens its snapshot and leaves it before its answer is sent: slow
callers hold nothing, and no thread waits for a connection that another request has.
"""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import ExitStack, asynccontextmanager
from typing import Annotated, Any, NamedTuple, TypeVar, cast

from fastapi import Depends, Request, Response

from api import caching
from api.index_state import Index, IndexState, moment
from api.schemas.answers import Current as CurrentAnswer
from api.schemas.answers import Fixed, Page, Single
from api.schemas.fields import View
from ledger.documents import DocumentStore
from ledger.queries.snapshot import Snapshot, snapshot

V = TypeVar("V", bound=View)
Row = dict[str, Any]


class _Opened(NamedTuple):
    snapshot: Snapshot
    state: IndexState
    lag: int | None


class Reader:
    """A snapshot, the state that it is of, and how far the chain is ahead of it.

    It is opened by the first thing that a route asks of it, and so in the route's own thread: on the way there would be
    one change of threads more. Opening raises IndexEmpty, and whatever `arrived` raises, which is called with it.
    """

    def __init__(self, app: Any, stack: ExitStack, arrived: Callable[["Reader"], None] | None = None) -> None:
        self.documents: DocumentStore = app.documents
        self.index: Index = app.index
        self._app, self._stack, self._arrived = app, stack, arrived
        self._open: _Opened | None = None

    @property
    def snapshot(self) -> Snapshot:
        """What everything in the answer is read from."""
        return self._opened.snapshot

    @property
    def state(self) -> IndexState:
        """The last indexed block of the snapshot."""
        return self._opened.state

    @property
    def lag(self) -> int | None:
        """How many blocks the chain is ahead; None when that is not known."""
        return self._opened.lag

    @property
    def _opened(self) -> _Opened:
        if self._open is None:
            read = self._stack.enter_context(snapshot(self._app.engine))
            state = self.index.state(read)
            self._open = _Opened(read, state, self._app.chain_head.lag_of(state.number))
            if self._arrived:
                self._arrived(self)
        return self._open

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

    def mark(reader: Reader) -> None:
        caching.mark_current(request, response, reader.tag(request))

    async with _place(request) as stack:
        yield Reader(request.app.state, stack, mark)


async def unmarked(request: Request) -> AsyncIterator[Reader]:
    """A snapshot for what never changes, or must not be kept: the route says which."""
    async with _place(request) as stack:
        yield Reader(request.app.state, stack)


@asynccontextmanager
async def _place(request: Request) -> AsyncIterator[ExitStack]:
    async with request.app.state.places:
        with ExitStack() as stack:
            yield stack


Current = Annotated[Reader, Depends(current, scope="function")]
Unmarked = Annotated[Reader, Depends(unmarked, scope="function")]
