"""Whether the index is what follows from the chain and the documents, and from nothing else.

    chain + documents ──▶ a fresh index ──┬── every table ──▶ the live index
                                          │
    contracts' counters and journals ─────┘     names ──▶ commitments

An empty list of findings is the claim that the ledger publishes.
"""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from sqlalchemy import Connection, Engine, func, select
from sqlmodel import Session, SQLModel

from ledger.blocks import BlockSource
from ledger.comparison import compare_tables
from ledger.contents import DocumentSource
from ledger.counters import ContractReader, check_counters, check_journals
from ledger.database import one_moment, open_engine, table_of
from ledger.errors import IndexEmpty
from ledger.findings import Finding, Step
from ledger.index_digest import TableDigest, digests_of, index_digest
from ledger.indexer import DeploymentIdentity, converge, last_block, open_index
from ledger.models import CHAIN, DERIVED, PER_BLOCK
from ledger.models.chain import ChainLog, MissingDocument
from ledger.openings import Openings, check_openings

DOCUMENTS_NAMED_MAX = 20


class Chain(BlockSource, ContractReader, Protocol):
    """What verification asks of a chain: its blocks, and its contracts."""


class Verification(NamedTuple):
    """What was compared at which block, and what was found wrong."""

    block_number: int
    logs: int
    digest: str
    tables: dict[str, TableDigest]
    openings: Openings
    findings: list[Finding]


def verify(
    engine: Engine,
    chain: Chain,
    documents: DocumentSource,
    deployment: DeploymentIdentity,
    *,
    step: Step = lambda _: None,
    progress: Callable[[int, int], None] | None = None,
) -> Verification:
    """Rebuilds the index up to its last block into a fresh database and compares everything; changes nothing.

    Raises IndexEmpty when nothing was indexed, and what `converge` raises when the chain itself does not fit.
    """
    open_index(engine, chain, deployment)
    # The index may go on meanwhile: what is compared is how it was when its last block was read.
    with one_moment(engine).connect() as live, tempfile.TemporaryDirectory(prefix="ledger-verify-") as folder:
        tip = last_block(Session(live))
        if tip is None:
            raise IndexEmpty
        rebuilt = open_engine(f"sqlite:///{Path(folder) / 'rebuilt.sqlite'}")
        SQLModel.metadata.create_all(rebuilt)
        step("rebuilding the index from chain and documents")
        converge(rebuilt, chain, documents, deployment, blocks_max=tip.number + 1, progress=progress)
        findings = _differences(live, rebuilt, step)
        # The live index was compared with the rebuilt one, so what holds for this one holds for both.
        step("comparing the totals with the contracts' counters")
        findings += _miscounted(rebuilt, chain, sorted(deployment.addresses), tip.number)
        rebuilt.dispose()
        step("opening the donors' commitments")
        openings, mismatches = check_openings(live)
        findings += mismatches
        tables = digests_of(live)
        return Verification(tip.number, _logs(live), index_digest(tables), tables, openings, findings)


def _differences(live: Connection, rebuilt: Engine, step: Step) -> list[Finding]:
    with rebuilt.connect() as fresh:
        step("comparing the raw logs, blocks and journals with the node's")
        findings = compare_tables(live, fresh, CHAIN, "chain")
        step("comparing every derived table")
        findings += compare_tables(live, fresh, (*DERIVED, *PER_BLOCK), "tables")
    return findings + _missing_documents(rebuilt)


def _miscounted(rebuilt: Engine, chain: Chain, contracts: Sequence[str], number: int) -> list[Finding]:
    # A node need not know the state of an earlier block, so it is asked for the last one where that is meant.
    at_block = None if chain.head() == number else number
    findings = check_journals(rebuilt, chain, contracts, at_block) + check_counters(rebuilt, chain, at_block)
    if findings and at_block is None and chain.head() != number:
        # The chain went on meanwhile.
        findings = check_journals(rebuilt, chain, contracts, number) + check_counters(rebuilt, chain, number)
    return findings


def _missing_documents(rebuilt: Engine) -> list[Finding]:
    table = table_of(MissingDocument)
    with rebuilt.connect() as connection:
        count = connection.execute(select(func.count()).select_from(table)).scalar_one()
        rows = connection.execute(select(table).order_by(*table.primary_key.columns).limit(DOCUMENTS_NAMED_MAX)).all()
    findings = [
        Finding(
            "documents",
            f"Record {row.journal_no} of {row.contract} cites {row.digest} as its {row.field}: {row.problem}.",
            "missing_document",
            row.digest,
        )
        for row in rows
    ]
    if count > len(rows):
        findings.append(
            Finding("documents", f"{count - len(rows)} more citations have no document.", "missing_document")
        )
    return findings


def _logs(live: Connection) -> int:
    return int(live.execute(select(func.count()).select_from(table_of(ChainLog))).scalar_one())
