"""Whether every document that the chain cites is here, whole, and kept for good."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Engine, select

from ledger.contents import cited
from ledger.database import table_of
from ledger.documents import DocumentStore
from ledger.errors import IndexEmpty
from ledger.findings import Finding, Step
from ledger.missing import event_of
from ledger.models.chain import ChainLog

_PAGE = 2_000
_LOG = table_of(ChainLog)


class DocumentsChecked(NamedTuple):
    """How many documents were read, how many citations of the chain were looked up, and what was found wrong."""

    documents: int
    citations: int
    findings: list[Finding]


def check_documents(engine: Engine, store: DocumentStore, *, step: Step = lambda _: None) -> DocumentsChecked:
    """Reads and hashes every document, asks whether it is kept for good, and looks up every digest that is on chain.

    Changes nothing and needs no chain, only the index of it. Raises IndexEmpty when nothing was indexed, PartAway when
    the documents' shelf is away.
    """
    step("reading every document")
    documents = len(store.documents())
    findings = [Finding("documents", problem.message) for problem in store.check()]
    step("looking up every digest that a record cites")
    citations = 0
    absent: dict[str, list[tuple[str, int, str]]] = {}
    for page in _citations(engine):
        citations += len(page)
        missing = {digest.hex() for digest in store.absent(bytes.fromhex(digest) for digest, *_ in page)}
        for digest, contract, journal_no, field in page:
            if digest in missing:
                absent.setdefault(digest, []).append((contract, journal_no, field))
    findings += [_absence(digest, *citing) for digest, citing in absent.items()]
    return DocumentsChecked(documents, citations, findings)


def _citations(engine: Engine) -> Iterator[list[tuple[str, str, int, str]]]:
    """Digest, contract, journal number and field of every citation in the index, in the order of the chain."""
    query = select(_LOG).where(_LOG.c.journal_no.is_not(None)).order_by(_LOG.c.block_number, _LOG.c.log_index)
    is_empty = True
    with engine.connect().execution_options(yield_per=_PAGE) as connection:
        for page in connection.execute(query).partitions():
            is_empty = False
            events = [event_of(row, None) for row in page]
            yield [
                (digest, event.contract, event.journal_no, field)
                for event in events
                for field, digest in cited(event.fields)
            ]
    if is_empty:
        raise IndexEmpty


def _absence(digest: str, first: tuple[str, int, str], *others: tuple[str, int, str]) -> Finding:
    contract, journal_no, field = first
    more = f", and {len(others)} more citations of it" if others else ""
    sentence = f"Record {journal_no} of {contract} cites {digest} as its {field}{more}: it was never put here."
    return Finding("documents", sentence, "chain_log", digest)
