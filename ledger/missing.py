"""Looks again for documents that were missing when their records were indexed, and fills in what they say.

`missing_document` lists every digest on chain whose document is not here. What a found document says goes where it
would have gone at once, so the index is the same in whichever order documents and records came.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Engine, delete, select, tuple_
from sqlmodel import Session

from ledger.contents import ContentResolver, content_digest_of
from ledger.database import Lock, table_of, writing
from ledger.decoder import decode_record
from ledger.events import Event
from ledger.models.chain import ChainLog, MissingDocument
from ledger.projections import fill_contents

SHARE = 20
REST_MAX_S = 60.0
_PAGE = 500
_MISSING, _LOG = table_of(MissingDocument), table_of(ChainLog)
_Cited = tuple[str, str, int, str]
Filling = Callable[[Engine, ContentResolver], int]
"""Looks for missing documents, and returns how many citations were resolved: `fill_missing` or one `FillingSeldom`."""


def fill_missing(engine: Engine, resolver: ContentResolver) -> int:
    """Afterwards no document that is here is listed as missing. Returns how many citations were resolved."""
    found = 0
    for page in _pages(engine):
        readable = resolver.readable([digest for digest, *_ in page])
        resolved = [cited for cited in page if cited[0] in readable]
        if resolved:
            with Session(writing(engine, Lock.INDEX)) as session, session.begin():
                found += _fill(session, resolved, resolver)
    return found


class FillingSeldom:
    """`fill_missing` for whoever follows the chain: about a SHARE-th of the time, and at least once in REST_MAX_S.

    A member without the others' documents looks for very many, and hardly a block brings one of them.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._rests_until_s = float("-inf")

    def __call__(self, engine: Engine, resolver: ContentResolver) -> int:
        """Looks if it is time to. Where that found some, or raised, it looks again the next time."""
        began_s = self._clock()
        if began_s < self._rests_until_s:
            return 0
        found = fill_missing(engine, resolver)
        if not found:
            ended_s = self._clock()
            self._rests_until_s = ended_s + min((SHARE - 1) * (ended_s - began_s), REST_MAX_S)
        return found


def _fill(session: Session, resolved: Sequence[_Cited], resolver: ContentResolver) -> int:
    listed = {(digest, contract, journal_no) for digest, contract, journal_no, _ in resolved}
    unusable = set()
    events = _events(session, resolved)
    for event, content in zip(events, resolver.resolve([event.fields for event in events]), strict=True):
        own = (content_digest_of(event.fields), event.contract, event.journal_no)
        if own not in listed:
            continue
        if content is None:
            # The document is here, but it is not what a content has to be: it stays listed.
            unusable.add(own)
        else:
            fill_contents(session, [event._replace(content=content)])
    done = [cited for cited in resolved if cited[:3] not in unusable]
    key = tuple_(_MISSING.c.digest, _MISSING.c.contract, _MISSING.c.journal_no, _MISSING.c.field)
    session.connection().execute(delete(_MISSING).where(key.in_(done)))
    return len(done)


def _events(session: Session, resolved: Sequence[_Cited]) -> list[Event]:
    positions: dict[str, set[int]] = defaultdict(set)
    for _, contract, journal_no, _ in resolved:
        positions[contract].add(journal_no)
    events = []
    for contract, numbers in positions.items():
        logs = select(_LOG).where(_LOG.c.contract == contract, _LOG.c.journal_no.in_(sorted(numbers)))
        for row in session.connection().execute(logs.order_by(_LOG.c.journal_no)):
            events.append(event_of(row, None))
    return events


def event_of(row: Any, content: dict[str, Any] | None) -> Event:
    """The event of a row of chain_log."""
    fields = decode_record(row.contract, bytes(row.record), row.actor_id)
    return Event(row.contract, row.journal_no, row.block_number, row.log_index, fields, content)


def _pages(engine: Engine) -> Iterator[list[_Cited]]:
    columns = (_MISSING.c.digest, _MISSING.c.contract, _MISSING.c.journal_no, _MISSING.c.field)
    after: _Cited | None = None
    while True:
        query = select(*columns).order_by(*columns).limit(_PAGE)
        if after:
            query = query.where(tuple_(*columns) > tuple_(*after))
        with engine.connect() as connection:
            page: list[_Cited] = [tuple(row) for row in connection.execute(query)]
        if not page:
            return
        yield page
        after = page[-1]
