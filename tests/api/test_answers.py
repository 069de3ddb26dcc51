"""What every answer has in common: of which block it is, pages, caching, problems, limits."""

import gzip
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from api.app import create_app
from ledger.database import open_engine, writing
from ledger.errors import PartAway
from ledger.queries import state
from ledger.queries.snapshot import reading_engine, snapshot
from tests.api.conftest import Served

ABSENT = "00000002" + "00" * 28
LISTS = (
    "/funds /donations /donations-in-kind /pledges /commitments /allocations /expenditures /disbursements /conversions"
    " /lots /needs /goods-allocations /consignments /items /facilities /discrepancies /corrections"
    " /reported-distributions /lists /evidence"
).split()
PROBLEM = "application/problem+json"


@pytest.mark.parametrize("path", LISTS)
def test_list__page_by_page__gives_every_record_once_and_in_order(path: str, served: Served) -> None:
    whole = served.items(path, limit=200)
    found, after = [], 0
    while after is not None:
        page = served.get(path, limit=1, after=after)
        found += page["items"]
        after = page["next_after"]
    assert found == whole
    assert len(whole) > 0
    positions = [one["proof"]["journal_no"] for one in whole]
    assert positions == sorted(set(positions))


@pytest.mark.parametrize("path", ["/summary", *LISTS])
def test_answer__any__says_what_it_is_true_of(path: str, served: Served) -> None:
    answer = served.get(path)
    block = served.get(f"/blocks/{answer['as_of_block']}")
    assert answer["as_of_block_hash"] == block["item"]["hash"]
    assert answer["as_of_block"] == served.world.chain.head()
    assert answer["index_lag_blocks"] == 0
    heads = {name: (head.hex(), count) for name, (head, count) in served.world.journals().items() if count}
    assert {name: (one["head"], one["count"]) for name, one in answer["journals"].items()} == heads


@pytest.mark.parametrize("path", LISTS)
def test_record__any__points_at_its_raw_log(path: str, served: Served) -> None:
    for one in served.items(path):
        log = served.item(one["proof"]["log"].removeprefix("/v1"))
        assert (log["contract"], log["journal_no"]) == (one["proof"]["contract"], one["proof"]["journal_no"])


@pytest.mark.parametrize("path", [path for path in LISTS if path not in ("/lists", "/evidence")])
def test_record__unknown_id__is_not_found(path: str, served: Served) -> None:
    response = served.client.get(f"/v1{path}/{ABSENT}")
    assert response.status_code == 404
    assert response.headers["content-type"] == PROBLEM
    assert ABSENT in response.json()["detail"]


def test_root__read__leads_to_every_list(served: Served) -> None:
    root = served.get("")
    described = served.app.openapi()["paths"]
    listed = [
        path for path, one in described.items() if "{" not in path and one["get"]["operationId"].startswith("list_")
    ]
    assert sorted([*root["lists"], "/v1/logs"]) == sorted(listed)
    for address in (*root["lists"], root["summary"], root["health"], root["description"]):
        assert served.client.get(address).status_code == 200, address


def test_requests__many_at_once__all_answered_alike(served: Served) -> None:
    """More than there are connections: none waits for what another holds."""
    with ThreadPoolExecutor(60) as pool:
        answers = list(pool.map(lambda _: served.client.get("/v1/lots?limit=5"), range(120)))
    assert {one.status_code for one in answers} == {200}
    assert len({one.content for one in answers}) == 1


def test_snapshot__written_meanwhile__still_sees_one_state(served: Served, tmp_path: Path) -> None:
    copied = tmp_path / "copied.sqlite"
    with sqlite3.connect(str(served.engine.url.database)) as source, sqlite3.connect(copied) as target:
        source.backup(target)
    url = f"sqlite:///{copied}"
    writer = open_engine(url)
    with snapshot(reading_engine(url)) as read:
        before = read.rows(state.tip())
        with writing(writer).begin() as connection:
            connection.exec_driver_sql("DELETE FROM chain_block WHERE number = (SELECT max(number) FROM chain_block)")
        assert read.rows(state.tip()) == before
    with snapshot(reading_engine(url)) as read:
        assert read.rows(state.tip()) != before


def test_summary__asked_again__counted_anew_only_when_the_index_changed(served: Served, tmp_path: Path) -> None:
    copied = tmp_path / "counted.sqlite"
    with sqlite3.connect(str(served.engine.url.database)) as source, sqlite3.connect(copied) as target:
        source.backup(target)
    engine = open_engine(f"sqlite:///{copied}")
    client = TestClient(create_app(engine, served.world.documents, None))
    before = client.get("/v1/summary").json()["real"]
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
    assert client.get("/v1/summary").json()["real"] == before
    assert not [one for one in statements if "FROM lot" in one]
    with writing(engine).begin() as connection:
        connection.exec_driver_sql("DELETE FROM facility")
        connection.exec_driver_sql(
            "INSERT INTO chain_block SELECT number + 1, '0x' || substr(hash, 4) || '0', hash, timestamp_s"
            " FROM chain_block ORDER BY number DESC LIMIT 1"
        )
    assert before["records"]["facilities"] > 0
    assert client.get("/v1/summary").json()["real"]["records"] == before["records"] | {"facilities": 0}
    engine.dispose()


def test_raw_logs__folded__give_the_journal_head(served: Served) -> None:
    from ledger.journal import keccak

    for journal in served.items("/journals"):
        head, after, count = bytes(32), 0, 0
        while after is not None:
            page = served.get("/logs", contract=journal["contract"], after=after, limit=200)
            for log in page["items"]:
                words = b"".join(bytes.fromhex(topic[2:]) for topic in log["topics"][:3])
                head = keccak(head + words + bytes.fromhex(log["data"][2:]))
                count += 1
            after = page["next_after"]
        assert (head.hex(), count) == (journal["head"], journal["count"])


def test_raw_log__beside_the_node__same_topics_and_data(served: Served) -> None:
    chain = served.world.chain
    number = served.item("/logs/FundLedger/3")["block_number"]
    (block,) = chain.blocks(number, number, list(chain.deployment.addresses.values()))
    mine = served.item(f"/blocks/{number}/logs", limit=200)["logs"]
    assert [(log["topics"], log["data"]) for log in mine] == [(log["topics"], log["data"]) for log in block.logs]


# Caching


def test_current_view__asked_again_with_its_tag__answers_304_without_reading_records(served: Served) -> None:
    from sqlalchemy import event

    first = served.client.get("/v1/donations")
    assert first.headers["cache-control"] == "public, no-cache"
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(served.engine, "before_cursor_execute", note)
    again = served.client.get("/v1/donations", headers={"If-None-Match": first.headers["etag"]})
    event.remove(served.engine, "before_cursor_execute", note)
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert not [one for one in statements if "donation" in one]


def test_current_view__other_address_or_parameters__other_tag(served: Served) -> None:
    tags = {served.client.get(f"/v1{path}").headers["etag"] for path in ("/funds", "/donations", "/donations?limit=2")}
    assert len(tags) == 3


def test_current_view__asked_with_any_tag__answers_304(served: Served) -> None:
    assert served.client.get("/v1/donations", headers={"If-None-Match": "*"}).status_code == 304


@pytest.mark.parametrize(
    "path", ["/blocks/3", "/blocks/3/logs", "/logs/FundLedger/1", "/funds/{fund}?at_block=60", "/evidence/{document}"]
)
def test_what_never_changes__asked__kept_for_a_year(path: str, served: Served) -> None:
    document = served.items("/evidence")[0]["document_digest"]
    path = path.format(fund=served.life.fund.hex(), document=document)
    response = served.client.get(f"/v1{path}")
    assert response.status_code == 200
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert b"index_lag_blocks" not in response.content


def test_block_not_indexed_yet__asked__not_found_and_not_kept(served: Served) -> None:
    for path in ("/blocks/100000", f"/funds/{served.life.fund.hex()}?at_block=100000"):
        response = served.client.get(f"/v1{path}")
        assert response.status_code == 404
        assert response.headers["cache-control"] == "no-store"


def test_long_answer__compressed_when_asked_for(served: Served) -> None:
    response = served.client.get("/v1/lots", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert len(gzip.compress(response.content)) < len(response.content) / 2


def test_headers_alone__asked_for__those_of_the_answer_and_no_body(served: Served) -> None:
    for path in ("/v1/donations", "/v1/blocks/3", "/v1/funds/xyz"):
        answer = served.client.get(path)
        headers = served.client.head(path)
        assert (headers.status_code, headers.content) == (answer.status_code, b"")
        assert dict(headers.headers) == dict(answer.headers)


# Problems and limits


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/donations?limit=201", "query.limit"),
        ("/donations?limit=0", "query.limit"),
        ("/donations?after=-1", "query.after"),
        ("/donations?after=99999999999999999999", "query.after"),
        ("/donations?colour=red", "query.colour"),
        ("/donations?limit=1&limit=2", "query.limit"),
        ("/donations?fund=12", "query.fund"),
        ("/donations?publisher=%00", "query.publisher"),
        ("/summary?limit=1", "query.limit"),
        ("/funds/xyz", "path.fund_id"),
        ("/blocks/-1", "path.number"),
        ("/lots/" + "00" * 32 + "/trace?direction=sideways", "query.direction"),
    ],
)
def test_request__wrong_parameter__refused_by_name(path: str, where: str, served: Served) -> None:
    response = served.client.get(f"/v1{path}")
    assert response.status_code == 422
    assert response.headers["content-type"] == PROBLEM
    assert [one["where"] for one in response.json()["invalid_parameters"]] == [where]


def test_request__wrong_method_or_path__is_a_problem_too(served: Served) -> None:
    for method, path, status in (
        ("POST", "/v1/donations", 405),
        ("DELETE", "/v1/funds", 405),
        ("GET", "/nowhere", 404),
    ):
        response = served.client.request(method, path)
        assert response.status_code == status
        assert response.headers["content-type"] == PROBLEM
        assert response.json()["status"] == status
    assert served.client.post("/v1/donations").headers["allow"] == "GET"


def test_request__too_big__refused_before_it_is_read(served: Served) -> None:
    big = served.client.request("GET", "/v1/donations", content=b"x" * 70_000)
    assert (big.status_code, big.headers["content-type"]) == (413, PROBLEM)
    long = served.client.get("/v1/donations?publisher=" + "x" * 5_000)
    assert (long.status_code, long.headers["content-type"]) == (414, PROBLEM)


def test_read__from_another_site__allowed(served: Served) -> None:
    response = served.client.get("/v1/funds", headers={"Origin": "https://news.example"})
    assert response.headers["access-control-allow-origin"] == "*"
    refused = served.client.get("/v1/funds?" + "x" * 5_000, headers={"Origin": "https://news.example"})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (414, "*")
    asked = {"Origin": "https://news.example", "Access-Control-Request-Method": "GET"}
    assert served.client.options("/v1/funds", headers=asked).status_code == 200
    asked["Access-Control-Request-Method"] = "DELETE"
    assert served.client.options("/v1/funds", headers=asked).status_code == 400


# An index that is empty or behind


def test_empty_index__any_view__unavailable_rather_than_an_empty_list(empty_client: TestClient) -> None:
    for path in ("/summary", "/donations", "/funds", "/journals", "/ready", "/blocks/0"):
        response = empty_client.get(f"/v1{path}")
        assert response.status_code == 503
        assert response.json()["type"] == "urn:relief-ledger:problem:IndexEmpty"
        assert response.headers["retry-after"]
    assert empty_client.get("/v1/health").json() == {"status": "alive"}


class ChainAt:
    """A chain whose head is at that block, or that is away."""

    def __init__(self, number: int | None) -> None:
        self.number = number

    def head(self) -> int:
        if self.number is None:
            raise PartAway("The node does not answer.")
        return self.number


def test_index_behind__asked__says_by_how_much_and_is_not_ready(served: Served) -> None:
    indexed = served.get("/summary")["as_of_block"]
    for head, lag, name in ((indexed + 7, 7, None), (indexed + 8, 8, "IndexBehind"), (None, None, "PartAway")):
        client = TestClient(create_app(served.engine, served.world.documents, ChainAt(head), lag_blocks_max=7))
        assert client.get("/v1/funds").json()["index_lag_blocks"] == lag
        ready = client.get("/v1/ready")
        assert ready.status_code == (503 if name else 200)
        if name:
            assert ready.json()["title"] == name


def test_chain_lost_blocks__asked__lag_is_unknown_and_not_ready(served: Served) -> None:
    client = TestClient(create_app(served.engine, served.world.documents, ChainAt(3)))
    assert client.get("/v1/funds").json()["index_lag_blocks"] is None
    assert client.get("/v1/ready").json()["title"] == "ChainBehindIndex"


def test_lag__many_requests__the_chain_is_asked_once_a_second(served: Served) -> None:
    chain = ChainAt(10_000)
    calls = []
    chain.head = lambda: calls.append(1) or 10_000
    client = TestClient(create_app(served.engine, served.world.documents, chain))
    for _ in range(20):
        client.get("/v1/funds")
    assert len(calls) <= 3
