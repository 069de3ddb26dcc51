"""The API on an index in PostgreSQL, read with the role that may only read: byte for byte what it says from SQLite."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ledger.database import open_engine
from ledger.indexer import converge
from ledger.queries.snapshot import reading_engine, snapshot
from ledger.schema import upgrade
from tests import databases
from tests.api.conftest import Served
from tests.api.test_queries import QUERIES, built


@pytest.fixture(scope="module")
def reading_url(served: Served) -> str:
    """The same chain indexed into PostgreSQL: its URL for the role that reads."""
    url = databases.new_postgresql()
    engine = open_engine(url)
    upgrade(engine)
    chain = served.world.chain
    converge(engine, chain, served.world.documents, chain.deployment)
    engine.dispose()
    return databases.reading_url_of(url)


@pytest.fixture(scope="module")
def elsewhere(served: Served, reading_url: str) -> Iterator[TestClient]:
    app = create_app(reading_engine(reading_url), served.world.documents, served.world.chain)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_every_route__index_in_postgresql__same_bytes(served: Served, elsewhere: TestClient) -> None:
    asked = 0
    for path in served.app.openapi()["paths"]:
        for address in served.addresses(path):
            here, there = served.client.get(address), elsewhere.get(address)
            assert (there.status_code, there.content) == (here.status_code, here.content), address
            asked += 1
    assert asked > 60


@pytest.mark.parametrize("collection", ["donations", "lots", "funds", "needs", "discrepancies", "evidence"])
def test_pages__of_one_row_each__same_order(served: Served, elsewhere: TestClient, collection: str) -> None:
    """Text is in the order of its bytes on both."""
    pages: dict[str, list[str]] = {}
    for name, client in (("here", served.client), ("there", elsewhere)):
        after, pages[name] = None, []
        for _ in range(30):
            answer = client.get(f"/v1/{collection}", params={"limit": 1} | ({"after": after} if after else {})).json()
            pages[name] += [str(item) for item in answer["items"]]
            after = answer["next_after"]
            if after is None:
                break
    assert len(pages["here"]) > 1
    assert pages["there"] == pages["here"]


def test_query__every_one_of_them__runs(served: Served, reading_url: str) -> None:
    engine = reading_engine(reading_url)
    for name, query in QUERIES.items():
        for one in built(query):
            with snapshot(engine) as read, snapshot(served.engine) as expected:
                assert read.rows(one) == expected.rows(one), name
    engine.dispose()
