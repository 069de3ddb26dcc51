"""Small ledgers on the list-backed chain, for the tests of the index."""

import hashlib

from sqlalchemy import Engine, Row, select
from sqlmodel import SQLModel

from ledger import models
from ledger.bindings import fund_ledger, participants
from ledger.canonical import canonical_bytes
from ledger.database import open_engine, table_of
from ledger.index_digest import index_digest, table_digests
from ledger.indexer import converge
from tests.databases import url_in
from tests.ledger.fake_chain import FakeChain, FakeDocuments, record

CLERK = 7


def record_id(kind: str, number: int = 0, organisation: int = 2) -> bytes:
    return organisation.to_bytes(4, "big") + hashlib.sha256(f"{kind}{number}".encode()).digest()[:28]


def digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


FUND = record_id("fund")


class Ledger:
    """A chain and documents that grow: a fund of organisation 2, and donations in batches, a block each."""

    def __init__(self) -> None:
        self.chain, self.documents = FakeChain(), FakeDocuments()
        self.donations = 0
        organisation = self.documents.put({"kind": "organisation", "name": "Hubei Red Cross"})
        self.chain.add(
            [record(participants.OrganisationRegistered, b"\0\0\0\2" + bytes(28), 0, 1, 2, False, organisation)]
        )
        fund = self.documents.put({"kind": "fund", "name": "Hubei"})
        self.chain.add([record(fund_ledger.FundOpened, FUND, 0, CLERK, b"CNY", b"", b"", fund)])

    def donate(self, count: int) -> bytes:
        """One block with a batch of donations; returns the digest of its document."""
        rows = range(self.donations, self.donations + count)
        contents = [
            canonical_bytes(
                {"kind": "donation", "publisher": "Hubei Red Cross", "list": "01", "row": row, "date": "2020-01-30"}
            )
            for row in rows
        ]
        document = self.documents.put_lines(contents)
        logs = [record(fund_ledger.DonationBatchRecorded, document, FUND, CLERK)]
        for row, content in zip(rows, contents, strict=True):
            donation = record_id("donation", row)
            content_digest = hashlib.sha256(content).digest()
            logs.append(
                record(
                    fund_ledger.DonationRecorded,
                    donation,
                    FUND,
                    CLERK,
                    100 + row,
                    digest(f"donor {row}"),
                    content_digest,
                )
            )
        self.chain.add(logs)
        self.donations += count
        return document

    def index(self, engine: Engine, **options: object) -> int:
        return converge(engine, self.chain, self.documents, self.chain.deployment, **options)


def make_engine(folder, name: str = "index") -> Engine:
    engine = open_engine(url_in(folder, name))
    SQLModel.metadata.create_all(engine)
    return engine


def digest_of(engine: Engine) -> str:
    return index_digest(table_digests(engine))


def read(engine: Engine, model) -> list[Row]:
    """Every row of a table, by its key."""
    table = table_of(model)
    with engine.connect() as connection:
        return list(connection.execute(select(table).order_by(*table.primary_key.columns)))


def rows(engine: Engine, model) -> list[tuple]:
    return [tuple(row) for row in read(engine, model)]


def everything(engine: Engine) -> dict[str, list[tuple]]:
    """Every row of every table that the indexer writes."""
    written = (*models.CHAIN, *models.PER_BLOCK, *models.DERIVED, *models.UNRESOLVED)
    return {str(model.__tablename__): rows(engine, model) for model in written}
