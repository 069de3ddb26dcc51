"""The API on an index in PostgreSQL, read with the role that may only read: byte for byte what it says from SQLite."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from api.app import create_app
from ledger.database import open_engine
from ledger.indexer import converge
from ledger.queries.snapshot import reading_engine, snapshot
from ledger.schema import upgrade
from ledger.settings import ROOT
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


def test_serve__settings_of_the_unit_and_nothing_else__serves_and_cannot_read_names(
    served: Served, reading_url: str, tmp_path: Path
) -> None:
    """Its environment is the unit's, with other values: a state folder of its own, and the reading role's URL."""
    url = tmp_path / "database.url"
    url.touch(mode=0o600)
    url.write_text(reading_url + "\n")
    lines = (ROOT / "network" / "systemd" / "api.environment").read_text().splitlines()
    told = dict(line.split("=", 1) for line in lines if line.startswith("LEDGER_")) | {
        "LEDGER_STATE_DIR": str(tmp_path / "state"),
        "LEDGER_RPC_URL": served.world.settings.endpoint_file.read_text().strip(),
        "LEDGER_DATABASE_READ_URL_FILE": str(url),
    }
    kept = {name: said for name, said in os.environ.items() if not name.startswith("LEDGER_")}
    command = [str(Path(sys.executable).with_name("ledger")), "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, env=kept | told, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())
        assert found
        assert requests.get(f"{found[0]}/v1/ready", timeout=60).status_code == 200
        for path in ("summary", "donations"):
            assert requests.get(f"{found[0]}/v1/{path}", timeout=60).json() == served.get(f"/{path}"), path
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert not list((tmp_path / "state").glob("ledger.sqlite*"))
    with open_engine(reading_url).connect() as connection:
        for table in ("donor_opening", "outbox_entry", "outbox_transaction"):
            with pytest.raises(ProgrammingError, match="permission denied"), connection.begin():
                connection.execute(text(f"SELECT * FROM {table}"))
