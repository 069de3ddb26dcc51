"""A ledger in which everything happened once, indexed and served: made once for all tests of the API."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from api.app import create_app
from ledger import codes
from ledger.commands import (
    corrections,
    donations,
    donations_in_kind,
    funds,
    lots,
    participants,
    reported_distributions,
)
from ledger.database import open_engine
from ledger.indexer import converge
from ledger.queries.snapshot import reading_engine
from tests.ledger.life import Life
from tests.ledger.world import WUHAN, World, close_world, deployed_world


class Served(NamedTuple):
    """The ledger, what was recorded in it, and the application that reads it."""

    world: World
    life: Life
    engine: Engine
    app: FastAPI
    client: TestClient

    def get(self, path: str, **parameters: object) -> dict:
        """The answer to a request that has to be right."""
        response = self.client.get(f"/v1{path}", params=parameters)
        assert response.status_code == 200, response.text
        return response.json()

    def item(self, path: str, **parameters: object) -> dict:
        return self.get(path, **parameters)["item"]

    def items(self, path: str, **parameters: object) -> list[dict]:
        return self.get(path, **parameters)["items"]

    def known_parameters(self, path: str) -> list[dict]:
        """Path parameters of things that are there, for a path of the description."""
        names = re.findall(r"{(\w+)}", path)
        return [dict(zip(names, values, strict=True)) for values in self._known(path)] if names else []

    def addresses(self, path: str) -> list[str]:
        """Addresses of that path that have an answer."""
        if path == "/v1/logs":
            return ["/v1/logs?contract=FundLedger"]
        return [path.format(**one) for one in self.known_parameters(path)] if "{" in path else [path]

    def _known(self, path: str) -> list[tuple]:
        if path.startswith("/v1/blocks"):
            return [(0,), (self.get("/summary")["as_of_block"],)]
        if path.startswith("/v1/logs"):
            return [("FundLedger", 1), ("Participants", 5)]
        if path.startswith("/v1/evidence"):
            return [(self.items("/evidence")[0]["document_digest"],)]
        if path.startswith("/v1/organisations"):
            return [(1,), (WUHAN,)]
        if path.startswith("/v1/lists"):
            return [(one["list_id"],) for one in self.items("/lists")]
        if path.startswith("/v1/receipts"):
            return [(self.life.receipt.hex(),), (self.life.final.hex(),)]
        collection = path.removeprefix("/v1").split("/{")[0]
        return [(one["url"].split("/")[3],) for one in self.items(collection)[:4]]


class Published(NamedTuple):
    """Row 14 of a published table: 36,000 given, 16,000 and 16,000 handed out, then corrected by 2,000 each."""

    lot_id: str
    reports: list[str]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    world = deployed_world(tmp_path_factory.mktemp("api") / "ledger")
    life = Life(world)
    life.everything()
    life.row_14 = publish_row_14(life)
    exercise(life)
    chain = world.chain
    converge(world.engine, chain, world.documents, chain.deployment)
    engine = reading_engine(world.settings.database_url)
    app = create_app(engine, world.documents, chain)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Served(world, life, engine, app, client)
    engine.dispose()
    close_world(world)


def publish_row_14(life: Life) -> Published:
    importer = life.desk("importer")
    named = {"publisher": "Red Cross", "list": "goods_flow", "row": 14}
    lot = lots.Lot(("row 14",), life.mask, 36_000, **named)
    gift = donations_in_kind.GiftInKind(("row 14",), [lot], donor="A company", **named)
    life.world.submit(donations_in_kind.record_donations_in_kind(importer, life.store, [gift]))
    lot_id = lots.new_id(importer, "lot", lot.key)
    reported = [
        reported_distributions.ReportedDistribution(
            ("row 14", n), life.mask, 16_000, lot_id, recipient=f"Hospital {n}", **named
        )
        for n in (1, 2)
    ]
    life.world.submit(reported_distributions.report_distributions(importer, reported))
    reports = [lots.new_id(importer, "reported_distribution", one.key) for one in reported]
    for report in reports:
        life.adjust("Publications", report, 2_000)
    for part, target in (("Publications", reports[0]), ("SupplyLedger", lot_id)):
        words = corrections.Correction(
            ("words 14", part),
            part,
            target,
            codes.CorrectionReason.Words,
            "LABEL",
            "The notice named the wrong item.",
            [corrections.Change("item", "N95", "KN95")],
        )
        life.correct(words)
    return Published(lot_id.hex(), [report.hex() for report in reports])


def exercise(life: Life) -> None:
    """A fictional gift, and a role that still waits."""
    clerk = life.desk("exercise-clerk")
    life.exercise_fund = life.do(funds.open_fund(clerk, key=("e",), name="Exercise", currency="CNY"))
    life.do(donations.record_donation(clerk, life.exercise_fund, donations.Gift(("e",), 777)))
    registrar = life.desk("registrar")
    life.waiting = life.do(
        participants.grant_role(
            registrar, key=("waiting",), organisation_id=WUHAN, person=3, role="ALLOCATION_APPROVER"
        )
    )


@pytest.fixture
def empty_client(tmp_path) -> Iterator[TestClient]:
    """The API on a database in which nothing was indexed yet."""
    from ledger.documents import DocumentStore
    from ledger.schema import upgrade

    url = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    writer = open_engine(url)
    upgrade(writer)
    writer.dispose()
    documents = DocumentStore(tmp_path / "documents")
    with TestClient(create_app(reading_engine(url), documents, None), raise_server_exceptions=False) as client:
        yield client
    documents.close()
